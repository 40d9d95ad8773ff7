"""Answers to forms that save themselves, as JSON: saved, clash, log in, closed. The page of such a form.

`state` is one of: saved (200), clash (409), closed (410), refused (403), and login (401, said by the wall before us).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from core.draft_sheets import Sheet
from core.drafts import Clash, Kept, Written, digest, digests, drawn_still, read_drawn
from core.text_difference import difference
from core.ui import show_clock
from core.workflow import NotNow, NotYou, Refusal

NOT_RESENT = frozenset({"csrfmiddlewaretoken", "key", "part_version", "drawn"})
CHOICE = "choose-"
LOST_FOR = 24 * 60 * 60  # seconds for which an answer that did not arrive is remembered


def copy_key(request: HttpRequest, record: str, part: str) -> str:
    """The key under which this person's browser keeps what was typed into one form of a record."""
    return f"draft:{request.user.pk}:{record}:{part}"


def read_places(request: HttpRequest) -> dict[str, dict[str, int]]:
    """Which row of the form stands where among the stored ones, as the last answer said; {} where it cannot be read."""
    try:
        found = json.loads(request.POST.get("places", "{}"))
        return {
            str(prefix): {str(row): int(place) for row, place in rows.items() if int(place) >= 0}
            for prefix, rows in found.items()
        }
    except (ValueError, AttributeError, TypeError):
        return {}


def is_another_writer(request: HttpRequest) -> bool:
    """Whether the page was drawn for somebody else than who is logged in now."""
    return request.POST.get("writer", str(request.user.pk)) != str(request.user.pk)


def answer_saving(
    request: HttpRequest,
    sheet: Sheet,
    written: Written,
    save: Callable[[], Kept],
    *,
    now: Callable[[], Sheet],
    others: Callable[[], Iterable[str]],
    beside: Callable[[], str] | None = None,
) -> JsonResponse:
    """Save what was typed and say what came of it. `sheet` is bound; `now()` draws what is on record.

    `beside()`: the HTML of what stands beside the form (`data-beside`) and tells of what is on record.
    """
    if is_another_writer(request):
        return another_writer()
    key = _answer_key(request)
    answered = cache.get(key) if key else None
    if answered and answered["version"] > (written.version or 0):
        written.drawn = answered["drawn"]  # the last answer to this page got lost on the way
    try:
        kept = save()
    except Clash as clash:
        return JsonResponse(_clash_answer(clash, sheet, now()), status=409)
    except (Refusal, ValidationError) as refusal:
        return _refused(refusal)
    answer = _saved_answer(sheet, written, kept, now)
    if key:
        cache.set(key, {"version": kept.version, "drawn": answer["drawn"]}, LOST_FOR)
    return JsonResponse(answer | {"others": list(others())} | ({"beside": beside()} if beside else {}))


def _answer_key(request: HttpRequest) -> str:
    """Under which the last answer to this page is remembered; "" for a page without a name of its own."""
    page = request.POST.get("page", "")
    return f"draft-answer:{request.user.pk}:{page}:{digest(request.path)}" if page.isdigit() and len(page) < 50 else ""


def _refused(refusal: Refusal | ValidationError) -> JsonResponse:
    if isinstance(refusal, ValidationError):
        return JsonResponse({"state": "trouble", "message": " ".join(refusal.messages)}, status=422)
    states = {NotNow.kind: ("closed", 410), NotYou.kind: ("refused", 403)}
    state, status = states.get(refusal.kind, ("trouble", 409))
    return JsonResponse({"state": state, "message": str(refusal.message)}, status=status)


def another_writer() -> JsonResponse:
    """403: another person is logged in in this browser by now."""
    return JsonResponse({"state": "stranger"}, status=403)


def answer_token(request: HttpRequest, **facts: Any) -> JsonResponse:
    """A fresh token for a page that was drawn before the person logged in again."""
    return JsonResponse({"state": "here", "csrf": get_token(request), **facts})


def _saved_answer(sheet: Sheet, written: Written, kept: Kept, now: Callable[[], Sheet]) -> dict[str, Any]:
    drawn = digests(kept.stored)
    # Not on the screen as stored: the next saving is still compared with what the form was drawn from.
    still = {
        name: drawn_still(written.drawn.get(name, ""), written.values.get(name), kept.stored.get(name))
        for name in {*written.wrong, *kept.taken}
        if name not in written.values or digest(written.values[name]) != drawn[name]
    }
    drawn |= {name: mark for name, mark in still.items() if name in written.wrong}
    current = now() if kept.taken else None
    kinds = current.kinds if current else {}
    return {
        "state": "saved",
        "version": kept.version,
        "time": show_clock(kept.saved_at) if kept.saved_at else "",
        "saved_at": kept.saved_at,
        "saved_by": kept.saved_by.get_full_name() if kept.saved_by else "",
        "drawn": drawn,
        "places": written.places,
        "errors": sheet.errors(),
        "general": sheet.general_errors(),
        "warnings": sheet.warnings(),
        "taken": {
            "drawn": {name: still[name] for name in kept.taken},  # for a page that cannot show it yet
            "fields": {name: current.value(name) for name in kept.taken if name not in kinds} if current else {},
            "rows": {kinds[name].prefix: current.rows(name) for name in kept.taken if name in kinds} if current else {},
        },
    }


def _clash_answer(clash: Clash, sheet: Sheet, now: Sheet) -> dict[str, Any]:
    return {
        "state": "clash",
        "message": str(clash.message),
        "version": clash.version,
        "who": who_saved(clash),
        "fields": [
            {
                **{key: value for key, value in row.items() if key != "pieces"},
                "difference": [[piece.kind, piece.text] for piece in row["pieces"]],
                **_stored_in_browser(now, row["name"]),
            }
            for row in clash_rows(clash, sheet, now)
        ],
    }


def _stored_in_browser(now: Sheet, name: str) -> dict[str, Any]:
    if name not in now.kinds:
        return {"value": now.value(name)}
    return {"rows": now.rows(name), "prefix": now.kinds[name].prefix}


def who_saved(clash: Clash) -> str:
    """Whose text stands on record, and since when."""
    if clash.saved_by is None:
        return ""
    words = {"name": clash.saved_by.get_full_name(), "time": show_clock(clash.saved_at)}
    return _("%(name)s saved this at %(time)s.") % words


def clash_rows(clash: Clash, sheet: Sheet, now: Sheet) -> list[dict[str, Any]]:
    """For each field that both changed: its label, both texts, and what differs (from `mine` to `theirs`)."""
    return [
        {
            "name": name,
            "label": now.label(name),
            "mine": sheet.text(name),
            "theirs": now.text(name),
            "digest": digest(clash.stored.get(name)),
            "pieces": difference(sheet.text(name), now.text(name)),
        }
        for name in clash.names
    ]


def resend_fields(request: HttpRequest, clash: Clash, drawn: str) -> list[tuple[str, str]]:
    """What was typed, as hidden fields that are sent again with the choice; both sides count as seen."""
    digests_now = read_drawn(drawn) | {name: digest(clash.stored.get(name)) for name in clash.names}
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_RESENT and not name.startswith(CHOICE)
    ]
    return [*kept, ("part_version", str(clash.version)), ("drawn", json.dumps(digests_now))]


def chosen_theirs(request: HttpRequest) -> list[str]:
    """The names for which the person chose what is on record."""
    return [
        name.removeprefix(CHOICE)
        for name, value in request.POST.items()
        if name.startswith(CHOICE) and value == "theirs"
    ]
