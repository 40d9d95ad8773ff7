"""The house's components as tags and filters. What each one draws and takes: docs/interface.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.defaultfilters import floatformat
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import ui
from core.templatetags import ui_frame, ui_small

register = template.Library()
register.tags.update(ui_small.register.tags)
register.tags.update(ui_frame.register.tags)
register.filters.update(ui_small.register.filters)


# --- the product's face: sequence, duties, frame


@register.simple_tag
def stepper(
    steps: Sequence[Any],
    current: Any = None,
    done: Iterable[str] | None = None,
    skipped: Iterable[str] = (),
    cycle: int | None = None,
    form: str = "",
    finished: bool = False,
) -> SafeString:
    """The steps of a form with their states. `current` is a code; without `done`, all steps before it are done."""
    rows = ui.step_rows(steps, current=current, done=done, skipped=skipped, finished=finished)
    told = tuple((row["state"], row["step"].number, str(row["step"].title)) for row in rows)
    return _steps_drawn(told, cycle, form, bool(finished), get_language() or "")


@lru_cache(maxsize=512)
def _steps_drawn(
    told: tuple[tuple[str, int, str], ...], cycle: int | None, form: str, finished: bool, _language: str
) -> SafeString:
    """The stepper for (state, number, title) of each step: one of few, on nearly every page, so drawn once."""
    rows = [
        {"state": state, "number": number, "title": title, **ui.STEP_STATES[state]} for state, number, title in told
    ]
    now = next((row for row in rows if row["state"] == "now"), None)
    context = {"rows": rows, "now": now, "total": len(rows), "cycle": cycle, "form": form, "finished": finished}
    return mark_safe(render_to_string("components/stepper.html", context))


@register.inclusion_tag("components/duties.html")
def duties(
    step: Any,
    giver: Any = "",
    receiver: Any = "",
    viewer_side: str = "",
    finished: bool = False,
    turn: str | None = None,
) -> dict[str, Any]:
    """Both sides' duties of a step side by side, marked whose turn it is. `giver`, `receiver`: the parties' names.

    `turn`: giver, receiver, both or "" where the matter knows better than its step.
    """
    turn = "" if finished else step.actor if turn is None else turn
    sides = [
        {"side": "giver", "role": _("Giver of the mission"), "name": giver, "duty": step.giver_duty},
        {"side": "receiver", "role": _("Receiver of the mission"), "name": receiver, "duty": step.receiver_duty},
    ]
    for side in sides:
        side["turn"] = turn in (side["side"], "both")
        side["mine"] = viewer_side == side["side"]
    return {"step": step, "sides": sides, "both": turn == "both"}


@register.inclusion_tag("components/frame.html")
def frame(items: Sequence[Any], title: str = "") -> dict[str, Any]:
    """The eight steps of building a collaboration: items with number, title, state, and reason or url if any."""
    rows = [{"item": item, **ui.FRAME_STATES[ui.get(item)("state")]} for item in items]
    return {"rows": rows, "title": title, "done": sum(row["code"] == "done" for row in rows)}


# --- what to do: missing, tasks, actions


@register.inclusion_tag("components/missing.html")
def missing(items: Iterable[Any], title: str = "", base: str = "") -> dict[str, Any]:
    """What is still missing: requirements (title, where) or mappings (url and hint, too); `base`: the anchors' page."""
    rows = []
    for item in items:
        part = ui.get(item)
        where = part("url") or (f"{base}#{part('where')}" if part("where") else "")
        rows.append({"title": part("title") or str(item), "url": where, "hint": part("hint")})
    return {"rows": rows, "title": title or _("Still missing")}


@register.inclusion_tag("components/tasks.html")
def task_list(tasks: Iterable[Any], title: str = "") -> dict[str, Any]:
    """Tasks with title, url, hint and state (done, doing, todo, blocked), as links that can be returned to."""
    states = {
        "done": (_("Completed"), "good"),
        "doing": (_("In progress"), "now"),
        "todo": (_("Not started"), "plain"),
        "blocked": (_("Cannot start yet"), "wait"),
    }
    rows = []
    for task in tasks:
        word, tone = states[ui.get(task)("state") or "todo"]
        rows.append({"task": task, "word": word, "tone": tone, "linked": ui.get(task)("state") != "blocked"})
    return {"rows": rows, "title": title, "done": sum(row["tone"] == "good" for row in rows)}


