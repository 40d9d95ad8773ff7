"""The form of a review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import CallCriterion, Review
from agreements.models.reviews import MAX_POINTS
from core.forms import HouseForm, ThaiTextField
from core.workflow import Stamp


class ReviewForm(HouseForm):
    """Points 0-5 and a reason for each criterion. `finishing`: everything is required; else as far as given."""

    def __init__(self, *args: Any, criteria: list[CallCriterion], finishing: bool = False, **kwargs: Any) -> None:
        self.criteria = criteria
        self.base_fields = dict(self.base_fields)
        for criterion in criteria:
            label = _("%(title)s (weight %(weight)s)") % {"title": criterion.title, "weight": criterion.weight}
            self.base_fields[f"points_{criterion.pk}"] = forms.TypedChoiceField(
                label=label, help_text=criterion.description, coerce=int, empty_value=None, required=finishing,
                choices=[("", "–"), *[(points, str(points)) for points in range(MAX_POINTS + 1)]],
                widget=forms.Select(attrs={"class": "width-number"}),
            )  # fmt: skip
            self.base_fields[f"reason_{criterion.pk}"] = ThaiTextField(
                label=_("Reason: %(name)s") % {"name": criterion.title}, max_length=2000, rows=2, required=finishing
            )
        self.base_fields["comment"] = ThaiTextField(label=_("Overall comment"), max_length=6000, rows=4, required=False)
        self.base_fields["no_conflict"] = forms.BooleanField(
            label=_("I have no interest in this proposal or in the organisation that makes it."), required=finishing
        )
        super().__init__(*args, **kwargs)
        self.fields["version"].required = False

    @property
    def helper(self) -> Any:
        helper = super().helper
        helper.filter_form = True  # needed to finish, though not to save
        return helper

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for criterion in self.criteria:
            points, reason = f"points_{criterion.pk}", f"reason_{criterion.pk}"
            if points not in self.errors and data.get(points) is None and data.get(reason):
                self.add_error(points, _("Give points along with the reason."))
        return data

    @property
    def stamp(self) -> Stamp:
        """The key alone: reviewers work side by side, one's saving must not stop another."""
        return Stamp(key=self.cleaned_data.get("key") or None)

    @property
    def scores(self) -> dict[int, tuple[int, str]]:
        """Criterion id → (points, reason), of the criteria that have points."""
        data = self.cleaned_data
        return {
            row.pk: (data[f"points_{row.pk}"], data[f"reason_{row.pk}"])
            for row in self.criteria
            if data[f"points_{row.pk}"] is not None
        }


def answers_of(review: Review | None) -> dict[str, Any]:
    """A review kept so far, as its form shows it."""
    if review is None:
        return {}
    answers: dict[str, Any] = {"comment": review.comment}
    for score in review.scores.all():
        answers[f"points_{score.criterion_id}"] = score.points
        answers[f"reason_{score.criterion_id}"] = score.reason
    return answers
