"""The form by which an officer enters an agreement that is running already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.prior import FACTS
from agreements.models import PriorAgreement
from agreements.models.agreement import BEFORE_SIGNING
from agreements.sequences import STEP_BY_CODE
from core import clock
from core.forms import (
    BahtField,
    BuddhistDateField,
    HouseForm,
    HouseFormSet,
    RowForm,
    ThaiTextField,
    UploadField,
    house_formset,
)
from partnerships.actions.notices import people_in_roles
from partnerships.enums import Form, Role
from partnerships.models import Mission, Organisation, Partner, User

SUGGESTED = 3


class PartnerNameField(ThaiTextField):
    """A partner of the register by its name as it stands there; close names are named where there is none."""

    default_error_messages = {
        "unknown": _("No partner of the register has this name."),
        "close": _("No partner of the register has exactly this name. Do you mean: %(names)s?"),
        "several": _("Several partners have this name: please ask OPDC to tell them apart."),
    }

    def clean(self, value: Any) -> Organisation | None:
        name = super().clean(value)
        found = list(
            Partner.objects.filter(name_th__iexact=name)[:2] or Partner.objects.filter(name_en__iexact=name)[:2]
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(self.error_messages["several"], code="several")
        close = list(Partner.objects.filter(name_th__icontains=name).values_list("name_th", flat=True)[:SUGGESTED])
        if close:
            raise ValidationError(self.error_messages["close"], code="close", params={"names": ", ".join(close)})
        raise ValidationError(self.error_messages["unknown"], code="unknown")


class PriorForm(HouseForm):
    title = ThaiTextField(label=_("Title of the agreement"), max_length=400)
    number = ThaiTextField(label=_("Number on the signed document"), max_length=40, required=False)
    receiver = PartnerNameField(label=_("Receiver"), help_text=_("Its name as in the register of partners"))
    form = forms.ChoiceField(label=_("Form of partnership"), choices=Form.choices, widget=forms.RadioSelect)
    step = forms.ChoiceField(label=_("Step at which it stands today"))
    signed_on = BuddhistDateField(label=_("Signed on"))
    starts_on = BuddhistDateField(label=_("Starts on"))
    ends_on = BuddhistDateField(label=_("Ends on"))
    total = BahtField(label=_("Total sum (baht)"))
    officer = forms.ModelChoiceField(label=_("Responsible officer"), queryset=User.objects.none(), empty_label=None)
    paper = UploadField(
        label=_("Signed document"), help_text=_("A scan as PDF, or pictures"), extensions=("pdf", "png", "jpg", "jpeg")
    )

    def __init__(self, *args: Any, mission: Mission, prior: PriorAgreement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, root=prior, **kwargs)
        later = [
            step for step in STEP_BY_CODE.values() if step.carrier == "agreement" and step.code not in BEFORE_SIGNING
        ]
        names = dict(Form.choices)
        self.fields["step"].choices = [
            ("", "---------"),
            *(
                (label, [(s.code, f"{s.number}. {s.title}") for s in later if s.code.startswith(f"{code}_")])
                for code, label in names.items()
            ),
        ]
        officers = people_in_roles([mission.agency_id], Role.OFFICER)
        self.fields["officer"].queryset = User.objects.filter(pk__in=officers).order_by("full_name_th", "pk")
        self.fields["signed_on"].not_after = clock.today()
        if prior is not None:
            self.initial = {**{name: getattr(prior, name) for name in FACTS}, "receiver": prior.receiver.name_th}
            self.fields["paper"].required = prior.paper_id is None
            if prior.paper_id:
                self.fields["paper"].help_text = _("Leave it empty to keep the document handed in before.")

    @property
    def facts(self) -> dict[str, Any]:
        facts = super().facts
        return {**facts, "paper": facts["paper"] or None}


class PriorInstalmentForm(RowForm):
    amount = BahtField(label=_("Amount (baht)"), positive=True)
    due_on = BuddhistDateField(label=_("Due on"), required=False)
    paid_on = BuddhistDateField(label=_("Paid on"), required=False, help_text=_("Only if it has been paid"))


PriorInstalmentFormSet = house_formset(
    PriorInstalmentForm, title=_("Instalments"), add_label=_("Add an instalment"), base=HouseFormSet
)


class PriorReturnForm(HouseForm):
    reason = ThaiTextField(label=_("What is to be corrected"), max_length=2000, rows=4)
