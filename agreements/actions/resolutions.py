"""The selection committee's resolution (มติ), on which the decision rests (§3.2 step 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from agreements.actions.calls import is_under_consideration
from agreements.enums import CallState, MemberRole, Outcome, ProposalState
from agreements.models import (
    Call,
    ConflictDeclaration,
    Proposal,
    Resolution,
    ResolutionOutcome,
    Review,
    SelectionCommittee,
    SelectionMember,
)
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import why_judge_runs_not
from core import clock
from core.settings_catalogue import value_of
from core.thai import long_date
from core.ui import show_day
from core.workflow import Rule, Stamp, pass_door
from partnerships.actors import Actor
from partnerships.queries.standing import why_not_selectable

RESOLVE = Rule(
    "record_resolution",
    _("Record the committee's resolution"),
    call_officer,
    when=lambda call: call.state == CallState.SELECTION and not is_under_consideration(call),
    requires=("committee_appointed", "committee_apart", "all_scored", "presentations_scored"),
    unless=why_judge_runs_not,
)


class Verdict(NamedTuple):
    """What the committee resolved on one proposal; `reserve_rank` counts from 1 and belongs to the reserve alone."""

    outcome: str
    reason: str
    reserve_rank: int | None = None


def record_resolution(
    *,
    call: Call,
    meeting_number: str,
    held_on: date,
    minutes: str,
    attended: Iterable[int],
    outcomes: Mapping[int, Verdict],
    by: Actor,
    began_at: time | None = None,
    ended_at: time | None = None,
    presided_by: int | None = None,
    over_ceiling_reason: str = "",
    stamp: Stamp | None = None,
) -> Resolution:
    """The committee's resolution, with proposal id → Verdict for every eligible proposal. Recording again replaces it.

    `began_at`, `ended_at`: when the chair opened and closed the meeting (time in Thailand). `attended`: ids
    of the members present; `presided_by`: who presided in the chair's absence. What order and members said on this day
    is kept in words. Raises Missing while committee or scores are outstanding, and ValidationError: for an end before
    the start, for a day before the committee's order, the closing or the last review, without quorum, without chair,
    for a proposal without outcome or reason, for gaps in the reserve list, for budgets above the ceiling without a
    reason, and for selecting a partner that is blocked or not verified today.
    """
    with pass_door(call, RESOLVE, by=by, stamp=stamp) as door:
        committee = SelectionCommittee.objects.get(call=door.root)
        members = list(committee.members.all())
        _refuse_end_before_start(began_at, ended_at)
        _refuse_too_early(door.root, committee, held_on)
        present, chair = _meeting(members, set(attended), presided_by)
        _refuse_undeclared(door.root, present)
        proposals = list(door.root.proposals.filter(state=ProposalState.ELIGIBLE).select_related("organisation"))
        _refuse_wrong(door.root, proposals, outcomes, over_ceiling_reason)
        resolution, _created = Resolution.objects.update_or_create(
            call=door.root,
            defaults={
                "appointment_order": _order_in_words(committee),
                "meeting_number": meeting_number,
                "held_on": held_on,
                "began_at": began_at,
                "ended_at": ended_at,
                "members": members_in_words(present, chair),
                "minutes": minutes,
                "presided_by": chair,
                "over_ceiling_reason": over_ceiling_reason,
                "recorded_by": by.user,
                "recorded_at": clock.now(),
            },
        )
        resolution.attended.set(present)
        _store_outcomes(resolution, proposals, outcomes, present)
        told = {str(pk): verdict.outcome for pk, verdict in outcomes.items()}
        door.payload.update(meeting=meeting_number, present=len(present), of=len(members), outcomes=told)
    return resolution


def _refuse_end_before_start(began_at: time | None, ended_at: time | None) -> None:
    if began_at and ended_at and ended_at <= began_at:
        raise ValidationError({"ended_at": _("The end comes after the start.")})


def _refuse_too_early(call: Call, committee: SelectionCommittee, held_on: date) -> None:
    """The meeting is of a committee that exists, after the closing, and rests on every review that counts."""
    eligible = Review.objects.counting().filter(proposal__call=call, proposal__state=ProposalState.ELIGIBLE)
    reviewed_at = eligible.aggregate(last=Max("finished_at"))["last"]
    earliest = [
        (committee.order_on, _("The committee was appointed on %(day)s: the meeting is not before that day.")),
        (
            localdate(call.closes_at, clock.BANGKOK),
            _("The call closed on %(day)s: the meeting is not before that day."),
        ),
    ]
    if reviewed_at:
        text = _("The last review was finished on %(day)s, and the resolution rests on it: it is not before that day.")
        earliest.append((localdate(reviewed_at, clock.BANGKOK), text))
    day, text = max(earliest, key=lambda row: row[0])
    if held_on < day:
        raise ValidationError({"held_on": ValidationError(text, params={"day": show_day(day, "long")})})


# --- the meeting ----------------------------------------------------------------------------------------------------


def _meeting(
    members: list[SelectionMember], attended: set[int], presided_by: int | None
) -> tuple[list[SelectionMember], SelectionMember]:
    """Who was there, and who presided: the chair, or in his or her absence the member named."""
    present = [member for member in members if member.pk in attended]
    share = value_of("agreements.committee_quorum_percent")
    if len(present) * 100 <= len(members) * share:
        facts = {"present": len(present), "all": len(members), "share": share}
        text = _("No quorum: %(present)s of %(all)s members were present; more than %(share)s percent are needed.")
        raise ValidationError({"attended": ValidationError(text, params=facts)})
    chair = next((member for member in present if member.role == MemberRole.CHAIR), None)
    chair = chair or next((member for member in present if member.pk == presided_by), None)
    if chair is None:
        raise ValidationError({"presided_by": _("The chair was absent: say which member present presided.")})
    return present, chair


def _refuse_undeclared(call: Call, present: list[SelectionMember]) -> None:
    """Members with an account have declared on every applicant before they resolve."""
    applicants = set(call.proposals.received().values_list("organisation_id", flat=True))
    declared: dict[int, set[int]] = {}
    for user, organisation in ConflictDeclaration.objects.filter(call=call).values_list("user_id", "organisation_id"):
        declared.setdefault(user, set()).add(organisation)
    silent = [one.name for one in present if one.user_id and applicants - declared.get(one.user_id, set())]
    if silent:
        text = _("Has not declared conflicts of interest on every applicant yet: %(names)s")
        raise ValidationError({"attended": ValidationError(text, params={"names": ", ".join(silent)})})


def members_in_words(present: Iterable[SelectionMember], chair: SelectionMember) -> str:
    """One line for each member present: name, position, role on the committee; in Thai, as a record."""
    with override("th"):
        lines = []
        for member in present:
            role = member.get_role_display()
            if member == chair and member.role != MemberRole.CHAIR:
                role = gettext("%(role)s, presided over the meeting") % {"role": role}
            lines.append(" · ".join(str(part) for part in (member.name, member.title, role) if part))
        return "\n".join(lines)


def _order_in_words(committee: SelectionCommittee) -> str:
    with override("th"):
        facts = {"number": committee.order_number, "day": long_date(committee.order_on)}
        return (gettext("%(number)s of %(day)s") % facts)[:200]


# --- the verdicts ---------------------------------------------------------------------------------------------------


def _refuse_wrong(
    call: Call, proposals: list[Proposal], outcomes: Mapping[int, Verdict], over_ceiling_reason: str
) -> None:
    given = {pk: Verdict(*verdict) for pk, verdict in outcomes.items()}
    if set(given) != {one.pk for one in proposals} or any(not one.reason.strip() for one in given.values()):
        raise ValidationError(_("Give an outcome and a reason for every eligible proposal."))
    _refuse_unordered_reserve(given)
    selected = [one for one in proposals if given[one.pk].outcome == Outcome.SELECTED]
    reasons = {f"outcome_{one.pk}": why_not_selectable(one.organisation) for one in selected}
    if any(reasons.values()):
        raise ValidationError({name: reason for name, reason in reasons.items() if reason})
    total = sum((one.budget or Decimal(0) for one in selected), Decimal(0))
    if total > call.budget_ceiling and not over_ceiling_reason.strip():
        text = _("The selected ask for %(total)s baht, more than the ceiling of %(ceiling)s baht: give the reason.")
        facts = {"total": f"{total:,.2f}", "ceiling": f"{call.budget_ceiling:,.2f}"}
        raise ValidationError({"over_ceiling_reason": ValidationError(text, params=facts)})


def _refuse_unordered_reserve(given: Mapping[int, Verdict]) -> None:
    """Ranks belong to the reserve alone, begin at 1 and leave none out: the order of promotion is never in doubt."""
    wrong = {
        f"reserve_rank_{pk}": _("Give the place on the reserve list.")
        if one.outcome == Outcome.RESERVE
        else _("Only a proposal in reserve has a place on the reserve list.")
        for pk, one in given.items()
        if (one.outcome == Outcome.RESERVE) != (one.reserve_rank is not None)
    }
    ranked = sorted((one.reserve_rank, pk) for pk, one in given.items() if one.reserve_rank is not None)
    for expected, (rank, pk) in enumerate(ranked, start=1):
        if rank != expected and f"reserve_rank_{pk}" not in wrong:
            wrong[f"reserve_rank_{pk}"] = _("The places on the reserve list are 1, 2, 3 and so on, each once.")
    if wrong:
        raise ValidationError(wrong)


def _store_outcomes(
    resolution: Resolution,
    proposals: list[Proposal],
    outcomes: Mapping[int, Verdict],
    present: list[SelectionMember],
) -> None:
    out = stepped_out(resolution.call, present)
    resolution.outcomes.all().delete()
    ResolutionOutcome.objects.bulk_create(
        ResolutionOutcome(
            resolution=resolution,
            proposal=one,
            stepped_out="\n".join(member.name for member in out.get(one.organisation_id, ())),
            **Verdict(*outcomes[one.pk])._asdict(),
        )
        for one in proposals
    )


def stepped_out(call: Call, members: Iterable[SelectionMember]) -> dict[int, list[SelectionMember]]:
    """Organisation → the members who declared a conflict with it: they leave the meeting for that applicant."""
    by_user = {member.user_id: member for member in members if member.user_id}
    rows = ConflictDeclaration.objects.filter(call=call, is_conflicted=True, user__in=by_user).order_by("user_id")
    told: dict[int, list[SelectionMember]] = {}
    for organisation_id, user_id in rows.values_list("organisation_id", "user_id"):
        told.setdefault(organisation_id, []).append(by_user[user_id])
    return told
