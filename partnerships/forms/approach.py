"""Forms about the approach to the agency, the meetings on the way (§4 step 2), and OPDC's log of talks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import BuddhistDateField, HouseForm, ThaiTextField, UploadField
from partnerships.enums import ApproachOrigin, PolicyKind, TalkOutcome, ThirdPartyKind
from partnerships.forms.choice_fields import AgencyField, PartnerNameField
from partnerships.models import Mission


class ApproachForm(HouseForm):
    """Filled in as far as it has come; the rest is added later."""

    origin = forms.ChoiceField(
        label=_("How the agency came to hand the mission over"),
        choices=ApproachOrigin.choices,
        widget=forms.RadioSelect,
    )
    reason = ThaiTextField(
        label=_("Why no approach was needed"),
        max_length=4000,
        rows=3,
        required=False,
        help_text=_("Where the agency had such a policy already."),
    )
    third_party = forms.ChoiceField(
        label=_("Who brought the two sides together"),
        choices=[("", "–"), *ThirdPartyKind.choices],
        required=False,
        help_text=_("Where it came from outside the agency."),
    )
    third_party_name = ThaiTextField(label=_("Which one"), max_length=300, required=False)
    idea = ThaiTextField(
        label=_("1. Idea and feasibility study"),
        max_length=4000,
        rows=4,
        required=False,
        help_text=_("Who had the idea, what was looked into, what came of it."),
    )
    idea_on = BuddhistDateField(label=_("Date of the idea or study"), required=False)
    awareness = ThaiTextField(
        label=_("2. Awareness of executives and staff"),
        max_length=4000,
        rows=4,
        required=False,
        help_text=_("How they were told, and what they think of it."),
    )
    awareness_on = BuddhistDateField(label=_("Date of becoming aware"), required=False)
    policy_kind = forms.ChoiceField(
        label=_("3. Adopted as policy in"), choices=[("", "–"), *PolicyKind.choices], required=False
    )
    policy_title = ThaiTextField(label=_("Name of the plan or commitment"), max_length=300, required=False)
    policy_on = BuddhistDateField(label=_("Date of adoption"), required=False)
    note = ThaiTextField(label=_("Result of the talks"), max_length=4000, rows=3, required=False)


class MeetingForm(HouseForm):
    held_on = BuddhistDateField(label=_("Held on"))
    place = ThaiTextField(label=_("Place"), max_length=300, required=False)
    participants = ThaiTextField(label=_("Who took part"), max_length=2000, rows=3)
    result = ThaiTextField(label=_("Result"), max_length=4000, rows=4)
    next_step = ThaiTextField(label=_("Next step"), max_length=2000, rows=2, required=False)
    next_on = BuddhistDateField(label=_("Next step by"), required=False)
    file = UploadField(label=_("Minutes"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].not_after = clock.today()


class TalkForm(HouseForm):
    """An entry of OPDC's log."""

    agency = AgencyField(label=_("Agency"))
    mission = ThaiTextField(
        label=_("Reference of the mission"),
        max_length=40,
        required=False,
        help_text=_("For example MIS-2569-00001, where the talk was about a mission on record."),
    )
    partner = PartnerNameField(
        label=_("Partner concerned"), required=False, help_text=_("The name in the register, or a part of it")
    )
    subject = ThaiTextField(label=_("Subject"), max_length=300)
    held_on = BuddhistDateField(label=_("Held on"))
    participants = ThaiTextField(label=_("Who took part"), max_length=2000, rows=3)
    result = ThaiTextField(label=_("Result"), max_length=4000, rows=4)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=TalkOutcome.choices, widget=forms.RadioSelect)
    next_step = ThaiTextField(label=_("Next step"), max_length=2000, rows=2, required=False)
    next_on = BuddhistDateField(label=_("Next step by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = AgencyField.owners()
        self.fields["held_on"].not_after = clock.today()

    def clean_mission(self) -> Mission | None:
        wanted = self.cleaned_data["mission"].upper()
        if not wanted:
            return None
        found = Mission.objects.filter(reference=wanted).first()
        if found is None:
            raise ValidationError(_("There is no mission of this reference."))
        return found


class TalkFilterForm(forms.Form):
    agency = AgencyField(label=_("Agency"), required=False, empty_label=_("All agencies"))
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("All outcomes")), *TalkOutcome.choices]
    )
    due = forms.BooleanField(label=_("Only those whose next step is due"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = AgencyField.owners()
