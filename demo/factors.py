"""Authenticator apps of the demonstration's people: their codes can be asked for, as nobody holds their telephones."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.http import HttpRequest

from partnerships.identity.sealing import seal, unseal
from partnerships.models import User

DOMAIN = "demo.example"  # reserved: nobody real has an address there


def give_second_factors(users: Iterable[User]) -> None:
    """Set up an authenticator app for each, with a secret of its own, sealed like everybody's."""
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": seal(generate_totp_secret())})
        for user in users
    )


def is_demo_person(user: User) -> bool:
    """Only on a demonstration, and only invented people: real ones keep their codes to themselves."""
    return bool(settings.DEMO) and user.email.endswith(f"@{DOMAIN}")


def current_code(user: User) -> tuple[str, int] | None:
    """The code that the person's app shows now and for how many seconds more; None without an app.

    Raises ValueError for anyone who is not of the demonstration.
    """
    if not is_demo_person(user):
        raise ValueError("only people of a demonstration have codes that can be asked for")
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if app is None:
        return None
    now = int(time.time())
    value = hotp_value(unseal(app.data["secret"]), now // app_settings.TOTP_PERIOD)
    return format_hotp_value(value), app_settings.TOTP_PERIOD - now % app_settings.TOTP_PERIOD


def code_to_show(request: HttpRequest, user: User) -> dict[str, Any] | None:
    """Context of the panel on the page that asks for a code; None where there is nothing to show."""
    shown = current_code(user) if is_demo_person(user) else None
    return {"code": shown[0]} if shown else None
