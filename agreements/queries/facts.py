"""The facts of an agreement on which requirements are judged: one frozen object, loaded in three queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from threading import get_ident
from typing import Any

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Round

from agreements.enums import AppealState, ClearanceKind, InstalmentState, Side, Verdict
from agreements.models import (
    Account,
    Agreement,
    Appeal,
    BudgetSource,
    Clearance,
    Committee,
    CommitteeMember,
    Indicator,
    Party,
    Plan,
    PlanActivity,
    Proposal,
    ResultLetter,
    Signature,
    StepNote,
)
from agreements.queries.results import MAY_APPEAL
from core import clock

ZERO = Decimal(0)


@dataclass(frozen=True)
class InstalmentFact:
    ordinal: int
    amount: Decimal
    state: str


@dataclass(frozen=True)
class AgreementFacts:
    """What is on record. Sums in baht; notes (kind, cycle) confirmed by both sides; verdicts by (kind, ordinal)."""

    form: str
    step: str
    standing: str
    cycle: int
    total: Decimal
    starts_on: date | None
    ends_on: date | None
    details_written: bool
    text_ready: bool
    signed: bool
    public: bool
    parties: int
    givers: int
    receivers: int
    parties_without_duties: int
    parties_without_signatory: int
    signatures: int
    has_committee: bool
    has_formal_body: bool
    body_sides: int
    plan_outlined: bool
    plan_approved: bool
    indicators: int
    indicator_weights: int
    sourced: Decimal
    account_drawn_up: bool
    account_checked: bool
    account_balance: Decimal | None
    letters_missing: bool
    appeals_filed: bool
    appeals_until: datetime | None
    now: datetime
    instalments: tuple[InstalmentFact, ...]
    notes: frozenset[tuple[str, int]]
    verdicts: dict[tuple[str, int], str]

    def noted(self, kind: str, cycle: int | None = None) -> bool:
        """Whether a note of that kind is confirmed by both sides (in that cycle, where one is named)."""
        return any(k == kind and (cycle is None or c == cycle) for k, c in self.notes)

    @property
    def appeals_settled(self) -> bool:
        """Every applicant who may appeal has had the time for it, and every appeal is answered or withdrawn."""
        window_open = self.appeals_until is not None and self.now <= self.appeals_until
        return not (self.letters_missing or self.appeals_filed or window_open)

    @property
    def valid_instalments(self) -> list[InstalmentFact]:
        return [i for i in self.instalments if i.state != InstalmentState.VOID]

    @property
    def received(self) -> int:
        """How many instalments have arrived with the receiver."""
        return sum(1 for i in self.instalments if i.state == InstalmentState.RECEIVED)

    @property
    def reached(self) -> int:
        """The instalment that the agreement has reached: the first, and one more for each mid-term passed (§3.2)."""
        passed = sum(1 for (kind, _n), verdict in self.verdicts.items() if (kind, verdict) == _PASSED)
        return 1 + passed

    @property
    def midterm_verdict(self) -> str | None:
        """The verdict of the mid-term that gates the next instalment, the one just passed included."""
        return self.verdicts.get((ClearanceKind.MIDTERM, self.received + 1))

    @property
    def cycle_verdict(self) -> str | None:
        return self.verdicts.get((ClearanceKind.CYCLE, self.cycle))


_PASSED = (ClearanceKind.MIDTERM, Verdict.PASS)


def load_agreement_facts(agreement: Agreement) -> AgreementFacts:
    """Everything requirements ask about one agreement, in three queries."""
    row = _every_agreement(get_ident()).filter(pk=agreement.pk).get()
    instalments = agreement.instalments.order_by("ordinal").values_list("ordinal", "amount", "state")
    notes, verdicts = _marks(agreement)
    return AgreementFacts(
        form=agreement.form,
        step=agreement.step,
        standing=agreement.standing,
        cycle=agreement.cycle,
        total=agreement.total,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        details_written=bool(
            agreement.objectives.strip() and agreement.scope.strip() and agreement.legal_basis.strip()
        ),
        text_ready=agreement.text_ready_at is not None,
        signed=agreement.signed_at is not None,
        public=agreement.public_at is not None,
        now=clock.now(),
        instalments=tuple(InstalmentFact(*values) for values in instalments),
        notes=notes,
        verdicts=verdicts,
        **{name.removeprefix("f_"): value for name, value in row.items()},
    )


@lru_cache(maxsize=32)
def _every_agreement(_thread: int) -> QuerySet[Agreement, dict[str, Any]]:
    """The query without its agreement: writing it takes longer than asking it, and nothing in it depends on when.

    Each thread has its own: Django counts in a subquery while it compiles it.
    """
    annotations = _annotations()
    return Agreement.objects.annotate(**annotations).values(*annotations)


def _annotations() -> dict[str, Any]:
    parties = Party.objects.filter(agreement=OuterRef("pk"))
    body = Committee.objects.filter(agreement=OuterRef("pk"))
    formal = body.filter(waiver_reason="").exclude(secretariat="")
    members = CommitteeMember.objects.filter(committee__agreement=OuterRef("pk"), side__in=[Side.GIVER, Side.RECEIVER])
    plans = Plan.objects.filter(agreement=OuterRef("pk"), cycle=OuterRef("cycle"))
    outline = PlanActivity.objects.filter(plan__agreement=OuterRef("pk"), plan__cycle=OuterRef("cycle"))
    signatures = Signature.objects.filter(
        party__agreement=OuterRef("pk"), text__superseded_at__isnull=True, confirmed_at__isnull=False
    )
    indicators = Indicator.objects.filter(agreement=OuterRef("pk"))
    account = Account.objects.filter(agreement=OuterRef("pk"))
    losing = Proposal.objects.filter(call=OuterRef("call"), state__in=MAY_APPEAL)
    letters = ResultLetter.objects.filter(proposal__call=OuterRef("call"), proposal__state__in=MAY_APPEAL)
    return {
        "f_parties": _count(parties, "agreement"),
        "f_givers": _count(parties.filter(side=Side.GIVER), "agreement"),
        "f_receivers": _count(parties.filter(side=Side.RECEIVER), "agreement"),
        "f_parties_without_duties": _count(parties.filter(duties="").exclude(side=Side.SUPPORTER), "agreement"),
        "f_parties_without_signatory": _count(parties.filter(signatory_name=""), "agreement"),
        "f_signatures": _count(signatures, "party__agreement"),
        "f_has_committee": Exists(body),
        "f_has_formal_body": Exists(formal),
        "f_body_sides": Coalesce(
            Subquery(
                members.order_by().values("committee__agreement").annotate(n=Count("side", distinct=True)).values("n"),
                output_field=IntegerField(),
            ),
            0,
        ),
        "f_plan_outlined": Exists(outline),
        "f_plan_approved": Exists(plans.filter(approved_at__isnull=False)),
        "f_indicators": _count(indicators, "agreement"),
        "f_indicator_weights": _sum(indicators, "weight", 0),
        "f_sourced": _sum(BudgetSource.objects.filter(agreement=OuterRef("pk")), "amount", ZERO),
        "f_letters_missing": Exists(losing.filter(result_letters__isnull=True)),
        "f_appeals_filed": Exists(Appeal.objects.filter(call=OuterRef("call"), state=AppealState.FILED)),
        # an applicant appeals once: whose appeal is filed, withdrawn or answered needs no more time
        "f_appeals_until": Subquery(
            letters.filter(appeal_until__isnull=False, proposal__appeal__isnull=True)
            .order_by("-appeal_until")
            .values("appeal_until")[:1]
        ),
        "f_account_drawn_up": Exists(account.filter(drawn_up_on__isnull=False)),
        "f_account_checked": Exists(account.filter(checked_on__isnull=False)),
        "f_account_balance": Subquery(
            account.annotate(left=Round(F("paid") + F("interest") - F("spent") - F("returned"), 2)).values("left")
        ),
    }


def _count(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _sum(rows: QuerySet, field: str, nothing: Any) -> Coalesce:
    summed = rows.order_by().values("agreement").annotate(n=Sum(field)).values("n")
    return Coalesce(Subquery(summed), nothing)


def _marks(agreement: Agreement) -> tuple[frozenset[tuple[str, int]], dict[tuple[str, int], str]]:
    """Confirmed notes and clearances, in one query."""
    confirmed = Q(giver_confirmed_at__isnull=False, receiver_confirmed_at__isnull=False)
    notes = StepNote.objects.filter(confirmed, agreement=agreement).order_by()
    rows = notes.values_list(
        "kind", "cycle", Value("", output_field=CharField()), Value("note", output_field=CharField())
    )
    clearances = Clearance.objects.filter(agreement=agreement).order_by()
    verdicts = clearances.values_list("kind", "ordinal", "verdict", Value("verdict", output_field=CharField()))
    marks = list(rows.union(verdicts))
    return (
        frozenset((kind, ordinal) for kind, ordinal, _verdict, sort in marks if sort == "note"),
        {(kind, ordinal): verdict for kind, ordinal, verdict, sort in marks if sort == "verdict"},
    )
