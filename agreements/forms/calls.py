"""Forms of a call: its content, the reason for cancelling, comments, the filter of the list."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.enums import CallState, Procedure
from agreements.models import Call
from core import clock
from core.forms import (
    BahtField,
    BuddhistDateField,
    HouseForm,
    SeveralField,
    ThaiTextField,
)
from partnerships.enums import Form, ShortlistState
from partnerships.models import Organisation

LONG = 6000


class CallForm(HouseForm):
    """The content of a call; the deadline is a day of the Buddhist Era and a time of day in Thailand."""

    title = ThaiTextField(label=_("Title of the call"), max_length=300)
    background = ThaiTextField(label=_("Background"), max_length=LONG, rows=4)
    scope = ThaiTextField(label=_("Scope of work"), max_length=LONG, rows=4)
    objectives = ThaiTextField(label=_("Objectives"), max_length=LONG, rows=4)
    target_group = ThaiTextField(label=_("Target group"), max_length=300)
    area = ThaiTextField(label=_("Area"), max_length=300)
    duration_months = forms.IntegerField(
        label=_("Duration (months)"),
        min_value=1,
        max_value=120,
        widget=forms.NumberInput(attrs={"class": "width-number"}),
    )
    budget_ceiling = BahtField(label=_("Budget ceiling"), positive=True)
    allocation = ThaiTextField(label=_("How the money is allocated"), max_length=LONG, rows=3)
    evaluation_plan = ThaiTextField(label=_("How the project is evaluated"), max_length=LONG, rows=3)
    contact_phone = ThaiTextField(label=_("Telephone for questions"), max_length=50)
    closes_on = BuddhistDateField(label=_("Last day for proposals"))
    closes_time = forms.TimeField(
        label=_("Until what time"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "width-date", "autocomplete": "off"}),
        initial=time(16, 30),
        help_text=_("Thai time, 24 hours, for example 16:30"),
        error_messages={"invalid": _("Enter a time such as 16:30.")},
    )
    procedure = forms.ChoiceField(
        label=_("Procedure"), choices=Procedure.choices, widget=forms.RadioSelect, initial=Procedure.OPEN
    )
    procedure_reason = ThaiTextField(
        label=_("Reason for a direct invitation"), max_length=LONG, rows=3, required=False,
        help_text=_("Needed for a direct invitation only"),
    )  # fmt: skip
    invited = SeveralField(
        label=_("Invited organisations"), queryset=Organisation.objects.none(), required=False,
        help_text=_("Needed for a direct invitation only"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invited"].queryset = Organisation.objects.partners()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        on, at = data.get("closes_on"), data.get("closes_time")
        if on and at:
            data["closes_at"] = datetime.combine(on, at, tzinfo=clock.BANGKOK)
            if data["closes_at"] <= clock.now():
                self.add_error("closes_on", _("The deadline must be still ahead."))
        if data.get("procedure") == Procedure.DIRECT:
            for name, message in (
                ("procedure_reason", _("Give the reason for a direct invitation.")),
                ("invited", _("Choose the organisations that are invited.")),
            ):
                if name not in self.errors and not data.get(name):
                    self.add_error(name, message)
        return data


def first_answers(mission: Any, actor: Any) -> dict[str, Any]:
    """What a new call starts with: what is known of the mission and of the officer."""
    return {
        "title": mission.title,
        "background": mission.problem,
        "objectives": mission.objectives,
        "target_group": mission.target_group,
        "area": mission.area,
        "duration_months": 12,
        "contact_phone": actor.user.phone or actor.organisation.phone,
        "invited": interested_in(mission),
    }


def interested_in(mission: Any) -> list[int]:
    """Ids of the partners of the mission's shortlist that answered with interest: whom a direct invitation asks."""
    entries = mission.shortlist.filter(state=ShortlistState.INTERESTED)
    return list(entries.values_list("organisation_id", flat=True))


def answers_of(call: Call) -> dict[str, Any]:
    """A call's content as its form shows it."""
    local = call.closes_at.astimezone(clock.BANGKOK)
    names = [name for name in CallForm.base_fields if hasattr(call, name)]
    invited = list(call.invitations.values_list("organisation_id", flat=True))
    return {name: getattr(call, name) for name in names} | {
        "closes_on": local.date(),
        "closes_time": local.time().replace(second=0, microsecond=0),
        "invited": invited,
    }


class CommentForm(HouseForm):
    """A proposal to those who decide, with a comment."""

    comment = ThaiTextField(label=_("Comment to those who decide"), max_length=2000, rows=3, required=False)


class CancelCallForm(HouseForm):
    reason = ThaiTextField(label=_("Reason for cancelling"), max_length=LONG, rows=4)


class CallFilter(forms.Form):
    """The filter of the list of calls."""

    state = forms.ChoiceField(label=_("State"), required=False)
    form = forms.ChoiceField(label=_("Form of partnership"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        self.fields["state"].choices = [everything, *CallState.choices]
        self.fields["form"].choices = [everything, *[(form.value, form.label) for form in (Form.GRANT, Form.PBC)]]
