"""Opening a round, inviting an evaluator from outside, proposing, sending back and accepting the verdict."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.clearances import record_clearance
from agreements.enums import CapacityKind, ClearanceKind, Standing, Verdict
from agreements.models import Agreement, Capacity
from agreements.permissions.agreements import giver_officer
from core import clock
from core.workflow import AlreadyDone, Refusal, Rule, Stamp, lock, pass_door, together
from evaluations.enums import RoundKind, RoundState
from evaluations.models import Round
from evaluations.permissions import round_officer, round_returner
from evaluations.requirements import FINDINGS
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role
from partnerships.models import Membership, User

# The step at which each kind of round is opened (§3.1 step 4, §3.2 steps 6 and 8, §3.3 step 6).
ROUND_AT_STEP = {
    "grant_4_delivery": RoundKind.FINAL,
    "pbc_6_midterm_evaluation": RoundKind.MIDTERM,
    "pbc_8_final_evaluation": RoundKind.FINAL,
    "commissioning_6_evaluation": RoundKind.CYCLE,
}
VERDICTS: dict[str, tuple[str, ...]] = {
    RoundKind.MIDTERM: (Verdict.PASS, Verdict.FAIL),
    RoundKind.FINAL: (Verdict.PASS, Verdict.FAIL),
    RoundKind.CYCLE: (Verdict.IMPROVE, Verdict.WIDEN, Verdict.CONCLUDE),
}


# --- when -----------------------------------------------------------------------------------------------------------


def round_wanted(agreement: Agreement) -> tuple[str, int] | None:
    """(kind, ordinal) of the round that the agreement's step calls for, or None.

    A mid-term has the ordinal of the instalment it gates: the second after the first, one more for each one passed.
    """
    kind = ROUND_AT_STEP.get(agreement.step)
    if kind == RoundKind.MIDTERM:
        passed = agreement.clearances.filter(kind=ClearanceKind.MIDTERM, verdict=Verdict.PASS).count()
        return kind, 1 + passed + 1
    if kind == RoundKind.CYCLE:
        return kind, agreement.cycle
    return (kind, 1) if kind else None


def may_open_now(agreement: Agreement) -> bool:
    """In force, at a step that evaluates, and the round of this step is not there yet."""
    wanted = round_wanted(agreement) if in_force(agreement) else None
    return wanted is not None and not agreement.rounds.filter(kind=wanted[0], ordinal=wanted[1]).exists()


def in_force(agreement: Agreement) -> bool:
    return agreement.standing == Standing.IN_FORCE


def is_open(evaluation_round: Round) -> bool:
    return evaluation_round.state == RoundState.OPEN and in_force(evaluation_round.agreement)


def is_collecting(evaluation_round: Round) -> bool:
    """Open and no verdict proposed yet: what the verdict rests on does not change while it is being considered."""
    return is_open(evaluation_round) and not evaluation_round.verdict


def is_waiting_for_verdict(evaluation_round: Round) -> bool:
    return is_open(evaluation_round) and bool(evaluation_round.verdict)


OPEN_ROUND = Rule("open_round", _("Open an evaluation round"), giver_officer, when=may_open_now)
INVITE_EVALUATOR = Rule("invite_evaluator", _("Invite an external evaluator"), round_officer, when=is_collecting)
PROPOSE_VERDICT = Rule(
    "propose_verdict", _("Propose the verdict"), round_officer, when=is_collecting, requires=FINDINGS
)
RETURN_VERDICT = Rule("return_verdict", _("Send the verdict back"), round_returner, when=is_waiting_for_verdict)


# --- what -----------------------------------------------------------------------------------------------------------


def open_round(
    *, agreement: Agreement, by: Actor, stamp: Stamp | None = None, due_on: date | None = None, frame: str = ""
) -> Round:
    """Open the round that the agreement's step calls for. Raises NotNow, NotYou, Stale, AlreadyDone."""
    with pass_door(agreement, OPEN_ROUND, by=by, stamp=stamp) as door:
        kind, ordinal = round_wanted(door.root) or ("", 0)
        opened = Round.objects.create(
            agreement=door.root,
            kind=kind,
            ordinal=ordinal,
            due_on=due_on,
            frame=frame,
            opened_by=by.user,
            opened_at=clock.now(),
        )
        door.payload.update(round=opened.pk, kind=kind, ordinal=ordinal, due_on=due_on)
        receivers = [party.organisation_id for party in door.root.party_list if party.side == "receiver"]
        tell(
            door,
            people_in_roles(receivers, Role.STAFF, Role.REPRESENTATIVE),
            kind="round.opened",
        )
    return opened


