"""Rounds and lessons as pages show them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from agreements.models import Agreement, Indicator
from evaluations.enums import LessonKind
from evaluations.models import Lesson, Round


def with_coverage(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Rounds with `reported` of `agreed` indicators."""
    agreed = Indicator.objects.filter(agreement=OuterRef("agreement")).order_by()
    counted = agreed.values("agreement").annotate(n=Count("pk")).values("n")
    return rounds.annotate(
        reported=Count("results", filter=Q(results__actual__isnull=False)),
        agreed=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
    )


def rounds_of(agreement: Agreement) -> QuerySet[Round]:
    """The agreement's rounds, oldest first, with coverage."""
    return with_coverage(Round.objects.filter(agreement=agreement)).order_by("opened_at", "pk")


def lessons_by_kind(agreement: Agreement) -> list[tuple[str, Iterable[Lesson]]]:
    """(label of the kind, lessons), in the manual's order: problems first, recommendations last."""
    lessons = list(Lesson.objects.filter(agreement=agreement).select_related("recorded_by"))
    groups = [(LessonKind(kind).label, [one for one in lessons if one.kind == kind]) for kind in LessonKind.values]
    return [(label, found) for label, found in groups if found]
