"""Forms of a call's reviewers."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import (
    HouseForm,
)
from partnerships.models import User


class ReviewerForm(HouseForm):
    """Names a reviewer by the e-mail of an existing user."""

    email = forms.EmailField(
        label=_("E-mail of the person"), help_text=_("The person must already have an account in this system.")
    )

    def clean_email(self) -> str:
        user = User.objects.filter(email__iexact=self.cleaned_data["email"].strip(), is_active=True).first()
        if user is None:
            raise ValidationError(_("Nobody with this e-mail has an account."))
        self.user = user
        return user.email
