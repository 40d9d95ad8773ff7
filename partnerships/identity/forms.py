"""allauth's forms where this product asks for something else."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.forms import AddEmailForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.userkit import user_email
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.form_fields import ThaiTextField
from partnerships.models import User

THAI_LETTER = re.compile(r"[ก-ฮ]")  # Thai on purpose
FILL_IN = _("Please fill in this field.")


class SignupForm(AllauthSignupForm):
    """Name, address, password: whoever wants to do something for an organisation begins as a person."""

    full_name_th = ThaiTextField(
        label=_("First and last name in Thai"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["full_name_th", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = FILL_IN
        self.fields["password1"].help_text = _(
            "At least 15 characters; several words together are easy to remember. You may paste it."
        )

    def clean_full_name_th(self) -> str:
        name = " ".join(self.cleaned_data["full_name_th"].split())
        if not THAI_LETTER.search(name):
            raise ValidationError(_("Please write your name in Thai letters."), code="not_thai")
        return name

    def clean_email(self) -> str:
        email = super().clean_email()
        if not settings.SIGNUP_OPEN and email != (context.request.session.get("account_verified_email") or "").lower():
            raise ValidationError(_("Please sign up with the address that was invited."), code="not_invited")
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        # allauth has judged the password by the address; the name is as easy to guess.
        if data.get("password1") and data.get("full_name_th") and "password1" not in self.errors:
            self._judge_password(User(full_name_th=data["full_name_th"]), data["password1"])
        return data

    def _judge_password(self, person: User, password: str) -> None:
        from allauth.account.adapter import get_adapter as account_adapter

        user_email(person, self.cleaned_data.get("email"))
        try:
            account_adapter().clean_password(password, user=person)
        except ValidationError as error:
            self.add_error("password1", error)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])  # takes as long as a new account does
        return super().try_save(request)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.full_name_th = self.cleaned_data["full_name_th"]
        user.language = "en" if get_language() == "en" else "th"
        user.save(update_fields=["full_name_th", "language"])


class NewAddressForm(AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].error_messages["required"] = FILL_IN


# --- second factors


class OnceMixin:
    """A code of an authenticator app counts once in all the time for which clocks are forgiven (NIST 800-63B-4)."""

    authenticator: Authenticator
    user: User

    def clean_code(self) -> str:
        code = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not self._is_first(code):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def _is_first(self, code: str) -> bool:
        plain = re.sub(r"\D", "", code)
        lasts = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        return cache.add(f"identity.totp:{self.user.pk}:{plain}", "used", timeout=lasts)


def _draw_code(field: forms.Field) -> None:
    field.label = _("Code")
    field.error_messages["required"] = _("Please type the code.")
    field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class AuthenticateForm(OnceMixin, base.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _draw_code(self.fields["code"])


class ReauthenticateForm(OnceMixin, base.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _draw_code(self.fields["code"])


class PasskeyForm(webauthn.AddWebAuthnForm):
    """A name for the passkey; kept on the device so that it logs in by itself, unless an older key cannot."""

    passwordless = forms.BooleanField(
        label=_("Log in with it without a password"),
        required=False,
        initial=True,
        help_text=_("Take the tick away for an older security key that has no PIN or fingerprint."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this passkey")
        self.fields["name"].max_length = 100
        self.fields["name"].help_text = _("So that you know it again, for example the telephone it is on.")


class PasskeyNameForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this passkey")
        self.fields["name"].max_length = 100
        self.fields["name"].error_messages["required"] = FILL_IN
