"""What a log-in brings with it: the person's language, and the privacy notice that he or she has not read yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from partnerships.language import speak
from partnerships.queries.people import notice_to_accept

NOTICE_DUE = "privacy_notice_due"

# Pages of ours that a person may use before having read the notice. Log-in and its second factors go first anyway.
OPEN_BEFORE = frozenset(
    {
        "partnerships:privacy_notice",
        "partnerships:privacy_accept",
        "partnerships:my_data",
        "partnerships:my_data_download",
        "partnerships:account_close",
        "partnerships:account_closed",
        "core:file_download",
        "core:public_file_download",
    }
)


@receiver(user_logged_in, dispatch_uid="partnerships.note_at_log_in")
def note_at_log_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Asked once, at log-in: no page pays for it."""
    if request is None:
        return
    request.language_at_log_in = user.language  # type: ignore[attr-defined]
    if notice_to_accept(user) is not None:
        request.session[NOTICE_DUE] = True


class PersonMiddleware:
    """Sets the language cookie at log-in, and leads to the privacy notice until it has been read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.session.get(NOTICE_DUE) and _is_of_the_house(request.path_info):
            wanted = request.get_full_path() if request.method == "GET" else "/"
            return redirect(f"{reverse('partnerships:privacy_accept')}?{urlencode({'next': wanted})}")
        response = self.get_response(request)
        language = getattr(request, "language_at_log_in", "")
        return speak(response, language) if language else response


def _is_of_the_house(path: str) -> bool:
    """Whether the path is a page of one of the floors that wants the notice read (log-in pages have no floor)."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return bool(match.namespace) and match.view_name not in OPEN_BEFORE
