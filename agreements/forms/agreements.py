"""Forms of the agreement itself: terms, parties, reasons for ending, and the filter of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.actions.details import DETAIL_FIELDS, PARTY_FIELDS, addable_sides
from agreements.enums import ProcurementScreening, Side, Standing
from agreements.forms.number_fields import WholeField
from agreements.models import Agreement, Party
from core.forms import BahtField, BuddhistDateField, HouseForm, RowForm, ThaiTextField, house_formset
from partnerships.enums import Form
from partnerships.forms.choice_fields import OrganisationNameField, PartnerNameField
from partnerships.queries.people import signatory_of


class DetailsForm(HouseForm):
    title = ThaiTextField(label=_("Title"), max_length=400)
    rationale = ThaiTextField(label=_("Rationale"), max_length=4000, rows=4, required=False)
    objectives = ThaiTextField(
        label=_("Objectives"), max_length=4000, rows=4, required=False, help_text=_("One objective on each line")
    )
    scope = ThaiTextField(
        label=_("Scope"), max_length=4000, rows=4, required=False, help_text=_("One item on each line")
    )
    target_group = ThaiTextField(label=_("Target group"), required=False)
    area = ThaiTextField(label=_("Area"), required=False)
    service_volume = ThaiTextField(
        label=_("Volume of service"),
        required=False,
        help_text=_("The floor of work and income the receiver can count on"),
    )
    expected_results = ThaiTextField(label=_("Expected results"), max_length=4000, rows=3, required=False)
    starts_on = BuddhistDateField(label=_("Starts on"), required=False)
    ends_on = BuddhistDateField(label=_("Ends on"), required=False)
    total = BahtField(label=_("Total sum (baht)"))
    notice_days = WholeField(label=_("Notice of termination (days)"), min_value=1, max_value=365)
    made_at = ThaiTextField(label=_("Made at"), required=False)
    legal_basis = ThaiTextField(label=_("Legal basis"), max_length=2000, rows=2, required=False)
    procurement_screening = forms.ChoiceField(label=_("Procurement screening"), choices=ProcurementScreening.choices)
    egp_reference = ThaiTextField(label=_("e-GP reference, if any"), max_length=50, required=False)
    contact_phone = ThaiTextField(label=_("Telephone of the responsible officer"), max_length=50, required=False)

    def __init__(self, *args: Any, root: Agreement, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(root, name) for name in DETAIL_FIELDS})
        super().__init__(*args, root=root, **kwargs)


class PartyForm(HouseForm):
    duties = ThaiTextField(
        label=_("Duties"), max_length=4000, rows=6, required=False, help_text=_("One duty on each line")
    )
    signatory_name = ThaiTextField(label=_("Name of the signatory"), max_length=200, required=False)
    signatory_title = ThaiTextField(label=_("Title of the signatory"), max_length=200, required=False)
    authority = ThaiTextField(
        label=_("Authority to sign"),
        required=False,
        help_text=_("The order or delegation it rests on, with number and date"),
    )
    witness_1 = ThaiTextField(label=_("First witness"), max_length=200, required=False)
    witness_2 = ThaiTextField(label=_("Second witness"), max_length=200, required=False)

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(party, name) for name in PARTY_FIELDS} | _signatory(party))
        super().__init__(*args, root=party.agreement, **kwargs)


def _signatory(party: Party) -> dict[str, str]:
    """Where nobody is named yet, the one person who can sign for the organisation is offered."""
    if party.signatory_name:
        return {}
    name, title = signatory_of(party.organisation)
    return {"signatory_name": name, "signatory_title": title[:200]}


class AddPartyForm(HouseForm):
    organisation = OrganisationNameField(
        label=_("Organisation"), help_text=_("Its name, or a part of it, as it stands in the register")
    )
    side = forms.ChoiceField(label=_("Side"))

    def __init__(self, *args: Any, root: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, root=root, **kwargs)
        self.fields["side"].choices = [(side, Side(side).label) for side in addable_sides(root)]


class CommissioningForm(HouseForm):
    title = ThaiTextField(label=_("Title of the joint contract"), max_length=400)


class PartnerRow(RowForm):
    partner = PartnerNameField(
        label=_("Partner"), help_text=_("Its name, or a part of it, as in the register of partners")
    )


PartnerRows = house_formset(
    PartnerRow,
    title=_("Partners (the first one leads the receivers' side; more can be added before signing)"),
    add_label=_("Add a partner"),
    extra=2,
    min_rows=1,
    max_rows=40,
)


class ReasonForm(HouseForm):
    reason = ThaiTextField(label=_("Reason"), max_length=2000, rows=4)


class CommentForm(HouseForm):
    comment = ThaiTextField(label=_("Comment for those who decide"), max_length=2000, rows=3, required=False)


class AgreementFilter(forms.Form):
    """The filter of the list, sent by GET."""

    q = ThaiTextField(label=_("Title, reference or number"), required=False)
    form = forms.ChoiceField(label=_("Form"), choices=[("", _("All forms")), *Form.choices], required=False)
    standing = forms.ChoiceField(label=_("Standing"), choices=[("", _("All")), *Standing.choices], required=False)
