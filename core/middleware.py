"""A name for every request, so that event, security log and server log can be laid side by side; its language; and a
page where an address takes no reading."""

import ipaddress
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from core import request_context
from core.views import method_not_allowed

RESPONSE_HEADER = "X-Request-ID"


class RequestIdMiddleware:
    """Give the request an id of our own (never the client's: it goes into the chain) and remember its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        context = request_context.RequestContext(id=uuid.uuid4().hex, ip=client_address(request))
        request.request_id = context.id  # type: ignore[attr-defined]
        token = request_context.enter(context)
        try:
            response = self.get_response(request)
        finally:
            request_context.leave(token)
        response[RESPONSE_HEADER] = context.id
        return response


class MethodPageMiddleware:
    """Who types or follows an address that only takes what a button sends gets a page, not a blank answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asks_for_page = request.method in ("GET", "HEAD") and request.headers.get("Accept") != "application/json"
        if response.status_code != 405 or not asks_for_page:
            return response
        page = method_not_allowed(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page


def client_address(request: HttpRequest) -> str:
    """The client's IP address, or "" when none can be read.

    X-Forwarded-For counts only as far as `settings.TRUSTED_PROXY_COUNT` proxies of our own have written it: the entry
    that many places from the right was added by the outermost of them; what stands further left anyone can invent.
    """
    proxies = getattr(settings, "TRUSTED_PROXY_COUNT", 0)
    candidate = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        candidate = forwarded[-proxies]
    try:
        return str(ipaddress.ip_address(candidate))
    except ValueError:
        return ""


class LanguageMiddleware:
    """Thai first: the language is the one chosen by the switch (a cookie), else Thai, whatever the browser prefers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
