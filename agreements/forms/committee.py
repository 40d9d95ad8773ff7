"""The joint committee or formal body with its members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.enums import MemberRole, Side
from agreements.models import Agreement, Committee
from core import clock
from core.forms import BuddhistDateField, HouseForm, RowForm, ThaiTextField, house_formset
from partnerships.enums import Form

BODY_FIELDS = ("name", "order_number", "ordered_on", "ordered_by", "secretariat")
MEMBER_FIELDS = ("name", "position", "side", "role", "can_decide")


class CommitteeForm(HouseForm):
    name = ThaiTextField(label=_("Name of the committee or body"))
    order_number = ThaiTextField(
        label=_("Number of the order or announcement"), max_length=100, help_text=_("For example 12/2569")
    )
    ordered_on = BuddhistDateField(label=_("Date of the order"))
    ordered_by = ThaiTextField(label=_("Ordered by"), max_length=200, help_text=_("The top executive of either side"))
    secretariat = ThaiTextField(label=_("Secretariat office"), required=False)

    def __init__(self, *args: Any, root: Agreement, committee: Committee | None, **kwargs: Any) -> None:
        if committee and not committee.is_waived:
            kwargs.setdefault("initial", {name: getattr(committee, name) for name in BODY_FIELDS})
        super().__init__(*args, root=root, **kwargs)
        self.fields["ordered_on"].not_after = clock.today()
        self.fields["secretariat"].required = root.form == Form.COMMISSIONING


class MemberForm(RowForm):
    name = ThaiTextField(label=_("Name"), max_length=200)
    position = ThaiTextField(label=_("Position and organisation"), required=False)
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices, initial=Side.GIVER)
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices, initial=MemberRole.MEMBER)
    can_decide = forms.BooleanField(label=_("Can decide for the organisation"), required=False, initial=True)


MemberFormSet = house_formset(MemberForm, title=_("Members"), add_label=_("Add a member"), extra=1, min_rows=1)


def member_rows(committee: Committee | None) -> list[dict[str, Any]]:
    """The members on record, as the formset's initial rows."""
    members = committee.members.all() if committee else ()
    return [{name: getattr(member, name) for name in MEMBER_FIELDS} for member in members]
