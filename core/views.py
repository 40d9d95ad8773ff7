"""What views share: doing an action and turning the door's refusals into words, and the pages for errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import is_valid_path
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.drafts import Clash
from core.files import FileRefused
from core.workflow import AlreadyDone, Missing, NotNow, NotYou, Refusal, Stale, Stamp

Text = str | Promise


@dataclass(frozen=True)
class Outcome:
    """What came of an action. `value` is what it returned; None when it had been done before (`repeated`)."""

    ok: bool
    value: Any = None
    repeated: bool = False


def run_action(
    request: HttpRequest, form: Any, action: Callable[..., Any], /, *, done: Text = "", copy: str = "", **facts: Any
) -> Outcome:
    """Do an action with a valid form: `action(by=request.actor, stamp=form.stamp, **facts)`.

    A refusal is put into the form, whose input stays: show it again when `ok` is false. `done` is said on success;
    with it the browser forgets its `copy` of what was typed (the key in `data-kept`).
    Raises PermissionDenied (the 403 page, with the reason) when the door says "not you".
    """
    try:
        value = action(by=request.actor, stamp=form.stamp, **facts)
    except AlreadyDone as refusal:
        messages.info(request, str(refusal.message), extra_tags=copy)
        return Outcome(ok=True, repeated=True)
    except NotYou as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    except (Refusal, ValidationError, FileRefused) as refusal:
        put_into_form(form, refusal)
        return Outcome(ok=False)
    if done:
        messages.success(request, str(done), extra_tags=copy)
    return Outcome(ok=True, value=value)


def put_into_form(form: Any, refusal: Exception) -> None:
    """Say in the form why an action was refused: at the field where one is named, else on top."""
    if isinstance(refusal, Missing):
        form.missing = refusal.items
        form.add_error(None, _("This cannot be done yet: something is still missing."))
    elif isinstance(refusal, Clash):
        form.clash = refusal
        form.add_error(None, str(refusal.message))
    elif isinstance(refusal, Stale):
        form.renew_stamp()
        form.add_error(None, _("Someone else changed this meanwhile. Your input is kept: check it and send again."))
    elif isinstance(refusal, ValidationError):
        _add_validation_error(form, refusal)
    else:
        form.add_error(None, str(refusal.message))  # type: ignore[attr-defined]


def _add_validation_error(form: Any, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    fields = getattr(form, "fields_of_facts", {})
    for fact, errors in error.error_dict.items():
        name = fields.get(fact, fact)
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


def stamp_of(request: HttpRequest) -> Stamp:
    """The stamp of a button's form (`{% stamp root %}`). Raises Stale when it came without one."""
    version = request.POST.get("version", "")
    if not version.isascii() or not version.isdigit():
        raise Stale()
    return Stamp(version=int(version), key=request.POST.get("key", "")[:64] or None)


def run_move(
    request: HttpRequest, action: Callable[..., Any], *, back: Any, done: Text = "", **facts: Any
) -> HttpResponse:
    """Do an action that needs no input and go back to the record, with the answer as a message.

    `back` is what `redirect` takes (a record with `get_absolute_url`, a URL name, an address).
    """
    try:
        action(by=request.actor, stamp=stamp_of(request), **facts)
    except AlreadyDone as refusal:
        messages.info(request, str(refusal.message))
    except NotYou as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    except (NotNow, Missing, Stale) as refusal:
        messages.error(request, str(refusal.message))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if done:
            messages.success(request, str(done))
    return redirect(back)


# --- pages for errors


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: an insider without the right; the reason where the door gave one."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such thing, or not for this person to know of."""
    return render(request, "404.html", status=404)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """405: an address that only takes what a button sends was opened; leads to the page that it lies under."""
    return render(request, "405.html", {"back": page_above(request.path_info)}, status=405)


def page_above(path: str) -> str:
    """The nearest address above this one that is an address of ours; "" where only the front page is."""
    while path := path.rstrip("/").rpartition("/")[0]:
        if is_valid_path(f"{path}/"):
            return f"{path}/"
    return ""


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: asked too often; how long to wait, and whom to ask."""
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: asks nothing of the database; the request's number helps to find the cause."""
    return render(request, "500.html", {"request_id": getattr(request, "request_id", "")}, status=500)
