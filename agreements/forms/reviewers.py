"""Forms of a call's reviewers and committee members."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.enums import CapacityKind
from core.forms import HouseForm, ThaiTextField
from partnerships.models import User

KINDS = ((CapacityKind.REVIEWER, CapacityKind.REVIEWER.label), (CapacityKind.COMMITTEE_MEMBER, _("Committee member")))


class ReviewerForm(HouseForm):
    """Names someone by e-mail: whoever has an account at once, anyone else is written to. `user`: None without one."""

    fields_of_facts = {"user": "email"}
    email = forms.EmailField(
        label=_("E-mail of the person"),
        help_text=_("Who has no account yet gets a letter with the way to one."),
    )
    kind = forms.ChoiceField(
        label=_("Invited as"), choices=KINDS, widget=forms.RadioSelect, initial=CapacityKind.REVIEWER
    )

    user: User | None = None

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        self.user = User.objects.filter(email__iexact=email, is_active=True).first()
        return email


class DismissForm(HouseForm):
    reason = ThaiTextField(
        label=_("Reason"),
        rows=4,
        max_length=2000,
        help_text=_("It stays on record with the end of the invitation."),
    )
