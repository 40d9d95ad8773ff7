"""Small tags and filters: icons, states, amounts, dates, differences. `{% load ui %}` brings them with the rest."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core import ui

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; hidden from screen readers unless it has a label of its own."""
    if not label:
        return _plain_icon(name)
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, _in_sprite(name)
    )


@lru_cache(maxsize=512)
def _plain_icon(name: str) -> SafeString:
    """Kept once written: a list page has some forty, of a handful of names that stand in templates."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', _in_sprite(name)
    )


def _in_sprite(name: str) -> str:
    return f"{static('vendor/bootstrap-icons/icons.svg')}#{name}"


@register.simple_tag
def status(label: Any, tone: str = "plain") -> SafeString:
    """A state as word and icon. Tones: good, now, wait, warn, stop, plain."""
    return _status(conditional_escape(label), tone)


@lru_cache(maxsize=1024)
def _status(label: SafeString, tone: str) -> SafeString:
    """Kept once written: a list has one in every row, of few states."""
    return format_html('<span class="status status-{}">{}{}</span>', tone, icon(ui.TONE_ICONS[tone]), label)


@register.filter
def baht(amount: Decimal | int | None, places: int = 2) -> str:
    """1250000 → 1,250,000.00; an en dash where nothing is on record (which is not 0)."""
    if amount is None:
        return "–"
    return f"{Decimal(amount).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0:,}"  # + 0: nothing is not -0


@register.filter
def unbroken(text: Any) -> SafeString:
    """A heading whose phrases (between spaces) stay whole: no Thai word is broken while the phrase fits its line."""
    return format_html_join(" ", '<span class="phrase">{}</span>', ((phrase,) for phrase in str(text).split()))


@register.simple_tag
def money(amount: Decimal | int | None, unit: bool = True) -> SafeString:
    """An amount in baht with tabular digits, kept on one line; `unit=False` where the column head says baht."""
    if amount is None:
        return format_html('<span class="money money-none">{}</span>', _("not reported"))
    shape = (
        '<span class="money">{} <span class="money-unit">{}</span></span>' if unit else '<span class="money">{}</span>'
    )
    return format_html(shape, baht(amount), _("baht"))


@register.filter
def day(value: date | None, style: str = "short") -> str:
    """A date in the language of the page, Buddhist Era in Thai: `{{ due_on|day }}` or `|day:"long"`."""
    return ui.show_day(value, style)


@register.filter
def moment(value: Any) -> str:
    """A point in time in Thailand: day and clock."""
    return ui.show_moment(value)


@register.filter
def second(value: Any) -> str:
    """As `moment`, to the second: for what is received against a deadline."""
    return ui.show_moment(value, seconds=True)


@register.simple_tag
def pieces(found: Iterable[Any]) -> SafeString:
    """A difference (`core.text_difference`): what was added and removed is marked, and said to screen readers."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in found or ()))


@register.simple_tag
def one_side(found: Iterable[Any], without: str) -> SafeString:
    """One of two texts, with what the other has not marked; `without` is "added" (the first) or "removed"."""
    kept = [piece for piece in found or () if piece.kind != without]
    shapes = ("{}" if piece.kind == "same" else "<mark>{}</mark>" for piece in kept)
    return mark_safe("".join(format_html(shape, piece.text) for shape, piece in zip(shapes, kept, strict=True)))


def _piece(piece: Any) -> SafeString:
    if piece.kind == "added":
        return format_html('<ins><span class="visually-hidden"> {} </span>{}</ins>', _("(added:)"), piece.text)
    if piece.kind == "removed":
        return format_html('<del><span class="visually-hidden"> {} </span>{}</del>', _("(removed:)"), piece.text)
    return format_html("{}", piece.text)


@register.simple_tag
def stamp(root: Any) -> SafeString:
    """The hidden fields every form that changes something carries: the root's version and a fresh key."""
    return format_html(
        '<input type="hidden" name="version" value="{}"><input type="hidden" name="key" value="{}">',
        "" if root is None else root.version,
        uuid.uuid4(),
    )
