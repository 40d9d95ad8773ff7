"""A field of a form with its label, help, errors and unit, written in one go.

Ten rows of seven fields cost a page a thousand steps of the template language for each field otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import (
    BaseForm,
    BaseFormSet,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
    Widget,
)
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.form_renderer import control_of
from core.templatetags.ui import file_to_choose_again, warning_of
from core.templatetags.ui_small import icon

register = template.Library()

SEVERAL = (CheckboxInput, CheckboxSelectMultiple, RadioSelect)  # more than one control beneath a label, or beside it


@register.simple_tag
def form_rows(formset: BaseFormSet) -> SafeString:
    """The rows of a formset, and the blank one that scripts copy: numbered, each with its fields and a way to go."""
    words = format_html(
        '<button type="button" class="btn btn-link btn-sm row-remove" data-row-remove hidden>{}{}</button>',
        icon("trash"),
        _("Remove this row"),
    )
    rows = "".join(_row(form, str(number), words) for number, form in enumerate(formset.forms, start=1))
    blank = _row(formset.empty_form, "__number__", words)
    return mark_safe(f"<div data-rows-body>{rows}</div><template data-rows-blank>{blank}</template>")


def _row(form: BaseForm, number: str, remove: str) -> str:
    return (
        f'<div class="row-item" data-row><p class="row-number"><span data-row-number>{number}</span></p>'
        f'<div class="row-fields">{"".join(_in_row(field) for field in form)}</div>{remove}</div>'
    )


def _in_row(field: BoundField) -> str:
    """A field of a row, as `{{ form|crispy }}` shows it."""
    widget = field.field.widget
    if widget.is_hidden:
        return str(field)
    if type(widget) is CheckboxInput:
        return _ticked(field)
    if isinstance(widget, SEVERAL):
        shown = {"field": field, "form_show_labels": True, "form_show_errors": True}
        return render_to_string("bootstrap5/field.html", shown)
    return _labelled(field, optional=True)


@register.simple_tag(takes_context=True)
def labelled_field(context: Mapping[str, Any], field: BoundField) -> SafeString:
    """A field that is one control (no checkbox, no group of them) as `bootstrap5/field.html` shows it."""
    named, optional = bool(context.get("form_show_labels")), not context.get("filter_form")
    return mark_safe(_labelled(field, named=named, optional=optional, look=context.get("wrapper_class") or ""))


def _labelled(field: BoundField, *, optional: bool, named: bool = True, look: str = "") -> str:
    wrong, own_id = bool(field.errors), conditional_escape(field.auto_id)
    label = label_of(field, optional=optional) if named else ""
    looks = " ".join(filter(None, ("mb-3 field", wrong and "field-wrong", look and conditional_escape(look))))
    inner = f"{label}{_help(field)}{_errors(field) if wrong else ''}{_control(field, wrong)}{_count(field)}"
    return f'<div id="div_{own_id}" class="{looks}">{inner}</div>'


def _ticked(field: BoundField) -> str:
    """A box to tick, with its label behind it."""
    wrong, own_id = bool(field.errors), conditional_escape(field.auto_id)
    _dress(field.field.widget, "form-check-input")
    owner, label = conditional_escape(field.id_for_label), conditional_escape(field.label)
    return (
        f'<div id="div_{own_id}" class="mb-3 field{" field-wrong" if wrong else ""}">{_errors(field) if wrong else ""}'
        f'<div class="form-check">{control_of(field, wrong=wrong)}'
        f'<label for="{owner}" class="form-check-label">{label}</label></div>{_help(field)}</div>'
    )


def label_of(field: BoundField, *, optional: bool) -> str:
    """The label, with "(optional)" behind it where the field may stay empty; "" for a field without one."""
    label, told, own_id = conditional_escape(field.label), field.field, field.id_for_label
    if not label:
        return ""
    may_be_empty = optional and not told.required and not getattr(told, "needed", False)
    behind = f' <span class="optional">({conditional_escape(_("optional"))})</span>' if may_be_empty else ""
    owner = f' for="{conditional_escape(own_id)}"' if own_id else ""
    return f'<label{owner} class="form-label">{label}{behind}</label>'


def _help(field: BoundField) -> str:
    """The help text, and within it what is warned of and the file to choose again."""
    if not field.help_text:
        return ""
    if warning_of(field) or file_to_choose_again(field):
        return render_to_string("bootstrap5/_field_help.html", {"field": field})
    named = f' id="{conditional_escape(field.auto_id)}_helptext"' if field.auto_id else ""
    return f'<div class="form-text"{named}>{conditional_escape(field.help_text)}</div>'


def _errors(field: BoundField) -> str:
    return render_to_string("bootstrap5/_field_errors.html", {"field": field, "form_show_errors": True})


def _control(field: BoundField, wrong: bool) -> str:
    unit = getattr(field.field, "unit", "")
    widget = field.field.widget
    look = "form-select" if isinstance(widget, Select) and not unit else "form-control"
    for part in getattr(widget, "widgets", [getattr(widget, "widget", widget)]):
        _dress(part, look, *(["is-invalid"] if wrong else []))
    control = control_of(field, wrong=wrong)
    if not unit:
        return control
    return f'<div class="field-with-unit">{control}<span class="field-unit">{conditional_escape(unit)}</span></div>'


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
