"""Whose turn an instalment is, and when money may move (§3.1 step 3, §3.2 steps 5 and 7, §3.3 step 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from agreements.enums import ClearanceKind, DecisionKind, DecisionState, InstalmentState, Side, Standing, Verdict
from agreements.models import Agreement, Clearance, Decision, Instalment
from agreements.sequences.commissioning import DELIVERY as SERVICE_DELIVERY
from agreements.sequences.commissioning import DESIGN, EVALUATION, RESOURCES
from agreements.sequences.grant import DELIVERY, RECEIPT
from agreements.sequences.pbc import FIRST_INSTALMENT, NEXT_INSTALMENT
from core.workflow import Book, Requirement
from partnerships.enums import Form
from partnerships.models import BankAccount

SETTLED = frozenset({InstalmentState.RECEIVED, InstalmentState.VOID})
GRANT_PAYS_AT = frozenset({RECEIPT, DELIVERY})
COMMISSIONING_PAYS_AT = frozenset({RESOURCES, DESIGN, SERVICE_DELIVERY, EVALUATION})
# What was paid before an agreement was suspended or terminated is still accounted for.
STANDINGS_WITH_ACCOUNT = frozenset({Standing.IN_FORCE, Standing.SUSPENDED, Standing.TERMINATED})


@dataclass(frozen=True)
class InstalmentFacts:
    """`turn`: the lowest ordinal neither received nor void; `cleared`: the mid-term for this instalment was passed."""

    form: str
    step: str
    standing: str
    ordinal: int
    turn: int | None
    cleared: bool
    decision_pending: bool
    bank_account: bool


def load_instalment_facts(instalment: Instalment) -> InstalmentFacts:
    """The facts of one instalment, in four queries."""
    agreement = Agreement.objects.only("form", "step", "standing").get(pk=instalment.agreement_id)
    return load_facts_of_instalments(agreement, [instalment])[instalment.pk]


def load_facts_of_instalments(agreement: Agreement, instalments: Iterable[Instalment]) -> dict[int, InstalmentFacts]:
    """The facts of several instalments of one agreement by primary key, in three queries whatever their number."""
    pending = Decision.objects.filter(
        instalment=OuterRef("pk"), kind=DecisionKind.PAY_INSTALMENT, state=DecisionState.PENDING
    )
    rows = agreement.instalments.order_by("ordinal").annotate(waits=Exists(pending))
    rows = rows.values_list("pk", "ordinal", "state", "waits")
    known = {pk: waits for pk, _ordinal, _state, waits in rows}
    turn = next((ordinal for _pk, ordinal, state, _waits in rows if state not in SETTLED), None)
    passed = set(
        Clearance.objects.filter(agreement=agreement, kind=ClearanceKind.MIDTERM, verdict=Verdict.PASS).values_list(
            "ordinal", flat=True
        )
    )
    receivers = agreement.parties.filter(side=Side.RECEIVER)
    banked = BankAccount.objects.current().filter(organisation__in=receivers.values("organisation")).exists()
    return {
        one.pk: InstalmentFacts(
            form=agreement.form,
            step=agreement.step,
            standing=agreement.standing,
            ordinal=one.ordinal,
            turn=turn,
            cleared=one.ordinal in passed,
            decision_pending=known.get(one.pk, False),
            bank_account=banked,
        )
        for one in instalments
    }


def is_due(facts: InstalmentFacts) -> bool:
    """Whether money for this instalment may be asked for now.

    Grant: from step 3 on (§3.1). PBC: the first at step 5, each further one at step 7 when its mid-term evaluation was
    passed (§3.2). Commissioning: from the allocation of resources on (§3.3). Always in the order of the instalments.
    """
    if facts.standing != Standing.IN_FORCE or facts.ordinal != facts.turn:
        return False
    if facts.form == Form.GRANT:
        return facts.step in GRANT_PAYS_AT
    if facts.form == Form.PBC:
        first = facts.ordinal == 1
        return facts.step == FIRST_INSTALMENT if first else facts.step == NEXT_INSTALMENT and facts.cleared
    return facts.step in COMMISSIONING_PAYS_AT


BOOK = Book(
    load=load_instalment_facts,
    requirements={
        "receiver_bank_account": Requirement(
            "receiver_bank_account",
            _("The receiver's bank account, in its organisation's profile"),
            lambda facts: facts.bank_account,
        )
    },
    conditions={
        "instalment_is_due": is_due,
        "no_decision_pending": lambda facts: not facts.decision_pending,
    },
)
