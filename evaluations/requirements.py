"""What a round must have before it is accepted, judged over facts loaded in one query.

Mid-term (§3.2 step 6): from inside and outside, with a report and a site visit. Final of a contract (§3.2 step 8): from
inside and outside, a visit where it serves. Final of a Grant (§3.1 step 4): the giver evaluates. Cycle (§3.3 step 6):
giver and providers together, the providers as stakeholders. Each rests on actual figures and ends in a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from agreements.enums import Side
from core.workflow import Book, Requirement
from evaluations.enums import Perspective, RoundKind
from evaluations.models import Finding, IndicatorResult, Round, SiteVisit
from partnerships.enums import Form


@dataclass(frozen=True)
class RoundFacts:
    kind: str
    form: str
    found_inside: bool
    found_outside: bool
    found_by_partners: bool
    visited: bool
    reported: bool
    verdict: str
    summary: str


def load_round_facts(evaluation_round: Round) -> RoundFacts:
    """What is on record about a round, in one query."""
    here = {"round": OuterRef("pk")}
    found = Finding.objects.filter(**here)
    known = Round.objects.annotate(
        inside=Exists(found.filter(perspective=Perspective.INTERNAL, side=Side.GIVER)),
        outside=Exists(found.filter(perspective=Perspective.EXTERNAL)),
        partners=Exists(found.filter(side=Side.RECEIVER)),
        visited=Exists(SiteVisit.objects.filter(**here)),
        reported=Exists(IndicatorResult.objects.filter(**here, actual__isnull=False)),
    ).values("inside", "outside", "partners", "visited", "reported", "agreement__form")
    row = known.get(pk=evaluation_round.pk)
    return RoundFacts(
        kind=evaluation_round.kind,
        form=row["agreement__form"],
        found_inside=row["inside"],
        found_outside=row["outside"],
        found_by_partners=row["partners"],
        visited=row["visited"],
        reported=row["reported"],
        verdict=evaluation_round.verdict,
        summary=evaluation_round.summary,
    )


def needs_outside(kind: str, form: str) -> bool:
    """Whether someone from outside must judge: in a contract's mid-term and final evaluation (§3.2)."""
    return kind == RoundKind.MIDTERM or (kind == RoundKind.FINAL and form == Form.PBC)


def needs_partners(kind: str, _form: str) -> bool:
    return kind == RoundKind.CYCLE


def needs_visit(kind: str, _form: str) -> bool:
    return kind == RoundKind.MIDTERM


FINDINGS = ("internal_findings", "external_findings", "partners_findings", "site_visited", "results_reported")

REQUIREMENTS = (
    Requirement("internal_findings", _("Findings of the mission giver"), lambda f: f.found_inside, where="findings"),
    Requirement(
        "external_findings",
        _("Findings of an external evaluator"),
        lambda f: f.found_outside or not needs_outside(f.kind, f.form),
        where="findings",
    ),
    Requirement(
        "partners_findings",
        _("Findings of the partners as stakeholders"),
        lambda f: f.found_by_partners or not needs_partners(f.kind, f.form),
        where="findings",
    ),
    Requirement(
        "site_visited", _("A site visit"), lambda f: f.visited or not needs_visit(f.kind, f.form), where="visits"
    ),
    Requirement(
        "results_reported", _("Actual figures of at least one indicator"), lambda f: f.reported, where="results"
    ),
    Requirement(
        "verdict_proposed",
        _("A proposed verdict with a summary"),
        lambda f: bool(f.verdict and f.summary),
        where="verdict",
    ),
)

BOOK = Book(load=load_round_facts, requirements={item.name: item for item in REQUIREMENTS})
