"""A field of a form with its label, help, errors and unit, written in one go.

Ten rows of seven fields cost a page a thousand steps of the template language for each field otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Widget
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

SEVERAL = (CheckboxInput, CheckboxSelectMultiple, RadioSelect)  # more than one control beneath a label, or beside it


@register.simple_tag
def row_fields(form: BaseForm) -> SafeString:
    """All fields of a row of a formset, as `{{ form|crispy }}` shows them."""
    return mark_safe("".join(_in_row(field) for field in form))


def _in_row(field: BoundField) -> str:
    shown = {"field": field, "form_show_labels": True, "form_show_errors": True}
    if field.is_hidden:
        return str(field)
    if isinstance(field.field.widget, SEVERAL):
        return render_to_string("bootstrap5/field.html", shown)
    return labelled_field(shown, field)


@register.simple_tag(takes_context=True)
def labelled_field(context: Mapping[str, Any], field: BoundField) -> SafeString:
    """A field that is one control (no checkbox, no group of them) as `bootstrap5/field.html` shows it."""
    wrong = bool(field.errors)
    parts = [
        label_of(field, optional=not context.get("filter_form")) if context.get("form_show_labels") else "",
        render_to_string("bootstrap5/_field_help.html", {"field": field}) if field.help_text else "",
        render_to_string("bootstrap5/_field_errors.html", {"field": field, "form_show_errors": True}) if wrong else "",
        _control(field, wrong),
        _count(field),
    ]
    look = " ".join(filter(None, ("mb-3 field", wrong and "field-wrong", context.get("wrapper_class"))))
    return format_html('<div id="div_{}" class="{}">{}</div>', field.auto_id, look, mark_safe("".join(parts)))


def label_of(field: BoundField, *, optional: bool) -> str:
    """The label, with "(optional)" behind it where the field may stay empty; "" for a field without one."""
    if not field.label:
        return ""
    told = field.field
    may_be_empty = optional and not told.required and not getattr(told, "needed", False)
    behind = format_html(' <span class="optional">({})</span>', _("optional")) if may_be_empty else ""
    owner = format_html(' for="{}"', field.id_for_label) if field.id_for_label else ""
    return format_html('<label{} class="form-label">{}{}</label>', owner, field.label, behind)


def _control(field: BoundField, wrong: bool) -> str:
    unit = getattr(field.field, "unit", "")
    widget = field.field.widget
    look = "form-select" if isinstance(widget, Select) and not unit else "form-control"
    for part in getattr(widget, "widgets", [getattr(widget, "widget", widget)]):
        _dress(part, look, *(["is-invalid"] if wrong else []))
    if not unit:
        return str(field)
    return format_html('<div class="field-with-unit">{}<span class="field-unit">{}</span></div>', str(field), unit)


def _dress(widget: Widget, *looks: str) -> None:
    """Give a widget its kind and its looks as classes, each once, as crispy's own tag does."""
    worn = widget.attrs.get("class", "").split()
    new = [name for name in (type(widget).__name__.lower(), *looks) if name not in worn]
    widget.attrs["class"] = " ".join([*worn, *new])


def _count(field: BoundField) -> str:
    if "data-count" not in field.field.widget.attrs:
        return ""
    told = _("At most %(limit)s characters") % {"limit": field.field.max_length}
    return format_html('<p class="field-count" id="{}_count">{}</p>', field.auto_id, told)
