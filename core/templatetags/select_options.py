"""The options of a select, written in one go: a template for each of 77 provinces costs a page several milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def select_options(optgroups: Iterable[tuple[Any, list[Mapping[str, Any]], int]]) -> SafeString:
    """Django's `widget.optgroups` as HTML: the same options and attributes as its own templates write."""
    return mark_safe("".join(_group(name, options) for name, options, _index in optgroups))


def _group(name: Any, options: list[Mapping[str, Any]]) -> SafeString:
    rows = ((option["value"], flatatt(option["attrs"]), option["label"]) for option in options)
    written = format_html_join("", '\n  <option value="{}"{}>{}</option>', rows)
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, written) if name else written
