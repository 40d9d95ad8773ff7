"""Criteria with their rubric and documents wanted, as calls and their templates store them (§3.1, §3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.enums import CriterionKind
from agreements.models import Call, CallCriterion, CallDocument, CallTemplate, TemplateCriterion, TemplateDocument
from agreements.requirements.call import is_whole_rubric

Owner = Call | CallTemplate
Row = Mapping[str, Any]


def criteria_rows(qualifications: Iterable[Row], scoring: Iterable[Row]) -> list[dict[str, Any]]:
    """Both kinds as one list. Raises ValidationError when the weights do not total 100, or a rubric has gaps."""
    rows = [{**row, "kind": CriterionKind.ELIGIBILITY, "weight": None, "levels": []} for row in qualifications]
    rows += [{"levels": [], **row, "kind": CriterionKind.SCORING} for row in scoring]
    total = sum(row["weight"] or 0 for row in rows)
    if total != 100:
        raise ValidationError(_("The weights must total 100; now they total %(total)s."), params={"total": total})
    if any(row["levels"] and not is_whole_rubric(row["levels"]) for row in rows):
        raise ValidationError(_("Describe every level from 5 to 0 points, or none."))
    return rows


def store_criteria(owner: Owner, rows: Iterable[Row]) -> None:
    """Rows of kind, title, description, weight (percent, None of a qualification) and levels, in this order."""
    model, to_owner = (CallCriterion, "call") if isinstance(owner, Call) else (TemplateCriterion, "template")
    names = ("kind", "title", "weight")
    model.objects.bulk_create(
        model(
            **{to_owner: owner},
            ordinal=ordinal,
            description=row.get("description", ""),
            levels=row.get("levels") or [],
            **{name: row[name] for name in names},
        )
        for ordinal, row in enumerate(rows, start=1)
    )


def store_documents(owner: Owner, rows: Iterable[Row]) -> None:
    """Rows of title, description and is_required, in this order."""
    model, to_owner = (CallDocument, "call") if isinstance(owner, Call) else (TemplateDocument, "template")
    model.objects.bulk_create(
        model(
            **{to_owner: owner},
            ordinal=ordinal,
            title=row["title"],
            description=row.get("description", ""),
            is_required=row.get("is_required", True),
        )
        for ordinal, row in enumerate(rows, start=1)
    )
