"""Records in each state of the table, made quickly: stamped by hand where a test needs a state, not a history."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from agreements.enums import CapacityKind, DecisionKind, DecisionState, InstalmentState, Side, Standing
from agreements.models import (
    Account,
    AccountEntry,
    Agreement,
    AgreementText,
    BudgetSource,
    CallCriterion,
    Capacity,
    ConflictDeclaration,
    Decision,
    Instalment,
    Party,
    Proposal,
    ProposalVersion,
    ReviewAssignment,
)
from agreements.sequences import STEP_BY_CODE
from core import clock
from core.workflow import set_first_state
from evaluations.models import Round
from tests.cast import Cast
from tests.factories import CallFactory, MissionFactory, ProposalFactory

FORMS = {"grant": "grant", "pbc": "pbc", "com": "commissioning"}
ENDED_AT = {"suspended": "pbc_6", "cancelled": "pbc_4", "terminated": "pbc_6", "closed": "pbc_9"}
WITH_MONEY = {"grant_4", "pbc_6", "pbc_7", "pbc_8", "pbc_9"}
SHA = "0" * 64


def step_code(short: str) -> str:
    """ "com_3" → "commissioning_3_resources"."""
    form, number = short.split("_")
    return next(code for code in STEP_BY_CODE if code.startswith(f"{FORMS[form]}_{number}_"))


def make_agreement(cast: Cast, state: str, serial: int = 1) -> Agreement:
    """An agreement in a state of AGREEMENT_STATES, with both parties, an account and two planned instalments."""
    short, _plus, more = ENDED_AT.get(state, state).partition("+")
    standing = _standing(state, short, more)
    now = clock.real_now()
    signed = standing not in (Standing.PREPARING, Standing.CANCELLED)
    agreement = Agreement(
        reference=f"AG-{serial:05d}",
        form=FORMS[short.split("_")[0]],
        mission=MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user),
        agency=cast.organisations["agency"],
        title="ข้อตกลงทดสอบ",
        officer=cast.officer.user,
        total=Decimal(0) if short.startswith("com") else Decimal("900.00"),
        text_ready_at=now if more == "text" or signed else None,
        signed_at=now if signed else None,
        public_at=now if signed and more != "signed" else None,
        plan_approved_at=now if signed and more != "signed" else None,
        closed_at=now if standing == Standing.CLOSED else None,
        ended_at=now if standing in (Standing.CANCELLED, Standing.TERMINATED) else None,
        end_reason="เหตุผล" if standing in (Standing.CANCELLED, Standing.TERMINATED) else "",
    )
    set_first_state(agreement, step=step_code(short), standing=standing)
    agreement.save()
    _furnish(agreement, cast)
    return agreement


def _standing(state: str, short: str, more: str) -> str:
    if state in ENDED_AT:
        return state
    first = short in ("grant_2", "pbc_4", "com_1")
    return Standing.PREPARING if first and more != "signed" else Standing.IN_FORCE


def _furnish(agreement: Agreement, cast: Cast) -> None:
    giver, receiver = cast.organisations["agency"], cast.organisations["partner"]
    Party.objects.create(agreement=agreement, organisation=giver, side=Side.GIVER, is_lead=True)
    Party.objects.create(agreement=agreement, organisation=receiver, side=Side.RECEIVER, is_lead=True)
    BudgetSource.objects.create(
        agreement=agreement, organisation=giver, source="state_budget", amount=Decimal("900.00")
    )
    paid = agreement.step in {step_code(short) for short in WITH_MONEY}
    if agreement.form != "commissioning":
        store_instalment(agreement, 1, cast, "received" if paid else "planned")
        store_instalment(agreement, 2, cast, "planned")
    if agreement.text_ready_at:
        AgreementText.objects.create(agreement=agreement, ordinal=1, content="{}", sha256=SHA)
    if agreement.signed_at:
        half = Decimal("450.00") if paid else Decimal(0)
        Account.objects.create(agreement=agreement, agreed=agreement.total, paid=half)
        if paid:
            AccountEntry.objects.create(
                agreement=agreement, kind="payment", amount=half, booked_on=clock.today(), recorded_by=cast.finance.user
            )


def make_instalment(cast: Cast, state: str, serial: int = 1) -> Instalment:
    """The first instalment of a PBC contract at step 5, with the people who brought it to its state."""
    agreement = make_agreement(cast, "pbc_5", serial)
    agreement.instalments.all().delete()
    return store_instalment(agreement, 1, cast, state)


def store_instalment(agreement: Agreement, ordinal: int, cast: Cast, state: str) -> Instalment:
    order = ["planned", "requested", "checked", "approved", "paid", "received"]
    reached = order.index(state) if state in order else 0
    people = {"requested": "partner_staff", "checked": "officer", "approved": "executive", "paid": "finance"}
    facts: dict[str, Any] = {}
    for done in order[1 : reached + 1]:
        facts[f"{done}_on"] = clock.today()
        facts[f"{done}_by"] = cast.people[people.get(done, "partner_finance")].user
    instalment = Instalment(agreement=agreement, ordinal=ordinal, amount=Decimal("450.00"), **facts)
    set_first_state(instalment, state=getattr(InstalmentState, state.upper()))
    instalment.save()
    return instalment


def make_decision(cast: Cast, state: str, serial: int = 1) -> Decision:
    """A decision on a call's publication, proposed by the officer."""
    call = make_call(cast, "draft", serial)
    decision = Decision(
        kind=DecisionKind.PUBLISH_CALL,
        organisation=call.agency,
        call=call,
        positions=[{"title": "ผู้บริหาร", "holder_id": None}],
        reached=1 if state == "decided" else 0,
        proposed_by=cast.officer.user,
    )
    set_first_state(decision, state=getattr(DecisionState, state.upper()))
    decision.save()
    return decision