@register.inclusion_tag("components/actions.html", takes_context=True)
def action_bar(context: Mapping[str, Any], actions: Iterable[Any], root: Any, label: str = "") -> dict[str, Any]:
    """Buttons for moves: each has label and url, and may have method ("post"), tone, hint, and `missing` items.

    A `get` action is a link to a page with fields; a `post` action carries version and key. Missing ones are explained.
    """
    return {
        "actions": list(actions),
        "root": root,
        "label": label or _("What you can do now"),
        "csrf_token": context.get("csrf_token"),
    }


# --- showing records


@register.simple_block_tag
def card(
    content: str, title: str = "", icon_name: str = "", anchor: str = "", tone: str = "", fold: Any = False
) -> SafeString:
    """{% card title=… anchor="money" %} … {% endcard %}: a part of a page with a heading of its own.

    With `fold` it is shut behind its heading until it is clicked, or a link leads to its anchor: for what is settled
    and only looked up, never for work that waits.
    """
    look = format_html(" panel-{}", tone) if tone else ""
    place = format_html(' id="{}"', anchor) if anchor else ""
    heading = f"{ui_small.icon(icon_name) if icon_name else ''}{conditional_escape(title)}"
    body = str(content).strip()
    if fold:
        summary = f'<summary><h2 class="panel-title">{heading}{ui_small.icon("chevron-down")}</h2></summary>'
        return mark_safe(f'<details class="panel panel-fold{look}"{place} data-fold>{summary}{body}</details>')
    named = f'<h2 class="panel-title">{heading}</h2>' if title else ""
    return mark_safe(f'<section class="panel{look}"{place}>{named}{body}</section>')


@register.simple_block_tag
def facts(content: str, narrow: bool = False) -> SafeString:
    """{% facts %}{% fact _("Due") due|day %}{% endfacts %}: names and values of a record."""
    return format_html('<dl class="facts{}">{}</dl>', " facts-narrow" if narrow else "", content)


@register.simple_tag
def fact(label: Any, value: Any = "", url: str = "") -> SafeString:
    """One name and value inside {% facts %}; an en dash where there is no value."""
    shown: Any = "–" if value is None or value == "" else value
    if url:
        shown = format_html('<a href="{}">{}</a>', url, shown)
    return format_html('<div class="fact"><dt>{}</dt><dd>{}</dd></div>', label, shown)


@register.simple_block_tag
def empty_state(content: str, title: str = "", url: str = "", action: str = "", icon_name: str = "inbox") -> SafeString:
    """{% empty_state title=… url=… action=… %}what to do next{% endempty_state %}"""
    return _block("components/empty_state.html", content, title=title, url=url, action=action, icon_name=icon_name)


@register.simple_block_tag
def receipt(content: str, number: str = "", title: str = "", at: Any = None, label: str = "") -> SafeString:
    """{% receipt number=… title=… at=… %}what happens next{% endreceipt %}: the answer to something sent in.

    `label`: what the number is called, where it is no reference; `at` is shown to the second.
    """
    parts = {"number": number, "title": title, "at": at, "label": label or _("Reference")}
    return _block("components/receipt.html", content, **parts)


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> SafeString:
    """{% notice tone="warn" title=… %} … {% endnotice %}: info, good, warn or stop."""
    icons = {"info": "info-circle-fill", "good": "check-circle-fill", "warn": "exclamation-triangle-fill"}
    icon_name = icons.get(tone, "x-circle-fill")
    return _block("components/notice.html", content, tone=tone, title=title, icon_name=icon_name)


def _block(template_name: str, content: str, **context: Any) -> SafeString:
    body = mark_safe(str(content).strip())
    return mark_safe(render_to_string(template_name, {**context, "content": body}))


@register.simple_tag
def form_tag(form_code: str, label: Any) -> SafeString:
    """The name of a form of partnership (grant, pbc, commissioning) in its accent."""
    return format_html('<span class="form-tag form-{}">{}</span>', form_code, label)


@register.inclusion_tag("components/history.html")
def history(events: Iterable[Any], more_url: str = "") -> dict[str, Any]:
    """Audit events, latest first, with the words registered for their kinds and the names of who acted."""
    return {"rows": ui.history_rows(events), "more_url": more_url}


@register.inclusion_tag("components/files.html")
def file_list(files: Iterable[Any]) -> dict[str, Any]:
    """Files with name, url, size (bytes), and what else is known: kind, at, by, note, scan (the stored state)."""
    rows = []
    for file in files:
        get = ui.get(file)
        scan = ui.scan_words(get("scan") or "")
        rows.append({"file": file, "icon": ui.file_icon(str(get("name") or "")), "scan": scan})
    return {"rows": rows}


