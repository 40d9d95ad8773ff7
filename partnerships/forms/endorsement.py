"""Forms of an agency's endorsement chains."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import BuddhistDateField, HouseForm, HouseFormSet, RowForm, ThaiTextField, house_formset
from partnerships.actions.endorsement import LONGEST, Wanted
from partnerships.enums import DeputyCapacity
from partnerships.models import EndorsementPosition
from partnerships.permissions.endorsement import may_be_named
from partnerships.queries.endorsement import member_choices

CHOOSE = ("", _("Choose a person"))


class ChainForm(HouseForm):
    """Nothing but version and key: the positions are rows."""


class PositionRow(RowForm):
    seat = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = ThaiTextField(label=_("Position"), max_length=200, widget=forms.TextInput(attrs={"class": "wide"}))
    ordinal = forms.IntegerField(
        label=_("Order"),
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.NumberInput(attrs={"class": "width-number"}),
    )
    holder = forms.ChoiceField(label=_("Holder"), choices=[CHOOSE], widget=forms.Select(attrs={"class": "wide"}))

    def __init__(self, *args: Any, members: list[tuple[str, str]], actor: Any, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [CHOOSE, *members]

    def clean_holder(self) -> int:
        holder = int(self.cleaned_data["holder"])
        if not may_be_named(holder, self.actor):
            raise ValidationError(_("You cannot give yourself a position in the chain."))
        return holder


class PositionRows(HouseFormSet):
    def clean(self) -> None:
        """Nobody holds two positions of one chain; it is said at the second one."""
        seen: set[int] = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            holder = None if data.get("DELETE") else data.get("holder")
            if holder in seen:
                form.add_error("holder", _("The same person cannot hold two positions of one chain."))
            if holder:
                seen.add(holder)

    @property
    def wanted(self) -> list[Wanted]:
        """The positions in the order that was given; those without a number come last, as they stand."""
        rows = [row for row in self.kept_rows if row.get("title")]
        rows.sort(key=lambda row: row.get("ordinal") or 100)
        return [Wanted(row["title"], row["holder"], row.get("seat")) for row in rows]

    @property
    def kept_rows(self) -> list[dict[str, Any]]:
        """Also rows that were not touched: they stay in the chain."""
        filled = [form for form in self.forms if form.is_bound and getattr(form, "cleaned_data", None)]
        return [form.cleaned_data for form in filled if not form.cleaned_data.get("DELETE")]


PositionFormSet = house_formset(
    PositionRow,
    title=_("Positions in order"),
    add_label=_("Add a position"),
    extra=1,
    max_rows=LONGEST,
    min_rows=0,
    base=PositionRows,
)


def position_rows(positions: list[EndorsementPosition], actor: Any, data: Any = None) -> PositionRows:
    """The chain as rows to edit."""
    organisation = actor.organisation
    initial = [
        {"seat": row.seat_id, "ordinal": row.ordinal, "title": row.title, "holder": row.holder_id} for row in positions
    ]
    kwargs = {"members": member_choices(organisation), "actor": actor}
    return PositionFormSet(data, prefix="positions", initial=initial, form_kwargs=kwargs)


class DeputyForm(HouseForm):
    """Who acts in a position besides its holder, and on what ground."""

    person = forms.ChoiceField(label=_("Deputy"), choices=[CHOOSE])
    title = ThaiTextField(
        label=_("The deputy's own position"),
        max_length=200,
        help_text=_("As it is written before the words, for example Deputy Director-General"),
    )
    capacity = forms.ChoiceField(label=_("Acts as"), choices=DeputyCapacity.choices, widget=forms.RadioSelect)
    order_number = ThaiTextField(
        label=_("Number of the order"),
        max_length=100,
        required=False,
        help_text=_("Needed for performing duties on behalf of the holder, for example order 12/2569"),
    )
    starts_on = BuddhistDateField(label=_("From"))
    ends_on = BuddhistDateField(
        label=_("Until"), required=False, help_text=_("Leave it empty where the end is not known yet.")
    )

    def __init__(self, *args: Any, root: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts_on": clock.today()})
        super().__init__(*args, root=root, **kwargs)
        self.fields["person"].choices = [CHOOSE, *member_choices(root)]

    @property
    def facts(self) -> dict[str, Any]:
        facts = super().facts
        person = facts.pop("person")
        return {**facts, "person_id": int(person)}
