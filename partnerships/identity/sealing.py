"""Secrets of authenticator apps and recovery codes at rest: sealed, so that a copy of the database gives none away."""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(secret: str) -> str:
    """`secret` encrypted and authenticated (Fernet) under the first key."""
    return _box(_keys()).encrypt(secret.encode("utf-8")).decode("ascii")


def unseal(sealed: str) -> str:
    """The secret again; keys that are being replaced still open it. Raises InvalidToken where no key fits."""
    return _box(_keys()).decrypt(sealed.encode("ascii")).decode("utf-8")


def _keys() -> tuple[str, ...]:
    """MFA_KEY where it is set, else SECRET_KEY; what was sealed before with the others can still be opened."""
    named = (settings.MFA_KEY, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return tuple(key for key in named if key)


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"phakhi.identity.second-factors")
    return base64.urlsafe_b64encode(derivation.derive(key.encode("utf-8")))
