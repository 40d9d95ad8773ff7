"""Addenda (ประกาศแก้ไขเพิ่มเติม): a published call changes by them alone, each through the endorsement chain.

What may change: the texts, the dates (to days still ahead; deadline and end of questions only to a later time) and the
budget ceiling (upward only). Never what proposals are being written to and will be judged by: criteria and weights,
qualifications, documents wanted, procedure, blindness. Who wants those otherwise cancels the call and makes a new one
(docs/decisions/0015).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from agreements.actions.decisions import propose_decision, register_outcome
from agreements.call_dates import DATES_IN_ORDER, out_of_order
from agreements.call_hooks import ADDENDUM, announce
from agreements.enums import CallState, DecisionKind
from agreements.models import Call, CallAddendum, Decision
from agreements.permissions.decisions import by_decision
from agreements.queries.call_people import concerned_with
from core import clock
from core.site import site_url
from core.ui import show_date, show_moment
from core.workflow import Passage, Rule, Stamp, pass_door
from partnerships.actions.notices import tell
from partnerships.actors import Actor

TEXTS = ("background", "scope", "objectives", "target_group", "area", "allocation", "evaluation_plan", "contact_phone")
MOMENTS = ("questions_until", "closes_at")
DAYS = ("screening_by", "presentation_on", "decision_by")
CHANGEABLE = (*TEXTS, *MOMENTS, *DAYS, "budget_ceiling")

PUBLISH_ADDENDUM = Rule(
    "publish_addendum",
    _("Publish the addendum"),
    by_decision(DecisionKind.PUBLISH_ADDENDUM),
    when=lambda call: call.state == CallState.PUBLISHED,
    requires=("closes_in_future",),
)


def propose_addendum(
    *,
    call: Call,
    summary: str,
    changes: Mapping[str, Any],
    by: Actor,
    stamp: Stamp | None = None,
    comment: str = "",
) -> Decision:
    """Write an addendum to a published call and put it before those who decide.

    changes: new values of CHANGEABLE fields; what is the same as now does not count. Raises ValidationError at the
    field (nothing changed, dates out of order or past, deadline or end of questions earlier, ceiling lower), Missing
    once the deadline has passed, NotNow while another addendum is under consideration.
    """

    def written(root: Call) -> dict[str, Any]:
        new = {name: changes[name] for name in CHANGEABLE if name in changes and changes[name] != getattr(root, name)}
        refuse_unsound(root, new)
        addendum = CallAddendum.objects.create(
            call=root,
            summary=summary,
            changes={name: as_json(value) for name, value in new.items()},
            before={name: as_json(getattr(root, name)) for name in new},
            written_by=by.user,
            written_at=clock.now(),
        )
        return {"addendum": addendum.pk}

    kind = DecisionKind.PUBLISH_ADDENDUM
    return propose_decision(kind=kind, root=call, by=by, stamp=stamp, comment=comment, proposal=written)


def addendum_of(decision: Decision) -> CallAddendum:
    """The addendum that a decision is about."""
    return CallAddendum.objects.get(call=decision.call_id, pk=decision.proposal["addendum"])


def refuse_unsound(call: Call, new: Mapping[str, Any]) -> None:
    """Raise ValidationError, at the fields, where these values cannot become the call's."""
    errors: dict[str, Any] = {}
    if not new:
        raise ValidationError(_("Nothing has been changed."))
    for name in new:
        if name in TEXTS and not new[name]:
            errors[name] = _("Please fill in this field.")
    errors |= _past_or_cut_short(call, new)
    if "budget_ceiling" in new and new["budget_ceiling"] < call.budget_ceiling:
        errors["budget_ceiling"] = _("An addendum can only raise the ceiling: proposals were written to it.")
    dates = {name: new.get(name, getattr(call, name)) for name in DATES_IN_ORDER}
    for later, earlier in out_of_order(dates):
        moved_back = later in new or earlier not in new
        wrong, other = (later, earlier) if moved_back else (earlier, later)
        text = (
            _("Must not be before “%(date)s” (%(when)s).")
            if moved_back
            else _("Must not be after “%(date)s” (%(when)s).")
        )
        told = {"date": Call._meta.get_field(other).verbose_name, "when": show_date(dates[other])}
        errors.setdefault(wrong, text % told)
    if errors:
        raise ValidationError(errors)


