"""What anybody may see of a call: the same facts on its public page, in the officer's preview and on paper.

Nothing of proposals, reviewers or the endorsement is read here. Who is selected is told once the call is decided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.enums import AllocationMethod, CallState, CriterionKind, Procedure, ProposalState
from agreements.models import Call, CallAddendum, CallCriterion, CallQuestion, Proposal, ResultLetter
from agreements.queries.call_changes import Change, changes_of
from core import clock
from core.ui import local_day, show_date, show_moment
from partnerships.geography import province_name

SOON_DAYS = 7  # a deadline as near as this is shown as a warning
DAY = 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class CallDate:
    """One date of the call. `shown`: in words; `state`: done, next (the first still to come) or later."""

    code: str
    label: str
    shown: str
    state: str


@dataclass(frozen=True)
class Addendum:
    number: int
    published_at: datetime
    summary: str
    changes: list[Change]


def public_call(call: Call) -> dict[str, Any]:
    """Everything the partial `_call_public.html` shows, to be put into the context as `public`.

    Works for a draft too (dates as planned): that is the officer's preview. Six queries at most besides the call with
    its agency; pass a call with `prefetch_related` of areas, fields_of_work, criteria and documents to save four.
    """
    criteria = list(call.criteria.all())
    left, dates = days_left(call), _when_shown(lambda: dates_of(call))
    return {
        "call": call,
        "is_open": call.is_open(),
        "is_direct": call.procedure == Procedure.DIRECT,
        "state_words": state_words(call),
        "state_tone": state_tone(call),
        "days_left": left,
        "left_words": time_left(call),
        "provinces": _when_shown(lambda: [province_name(area.province_code) for area in call.areas.all()]),
        "fields_of_work": _when_shown(lambda: [field.name for field in call.fields_of_work.all()]),
        "by_unit_cost": call.allocation_method in (AllocationMethod.UNIT_COST, AllocationMethod.BOTH),
        "by_instalments": call.allocation_method in (AllocationMethod.INSTALMENTS, AllocationMethod.BOTH),
        "qualifications": [row for row in criteria if row.kind == CriterionKind.ELIGIBILITY],
        "scoring": scoring_rows(criteria),
        "documents": _when_shown(lambda: list(call.documents.all())),
        "dates": dates,
        "appeals_dated": _when_shown(lambda: any(row.code == "appeal" for row in dates)),
        "addenda": addenda_of(call),
        "questions": answered_questions(call),
        "takes_questions": call.takes_questions(),
        "questions_until": call.questions_until or call.closes_at,
        "selected": _when_shown(lambda: selected_of(call)),
    }


def _when_shown(ask: Callable[[], list[Any]]) -> Any:
    """A list that is asked for by whoever shows it: the agency's own page of the call does not."""
    return SimpleLazyObject(ask)


# --- state and deadline ---------------------------------------------------------------------------------------------


def state_words(call: Call) -> str:
    """Where the call stands, as a sentence for whoever knows no form of words of the administration."""
    if call.state == CallState.PUBLISHED:
        return _("Open for proposals") if call.is_open() else _("Closed for proposals, to be screened")
    return {
        CallState.DRAFT: _("Not published yet"),
        CallState.SCREENING: _("Closed for proposals; qualifications are being checked"),
        CallState.SELECTION: _("Closed for proposals; proposals are being judged"),
        CallState.DECIDED: _("The result has been decided"),
        CallState.CANCELLED: _("The call was cancelled"),
        CallState.VOID: _("The call was declared void"),
    }[CallState(call.state)]


def state_tone(call: Call) -> str:
    if call.state == CallState.PUBLISHED and call.is_open():
        return "good"
    return "stop" if call.state in (CallState.CANCELLED, CallState.VOID) else "plain"


def days_left(call: Call) -> int | None:
    """Whole days in Thailand from today to the deadline's day (0: today); None where proposals are not taken."""
    if not call.is_open():
        return None
    return max((local_day(call.closes_at) - local_day(clock.now())).days, 0)


