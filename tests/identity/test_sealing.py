"""Secrets of authenticator apps lie sealed in the database."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken

from partnerships.identity.sealing import seal, unseal
from tests.cast import Cast
from tests.second_factors import secret_of


@pytest.mark.django_db
def test_the_database_does_not_hold_the_secret(cast: Cast) -> None:
    kept = Authenticator.objects.get(user=cast.executive.user).data["secret"]
    assert secret_of(cast.executive.user) not in kept
    assert len(secret_of(cast.executive.user)) == 32


def test_the_same_secret_is_never_sealed_alike() -> None:
    assert seal("secret") != seal("secret")


def test_changing_the_key_keeps_what_was_sealed_while_the_old_key_is_named(settings) -> None:
    settings.SECRET_KEY = "first" * 10
    sealed = seal("secret")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "second" * 10, ["first" * 10]
    assert unseal(sealed) == "secret"
    settings.MFA_KEY = "third" * 10
    assert unseal(sealed) == "secret"

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        unseal(sealed)


def test_what_was_tampered_with_is_refused() -> None:
    sealed = seal("secret")
    with pytest.raises(InvalidToken):
        unseal(sealed[:-4] + ("AAAA" if not sealed.endswith("AAAA") else "BBBB"))
