"""The form of the committee's resolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.actions.resolutions import Verdict
from agreements.enums import MemberRole, Outcome
from agreements.forms.number_fields import WholeField
from agreements.forms.time_fields import TimeOfDayField
from agreements.models import Proposal, Resolution, SelectionMember
from agreements.queries.ranking import Ranked
from core import clock
from core.forms import BuddhistDateField, HouseForm, ThaiTextField
from partnerships.queries.standing import why_not_selectable


@dataclass(frozen=True)
class ProposalFields:
    """A proposal as the page draws it: its row of the ranking, and the fields of what was resolved on it."""

    row: Ranked
    outcome: forms.BoundField
    reserve_rank: forms.BoundField
    reason: forms.BoundField


class ResolutionForm(HouseForm):
    """The committee's resolution, with an outcome and a reason for each eligible proposal, in the ranking's order."""

    meeting_number = ThaiTextField(label=_("Meeting number"), max_length=50, help_text=_("For example 1/2569"))
    held_on = BuddhistDateField(label=_("Held on"))
    began_at = TimeOfDayField(label=_("The chair opened the meeting at"), required=False)
    ended_at = TimeOfDayField(label=_("The meeting was closed at"), required=False)
    attended = forms.MultipleChoiceField(
        label=_("Members present"), choices=(), required=False, widget=forms.CheckboxSelectMultiple
    )
    presided_by = forms.TypedChoiceField(
        label=_("Who presided in the chair's absence"), coerce=int, empty_value=None, required=False, choices=()
    )
    minutes = ThaiTextField(label=_("Minutes and resolution"), max_length=20000, rows=6)
    over_ceiling_reason = ThaiTextField(
        label=_("Reason for selecting above the budget ceiling"),
        max_length=4000,
        rows=3,
        required=False,
        help_text=_("Only where the selected together ask for more than the ceiling of the call."),
    )

    def __init__(self, *args: Any, rows: list[Ranked], members: list[SelectionMember], **kwargs: Any) -> None:
        self.rows = rows
        self.base_fields = dict(self.base_fields)
        for row in rows:
            self.base_fields |= _fields_of(row.proposal, len(rows))
        super().__init__(*args, **kwargs)
        self.fields["held_on"].not_after = clock.today()
        named = [(row.pk, f"{row.name} · {row.get_role_display()}") for row in members]
        self.fields["attended"].choices = named
        others = {row.pk for row in members if row.role != MemberRole.CHAIR}
        self.fields["presided_by"].choices = [("", "–"), *[pair for pair in named if pair[0] in others]]

    @property
    def meeting_fields(self) -> list[forms.BoundField]:
        names = ("meeting_number", "held_on", "began_at", "ended_at", "attended", "presided_by", "minutes")
        return [self[name] for name in names]

    @property
    def groups(self) -> list[ProposalFields]:
        names = ("outcome", "reserve_rank", "reason")
        return [ProposalFields(row, *[self[f"{name}_{row.proposal.pk}"] for name in names]) for row in self.rows]

    @property
    def meeting(self) -> dict[str, Any]:
        """The facts of the meeting, as `record_resolution` takes them."""
        names = ("meeting_number", "held_on", "began_at", "ended_at", "minutes", "presided_by", "over_ceiling_reason")
        attended = [int(pk) for pk in self.cleaned_data["attended"]]
        return {**{name: self.cleaned_data[name] for name in names}, "attended": attended}

    @property
    def outcomes(self) -> dict[int, Verdict]:
        """Proposal id → what was resolved."""
        data = self.cleaned_data
        return {
            row.proposal.pk: Verdict(
                data[f"outcome_{row.proposal.pk}"],
                data[f"reason_{row.proposal.pk}"],
                data[f"reserve_rank_{row.proposal.pk}"],
            )
            for row in self.rows
        }


def _fields_of(proposal: Proposal, count: int) -> dict[str, forms.Field]:
    name = {"name": proposal.organisation.name}
    return {
        f"outcome_{proposal.pk}": forms.ChoiceField(
            label=_("Outcome: %(name)s") % name,
            choices=Outcome.choices,
            widget=forms.RadioSelect,
            help_text=why_not_selectable(proposal.organisation) or "",
        ),
        f"reserve_rank_{proposal.pk}": WholeField(
            label=_("Place on the reserve list: %(name)s") % name, required=False, min_value=1, max_value=count
        ),
        f"reason_{proposal.pk}": ThaiTextField(
            label=_("Reason: %(name)s") % name,
            max_length=6000,
            rows=3,
            help_text=_("These words stand in the letter to this applicant, whatever the outcome. Name no other one."),
        ),
    }


def answers_of(resolution: Resolution | None) -> dict[str, Any]:
    """A resolution recorded before, as its form shows it."""
    if resolution is None:
        return {}
    names = ("meeting_number", "held_on", "began_at", "ended_at", "minutes", "presided_by_id", "over_ceiling_reason")
    answers = {name.removesuffix("_id"): getattr(resolution, name) for name in names}
    answers["attended"] = [member.pk for member in resolution.attended.all()]
    for row in resolution.outcomes.all():
        answers |= {
            f"outcome_{row.proposal_id}": row.outcome,
            f"reason_{row.proposal_id}": row.reason,
            f"reserve_rank_{row.proposal_id}": row.reserve_rank,
        }
    return answers