def invite_evaluator(*, evaluation_round: Round, user: User, by: Actor, stamp: Stamp | None = None) -> Capacity:
    """Invite a person who belongs to no party to evaluate the agreement from outside (§3.2 step 6)."""
    with pass_door(evaluation_round, INVITE_EVALUATOR, by=by, stamp=stamp) as door:
        agreement = door.root.agreement
        if belongs_to_party(user, agreement):
            raise Refusal(_("This person belongs to a party of the agreement and cannot evaluate it from outside."))
        capacity = Capacity.objects.filter(user=user, kind=CapacityKind.EVALUATOR, agreement=agreement).first()
        if capacity and capacity.ends_on is None:
            raise AlreadyDone(_("This person has already been invited."))
        capacity = capacity or Capacity(user=user, kind=CapacityKind.EVALUATOR, agreement=agreement)
        capacity.ends_on = None
        capacity.save()
        door.payload.update(user=user.pk, capacity=capacity.pk)
        tell(
            door,
            [user.pk],
            kind="round.invited",
            about=agreement,
        )
    return capacity


def belongs_to_party(user: User, agreement: Agreement) -> bool:
    """Whether the person is at present a member of one of the parties."""
    organisations = [party.organisation_id for party in agreement.party_list]
    return Membership.objects.current(clock.today()).filter(user=user, organisation_id__in=organisations).exists()


def propose_verdict(
    *, evaluation_round: Round, verdict: str, summary: str, by: Actor, stamp: Stamp | None = None
) -> Round:
    """Propose the verdict with its summary; it waits for the executive. Raises Missing where findings are wanting."""
    with pass_door(evaluation_round, PROPOSE_VERDICT, by=by, stamp=stamp) as door:
        if verdict not in VERDICTS[door.root.kind]:
            raise ValidationError({"verdict": _("This verdict does not belong to this kind of evaluation.")})
        if not summary.strip():
            raise ValidationError({"summary": _("Write a summary of the evaluation.")})
        door.root.verdict, door.root.summary, door.root.verdict_by = verdict, summary, by.user
        door.root.return_comment = ""
        door.payload.update(verdict=verdict, summary=summary)
        agreement = door.root.agreement
        givers = [party.organisation_id for party in agreement.party_list if party.side == "giver"]
        tell(
            door,
            people_in_roles(givers, Role.EXECUTIVE),
            kind="round.verdict_proposed",
            about=agreement,
        )
    return door.root


def return_verdict(*, evaluation_round: Round, comment: str, by: Actor, stamp: Stamp | None = None) -> Round:
    """Send the proposed verdict back (executive) or take it back (officer), with the reason; the findings stay."""
    with pass_door(evaluation_round, RETURN_VERDICT, by=by, stamp=stamp) as door:
        if not comment.strip():
            raise ValidationError({"comment": _("Write the reason.")})
        proposer = door.root.verdict_by_id
        door.payload.update(verdict=door.root.verdict, comment=comment)
        door.root.verdict, door.root.verdict_by, door.root.return_comment = "", None, comment
        tell(
            door,
            [proposer],
            kind="round.verdict_returned",
            about=door.root.agreement,
            comment=comment,
        )
    return door.root


def accept_round(*, evaluation_round: Round, by: Actor, stamp: Stamp | None = None) -> Round:
    """Accept the evaluation: the round is closed and the agreement gets its clearance, in one transaction.

    By the giver's executive, never by who proposed the verdict. Raises NotNow, NotYou, Missing, Stale, AlreadyDone.
    """
    with together():
        agreement = lock(evaluation_round.agreement)  # agreement before round: the order of locks
        with pass_door(evaluation_round, "accept", by=by, stamp=stamp) as door:
            door.root.accepted_by, door.root.accepted_at = by.user, clock.now()
            door.payload.update(kind=door.root.kind, ordinal=door.root.ordinal, verdict=door.root.verdict)
            tell(
                door,
                _concerned(agreement, door.root),
                kind="round.accepted",
                about=agreement,
            )
        record_clearance(
            agreement=agreement, kind=door.root.kind, ordinal=door.root.ordinal, verdict=door.root.verdict, by=by
        )
    return door.root


def _concerned(agreement: Agreement, evaluation_round: Round) -> list[int]:
    """The proposer, and who works for the receivers."""
    receivers = [party.organisation_id for party in agreement.party_list if party.side == "receiver"]
    people = people_in_roles(receivers, Role.STAFF, Role.REPRESENTATIVE)
    return sorted({*people, evaluation_round.verdict_by_id or evaluation_round.opened_by_id})
