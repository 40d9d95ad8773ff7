"""The second wall: who needs a second factor gets no further than its set-up until there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from partnerships.identity import policy
from partnerships.models import User

CLEARED_KEY = "identity.cleared"
CLEARED_FOR_ALL = "*"

# All that is open before the wall: the set-up itself, confirming who one is, logging out, and the language.
WAY_THROUGH = frozenset(
    {
        "account_second_factor",
        "account_reauthenticate",
        "account_log_in_again",
        "account_logout",
        "account_inactive",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "set_language",
    }
)


class SecondFactorWallMiddleware:
    """Costs no query: roles are compared with those for which the session was cleared at log-in.

    A role that is gained later is noticed at once; a changed list of roles holds from the next log-in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and stands_before_the_wall(request) and not leads_through(request.path_info):
            back = request.get_full_path() if request.method == "GET" else "/"
            return redirect(f"{reverse('account_second_factor')}?{urlencode({REDIRECT_FIELD_NAME: back})}")
        return self.get_response(request)


def stands_before_the_wall(request: HttpRequest) -> bool:
    """Whether one of the person's roles asks for a second factor and there is none."""
    held = request.actor.held
    cleared = request.session.get(CLEARED_KEY, ())
    if CLEARED_FOR_ALL in cleared or held <= set(cleared):
        return False
    return policy.needs_second_factor(request.user, held) and not policy.has_second_factor(request.user)


def clear_session(session: Any, user: User) -> None:
    """Keep in the session for which roles it may pass: all of them with a second factor, else those that need none."""
    if policy.has_second_factor(user):
        session[CLEARED_KEY] = [CLEARED_FOR_ALL]
        return
    session[CLEARED_KEY] = sorted(policy.held_roles(user) - policy.strong_roles())


def leads_through(path: str) -> bool:
    try:
        return resolve(path).view_name in WAY_THROUGH
    except Resolver404:
        return False
