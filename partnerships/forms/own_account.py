"""Forms about one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, ThaiTextField
from partnerships.actions.own_account import PROFILE_FIELDS
from partnerships.models import User

# Each language by its own name, and said so to screen readers.
BY_ITS_OWN_NAME = [
    (code, format_html('<span lang="{}">{}</span>', code, name))
    for code, name in User._meta.get_field("language").choices
]


class ProfileForm(HouseForm):
    full_name_th = ThaiTextField(label=_("Name in Thai, with title"), max_length=200)
    full_name_en = ThaiTextField(label=_("Name in English"), max_length=200, required=False)
    position_title = ThaiTextField(label=_("Position"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("Shown on the pages of the matters you are responsible for"),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=BY_ITS_OWN_NAME,
        widget=forms.RadioSelect,
        help_text=_("Of the pages after log-in, and of the notices sent to you"),
    )
    signature_name = ThaiTextField(
        label=_("Name as it stands under your signature"),
        max_length=200,
        required=False,
        help_text=_("Where it differs from your name above"),
    )
    signature_title = ThaiTextField(
        label=_("Title as it stands under your signature"),
        max_length=300,
        required=False,
        help_text=_("Leave empty to use your position in the organisation you sign for"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(user, name) for name in PROFILE_FIELDS})
        super().__init__(*args, root=user, **kwargs)


class ReadForm(HouseForm):
    """Only the stamp: having read the notice needs no input."""


class CloseAccountForm(HouseForm):
    """Asks again who it is: by the password, or by the address where log-in goes another way."""

    understood = forms.BooleanField(label=_("I understand what is kept and that the account cannot be opened again."))
    password = forms.CharField(
        label=_("Your password, once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    address = forms.CharField(
        label=_("Your e-mail, once more"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, root=user, **kwargs)
        del self.fields["address" if user.has_usable_password() else "password"]

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError(_("The password is not right."))
        return ""

    def clean_address(self) -> str:
        if self.cleaned_data["address"].strip().lower() != self.user.email.lower():
            raise ValidationError(_("This is not the e-mail of your account."))
        return ""
