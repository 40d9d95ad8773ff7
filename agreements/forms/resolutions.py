"""The form of the committee's resolution."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.enums import Outcome
from agreements.models import Proposal
from core import clock
from core.forms import (
    BuddhistDateField,
    HouseForm,
    ThaiTextField,
)
from partnerships.queries.standing import why_not_selectable


class ResolutionForm(HouseForm):
    """The committee's resolution, with an outcome and a reason for each eligible proposal."""

    appointment_order = ThaiTextField(
        label=_("Appointment order of the committee"),
        max_length=200,
        help_text=_("For example 12/2569, of 1 October 2569"),
    )
    meeting_number = ThaiTextField(label=_("Meeting number"), max_length=50, help_text=_("For example 1/2569"))
    held_on = BuddhistDateField(label=_("Held on"))
    members = ThaiTextField(label=_("Committee members present"), max_length=6000, rows=3)
    minutes = ThaiTextField(label=_("Minutes and resolution"), max_length=20000, rows=6)

    def __init__(self, *args: Any, proposals: list[Proposal], **kwargs: Any) -> None:
        self.proposals = proposals
        self.base_fields = dict(self.base_fields)
        for proposal in proposals:
            name = f"{proposal.organisation.name} · {proposal.title}"
            self.base_fields[f"outcome_{proposal.pk}"] = forms.ChoiceField(
                label=_("Outcome: %(name)s") % {"name": name},
                choices=Outcome.choices,
                widget=forms.RadioSelect,
                help_text=why_not_selectable(proposal.organisation) or "",
            )
            self.base_fields[f"reason_{proposal.pk}"] = ThaiTextField(
                label=_("Reason: %(name)s") % {"name": name}, max_length=6000, rows=3
            )
        super().__init__(*args, **kwargs)
        self.fields["held_on"].not_after = clock.today()

    @property
    def meeting(self) -> dict[str, Any]:
        """The facts of the meeting."""
        names = ("appointment_order", "meeting_number", "held_on", "members", "minutes")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def outcomes(self) -> dict[int, tuple[str, str]]:
        """Proposal id → (outcome, reason)."""
        data = self.cleaned_data
        return {row.pk: (data[f"outcome_{row.pk}"], data[f"reason_{row.pk}"]) for row in self.proposals}
