"""Confirming again who one is, before what binds: signing, and changes to the account's security."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from core.settings_catalogue import value_of

MINUTES_KEY = "identity.reauthentication_minutes"  # how long a confirmation holds for signing


def has_confirmed(request: HttpRequest) -> bool:
    """Whether the person confirmed the identity, besides logging in, within the time that the setting allows.

    Whoever has neither password nor second factor here (log-in by a provider alone) confirms by logging in anew.
    """
    records = get_authentication_records(request, request.user)
    if get_adapter().get_reauthentication_methods(request.user):
        records = [each for each in records if each.get("reauthenticated")]
    return bool(records) and _is_recent(records[-1]["at"], value_of(MINUTES_KEY) * 60)


def has_just_come(request: HttpRequest) -> bool:
    """Whether the person logged in or confirmed just now: enough for setting up a second factor."""
    records = get_authentication_records(request, request.user)
    return bool(records) and _is_recent(records[-1]["at"], settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def _is_recent(at: float, seconds: int) -> bool:
    return time.time() - at < seconds


def confirm_url(request: HttpRequest, back: str) -> str:
    """Where to confirm; from there the person comes back to `back`."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    url = methods[0]["url"] if methods else reverse("account_log_in_again")
    return f"{url}?{urlencode({REDIRECT_FIELD_NAME: back})}"
