"""What the components know besides their templates: icons of states, rows of the stepper, dates as pages show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock, registry, thai
from core.models import ScanState

NBSP = "\u00a0"

TONE_ICONS = {
    "good": "check-circle-fill",
    "now": "record-circle-fill",
    "wait": "hourglass-split",
    "warn": "exclamation-triangle-fill",
    "stop": "x-circle-fill",
    "plain": "circle",
}

STEP_STATES = {
    "done": {"word": _("Done"), "icon": "check-lg"},
    "now": {"word": _("Current step"), "icon": ""},
    "ahead": {"word": _("Not reached yet"), "icon": ""},
    "skipped": {"word": _("Not part of this agreement"), "icon": "dash-circle"},
}

FRAME_STATES = {
    "done": {"code": "done", "word": _("Done"), "icon": "check-circle-fill"},
    "partly": {"code": "partly", "word": _("Under way"), "icon": "circle-half"},
    "not_yet": {"code": "not_yet", "word": _("Not yet"), "icon": "circle"},
    "not_needed": {"code": "not_needed", "word": _("Not needed"), "icon": "dash-circle"},
}


def get(item: Any) -> Callable[[str], Any]:
    """Read a part of a thing that is either a mapping or an object."""
    return item.get if isinstance(item, dict) else lambda name, default=None: getattr(item, name, default)


def step_rows(
    steps: Sequence[Any],
    *,
    current: Any = None,
    done: Iterable[str] | None = None,
    skipped: Iterable[str] = (),
    finished: bool = False,
) -> list[dict[str, Any]]:
    """Each step with its state: done, now, ahead or skipped. `current` is a code or a step."""
    code = getattr(current, "code", current)
    numbers = {step.code: step.number for step in steps}
    if done is None:
        reached = numbers.get(code, 0)
        done = {step.code for step in steps if finished or step.number < reached}
    done, skipped = set(done), set(skipped)
    rows = []
    for step in steps:
        state = _step_state(step.code, None if finished else code, done, skipped)
        rows.append({"step": step, "state": state, **STEP_STATES[state]})
    return rows


def _step_state(code: str, current: str | None, done: set[str], skipped: set[str]) -> str:
    if code == current:
        return "now"
    if code in skipped:
        return "skipped"
    return "done" if code in done else "ahead"


def is_thai() -> bool:
    """Whether the page is in Thai."""
    return (get_language() or "").startswith("th")


def show_day(value: date | datetime | None, style: str = "short") -> str:
    """A date as the page shows it: 1 ต.ค. 2569, or 1 Oct 2026; `style` is short or long. An en dash for None."""
    if value is None or value == "":
        return "–"
    if isinstance(value, datetime):
        value = local_day(value)
    if is_thai():
        text = thai.long_date(value) if style == "long" else thai.short_date(value)
    else:
        text = thai.english_date(value, short=style != "long")
    return text.replace(" ", NBSP)


def show_year(year: int | None) -> str:
    """A year CE in the reader's era: 2549 in Thai, 2006 in English; "" where it is not known."""
    if year is None:
        return ""
    return str(year + 543 if is_thai() else year)


def show_moment(value: datetime | None, *, seconds: bool = False) -> str:
    """Day and clock time in Thailand: 1 ต.ค. 2569 09:30 น., with `seconds` 09:30:05 น.; the end of a day is 24:00 น."""
    if value is None:
        return "–"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    clock = f"{local:%H:%M:%S}" if seconds else thai.clock_time(local)
    if is_thai():
        return f"{show_day(local)} {clock}{NBSP}น."  # Thai on purpose: the clock's unit
    return f"{show_day(local)}, {clock}"


def show_date(value: datetime | date | None) -> str:
    """A moment with its time of day, a day without one."""
    return show_moment(value) if isinstance(value, datetime) else show_day(value)


moment_later = lazy(show_moment, str)  # in the language of whoever reads it: for notices


def show_clock(value: datetime) -> str:
    """The clock to the second in Thailand, 14:05:32 น., with the day before it where that is not today."""
    local = timezone.localtime(value)
    time = f"{local:%H:%M:%S}{NBSP}น." if is_thai() else f"{local:%H:%M:%S}"  # Thai on purpose: the clock's unit
    return time if local.date() == clock.today() else f"{show_day(local)} {time}"


def history_rows(events: Iterable[Any]) -> list[dict[str, Any]]:
    """Events latest first, with words, the actor's name (one query) and the effective date where it is another day."""
    found = sorted(events, key=lambda event: (event.recorded_at, getattr(event, "sequence", 0)), reverse=True)
    people = {event.actor_id for event in found if event.actor_id}
    names = get_user_model()._base_manager.in_bulk(people) if people else {}
    return [
        {
            "event": event,
            "label": registry.history_label(event.kind),
            "actor": str(names.get(event.actor_id, "")),
            "effective_on": event.effective_on if event.effective_on != local_day(event.recorded_at) else None,
        }
        for event in found
    ]


def local_day(value: datetime) -> date:
    """The day in Thailand on which a point in time falls."""
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


def file_icon(name: str) -> str:
    """The sprite's icon for a file name."""
    kind = name.rsplit(".", 1)[-1].lower()
    return {
        "pdf": "file-earmark-pdf",
        "xlsx": "file-earmark-spreadsheet",
        "png": "file-earmark-image",
        "jpg": "file-earmark-image",
        "jpeg": "file-earmark-image",
    }.get(kind, "file-earmark-text")


def scan_words(state: str) -> Any:
    """What has to be said beside a file about viruses: that it was not scanned, or that one was found; else ""."""
    return ScanState(state).label if state in (ScanState.NOT_SCANNED, ScanState.INFECTED) else ""


def plain_number(value: Any) -> str:
    """A number as HTML attributes want it: a dot, no thousands separator, whatever the language."""
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)


def as_row(row: Any) -> dict[str, Any]:
    """A row of answers from a mapping or a tuple (label, value[, url])."""
    if isinstance(row, dict):
        return row
    label, value, *rest = row
    return {"label": label, "value": value, "url": rest[0] if rest else ""}


def form_errors(form: Any, formsets: Iterable[Any] = ()) -> list[dict[str, Any]]:
    """Every error of a form and its formsets as text with the id of the field it belongs to."""
    errors = _errors_of(form)
    for formset in formsets or ():
        if not formset.is_bound:
            continue
        errors += [{"text": text, "target": ""} for text in formset.non_form_errors()]
        for number, row in enumerate(formset.forms, start=1):
            errors += [{**error, "row": number} for error in _errors_of(row)]
    return errors


def _errors_of(form: Any) -> list[dict[str, Any]]:
    if form is None or not form.is_bound:
        return []
    found = []
    for name, texts in form.errors.items():
        field = form[name] if name in form.fields else None
        hidden = field is not None and field.is_hidden
        target = _target_of(field) if field is not None and not hidden else ""
        label = field.label if field is not None and not hidden else ""
        found += [{"text": text, "target": target, "label": label} for text in texts]
    return found


def _target_of(field: Any) -> str:
    """The id to jump to: of the field, or of the first choice where there are several controls."""
    return field.id_for_label or f"{field.auto_id}_0"
