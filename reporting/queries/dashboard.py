"""Counts and baht for OPDC, and for an agency the part of its own ministry. One grouped query feeds every table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear, TruncDate
from django.utils.translation import get_language

from agreements.enums import Standing
from agreements.models import Agreement, Instalment
from agreements.sequences import STEP_BY_CODE
from core import clock
from core.thai import BE_OFFSET, SATANG
from evaluations.models import Round
from partnerships.enums import Form
from partnerships.models import Organisation
from reporting.due import Due, due_of, overdue_instalments, overdue_rounds, past_their_end

ZERO = Decimal(0)
SHOWN_LATE = 50


@dataclass(frozen=True)
class Filters:
    """What the page is narrowed to: a form's code, a ministry's id, a fiscal year (Buddhist Era)."""

    form: str = ""
    ministry: int | None = None
    fiscal_year: int | None = None


@dataclass
class Line:
    """One line of a table: how many agreements, and baht agreed, paid out and spent."""

    label: Any
    code: Any = ""
    count: int = 0
    in_force: int = 0
    agreed: Decimal = ZERO
    paid: Decimal = ZERO
    spent: Decimal = ZERO

    def add(self, row: dict[str, Any]) -> None:
        self.count += row["n"]
        self.in_force += row["n"] if row["standing"] == Standing.IN_FORCE else 0
        # To the satang: SQLite adds in binary.
        self.agreed += row["agreed"].quantize(SATANG)
        self.paid += row["paid"].quantize(SATANG)
        self.spent += row["spent"].quantize(SATANG)


@dataclass(frozen=True)
class LateItem:
    """Something that should have happened: what it is of, since when, and whether this person may open it."""

    agreement: Agreement
    due: Due | None
    number: int | None = None
    kind: str = ""
    record_id: int | None = None


@dataclass(frozen=True)
class Late:
    instalments: list[LateItem] = field(default_factory=list)
    agreements: list[LateItem] = field(default_factory=list)
    rounds: list[LateItem] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.instalments) + len(self.agreements) + len(self.rounds)


@dataclass(frozen=True)
class Dashboard:
    total: Line
    by_form: list[Line]
    by_step: list[Line]
    by_ministry: list[Line]
    by_fiscal_year: list[Line]
    late: Late


def agreements_in_view(actor: Any) -> QuerySet[Agreement]:
    """All agreements for OPDC; for an agency those of its ministry's departments. Cancelled ones are left out."""
    known = Agreement.objects.exclude(standing=Standing.CANCELLED).annotate(
        ministry=Coalesce("agency__parent_id", "agency_id"), begun=Coalesce("starts_on", TruncDate("created_at"))
    )
    known = known.annotate(fiscal_year=_fiscal_year("begun"))
    return known if actor.is_opdc else known.filter(ministry=actor.organisation.ministry.pk)


def _fiscal_year(name: str) -> Any:
    """Fiscal year (Buddhist Era) in which a date lies: it begins on 1 October of the year before."""
    next_year = Case(When(**{f"{name}__month__gte": 10}, then=Value(1)), default=Value(0))
    return ExtractYear(name) + Value(BE_OFFSET) + next_year


def narrowed(agreements: QuerySet[Agreement], filters: Filters) -> QuerySet[Agreement]:
    if filters.form:
        agreements = agreements.filter(form=filters.form)
    if filters.ministry:
        agreements = agreements.filter(ministry=filters.ministry)
    if filters.fiscal_year:
        agreements = agreements.filter(fiscal_year=filters.fiscal_year)
    return agreements


def dashboard_of(actor: Any, filters: Filters) -> Dashboard:
    """The whole page in five queries: one for the numbers, one for the ministries' names, three for what is late."""
    agreements = narrowed(agreements_in_view(actor), filters)
    rows = _grouped(agreements)
    names = _ministry_names()
    total = Line(label="")
    for row in rows:
        total.add(row)
    return Dashboard(
        total=total,
        by_form=_lines(rows, "form", dict(Form.choices), fixed=True),
        by_step=_lines(rows, "step", {code: step.title for code, step in STEP_BY_CODE.items()}),
        by_ministry=_lines(rows, "ministry", names),
        by_fiscal_year=_lines(rows, "fiscal_year", {row["fiscal_year"]: _year(row["fiscal_year"]) for row in rows}),
        late=late_in(agreements, clock.today()),
    )


def _grouped(agreements: QuerySet[Agreement]) -> list[dict[str, Any]]:
    grouped = agreements.order_by().values("form", "step", "standing", "ministry", "fiscal_year")
    return list(
        grouped.annotate(
            n=Count("pk"),
            # A joint contract without a fixed sum has agreed what its instalments allocate, kept on the account.
            agreed=Coalesce(Sum(Coalesce("account__agreed", "total")), ZERO),
            paid=Coalesce(Sum("account__paid"), ZERO),
            spent=Coalesce(Sum("account__spent"), ZERO),
        )
    )


def _ministry_names() -> dict[int, str]:
    """Names of ministries (and of agencies that stand under none)."""
    heads = Organisation.objects.agencies().filter(parent__isnull=True)
    return {one.pk: one.name for one in heads.only("pk", "name_th", "name_en")}


def _lines(rows: Iterable[dict[str, Any]], by: str, labels: dict[Any, Any], *, fixed: bool = False) -> list[Line]:
    """Sums of the rows by one of their columns, in the order of the labels; `fixed` keeps lines without agreements."""
    lines = {code: Line(label=label, code=code) for code, label in labels.items()}
    for row in rows:
        lines.setdefault(row[by], Line(label=row[by], code=row[by])).add(row)
    ordered = lines.values() if by != "fiscal_year" else sorted(lines.values(), key=lambda line: line.code)
    return [line for line in ordered if fixed or line.count]


def _year(fiscal_year: int) -> int:
    """The fiscal year as the page writes it: Buddhist Era, in English Common Era."""
    return fiscal_year - BE_OFFSET if get_language() == "en" else fiscal_year


def late_in(agreements: QuerySet[Agreement], today: date) -> Late:
    """Instalments not paid, agreements past their end, rounds not accepted in time; the longest overdue first."""
    inside = {"agreement__in": agreements.values("pk")}
    instalments = Instalment.objects.filter(overdue_instalments(today), **inside).select_related("agreement")
    rounds = Round.objects.filter(overdue_rounds(today), **inside).select_related("agreement")
    return Late(
        instalments=[
            LateItem(one.agreement, due_of(one.due_on, today), number=one.ordinal)
            for one in instalments.order_by("due_on", "pk")[:SHOWN_LATE]
        ],
        agreements=[
            LateItem(one, due_of(one.ends_on, today))
            for one in agreements.filter(past_their_end(today)).order_by("ends_on", "pk")[:SHOWN_LATE]
        ],
        rounds=[
            LateItem(one.agreement, due_of(one.due_on, today), kind=one.get_kind_display(), record_id=one.pk)
            for one in rounds.order_by("due_on", "pk")[:SHOWN_LATE]
        ],
    )


def openable(actor: Any, late: Late) -> set[int]:
    """Ids of the late agreements that this person may open (an agency sees numbers of its ministry, not every file)."""
    ids = {item.agreement.pk for group in (late.instalments, late.agreements, late.rounds) for item in group}
    return set(Agreement.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
