"""Forms about the people of an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import BuddhistDateField, HouseForm, ThaiTextField
from partnerships.enums import APPOINTED_ROLES, Role, roles_of_kind
from partnerships.models import Membership, Organisation, User
from partnerships.permissions.people import manages_people
from partnerships.queries.people import current_members

# In the order of the work, with what each may do, in the words of the page.
WHAT_ROLES_DO = {
    Role.OFFICER: _("Responsible officer: prepares missions, calls and agreements"),
    Role.STAFF: _("Staff: writes proposals, plans and reports"),
    Role.FINANCE: _("Finance: pays or receives money and keeps the account"),
    Role.EXECUTIVE: _("Executive: approves and signs (a second person confirms)"),
    Role.REPRESENTATIVE: _("Authorised representative: submits and signs (a second person confirms)"),
    Role.OPDC_STAFF: _("OPDC staff: looks after all organisations and agreements"),
    Role.ADMINISTRATOR: _("Administrator: invites people and looks after their roles"),
}


def role_choices(roles: Iterable[str]) -> list[tuple[str, Any]]:
    wanted = set(roles)
    return [(role.value, words) for role, words in WHAT_ROLES_DO.items() if role in wanted]


class InvitationForm(HouseForm):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The person logs in, or signs up, with this address."),
    )
    full_name = ThaiTextField(label=_("Name"), max_length=200, required=False)
    title = ThaiTextField(label=_("Position in the organisation"), max_length=200, required=False)
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    ends_on = BuddhistDateField(
        label=_("Last day of the membership"),
        required=False,
        help_text=_("Leave empty where there is none. For example 30/9/2570"),
    )

    def __init__(self, *args: Any, organisation: Organisation, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, root=organisation, **kwargs)
        inside = manages_people(organisation, actor)
        self.fields["roles"].choices = role_choices(
            roles_of_kind(organisation.kind) if inside else {Role.ADMINISTRATOR}
        )
        if not inside:
            self.fields["roles"].initial = [Role.ADMINISTRATOR]


class MemberForm(HouseForm):
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    title = ThaiTextField(label=_("Position in the organisation"), max_length=200, required=False)
    ends_on = BuddhistDateField(
        label=_("Last day of the membership"),
        required=False,
        help_text=_("Leave empty where there is none. For example 30/9/2570"),
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        held = {role.role for role in membership.roles.all()}
        kwargs.setdefault("initial", {"roles": sorted(held), "title": membership.title, "ends_on": membership.ends_on})
        super().__init__(*args, root=membership.organisation, **kwargs)
        ordinary = roles_of_kind(membership.organisation.kind) - APPOINTED_ROLES
        self.fields["roles"].choices = role_choices(ordinary | held)


class EndMembershipForm(HouseForm):
    reason = ThaiTextField(label=_("Reason"), max_length=300, rows=3)


class LeaveForm(HouseForm):
    reason = ThaiTextField(label=_("Reason"), max_length=300, rows=3, required=False)


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.full_name_th} ({obj.email})"


class AppointmentForm(HouseForm):
    user = MemberChoice(label=_("Person"), queryset=User.objects.none(), empty_label=_("Choose a member"))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    note = ThaiTextField(
        label=_("Ground for the appointment"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=_("For example the number and date of the order or of the board's resolution"),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, root=organisation, **kwargs)
        members = current_members(organisation).filter(user__is_active=True).values("user_id")
        self.fields["user"].queryset = User.objects.filter(pk__in=members).order_by("full_name_th", "pk")
        roles = role_choices(APPOINTED_ROLES & roles_of_kind(organisation.kind))
        self.fields["role"].choices = roles
        if len(roles) == 1:
            self.fields["role"].initial = roles[0][0]


class SecondForm(HouseForm):
    note = ThaiTextField(label=_("Note"), max_length=1000, rows=3, required=False)


class NotSecondForm(HouseForm):
    note = ThaiTextField(label=_("Reason"), max_length=1000, rows=3)
