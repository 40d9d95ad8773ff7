"""Who is asking, for whom; and the wall: everything but a literal list of public pages wants a log-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from partnerships.actors import ANONYMOUS
from partnerships.queries.actors import actor_among, memberships_of

SESSION_KEY = "acting_organisation_id"
UNSENT = "unsent"  # in the log-in page's address: something was sent and not recorded

# Pages that anyone may read. Nothing else is served without a log-in.
PUBLIC_URL_NAMES = frozenset(
    {
        "reporting:home",
        "agreements:public_calls",
        "agreements:public_call",
        "agreements:call_detail",
        "agreements:call_pdf",
        "agreements:call_feed",
        "agreements:subscription_create",
        "agreements:subscription_sent",
        "agreements:subscription_confirm",
        "agreements:subscription_end",
        "agreements:proposal_blank_form",
        "reporting:public_agreements",
        "reporting:public_agreement",
        "reporting:public_partners",
        "partnerships:registration_start",
        "account_login",
        "account_confirm_login_code",
        "mfa_login_webauthn",
        "mfa_authenticate",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_email_verification_sent",
        "account_confirm_email",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "openid_connect_login",
        "openid_connect_callback",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "set_language",
        "core:public_file_download",
        "partnerships:invitation_answer",
        "partnerships:privacy_notice",
        "partnerships:account_closed",
    }
)


class ActorMiddleware:
    """Sets `request.actor`: the user, and the organisation chosen after log-in (the first current one otherwise).

    `request.memberships` keeps what was read for it, for the page's head, which lists them all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor, request.memberships = ANONYMOUS, []
        if request.user.is_authenticated:
            request.memberships = memberships_of(request.user)
            actor = actor_among(request.memberships, request.user, request.session.get(SESSION_KEY))
            request.actor = replace(actor, memo={}) if request.method in ("GET", "HEAD") else actor
        return self.get_response(request)


class LoginWallMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated or is_public(request.path_info):
            return self.get_response(request)
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"state": "login"}, status=401)  # a script asks: it cannot read a log-in page
        if request.method not in ("GET", "HEAD"):
            return log_in_after_sending(request)
        return redirect_to_login(request.get_full_path())


def log_in_after_sending(request: HttpRequest) -> HttpResponse:
    """The session ended before something was sent: after the log-in, back to the page it was sent from.

    Never to the address it was sent to, which may take no GET. The log-in page says that nothing was recorded.
    """
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        page = "/"
    query = {REDIRECT_FIELD_NAME: urlunsplit(("", "", *urlsplit(page)[2:4], "")) or "/", UNSENT: "1"}
    return redirect(f"{reverse('account_login')}?{urlencode(query)}")


def is_public(path: str) -> bool:
    """Whether the path leads to a page of the literal list (unknown paths are not: they ask for a log-in too)."""
    try:
        return resolve(path).view_name in PUBLIC_URL_NAMES
    except Resolver404:
        return False
