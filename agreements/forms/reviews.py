"""The form of a review, with the rubric beside the choice; and of opening a review again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import CallCriterion, Review
from agreements.ranking import MAX_POINTS
from core.forms import HouseForm, ThaiTextField
from core.workflow import Stamp

TEXTS = ("feedback", "comment")


@dataclass(frozen=True)
class CriterionFields:
    """A criterion as the page draws it: each choice with what the rubric says of it, and the field of the reason."""

    criterion: CallCriterion
    points: forms.BoundField
    options: list[tuple[Any, str]]
    reason: forms.BoundField


class ReviewForm(HouseForm):
    """Points 0-5 and a reason for each criterion. `finishing`: everything is required; else as far as given.

    No choice is "not scored yet", which is not 0.
    """

    def __init__(self, *args: Any, criteria: list[CallCriterion], finishing: bool = False, **kwargs: Any) -> None:
        self.criteria = criteria
        self.base_fields = dict(self.base_fields)
        for criterion in criteria:
            self.base_fields[f"points_{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.title, coerce=int, empty_value=None, required=finishing,
                choices=[*[(points, str(points)) for points in range(MAX_POINTS, -1, -1)], ("", _("Not scored yet"))],
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )  # fmt: skip
            self.base_fields[f"reason_{criterion.pk}"] = ThaiTextField(
                label=_("Reason: %(name)s") % {"name": criterion.title}, max_length=2000, rows=2, required=finishing
            )
        self.base_fields |= _texts()
        super().__init__(*args, **kwargs)
        self.fields["version"].required = False
        for criterion in criteria:  # needed to finish, though not to save
            self.fields[f"reason_{criterion.pk}"].needed = True

    @property
    def groups(self) -> list[CriterionFields]:
        """The criteria in their order, for the page."""
        told = []
        for row in self.criteria:
            points = self[f"points_{row.pk}"]
            options = [(radio, words_of(row, radio.data["value"])) for radio in points]
            told.append(CriterionFields(row, points, options, self[f"reason_{row.pk}"]))
        return told

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields that belong to no criterion."""
        return [self[name] for name in TEXTS]

    @property
    def stamp(self) -> Stamp:
        """The key alone: reviewers work side by side, one's saving must not stop another."""
        return Stamp(key=self.cleaned_data.get("key") or None)

    @property
    def scores(self) -> dict[int, tuple[int | None, str]]:
        """Criterion id → (points or None, reason), of the criteria where something is written."""
        data = self.cleaned_data
        given = {row.pk: (data[f"points_{row.pk}"], data[f"reason_{row.pk}"]) for row in self.criteria}
        return {pk: (points, reason) for pk, (points, reason) in given.items() if points is not None or reason}

    @property
    def texts(self) -> dict[str, str]:
        """The words for the applicant and the comment that stays inside."""
        return {name: self.cleaned_data[name] for name in TEXTS}


def _texts() -> dict[str, forms.Field]:
    return {
        "feedback": ThaiTextField(
            label=_("Words for the applicant"),
            max_length=6000,
            rows=4,
            required=False,
            help_text=_("They stand in the letter of the result, without your name."),
        ),
        "comment": ThaiTextField(
            label=_("Overall comment"),
            max_length=6000,
            rows=4,
            required=False,
            help_text=_("For the agency and the committee only. The applicant does not see it."),
        ),
    }


def words_of(criterion: CallCriterion, value: Any) -> str:
    """What the rubric says of so many points; empty where it says nothing."""
    levels = {str(points): words for points, words in criterion.levels}
    return levels.get(str(value), "")


def answers_of(review: Review | None) -> dict[str, Any]:
    """A review kept so far, as its form shows it."""
    if review is None:
        return {}
    answers: dict[str, Any] = {"comment": review.comment, "feedback": review.feedback}
    for score in review.scores.all():
        answers[f"points_{score.criterion_id}"] = "" if score.points is None else score.points
        answers[f"reason_{score.criterion_id}"] = score.reason
    return answers


class ReopenForm(HouseForm):
    reason = ThaiTextField(
        label=_("Reason"),
        rows=4,
        max_length=2000,
        help_text=_("The reviewer is told, and it stays on record with the score that the review had."),
    )
