"""The cells of a row, written in one go: a template that asks of each what kind it is costs a list several ms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import ui
from core.table_cells import CODE, MOMENT, MONEY, NUMBER, STATE, TEXT, Cell
from core.templatetags.ui_small import baht, status

register = template.Library()

NOTHING = "–"
SHOWN: dict[str, Callable[[Any], Any]] = {
    TEXT: lambda value: value or NOTHING,
    CODE: lambda value: value or NOTHING,
    NUMBER: lambda value: NOTHING if value is None else value,
    MONEY: baht,
    MOMENT: ui.show_moment,
}
# How a cell of a kind looks in its column.
LOOKS = {kind: mark_safe(f' class="{name}"') for kind, name in {
    CODE: "nowrap", NUMBER: "num", MONEY: "num", MOMENT: "nowrap",
}.items()}  # fmt: skip


@register.simple_tag
def table_cells(cells: Iterable[Cell]) -> SafeString:
    """{% table_cells cells %} inside a row; on a phone each is preceded by its label, where it has one."""
    return mark_safe("".join(_cell(cell) for cell in cells))


def _cell(cell: Cell) -> SafeString:
    shown = status(cell.value, cell.tone) if cell.kind == STATE else SHOWN[cell.kind](cell.value)
    look = LOOKS.get(cell.kind, "")
    if cell.url:
        label = format_html(' data-label="{}"', cell.label) if cell.label else ""
        return format_html('<th scope="row"{}{}><a href="{}">{}</a></th>', look, label, cell.url, shown)
    return format_html('<td{} data-label="{}">{}</td>', look, cell.label, shown)
