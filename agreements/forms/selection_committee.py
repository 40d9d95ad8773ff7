"""The selection committee with its appointment order and members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.enums import MemberRole
from agreements.models import Call, SelectionCommittee
from core import clock
from core.forms import BuddhistDateField, HouseForm, RowForm, ThaiTextField, UploadField, house_formset
from partnerships.models import User

ORDER_FIELDS = ("order_number", "order_on")
PICTURED = ("pdf", "png", "jpg", "jpeg")


class SelectionCommitteeForm(HouseForm):
    order_number = ThaiTextField(
        label=_("Number of the appointment order"), max_length=150, help_text=_("For example 12/2569")
    )
    order_on = BuddhistDateField(label=_("Date of the order"))
    order_file = UploadField(label=_("The order (PDF or picture)"), extensions=PICTURED, required=False)

    def __init__(self, *args: Any, root: Call, committee: SelectionCommittee | None, **kwargs: Any) -> None:
        if committee:
            kwargs.setdefault("initial", {name: getattr(committee, name) for name in ORDER_FIELDS})
        super().__init__(*args, root=root, **kwargs)
        self.fields["order_on"].not_after = clock.today()


class SelectionMemberForm(RowForm):
    name = ThaiTextField(label=_("Name as on the order"), max_length=200)
    title = ThaiTextField(label=_("Position"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices, initial=MemberRole.MEMBER)
    email = forms.EmailField(label=_("E-mail of the account"), required=False)

    def clean_email(self) -> User | None:
        """The account behind the e-mail, or None where none was given."""
        email = self.cleaned_data["email"].strip()
        if not email:
            return None
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise ValidationError(_("Nobody with this e-mail has an account."))
        return user


SelectionMemberRows = house_formset(
    SelectionMemberForm,
    title=_("Members"),
    hint=_("With the e-mail of his or her account, a member reads the proposals here and declares conflicts."),
    add_label=_("Add a member"),
    extra=2,
    min_rows=1,
    max_rows=30,
)


def member_answers(committee: SelectionCommittee | None) -> list[dict[str, Any]]:
    """The members on record, as the formset's first answers."""
    if committee is None:
        return [{"role": MemberRole.CHAIR}, {"role": MemberRole.MEMBER}, {"role": MemberRole.SECRETARY}]
    return [
        {"name": row.name, "title": row.title, "role": row.role, "email": row.user.email if row.user else ""}
        for row in committee.members.select_related("user")
    ]