def left_words(days: int | None) -> str:
    """ "12 days left", "closes today", "" for None."""
    if days is None:
        return ""
    if days == 0:
        return _("Closes today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def taken_until(call: Call) -> datetime:
    """The moment to name to whoever may still submit: the deadline, and once it has passed the end of the grace."""
    return call.closes_at if clock.now() <= call.closes_at else call.accepts_until


def time_left(call: Call) -> str:
    """How long proposals are still taken: days, on the last day hours and minutes; "" where they are not taken."""
    if not call.is_open():
        return ""
    seconds = (call.closes_at - clock.now()).total_seconds()
    if seconds <= 0:
        return _past_deadline(call)
    if seconds >= DAY:
        return left_words(days_left(call))
    hours, minutes = divmod(int(seconds // 60), 60)
    if hours:
        return _("%(hours)s h %(minutes)s min left") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)s min left") % {"minutes": minutes} if minutes else _("Less than a minute left")


def _past_deadline(call: Call) -> str:
    """What is said from the deadline on, while the page stands open too."""
    if not call.grace_minutes:
        return _("The deadline has passed")
    return _("The deadline has passed; late proposals are taken until %(until)s") % {
        "until": show_moment(call.accepts_until)
    }


def deadline_line(call: Call) -> dict[str, Any]:
    """What `_deadline_line.html` shows above a form on whoever writes a proposal; asks nothing of the database.

    `seconds`: to the deadline on the server's clock, for the script that counts on (whatever the browser's clock says).
    """
    seconds = int((call.closes_at - clock.now()).total_seconds())
    return {
        "deadline": {
            "is_open": call.is_open(),
            "closes_at": call.closes_at,
            "left": time_left(call),
            "over": _past_deadline(call),
            "seconds": max(seconds, 0),
            "is_soon": seconds < DAY,
        }
    }


# --- dates ----------------------------------------------------------------------------------------------------------


def dates_of(call: Call) -> list[CallDate]:
    """The call's dates in order; which are past is computed on the server's clock. What has no date is left out.

    The days to appeal count from the letter: their end is known once there are letters (one query, if decided).
    """
    appeal_until = appeals_until(call)
    planned: list[tuple[str, str, datetime | date | None]] = [
        ("published", _("Published"), call.published_at or call.publish_on),
        ("questions", _("Questions until"), call.questions_until),
        ("closes", _("Proposals until"), call.closes_at),
        ("screening", _("Qualifications checked by"), call.screening_by),
        ("presentation", _("Presentations from"), call.presentation_on),
        ("decision", _("Result announced") if call.decided_at else _("Result by"), call.decided_at or call.decision_by),
        ("appeal", _("Appeals until"), appeal_until),
    ]
    found: list[CallDate] = []
    for code, label, at in planned:
        if at is None:
            continue
        past = _is_past(call, code, at)
        waiting = any(row.state == "next" for row in found)
        found.append(CallDate(code, label, show_date(at), "done" if past else "later" if waiting else "next"))
    return found


def appeals_until(call: Call) -> date | None:
    """The last day on which an applicant may appeal, by the latest result letter; None before there are any."""
    if call.decided_at is None:
        return None
    until = ResultLetter.objects.filter(proposal__call=call).aggregate(until=Max("appeal_until"))["until"]
    return local_day(until) if until else None


def _is_past(call: Call, code: str, at: datetime | date) -> bool:
    if code == "published":
        return call.published_at is not None
    if code == "decision":
        return call.decided_at is not None
    return at < clock.now() if isinstance(at, datetime) else at < local_day(clock.now())


# --- criteria, addenda, questions, result ---------------------------------------------------------------------------


def scoring_rows(criteria: list[CallCriterion]) -> list[dict[str, Any]]:
    """Criteria with a weight and their rubric: `levels` are (points, words), the best first; [] without one."""
    return [
        {"title": row.title, "description": row.description, "weight": row.weight, "levels": levels_of(row)}
        for row in criteria
        if row.kind == CriterionKind.SCORING
    ]


def levels_of(criterion: CallCriterion) -> list[tuple[int, str]]:
    return [(points, words) for points, words in criterion.levels]


def addenda_of(call: Call) -> list[Addendum]:
    """Published addenda, the latest first, each with what it changed."""
    rows = CallAddendum.objects.filter(call=call, number__isnull=False).order_by("-number")
    return [Addendum(row.number, row.published_at, row.summary, changes_of(row)) for row in rows]


def told_questions(call: Call) -> list[CallQuestion]:
    """All questions of a call, read once for this record, the latest answer first; who asked is not fetched at all."""
    rows = CallQuestion.objects.only("pk", "call_id", "text", "asked_at", "answer", "answered_at")
    prefetch_related_objects([call], Prefetch("questions", rows.order_by("-answered_at", "-pk")))
    return list(call.questions.all())


def answered_questions(call: Call) -> list[CallQuestion]:
    """Questions with their answers, the latest answer first."""
    return [row for row in told_questions(call) if row.answered_at is not None]


def selected_of(call: Call) -> list[Proposal]:
    """Who was selected, with what became of the agreement: told to everyone once the call is decided."""
    if call.state != CallState.DECIDED:
        return []
    rows = Proposal.objects.filter(call=call, state=ProposalState.SELECTED).select_related("organisation", "agreement")
    shown = ("call_id", "title", "state", "organisation__name_th", "organisation__name_en", "agreement__standing")
    return list(rows.only(*shown).order_by("organisation__sort_key", "pk"))


def short_description(call: Call) -> str:
    """One or two sentences for search engines and for previews of a shared link."""
    facts = {"agency": call.agency.name, "until": show_moment(timezone.localtime(call.closes_at))}
    lead = _("%(agency)s calls for proposals until %(until)s.") % facts
    return " ".join(f"{lead} {call.objectives}".split())[:300]