def make_call(cast: Cast, state: str, serial: int = 1, with_proposal: bool = True) -> Any:
    """A PBC call in a state, with one proposal of the partner's that was received (where it has been published)."""
    call = CallFactory.build(
        mission=MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user),
        reference=f"CALL-{serial:05d}",
        published_at=None if state in ("draft", "cancelled") else clock.real_now(),
        closes_at=clock.real_now() + timedelta(days=30 if state in ("draft", "published") else -1),
    )
    set_first_state(call, state=state)
    call.save()
    CallCriterion.objects.create(call=call, kind="scoring", title="ความคุ้มค่า", weight=100)
    CallCriterion.objects.create(call=call, kind="eligibility", title="ความเชี่ยวชาญ")
    Capacity.objects.create(user=cast.reviewer.user, kind=CapacityKind.REVIEWER, call=call)
    if with_proposal and state != "draft":
        make_proposal_on(cast, call, "submitted" if state in ("published", "screening") else "eligible")
    return call


def make_proposal_on(cast: Cast, call: Any, state: str) -> Proposal:
    proposal = ProposalFactory.build(
        call=call,
        reference=f"P-{call.reference}",
        organisation=cast.organisations["partner"],
        created_by=cast.partner_staff.user,
        submitted_at=None if state == "draft" else clock.real_now(),
    )
    set_first_state(proposal, state=state)
    proposal.save()
    if state != "draft":
        ProposalVersion.objects.create(
            proposal=proposal,
            number=1,
            content='{"fields": {}, "files": []}',
            sha256=SHA,
            submitted_at=clock.real_now(),
            submitted_by=cast.partner_rep.user,
            submitted_by_name="ผู้แทน",
        )
        judged_by(proposal, cast.reviewer.user)
    return proposal


def judged_by(proposal: Proposal, user: Any) -> None:
    """Assigned to a reviewer who has declared that there is no conflict."""
    ConflictDeclaration.objects.create(
        call=proposal.call, user=user, organisation=proposal.organisation, is_conflicted=False
    )
    ReviewAssignment.objects.create(proposal=proposal, reviewer=user)


def make_proposal(cast: Cast, state: str, serial: int = 1) -> Proposal:
    """A proposal in "state/state of its call"."""
    own, _slash, of_call = state.partition("/")
    call = make_call(cast, of_call, serial, with_proposal=False)
    return make_proposal_on(cast, call, own)


def make_round(cast: Cast, state: str, serial: int = 1) -> Round:
    """The mid-term round that gates the second instalment of a PBC contract; the officer proposes the verdict."""
    agreement = make_agreement(cast, "pbc_6", serial)
    Capacity.objects.create(user=cast.evaluator.user, kind=CapacityKind.EVALUATOR, agreement=agreement)
    proposed = state != "collecting"
    evaluation_round = Round(
        agreement=agreement,
        kind="midterm",
        ordinal=2,
        opened_by=cast.officer.user,
        verdict="pass" if proposed else "",
        verdict_by=cast.officer.user if proposed else None,
        accepted_by=cast.executive.user if state == "accepted" else None,
        accepted_at=clock.real_now() if state == "accepted" else None,
    )
    set_first_state(evaluation_round, state="accepted" if state == "accepted" else "open")
    evaluation_round.save()
    return evaluation_round
