"""Conflicts of interest: each reviewer and committee member declares on every applicant before seeing anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from agreements.actions.decisions import people_of_next
from agreements.enums import JUDGED_KINDS, RECEIVED_PROPOSALS, CallState, DecisionState
from agreements.models import Call, ConflictDeclaration, Proposal, Resolution, Review, ReviewAssignment
from agreements.permissions.judging import call_judge
from core import clock
from core.workflow import Passage, Rule, Stamp, pass_door
from partnerships.actions.notices import tell
from partnerships.actors import Actor
from partnerships.models import Membership

Declared = Mapping[int, tuple[bool, str]]


def is_being_judged(call: Call) -> bool:
    return call.state in (CallState.SCREENING, CallState.SELECTION)


DECLARE = Rule("declare_conflicts", _("Declare conflicts of interest"), call_judge, when=is_being_judged)


def declare_conflicts(*, call: Call, declarations: Declared, by: Actor, stamp: Stamp | None = None) -> Call:
    """Declare: organisation id → (has a conflict, what the relation is), for every applicant on the call.

    Given again, it says what has changed; once scoring has begun a conflict can be added and none taken back. Whoever
    is or was a member of an applicant has a conflict with it, whatever is declared. A conflict takes the applicant's
    proposal from the person; a review that was finished stays on record and no longer counts, and a resolution that
    rested on it, or on the person's presence, holds no longer (`agreements.resolved`). Of one that comes later the
    officer is told, and those before whom the selection lies. Raises ValidationError at
    `relation_<organisation id>` or `conflict_<organisation id>`.
    """
    with pass_door(call, DECLARE, by=by, stamp=stamp) as door:
        before = dict(_own(door.root, by).values_list("organisation_id", "is_conflicted"))
        rows = _with_memberships(declarations, by)
        _refuse_wrong(door.root, rows, before)
        for organisation_id, (conflicted, relation) in rows.items():
            facts: dict[str, Any] = {"is_conflicted": conflicted, "relation": relation.strip()}
            if before.get(organisation_id) != conflicted:
                facts["declared_at"] = clock.now()  # the same answer given again is no news: what was resolved holds
            ConflictDeclaration.objects.update_or_create(
                call=door.root, user=by.user, organisation_id=organisation_id, defaults=facts
            )
        new = [pk for pk, (conflicted, _why) in rows.items() if conflicted and not before.get(pk)]
        set_aside = _take_away(door.root, new, by)
        door.payload.update(conflicts=sorted(pk for pk, row in rows.items() if row[0]), set_aside=set_aside)
        if new and (before or Resolution.objects.filter(call=door.root).exists()):
            _tell_officer(door, set_aside)
            _tell_who_decides(door)
    return door.root


def _own(call: Call, by: Actor) -> Any:
    return ConflictDeclaration.objects.filter(call=call, user_id=by.user_id)


def _with_memberships(declarations: Declared, by: Actor) -> dict[int, tuple[bool, str]]:
    """A membership, now or in the past, is a conflict that nobody declares away."""
    member_of = set(Membership.objects.filter(user_id=by.user_id).values_list("organisation_id", flat=True))
    with override("th"):  # a record in Thai, like the rest of what is sealed
        words = gettext("Member of this organisation, now or in the past (found by the system)")
    return {
        pk: (True, f"{words} {relation}".strip()) if pk in member_of else (conflicted, relation)
        for pk, (conflicted, relation) in declarations.items()
    }


def _refuse_wrong(call: Call, rows: Declared, before: Mapping[int, bool]) -> None:
    applicants = set(call.proposals.filter(state__in=RECEIVED_PROPOSALS).values_list("organisation_id", flat=True))
    if set(rows) - applicants or applicants - set(rows) - set(before):
        raise ValidationError(_("Declare on every applicant."))
    wrong: dict[str, Any] = {}
    for pk, (conflicted, relation) in rows.items():
        if conflicted and not relation.strip():
            wrong[f"relation_{pk}"] = _("Say what the relation is.")
        if not conflicted and before.get(pk) and call.state != CallState.SCREENING:
            wrong[f"conflict_{pk}"] = _("Scoring has begun: a conflict that was declared stays.")
    if wrong:
        raise ValidationError(wrong)


def _take_away(call: Call, organisations: list[int], by: Actor) -> list[str]:
    """End the assignments that a new conflict bars; references of those whose finished review no longer counts."""
    barred = Proposal.objects.filter(call=call, organisation_id__in=organisations)
    ReviewAssignment.objects.filter(proposal__in=barred, reviewer_id=by.user_id).delete()
    finished = Review.objects.finished().filter(proposal__in=barred, reviewer_id=by.user_id)
    return sorted(finished.values_list("proposal__reference", flat=True))


def _tell_officer(door: Passage, set_aside: list[str]) -> None:
    tell(
        door,
        [door.root.officer_id],
        kind="call.conflict",
        reviewer=door.by.user.full_name_th,
        set_aside=", ".join(set_aside) or "–",
    )


def _tell_who_decides(door: Passage) -> None:
    """Whoever may act next on the selection, where it is on its way; not who judged or prepared it, and so may not."""
    for pending in door.root.decisions.filter(kind__in=JUDGED_KINDS, state=DecisionState.PENDING):
        people = [pk for pk in people_of_next(pending) if not _may_not_decide(door.root, pk)]
        tell(door, people, kind="decision.conflict", declarer=door.by.user.full_name_th)


def _may_not_decide(call: Call, user_id: int) -> bool:
    return call.was_judged_by(user_id) or call.was_prepared_by(user_id)
