"""How Django's controls become HTML: the plain ones written in one go, all others by Django's templates.

A template for each control, each of its attributes and each option costs a form of ten rows or a select of 77
provinces several milliseconds. What is written is what Django's own templates write. `control_of` goes one step
further: from the field to the HTML, without the dictionary that Django makes of a widget, and of each option, for its
templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.forms import BoundField, CheckboxInput, HiddenInput, Select, Textarea, TextInput
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.form_fields import Select as HouseSelect

Widget = Mapping[str, Any]  # what Django's `Widget.get_context` gives as "widget"
INPUTS = ("checkbox", "date", "datetime", "email", "file", "hidden", "number", "password", "tel", "text", "time", "url")
MARKUP = re.compile("[&<>\"']")


class HouseRenderer(TemplatesSetting):
    def render(self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> SafeString:
        written = WRITTEN.get(template_name)
        if written is not None:
            return mark_safe(written(context["widget"]))
        return super().render(template_name, context, request=request)


def _input(widget: Widget) -> str:
    value = widget["value"]
    held = "" if value is None else f' value="{escaped(value)}"'
    return f'<input type="{widget["type"]}" name="{escaped(widget["name"])}"{held}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    text = widget["value"] or ""
    return f'<textarea name="{escaped(widget["name"])}"{_attributes(widget)}>\n{escaped(text)}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{escaped(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: Any, options: list[Widget]) -> str:
    written = "".join(_option(option) for option in options)
    return f'\n  <optgroup label="{escaped(name)}">{written}\n  </optgroup>' if name else written


def _option(option: Widget) -> str:
    return f'\n  <option value="{escaped(option["value"])}"{_attributes(option)}>{escaped(option["label"])}</option>'


def _attributes(widget: Widget) -> str:
    """Each with a space before it: without those that are False, True ones by their name alone."""
    return "".join(_attribute(name, value) for name, value in widget["attrs"].items() if value is not False)


def _attribute(name: str, value: Any) -> str:
    return f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(value)}"'


def escaped(value: Any) -> str:
    """As Django's `conditional_escape`, which takes ten steps for a text that has nothing to escape."""
    if type(value) is not str:
        value = str(value) if isinstance(value, Promise) else value  # what is safe says so only once it is in words
        if hasattr(value, "__html__"):
            return str(value.__html__())
        value = str(value)
    return escape(value) if MARKUP.search(value) else value


WRITTEN: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}


# --- from the field to the HTML -----------------------------------------------------------------------------------


def control_of(field: BoundField, *, wrong: bool, helped: bool) -> str:
    """The control of a field as `str(field)` gives it. `wrong`: it has errors; `helped`: it has a help text."""
    told, widget = field.field, field.field.widget
    write = AT_ONCE.get(type(widget))
    plain = write and type(field) is BoundField and isinstance(field.renderer, HouseRenderer)
    if not plain or told.show_hidden_initial or told.localize or widget.is_localized:
        return str(field)
    return write(field, _attributes_of(field, wrong, helped))


def _attributes_of(field: BoundField, wrong: bool, helped: bool) -> dict[str, Any]:
    """Those of the widget and those that Django's `BoundField.as_widget` gives it besides, in its order."""
    told, widget, own_id = field.field, field.field.widget, field.auto_id
    attrs = dict(widget.attrs)
    if told.required and field.form.use_required_attribute and widget.use_required_attribute(field.initial):
        attrs["required"] = True
    if told.disabled:
        attrs["disabled"] = True
    if not widget.is_hidden:
        if wrong:
            attrs["aria-invalid"] = "true"
        if own_id and (helped or wrong) and not attrs.get("aria-describedby"):
            help_id = f"{own_id}_helptext" if helped else ""
            error_id = f"{own_id}_error" if wrong else ""
            attrs["aria-describedby"] = f"{help_id} {error_id}".strip()
    if own_id and "id" not in attrs:
        attrs["id"] = own_id
    return attrs


def _input_of(field: BoundField, attrs: dict[str, Any]) -> str:
    widget = field.field.widget
    value = widget.format_value(field.value())
    return _input({"type": widget.input_type, "name": field.html_name, "value": value, "attrs": attrs})


def _checkbox_of(field: BoundField, attrs: dict[str, Any]) -> str:
    widget, value = field.field.widget, field.value()
    if widget.check_test(value):
        attrs["checked"] = True
    shown = {"type": widget.input_type, "name": field.html_name, "value": widget.format_value(value), "attrs": attrs}
    return _input(shown)


def _textarea_of(field: BoundField, attrs: dict[str, Any]) -> str:
    value = field.field.widget.format_value(field.value())
    return _textarea({"name": field.html_name, "value": value, "attrs": attrs})


def _select_of(field: BoundField, attrs: dict[str, Any]) -> str:
    widget = field.field.widget
    held = widget.format_value(field.value())
    options = _drawn_options(widget, *held) if type(widget) is HouseSelect and len(held) == 1 else None
    if options is None:
        options = _options(widget.choices, set(held))
    return f'<select name="{escaped(field.html_name)}"{_attributes({"attrs": attrs})}>{options}\n</select>'


def _drawn_options(widget: HouseSelect, chosen: str) -> str | None:
    """The options, drawn once for each of them that is chosen; None where another, or none, is chosen."""
    place = (get_language(), chosen)
    if place not in widget.drawn:
        if not isinstance(widget.choices, list) or all(str(value) != chosen for value, _label in widget.choices):
            return None
        widget.drawn[place] = _options(widget.choices, {chosen})
    return widget.drawn[place]


def _options(choices: Iterable[Any], held: set[str]) -> str:
    """The first option that is held is the selected one; groups may be among the options."""
    options = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            inner = "".join(_option_of(key, text, held) for key, text in label)
            named = "" if value is None else value
            options.append(f'\n  <optgroup label="{escaped(named)}">{inner}\n  </optgroup>' if named else inner)
        else:
            options.append(_option_of("" if value is None else value, label, held))
    return "".join(options)


def _option_of(value: Any, label: Any, held: set[str]) -> str:
    chosen = ""
    if held and str(value) in held:
        held.clear()
        chosen = " selected"
    return f'\n  <option value="{escaped(value)}"{chosen}>{escaped(label)}</option>'


AT_ONCE: dict[type, Callable[[BoundField, dict[str, Any]], str]] = {
    TextInput: _input_of,
    HiddenInput: _input_of,
    CheckboxInput: _checkbox_of,
    Textarea: _textarea_of,
    Select: _select_of,
    HouseSelect: _select_of,
}
