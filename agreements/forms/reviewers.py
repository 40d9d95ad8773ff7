"""Forms of a call's reviewers and committee members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.enums import CapacityKind
from core.forms import HouseForm
from partnerships.models import User

KINDS = ((CapacityKind.REVIEWER, CapacityKind.REVIEWER.label), (CapacityKind.COMMITTEE_MEMBER, _("Committee member")))


class ReviewerForm(HouseForm):
    """Names someone by e-mail: whoever has an account at once, anyone else is written to. `user`: None without one."""

    email = forms.EmailField(
        label=_("E-mail of the person"),
        help_text=_("Who has no account yet gets a letter with the way to one."),
    )
    kind = forms.ChoiceField(
        label=_("Invited as"), choices=KINDS, widget=forms.RadioSelect, initial=CapacityKind.REVIEWER, required=False
    )

    user: User | None = None

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        self.user = User.objects.filter(email__iexact=email, is_active=True).first()
        return email

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or CapacityKind.REVIEWER

    def naming(self) -> dict[str, Any]:
        """What the action takes."""
        return {"user": self.user, "kind": self.cleaned_data["kind"]}
