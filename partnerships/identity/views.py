"""Pages about one's own account that allauth does not have: security at a glance, the wall, log-ins, the welcome."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from core.audit import log_security
from partnerships.identity import policy
from partnerships.identity.middleware import stands_before_the_wall
from partnerships.identity.proof import ASSURANCES, identity_proof, in_words
from partnerships.identity.sessions import end_others, end_session, sessions_of
from partnerships.queries.actors import memberships_of


@never_cache
@require_safe
def account_security(request: HttpRequest) -> HttpResponse:
    """Everything about proving who one is, from one page."""
    proof = identity_proof(request)
    context = {
        **_factors(request),
        "proof": in_words(proof),
        "assurance": ASSURANCES[proof["assurance"]],
        "has_password": request.user.has_usable_password(),
        "providers": SocialAccount.objects.filter(user=request.user).order_by("pk"),
        "sessions": sessions_of(request.user, request.session.session_key),
        "required": policy.needs_second_factor(request.user, request.actor.held),
        "email_code": policy.gets_email_code(request.user),
    }
    return render(request, "account/security.html", context)


def _factors(request: HttpRequest) -> dict[str, Any]:
    kept = list(Authenticator.objects.filter(user=request.user).order_by("pk"))
    codes = next((each for each in kept if each.type == Authenticator.Type.RECOVERY_CODES), None)
    return {
        "totp": next((each for each in kept if each.type == Authenticator.Type.TOTP), None),
        "passkeys": [each for each in kept if each.type == Authenticator.Type.WEBAUTHN],
        "recovery_codes": codes,
        "recovery_codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
    }


@never_cache
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Before the wall: why a second factor is needed, and the two ways to set one up."""
    if not stands_before_the_wall(request):
        return redirect(safe_next(request) or "account_security")
    return render(request, "account/second_factor.html")


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """After sign-up: register an organisation, or wait for an invitation."""
    if memberships_of(request.user):
        return redirect("reporting:home")
    return render(request, "account/welcome.html")


@never_cache
@require_safe
def log_in_again(request: HttpRequest) -> HttpResponse:
    """For people with neither password nor second factor here: confirming means logging in anew."""
    return render(request, "account/log_in_again.html", {"next": safe_next(request) or "/"})


@never_cache
@require_http_methods(["GET", "POST"])
def session_list(request: HttpRequest) -> HttpResponse:
    """Where one is logged in; POST ends all but this."""
    if request.method == "POST":
        ended = end_others(request)
        done = ngettext("%(number)d log-in was ended.", "%(number)d log-ins were ended.", ended)
        messages.success(request, done % {"number": ended})
        return redirect("usersessions_list")
    return render(request, "usersessions/usersession_list.html", {"sessions": _sessions(request)})


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    end_session(request, session)
    messages.success(request, _("The log-in was ended."))
    return redirect("usersessions_list")


def _sessions(request: HttpRequest) -> list[dict[str, Any]]:
    return sessions_of(request.user, request.session.session_key)


# --- log-in by a provider: one that does not answer is no fault of ours, and no error page


def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _by_provider(oidc.login, request, provider_id)


def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _by_provider(oidc.callback, request, provider_id)


def _by_provider(view: Callable[..., HttpResponse], request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        return view(request, provider_id=provider_id)
    except RequestException as error:
        log_security(kind="login_failed", action="oidc", detail=type(error).__name__)
        return render(request, "socialaccount/authentication_error.html", status=HTTPStatus.BAD_GATEWAY)


# --- passkeys: allauth's pages, for the owner alone and only as far as the role can do without


def passkey_rename(request: HttpRequest, pk: int) -> HttpResponse:
    _own_passkey(request, pk)
    return webauthn.edit_webauthn(request, pk=pk)


def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    passkey = _own_passkey(request, pk)
    if not policy.may_remove(passkey):
        messages.error(request, _("Your role needs a second factor: set up another one before you remove this."))
        return redirect("account_security")
    return webauthn.remove_webauthn(request, pk=pk)


def _own_passkey(request: HttpRequest, pk: int) -> Authenticator:
    """Raises Http404 before anyone is asked to confirm anything."""
    return get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)


def safe_next(request: HttpRequest) -> str:
    """The address that the query names, if it is one of ours; else ""."""
    url = request.GET.get(REDIRECT_FIELD_NAME, "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_ours else ""