def _past_or_cut_short(call: Call, new: Mapping[str, Any]) -> dict[str, Any]:
    """By field: what would lie in the past, and announced times that would end sooner. Without an end of their own,
    questions end with the deadline."""
    wrong: dict[str, Any] = {}
    ends, closes = new.get("questions_until", call.questions_until), new.get("closes_at", call.closes_at)
    if closes < call.closes_at:
        wrong["closes_at"] = _("An addendum can only move the deadline to a later time.")
    elif (ends or closes) < (call.questions_until or call.closes_at):
        wrong["questions_until"] = _("An addendum can only move the end of questions to a later time.")
    for name in (*MOMENTS, *DAYS):
        at = new.get(name)
        if at is not None and at < (clock.now() if name in MOMENTS else clock.today()):
            told = {"date": Call._meta.get_field(name).verbose_name, "when": show_date(at)}
            wrong.setdefault(name, _("“%(date)s” would lie in the past (%(when)s).") % told)
    return wrong


def _publish_addendum(decision: Decision, by: Actor) -> None:
    """The executive's decision numbers the addendum and changes the call, in one transaction; everyone is told."""
    with pass_door(decision.call, PUBLISH_ADDENDUM, by=by) as door:
        call = door.root
        addendum = addendum_of(decision)
        new = {name: from_json(name, value) for name, value in addendum.changes.items()}
        refuse_unsound(call, new)
        addendum.before = {name: as_json(getattr(call, name)) for name in new}
        for name, value in new.items():
            setattr(call, name, value)
        addendum.number = call.addenda.filter(number__isnull=False).count() + 1
        addendum.published_at = clock.now()
        addendum.save()
        door.payload.update(decision=decision.pk, addendum=addendum.pk, number=addendum.number)
        door.payload.update(before=addendum.before, after=addendum.changes)
        _tell(door, addendum, deadline_was=from_json("closes_at", addendum.before.get("closes_at")))
        announce(ADDENDUM, door, addendum)


def _tell(door: Passage, addendum: CallAddendum, deadline_was: datetime | None) -> None:
    call = door.root
    tell(
        door,
        concerned_with(call),
        kind="call.addendum",
        number=addendum.number,
        summary=addendum.summary,
        until=deadline_later(call.closes_at, deadline_was),
        link=site_url() + reverse("agreements:call_detail", args=[call.reference]),
    )


def _deadline(now: datetime, was: datetime | None) -> str:
    """The deadline as it is now, and as it was where an addendum moved it; in a sentence, Thai time."""
    if was is None:
        return _("Proposals are taken until %(now)s, as before.") % {"now": show_moment(now)}
    told = {"was": show_moment(was), "now": show_moment(now)}
    return _("Proposals are now taken until %(now)s; before, it was until %(was)s.") % told


deadline_later = lazy(_deadline, str)  # in the language of whoever reads it

register_outcome(DecisionKind.PUBLISH_ADDENDUM, _publish_addendum)


# --- values as an addendum keeps them -------------------------------------------------------------------------------


def as_json(value: Any) -> Any:
    """A field's value as JSON holds it: days and moments in ISO, money as text."""
    if isinstance(value, datetime):
        return value.astimezone(clock.BANGKOK).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_json(name: str, value: Any) -> Any:
    if value is None or name in TEXTS:
        return value
    if name in MOMENTS:
        return parse_datetime(value)
    return parse_date(value) if name in DAYS else Decimal(value)