@register.simple_tag
def scan_words(state: str) -> Any:
    """What has to be said beside a file about viruses (`StoredFile.scan_state`), or nothing."""
    return ui.scan_words(state)


@register.inclusion_tag("components/file_link.html")
def file_link(file: Any) -> dict[str, Any]:
    """{% file_link note.file %}: a stored file to download, and beside it that it was not scanned for viruses."""
    return {"file": file, "scan": ui.scan_words(file.scan_state)}


@register.inclusion_tag("components/contact.html")
def contact(
    name: str = "", telephone: str = "", email: str = "", organisation: Any = "", title: str = ""
) -> dict[str, Any]:
    """The responsible officer of a matter: shown on every page of the matter."""
    dial = "".join(sign for sign in telephone or "" if sign.isdigit() or sign == "+")
    return {
        "name": name,
        "telephone": telephone,
        "dial": dial,
        "email": email,
        "organisation": organisation,
        "title": title or _("Responsible officer"),
    }


@register.inclusion_tag("components/pager.html")
def pager(next_url: str = "", previous_url: str = "", shown: int | None = None, total: Any = None) -> dict[str, Any]:
    """Links to the pages before and after of a keyset list; `total` may be a capped count such as "1,000+"."""
    return {"next_url": next_url, "previous_url": previous_url, "shown": shown, "total": total}


@register.simple_tag
def progress(value: Any, maximum: Any = 100, label: str = "", text: str = "") -> SafeString:
    """A bar with its words; no bar where the value is not reported."""
    if value is None:
        return format_html('<span class="progress-none">{}</span>', text or _("not reported"))
    words = text or f"{floatformat(value, '-2g')} / {floatformat(maximum, '-2g')}"
    return format_html(
        '<span class="meter"><progress value="{}" max="{}" aria-label="{}"></progress>'
        '<span class="meter-text">{}</span></span>',
        ui.plain_number(value),
        ui.plain_number(maximum),
        label or words,
        words,
    )


# --- forms


@register.filter
def warning_of(field: Any) -> str:
    """What is said beside a field without stopping the saving (`warnings` of its form); shown with its help text."""
    return getattr(field.form, "warnings", {}).get(field.name, "")


@register.filter
def file_to_choose_again(field: Any) -> str:
    """The name of a file that was received well, where the form is shown again for another reason; else ""."""
    received = field.form.files.get(field.html_name) if field.form.is_bound else None
    return "" if received is None or field.errors else received.name


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: Any, formsets: Iterable[Any] = ()) -> dict[str, Any]:
    """All errors of a form (and its formsets) on top, each linked to its field."""
    return {"errors": ui.form_errors(form, formsets), "missing": getattr(form, "missing", ())}


@register.inclusion_tag("components/form.html", takes_context=True)
def house_form(
    context: Mapping[str, Any],
    form: Any,
    submit: str = "",
    cancel: str = "",
    action: str = "",
    tone: str = "primary",
    formsets: Any = None,
    also: str = "",
    above: str = "",
) -> dict[str, Any]:
    """A whole form: errors on top, fields, formsets, buttons. Multipart by itself where there is a file field.

    `also`: a second button, which sends `go_on`. `above`: HTML between the fields and the buttons.
    """
    groups = list(formsets or [])
    return {
        "form": form,
        "formsets": groups,
        "submit": submit or _("Save"),
        "also": also,
        "above": above,
        "cancel": cancel,
        "action": action,
        "tone": tone,
        "multipart": form.is_multipart() or any(group.is_multipart() for group in groups),
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
    }


@register.inclusion_tag("components/formset.html")
def house_formset(formset: Any) -> dict[str, Any]:
    """Rows that can be added and taken away (`formset.title`, `formset.add_label`); without JavaScript, spare rows."""
    return {"formset": formset}


@register.inclusion_tag("components/filter_bar.html")
def filter_bar(form: Any, clear_url: str = "", label: str = "") -> dict[str, Any]:
    """The filter fields of a list, sent by GET."""
    return {"form": form, "clear_url": clear_url, "label": label or _("Filter")}


@register.inclusion_tag("components/answers.html")
def check_answers(rows: Iterable[Any]) -> dict[str, Any]:
    """Check before confirming: rows of label, value and the url where the answer can be changed."""
    return {"rows": [ui.as_row(row) for row in rows]}
