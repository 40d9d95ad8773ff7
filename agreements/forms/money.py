"""Forms of the money pages: sources, instalments and their moves, entries of the ledger, the account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.budget import InstalmentRow, SourceRow, check_instalments
from agreements.actions.entries import RECEIVER_KINDS
from agreements.enums import EntryKind, MoneySource
from agreements.models import Agreement, PlanActivity
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

# --- rows of the budget ---------------------------------------------------------------------------------------------


class BlankRowForm(RowForm):
    """A row whose only value is the source of money, which is chosen from the start, is an empty row."""

    def has_changed(self) -> bool:
        return any(name != "source" for name in self.changed_data)


class SourceRowForm(BlankRowForm):
    organisation = forms.TypedChoiceField(label=_("Contributor"), coerce=int)
    source = forms.ChoiceField(label=_("Source of money"), choices=MoneySource.choices)
    amount = BahtField(label=_("Amount (baht)"), positive=True)
    note = ThaiTextField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = [(party.organisation_id, party.organisation.name) for party in agreement.party_list]
        self.fields["organisation"].choices = [("", "---------"), *parties]


class InstalmentRowForm(BlankRowForm):
    amount = BahtField(label=_("Amount (baht)"), positive=True)
    due_on = BuddhistDateField(label=_("Due on"), required=False)
    source = forms.ChoiceField(
        label=_("Source of money"),
        choices=[choice for choice in MoneySource.choices if choice[0] != MoneySource.IN_KIND],
    )
    condition = ThaiTextField(label=_("Work and condition"), max_length=1000, rows=2, required=False)


class InstalmentRows(HouseFormSet):
    """The instalments; their total is judged as the action judges it, and said at the last amount."""

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        self.agreement = agreement
        super().__init__(*args, **kwargs)

    @property
    def planned(self) -> list[InstalmentRow]:
        """The rows as the action takes them."""
        return [InstalmentRow(**row) for row in filled_rows(self)]

    def clean(self) -> None:
        filled = [form for form in self.forms if any_amount(form)]
        if any(self.errors) or not filled:
            return
        try:
            check_instalments(self.agreement, self.planned)
        except ValidationError as error:
            filled[-1].add_error(None, error)


def any_amount(form: forms.Form) -> bool:
    """Whether a row of a validated formset counts."""
    data = getattr(form, "cleaned_data", {})
    return bool(data.get("amount")) and not data.get("DELETE")


SourceRows = house_formset(SourceRowForm, title=_("Sources of money and other resources"), add_label=_("Add a source"))
InstalmentFormSet = house_formset(
    InstalmentRowForm, title=_("Instalments"), add_label=_("Add an instalment"), base=InstalmentRows, max_rows=60
)


def source_rows(agreement: Agreement, data: Any = None) -> HouseFormSet:
    """The budget's formset, filled with what is on record."""
    initial = list(agreement.budget_sources.values("organisation", "source", "amount", "note"))
    return SourceRows(data, prefix="sources", initial=initial, form_kwargs={"agreement": agreement})


def sources_of(formset: HouseFormSet) -> list[SourceRow]:
    """The rows of a valid budget as the action takes them."""
    return [SourceRow(organisation_id=row.pop("organisation"), **row) for row in map(dict, filled_rows(formset))]


def filled_rows(formset: HouseFormSet) -> list[dict[str, Any]]:
    """Cleaned rows that count, whether they were changed or stand as they stood."""
    kept = [form.cleaned_data for form in formset.forms if any_amount(form)]
    return [{name: value for name, value in row.items() if name != "DELETE"} for row in kept]


def instalment_rows(agreement: Agreement, data: Any = None) -> InstalmentRows:
    """The formset of the instalments that were not requested yet."""
    planned = agreement.instalments.filter(state="planned").order_by("ordinal")
    initial = list(planned.values("amount", "due_on", "source", "condition"))
    return InstalmentFormSet(data, prefix="instalments", initial=initial, agreement=agreement)


class RowsForm(HouseForm):
    """A page whose fields are rows alone: carries the stamp."""


# --- moves of an instalment -----------------------------------------------------------------------------------------


class ConfirmForm(HouseForm):
    """Nothing to fill in: the page shows what is confirmed."""


class CheckForm(HouseForm):
    note = ThaiTextField(
        label=_("Result of acceptance"),
        rows=4,
        max_length=2000,
        help_text=_("What was delivered in this period, and on what evidence you accept it."),
    )


class ReasonForm(HouseForm):
    reason = ThaiTextField(label=_("Reason"), rows=4, max_length=2000)


class PayForm(HouseForm):
    paid_on = BuddhistDateField(label=_("Date of the payment"))
    evidence = UploadField(label=_("Evidence of the payment"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].not_after = clock.today()


class ReceiptForm(HouseForm):
    received_on = BuddhistDateField(label=_("Date of the receipt"))
    receipt_number = ThaiTextField(label=_("Receipt number"), max_length=50)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].not_after = clock.today()


# --- ledger and account ---------------------------------------------------------------------------------------------


class EntryForm(HouseForm):
    kind = forms.ChoiceField(
        label=_("What is recorded"),
        choices=[(kind.value, kind.label) for kind in RECEIVER_KINDS],
        initial=EntryKind.SPENDING,
    )
    booked_on = BuddhistDateField(label=_("Date"))
    amount = BahtField(label=_("Amount (baht)"), positive=True)
    description = ThaiTextField(label=_("Description"), max_length=300)
    source = forms.ChoiceField(label=_("Source of money"), choices=MoneySource.choices)
    activity = forms.ModelChoiceField(
        label=_("Activity of the plan"), queryset=PlanActivity.objects.none(), required=False
    )
    evidence = UploadField(label=_("Evidence"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["booked_on"].not_after = clock.today()
        activities = PlanActivity.objects.filter(plan__agreement=self.root, plan__approved_at__isnull=False)
        self.fields["activity"].queryset = activities.select_related("plan").order_by("plan__cycle", "ordinal", "pk")


class StatementForm(HouseForm):
    statement = ThaiTextField(
        label=_("Statement of the receiver"),
        rows=5,
        max_length=4000,
        help_text=_("That all spending is recorded with its evidence, and whatever the checker should know."),
    )


class AccountCheckForm(HouseForm):
    note = ThaiTextField(label=_("Result of the check"), rows=5, max_length=4000)
