"""What tests of log-in share: a person with a password, logging in through the real pages, and limits that count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from config.settings import identity as defaults
from partnerships.models import User
from tests.cast import PASSWORD, Cast


@pytest.fixture
def with_password(cast: Cast) -> Callable[[str], User]:
    """`with_password("officer")`: that person, who can log in by PASSWORD."""

    def give(name: str) -> User:
        user = cast.people[name].user
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        return user

    return give


@pytest.fixture
def limits(settings: Any) -> None:
    """The limits of a real installation, counted in the database cache that every process shares."""
    settings.ACCOUNT_RATE_LIMITS = defaults.ACCOUNT_RATE_LIMITS
    settings.MFA_RATE_LIMITS = defaults.MFA_RATE_LIMITS
    assert django_settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def log_in(client: Client, user: User, password: str = PASSWORD, **extra: Any) -> Any:
    """Send the log-in form; the answer is where the person is led."""
    return client.post(reverse("account_login"), {"login": user.email, "password": password}, **extra)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def latest_mail(address: str) -> str:
    """The text of the latest e-mail to this address."""
    return next(str(each.body) for each in reversed(mail.outbox) if each.to == [address])


def code_in_mail(address: str) -> str:
    return next(line for line in latest_mail(address).splitlines() if line.isdigit())
