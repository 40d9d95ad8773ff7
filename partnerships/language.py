"""The language of the pages: a cookie, set by the switch, at log-in and when the profile is saved."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse


def speak(response: HttpResponse, language: str) -> HttpResponse:
    """Let the browser's next pages be in this language (as Django's own switch does)."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
