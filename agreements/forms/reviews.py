"""The form of a review, with the rubric beside the choice; and of opening a review again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.actions.review_drafts import TEXTS, review_of, values_of_review
from agreements.enums import CriterionKind
from agreements.models import CallCriterion, Proposal
from agreements.queries.calls import criteria_of
from agreements.ranking import MAX_POINTS
from core.drafts import DraftForm
from core.forms import HouseForm, ThaiTextField
from core.workflow import Stamp
from partnerships.actors import Actor


@dataclass(frozen=True)
class CriterionFields:
    """A criterion as the page draws it: each choice with what the rubric says of it, and the field of the reason."""

    criterion: CallCriterion
    points: forms.BoundField
    options: list[tuple[Any, str]]
    reason: forms.BoundField


class ReviewForm(DraftForm):
    """Points 0-5 and a reason for each criterion, saved while written. `finishing`: all is required.

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


def review_form(proposal: Proposal, by: Actor, data: Any = None, *, finishing: bool = False) -> ReviewForm:
    """The actor's form, drawn from what he or she has on record; `finishing` as for ReviewForm."""
    review = review_of(proposal, by)
    stored = values_of_review(proposal, review)
    return ReviewForm(
        data,
        root=proposal,
        criteria=criteria_of(proposal.call_id, CriterionKind.SCORING),
        finishing=finishing,
        part_version=review.draft_version if review else 0,
        stored=stored,
        initial={name: "" if value is None else value for name, value in stored.items()},
    )


class ReopenForm(HouseForm):
    reason = ThaiTextField(
        label=_("Reason"),
        rows=4,
        max_length=2000,
        help_text=_("The reviewer is told, and it stays on record with the score that the review had."),
    )
