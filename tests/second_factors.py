"""Second factors for tests: real authenticator apps, whose codes the tests work out as a telephone would."""

from __future__ import annotations

import time
from collections.abc import Iterable

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from partnerships.identity.sealing import seal, unseal
from partnerships.models import User


def give_second_factor(*users: User) -> None:
    """Set up an authenticator app for each (one query)."""
    _store(users)


def _store(users: Iterable[User]) -> None:
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": seal(generate_totp_secret())})
        for user in users
    )


def secret_of(user: User) -> str:
    """The secret that the person's telephone knows."""
    return unseal(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])


def code_for(secret: str, *, ahead: int = 0) -> str:
    """What an app with this secret shows now, or that many half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD + ahead))


def confirm_by_password(client: Client, password: str) -> None:
    """Confirm once more who one is, as somebody without an authenticator app does."""
    client.post(reverse("account_reauthenticate"), {"password": password})


def code_of(user: User, *, ahead: int = 0) -> str:
    return code_for(secret_of(user), ahead=ahead)
