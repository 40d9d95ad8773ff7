"""Rows and papers of a profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import (
    BahtField,
    BuddhistDateField,
    HouseForm,
    HouseFormSet,
    RowForm,
    ThaiTextField,
    UploadField,
    any_value,
    house_formset,
)
from partnerships.actions.profile_rows import ROWS_AT_MOST
from partnerships.enums import DocumentKind
from partnerships.forms.fields import AccountNumberField, BuddhistYearField, PhoneField

PAPER = ("pdf", "png", "jpg", "jpeg")
PAPER_HELP = _("PDF or a clear photograph (PNG, JPEG)")


class KeptRow(RowForm):
    """A row that may be on record already: `pk` says which."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=2**62)


class ContactRow(KeptRow):
    name = ThaiTextField(label=_("Name"), max_length=200)
    position = ThaiTextField(label=_("Position"), max_length=200, required=False)
    phone = PhoneField(label=_("Telephone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    is_public = forms.BooleanField(label=_("May be shown to the public"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "phone" in given and "email" in given and not given["phone"] and not given["email"]:
            self.add_error("phone", _("Give a telephone number or an e-mail address."))
        return given


class ProjectRow(KeptRow):
    title = ThaiTextField(label=_("Project"), max_length=300)
    giver = ThaiTextField(label=_("Who gave the money or the mission"), max_length=300)
    amount = BahtField(label=_("Amount"), required=False)
    year_from = BuddhistYearField(label=_("From year"))
    year_until = BuddhistYearField(label=_("Until year"), required=False)
    result = ThaiTextField(label=_("What came of it"), max_length=2000, rows=3)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("year_from"), given.get("year_until")
        if first and last and last < first:
            self.add_error("year_until", _("The last year cannot be before the first."))
        return given


class KeptRows(HouseFormSet):
    """Rows that know which of them are on record: what is valid can be saved without the rest."""

    @property
    def right(self) -> list[tuple[forms.Form, dict[str, Any]]]:
        """Rows without an error that differ from what is on record: the form, and what the actions take."""
        return [(form, facts) for form in self.forms if (facts := self._facts(form))]

    def _facts(self, form: forms.Form) -> dict[str, Any] | None:
        valid, data = form.is_valid(), form.cleaned_data
        if data.get("DELETE"):
            return {"pk": data["pk"], "remove": True} if data.get("pk") else None
        told = {name: value for name, value in data.items() if name != "DELETE"}
        return told if valid and form.has_changed() and any_value(told) else None


ContactRows = house_formset(
    ContactRow, title=_("Contacts"), add_label=_("Add a contact"), max_rows=ROWS_AT_MOST, base=KeptRows
)
ProjectRows = house_formset(
    ProjectRow, title=_("Past projects"), add_label=_("Add a project"), max_rows=ROWS_AT_MOST, base=KeptRows
)


class RowsForm(HouseForm):
    """The form around rows: it has only the stamp."""


class DocumentForm(HouseForm):
    """One paper with its dates."""

    kind = forms.ChoiceField(label=_("Document"), choices=DocumentKind.choices)
    file = UploadField(label=_("File"), extensions=PAPER, help_text=PAPER_HELP)
    number = ThaiTextField(label=_("Number of the document"), max_length=100, required=False)
    issued_on = BuddhistDateField(label=_("Issued on"), required=False)
    expires_on = BuddhistDateField(
        label=_("Expires on"), required=False, help_text=_("Leave it empty if the document does not expire.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].not_after = clock.today()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        issued, expires = given.get("issued_on"), given.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("A document cannot expire before it was issued."))
        return given


class RepresentativeForm(HouseForm):
    """Who may bind the organisation, and on what authority."""

    name = ThaiTextField(label=_("Name"), max_length=200)
    position = ThaiTextField(label=_("Position"), max_length=200)
    authority = ThaiTextField(
        label=_("Authority"),
        max_length=300,
        help_text=_("For example: chairperson by the regulations, article 12; or the number of the delegation."),
    )
    is_delegate = forms.BooleanField(label=_("Acts by delegation"), required=False)
    delegation = UploadField(label=_("Delegation document"), extensions=PAPER, help_text=PAPER_HELP, required=False)
    valid_from = BuddhistDateField(label=_("Valid from"))
    valid_until = BuddhistDateField(
        label=_("Valid until"), required=False, help_text=_("Leave it empty if no end is set.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("is_delegate") and "delegation" in given and not given["delegation"]:
            self.add_error("delegation", _("Who acts by delegation needs the delegation document."))
        first, last = given.get("valid_from"), given.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The authority cannot end before it begins."))
        return given


class BankAccountForm(HouseForm):
    """Where money goes."""

    bank = ThaiTextField(label=_("Bank"), max_length=100)
    branch = ThaiTextField(label=_("Branch"), max_length=100)
    account_name = ThaiTextField(
        label=_("Account name"), max_length=200, help_text=_("In the organisation's name, as in the bank book.")
    )
    account_number = AccountNumberField(label=_("Account number"))
    book = UploadField(
        label=_("Copy of the first page of the bank book"), extensions=PAPER, help_text=PAPER_HELP, required=False
    )
