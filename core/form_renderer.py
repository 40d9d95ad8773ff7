"""How Django's controls become HTML: the plain ones written in one go, all others by Django's templates.

A template for each control, each of its attributes and each option costs a form of ten rows or a select of 77
provinces several milliseconds. What is written is what Django's own templates write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]  # what Django's `Widget.get_context` gives as "widget"
INPUTS = ("checkbox", "date", "datetime", "email", "file", "hidden", "number", "password", "tel", "text", "time", "url")


class HouseRenderer(TemplatesSetting):
    def render(self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> SafeString:
        written = WRITTEN.get(template_name)
        if written is not None:
            return mark_safe(written(context["widget"]))
        return super().render(template_name, context, request=request)


def _input(widget: Widget) -> str:
    value = widget["value"]
    held = "" if value is None else f' value="{_escaped(value)}"'
    return f'<input type="{widget["type"]}" name="{_escaped(widget["name"])}"{held}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    text = widget["value"] or ""
    return f'<textarea name="{_escaped(widget["name"])}"{_attributes(widget)}>\n{_escaped(text)}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_escaped(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: Any, options: list[Widget]) -> str:
    written = "".join(_option(option) for option in options)
    return f'\n  <optgroup label="{_escaped(name)}">{written}\n  </optgroup>' if name else written


def _option(option: Widget) -> str:
    return f'\n  <option value="{_escaped(option["value"])}"{_attributes(option)}>{_escaped(option["label"])}</option>'


def _attributes(widget: Widget) -> str:
    """Each with a space before it: without those that are False, True ones by their name alone."""
    return "".join(_attribute(name, value) for name, value in widget["attrs"].items() if value is not False)


def _attribute(name: str, value: Any) -> str:
    return f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'


def _escaped(value: Any) -> str:
    return str(value.__html__() if hasattr(value, "__html__") else escape(str(value)))


WRITTEN: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
