"""Forms about missions proposed unasked (§4 step 3), and policies that rank missions (§3.3)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, ThaiTextField
from partnerships.enums import SuggestionState
from partnerships.forms.choice_fields import AgencyField, WordsField
from partnerships.forms.missions import MissionForm
from partnerships.models import FieldOfWork, Mission, Policy, TargetGroup


class SuggestionForm(HouseForm):
    """The three stages of the manual: the idea and its feasibility, the awareness of the own people, putting it."""

    title = ThaiTextField(label=_("Title of the mission"), max_length=300)
    problem = ThaiTextField(label=_("Problem"), max_length=4000, rows=4, help_text=_("Who has it, where, how many."))
    idea = ThaiTextField(
        label=_("1. What you propose, and whether it can be done"),
        max_length=4000,
        rows=6,
        help_text=_("What you would do, what you know and have already, what you would need."),
    )
    awareness = ThaiTextField(
        label=_("2. What your own people think of it"),
        max_length=4000,
        rows=3,
        required=False,
        help_text=_("For example a resolution of the board, or the opinion of staff and volunteers."),
    )
    area = ThaiTextField(label=_("Area"), max_length=300, required=False)
    fields_of_work = WordsField(FieldOfWork, label=_("Fields of work"))
    target_groups = WordsField(TargetGroup, label=_("Target groups"))
    agency = AgencyField(
        label=_("3. The agency it is put to"),
        required=False,
        empty_label=_("Let OPDC help to find the agency"),
        help_text=_("If you do not know which agency owns such a mission, leave it to OPDC."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = AgencyField.owners()


class AssignForm(HouseForm):
    agency = AgencyField(label=_("The agency it is put to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = AgencyField.owners()


class AnswerForm(HouseForm):
    answer = ThaiTextField(
        label=_("Answer to those who proposed it"), max_length=4000, rows=5, help_text=_("They read these words.")
    )


class AdoptForm(MissionForm, AnswerForm):
    """The mission as the officer records it, and the answer."""

    field_order = ("answer",)


class SuggestionFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *SuggestionState.choices]
    )


class PolicyForm(HouseForm):
    title = ThaiTextField(label=_("Policy or strategy"), max_length=300)
    description = ThaiTextField(label=_("What it is about"), max_length=4000, rows=4, required=False)


class PolicyMissionForm(HouseForm):
    mission = forms.ModelChoiceField(label=_("Mission of your agency"), queryset=Mission.objects.none())

    def __init__(self, *args: Any, root: Policy, **kwargs: Any) -> None:
        super().__init__(*args, root=root, **kwargs)
        free = Mission.objects.filter(agency=root.agency_id, policy=None)
        self.fields["mission"].queryset = free.order_by("title", "pk")
