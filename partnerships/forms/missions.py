"""Forms about missions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, ThaiTextField
from partnerships.enums import ApproachOrigin, Form


class MissionForm(HouseForm):
    """A mission as its agency writes it up."""

    title = ThaiTextField(label=_("Title of the mission"), max_length=300)
    problem = ThaiTextField(label=_("Problem"), max_length=4000, rows=4, required=False)
    objectives = ThaiTextField(label=_("Objectives"), max_length=4000, rows=4)
    target_group = ThaiTextField(label=_("Target group"), max_length=300)
    area = ThaiTextField(label=_("Area"), max_length=300)
    is_routine = forms.BooleanField(label=_("Continuing or routine service"), required=False)
    time_frame = ThaiTextField(label=_("Time frame"), max_length=200, required=False)
    legal_basis = ThaiTextField(
        label=_("Legal basis"),
        max_length=2000,
        rows=2,
        help_text=_("The law or regulation that gives the agency this mission."),
    )


class ChooseFormForm(HouseForm):
    """The form of partnership and its reason (§3.0), and how giver and receivers were found (§4 steps 2-3)."""

    form = forms.ChoiceField(label=_("Form of partnership"), choices=Form.choices, widget=forms.RadioSelect)
    form_reason = ThaiTextField(
        label=_("Reason for the form"),
        max_length=4000,
        rows=5,
        help_text=_(
            "Think of the nature of the mission, its scope and time frame, resources and budget, what executives and "
            "staff want, how ready the receivers are, and the relation between both sides."
        ),
    )
    approach = forms.ChoiceField(
        label=_("How the agency came to hand the mission over"),
        choices=ApproachOrigin.choices,
        widget=forms.RadioSelect,
    )
    approach_note = ThaiTextField(label=_("Result of the talks, or why none were needed"), max_length=4000, rows=4)
    candidates_note = ThaiTextField(
        label=_("How partners were or will be looked for"), max_length=4000, rows=4, required=False
    )
