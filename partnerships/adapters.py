"""What allauth asks of this product: who may sign up, where people go next, and how secrets are kept."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress, Login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.middleware import client_address
from partnerships.identity import policy, sealing
from partnerships.identity.reauthentication import has_just_come
from partnerships.models import User

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - an address that none is: a socket without a proxy that tells
LOCKED_OUT = format_lazy(
    _(
        "Too many failed attempts. Wait {minutes} minutes and try again, or choose a new password by "
        "“Forgotten password”. Whom to ask for help stands at the foot of the page."
    ),
    minutes=settings.LOCKOUT_MINUTES,
)


def invited_address(request: HttpRequest) -> str:
    """The address that an invitation has verified in this session, or ""."""
    return (request.session.get("account_verified_email") or "").lower()


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": LOCKED_OUT,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("The code is not right, has run out or was used before. Try the next one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """When closed, still open to whoever opened an invitation (`stash_verified_email`), for that address alone."""
        return settings.SIGNUP_OPEN or bool(invited_address(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """A person without an organisation learns what comes next."""
        return reverse("account_welcome")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_security")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        if self.request.user.is_authenticated:
            return reverse("account_security")
        return reverse("account_login")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address as in the security log."""
        return client_address(request) or NO_ADDRESS

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """For the account's own pages a log-in of just now will do: no password typed twice to set up a factor."""
        return super().is_reauthentication_required(app=app, **kwargs) and not has_just_come(context.request)

    def is_login_by_code_required(self, login: Login) -> bool:
        """A partner's representative without a second factor gets a code by e-mail after the password."""
        records = get_authentication_records(self.request, login.user)
        methods = {record["method"] for record in records}
        if login.user is None or methods & {"code", "mfa", "socialaccount"} or not policy.gets_email_code(login.user):
            return False
        if not self._may_send_code(login.user):
            raise ImmediateHttpResponse(respond_429(self.request))
        return True

    def _may_send_code(self, user: User) -> bool:
        limit = {"app": "allauth.account", "action": "request_login_code", "key": user.email}
        return bool(ratelimit.consume(self.request, **limit))


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Your role needs a second factor: set up another one before you remove this."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm your new e-mail address first, or cancel its change; then add a second factor."),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return policy.may_remove(authenticator)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        return super().get_public_key_credential_user_entity(user) | {"display_name": user.full_name_th}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """A provider lets existing people in; it makes nobody. Says so, with the way to an account."""
        page = render(request, "socialaccount/no_account.html", {"signup_open": settings.SIGNUP_OPEN}, status=403)
        raise ImmediateHttpResponse(page)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("account_security")
