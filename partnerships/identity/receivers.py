"""What the security log keeps of log-ins and accounts, and when a session is cleared for the wall."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from core.audit import log_security
from partnerships.actors import Actor
from partnerships.identity.middleware import clear_session
from partnerships.identity.proof import identity_proof
from partnerships.models import User


def connect() -> None:
    """Called once, when the app is loaded."""
    user_logged_in.connect(_clear, dispatch_uid="identity.clear")
    user_logged_out.connect(_logged_out, dispatch_uid="identity.logged_out")
    account.user_signed_up.connect(_signed_up, dispatch_uid="identity.signed_up")
    account.user_logged_in.connect(_logged_in, dispatch_uid="identity.logged_in")
    account.authentication_step_completed.connect(_confirmed, dispatch_uid="identity.confirmed")
    account.password_changed.connect(_on("password_changed"), weak=False, dispatch_uid="identity.password_changed")
    account.password_set.connect(_on("password_set"), weak=False, dispatch_uid="identity.password_set")
    account.password_reset.connect(_on("password_reset"), weak=False, dispatch_uid="identity.password_reset")
    account.email_changed.connect(_email_changed, dispatch_uid="identity.email_changed")
    account.email_confirmed.connect(_email_confirmed, dispatch_uid="identity.email_confirmed")
    mfa.authenticator_added.connect(_factor_added, dispatch_uid="identity.factor_added")
    mfa.authenticator_removed.connect(_factor_removed, dispatch_uid="identity.factor_removed")
    mfa.authenticator_reset.connect(_factor_reset, dispatch_uid="identity.factor_reset")
    mfa.authentication_failed.connect(_factor_failed, dispatch_uid="identity.factor_failed")


def note(user: User, kind: str, action: str = "", detail: str = "") -> None:
    """A line of the security log about the person's own account."""
    log_security(kind=kind, actor=Actor(user=user), action=action, detail=detail)


def _clear(*, user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is not None and hasattr(request, "session"):
        clear_session(request.session, user)


def _signed_up(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(user, "signed_up")
    if user.has_usable_password():
        record_authentication(request, user, method="password")  # typed just now


def _logged_in(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    proof = identity_proof(request)
    note(user, "login", proof["method"], proof["assurance"])


def _logged_out(*, user: User | None = None, **kwargs: Any) -> None:
    if user is not None:
        note(user, "logout")


def _confirmed(*, user: User, method: str, reauthenticated: bool = False, **kwargs: Any) -> None:
    if reauthenticated:
        note(user, "confirmed_again", str(kwargs.get("type") or method))


def _on(kind: str) -> Any:
    def receive(*, user: User, **kwargs: Any) -> None:
        note(user, kind)

    return receive


def _email_changed(*, user: User, from_email_address: Any = None, **kwargs: Any) -> None:
    if from_email_address is not None:  # the first address is none that was changed
        note(user, "email_changed")


def _email_confirmed(*, email_address: Any, **kwargs: Any) -> None:
    note(email_address.user, "email_confirmed")


def _factor_added(*, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    note(user, "second_factor_added", authenticator.type)
    clear_session(request.session, user)


def _factor_removed(*, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    note(user, "second_factor_removed", authenticator.type)
    clear_session(request.session, user)


def _factor_reset(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    note(user, "recovery_codes_renewed", authenticator.type)


def _factor_failed(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    note(user, "second_factor_failed", authenticator.type)
