"""Rows of qualifications, of scoring criteria with their rubric, and of documents wanted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.enums import CriterionKind
from agreements.forms.calls import ASKED, DESPITE
from agreements.forms.number_fields import WholeField
from agreements.requirements.call import RUBRIC_POINTS
from agreements.weighing import weighing_who
from core.forms import (
    HouseForm,
    HouseFormSet,
    RowForm,
    ThaiTextField,
    house_formset,
)


class StampForm(HouseForm):
    """Nothing but version and key: formsets and buttons send it along."""


class CriteriaForm(StampForm):
    """With a tick that is asked for once, where criteria that weigh who proposes are added to a blind call."""

    despite = forms.BooleanField(label=DESPITE, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tick = self.fields.pop("despite")

    def accepts(self, rows: list[dict[str, Any]]) -> bool:
        """Whether these scoring rows may be saved now; else the form asks for the tick."""
        added = self._added(rows)
        if not added or self.data.get(self.add_prefix("despite")):
            return True
        self.fields["despite"] = self.tick
        self.add_error("despite", ValidationError(ASKED, code="ask", params={"names": ", ".join(added)}))
        return False

    def _added(self, rows: list[dict[str, Any]]) -> list[str]:
        if not getattr(self.root, "is_blind", False):
            return []
        there = set(self.root.criteria.filter(kind=CriterionKind.SCORING).values_list("title", flat=True))
        return weighing_who(row["title"] for row in rows if row["title"] not in there)


def _title(label: Any) -> ThaiTextField:
    return ThaiTextField(label=label, max_length=200, widget=forms.TextInput(attrs={"class": "wide"}))


class QualificationRow(RowForm):
    title = _title(_("Qualification"))
    description = ThaiTextField(label=_("Explanation"), max_length=2000, rows=2, required=False)


class ScoringRow(RowForm):
    """`levels` in the cleaned data: [[5, words], …, [0, words]], or [] where none is described."""

    title = _title(_("Criterion"))
    weight = WholeField(label=_("Weight (percent)"), min_value=1, max_value=100)
    description = ThaiTextField(label=_("Explanation"), max_length=2000, rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        known = {f"level_{points}": words for points, words in (kwargs.get("initial") or {}).get("levels") or []}
        if known:
            kwargs["initial"] = {**kwargs["initial"], **known}
        super().__init__(*args, **kwargs)
        for points in RUBRIC_POINTS:
            label = _("What %(points)s points mean") % {"points": points}
            area = forms.Textarea(attrs={"rows": 2})
            self.fields[f"level_{points}"] = ThaiTextField(label=label, max_length=500, required=False, widget=area)
            self.fields[f"level_{points}"].widget.attrs.pop("data-count")  # six counts a row would only be noise

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        words = {points: data.pop(f"level_{points}", "") for points in RUBRIC_POINTS}
        data["levels"] = [[points, words[points]] for points in RUBRIC_POINTS] if any(words.values()) else []
        for points, said in words.items():
            name = f"level_{points}"
            if data["levels"] and not said and name not in self.errors:
                self.add_error(name, _("Describe every level from 5 to 0 points, or none."))
        return data


class ScoringRows(HouseFormSet):
    def clean(self) -> None:
        """The weights total 100; if not, it is said at the last weight."""
        if any(self.errors):
            return
        counted = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        total = sum(form.cleaned_data["weight"] for form in counted)
        if total == 100:
            return
        message = _("The weights must total 100; now they total %(total)s.") % {"total": total}
        if not counted:
            raise ValidationError(message)
        counted[-1].add_error("weight", message)


QualificationRows = house_formset(
    QualificationRow,
    title=_("Qualifications (met or not met)"),
    add_label=_("Add a qualification"),
    extra=0,
    max_rows=20,
)


ScoringFormSet = house_formset(
    ScoringRow,
    title=_("Scoring criteria (weights total 100)"),
    add_label=_("Add a criterion"),
    extra=0,
    max_rows=20,
    base=ScoringRows,
)


class DocumentRow(RowForm):
    title = _title(_("Document"))
    description = ThaiTextField(label=_("Explanation"), max_length=2000, rows=2, required=False)
    is_required = forms.BooleanField(label=_("Must be attached"), required=False)


DocumentRows = house_formset(
    DocumentRow, title=_("Documents wanted with each proposal"), add_label=_("Add a document"), extra=1, max_rows=30
)
