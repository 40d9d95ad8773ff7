"""A field of a form with its label, help, errors and unit, written in one go.

Ten rows of seven fields cost a page a thousand steps of the template language for each field otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.form_renderer import control_of, escaped
from core.templatetags.ui import file_to_choose_again, warning_of
from core.templatetags.ui_small import icon

register = template.Library()

SEVERAL = (CheckboxInput, CheckboxSelectMultiple, RadioSelect)  # more than one control beneath a label, or beside it


Said = Callable[[Any], str]
OPTIONAL = gettext_lazy("optional")


def _said_once() -> Said:
    """Words as HTML; what is said again in each row (the same lazy text) is put into words once."""
    known: dict[int, tuple[Any, str]] = {}  # with the text itself: its id stays its own as long as it is held

    def said(text: Any) -> str:
        if not isinstance(text, Promise):
            return escaped(text)
        if id(text) not in known:
            known[id(text)] = (text, escaped(text))
        return known[id(text)][1]

    return said


@register.simple_tag
def form_rows(formset: BaseFormSet) -> SafeString:
    """The rows of a formset, and the blank one that scripts copy: numbered, each with its fields and a way to go."""
    said = _said_once()
    remove = (
        '<button type="button" class="btn btn-link btn-sm row-remove" data-row-remove hidden>'
        f"{icon('trash')}{escaped(_('Remove this row'))}</button>"
    )
    rows = "".join(_row(form, str(number), remove, said) for number, form in enumerate(formset.forms, start=1))
    blank = _row(formset.empty_form, "__number__", remove, said)
    return mark_safe(f"<div data-rows-body>{rows}</div><template data-rows-blank>{blank}</template>")


def _row(form: BaseForm, number: str, remove: str, said: Said) -> str:
    return (
        f'<div class="row-item" data-row><p class="row-number"><span data-row-number>{number}</span></p>'
        f'<div class="row-fields">{"".join([_in_row(field, said) for field in form])}</div>{form.told}{remove}</div>'
    )


def _in_row(field: BoundField, said: Said) -> str:
    """A field of a row, as `{{ form|crispy }}` shows it."""
    widget = field.field.widget
    if widget.is_hidden:
        return str(field)
    if type(widget) is CheckboxInput:
        return _ticked(field, said)
    if isinstance(widget, SEVERAL):
        shown = {"field": field, "form_show_labels": True, "form_show_errors": True}
        return render_to_string("bootstrap5/field.html", shown)
    return _labelled(field, said, optional=True)


@register.simple_tag(takes_context=True)
def labelled_field(context: Mapping[str, Any], field: BoundField) -> SafeString:
    """A field that is one control (no checkbox, no group of them) as `bootstrap5/field.html` shows it."""
    named, optional = bool(context.get("form_show_labels")), not context.get("filter_form")
    look = context.get("wrapper_class") or ""
    return mark_safe(_labelled(field, escaped, named=named, optional=optional, look=look))


def _labelled(field: BoundField, said: Said, *, optional: bool, named: bool = True, look: str = "") -> str:
    wrong, told = _is_wrong(field), said(field.help_text)
    label = label_of(field, optional=optional, said=said) if named else ""
    looks = " ".join(filter(None, ("mb-3 field", wrong and "field-wrong", look and escaped(look))))
    control = _control(field, said, wrong=wrong, helped=bool(told))
    inner = f"{label}{_help(field, told)}{_errors(field) if wrong else ''}{control}{_count(field)}"
    return f'<div id="div_{escaped(field.auto_id)}" class="{looks}">{inner}</div>'


def _ticked(field: BoundField, said: Said) -> str:
    """A box to tick, with its label behind it."""
    wrong, told = _is_wrong(field), said(field.help_text)
    _dress(field.field.widget, "form-check-input")
    control = control_of(field, wrong=wrong, helped=bool(told))
    return (
        f'<div id="div_{escaped(field.auto_id)}" class="mb-3 field{" field-wrong" if wrong else ""}">'
        f'{_errors(field) if wrong else ""}<div class="form-check">{control}'
        f'<label for="{escaped(field.id_for_label)}" class="form-check-label">{said(field.label)}</label>'
        f"</div>{_help(field, told)}</div>"
    )


def _is_wrong(field: BoundField) -> bool:
    """Without the list that `field.errors` makes for a field that has none."""
    return bool(field.form.errors.get(field.name))


def label_of(field: BoundField, *, optional: bool, said: Said = escaped) -> str:
    """The label, with "(optional)" behind it where the field may stay empty; "" for a field without one."""
    label, told, own_id = said(field.label), field.field, field.id_for_label
    if not label:
        return ""
    may_be_empty = optional and not told.required and not getattr(told, "needed", False)
    behind = f' <span class="optional">({said(OPTIONAL)})</span>' if may_be_empty else ""
    owner = f' for="{escaped(own_id)}"' if own_id else ""
    return f'<label{owner} class="form-label">{label}{behind}</label>'


def _help(field: BoundField, told: str) -> str:
    """The help text, and within it what is warned of and the file to choose again."""
    if not told:
        return ""
    if warning_of(field) or file_to_choose_again(field):
        return render_to_string("bootstrap5/_field_help.html", {"field": field})
    named = f' id="{escaped(field.auto_id)}_helptext"' if field.auto_id else ""
    return f'<div class="form-text"{named}>{told}</div>'


def _errors(field: BoundField) -> str:
    return render_to_string("bootstrap5/_field_errors.html", {"field": field, "form_show_errors": True})


def _control(field: BoundField, said: Said, *, wrong: bool, helped: bool) -> str:
    unit = said(getattr(field.field, "unit", ""))
    widget = field.field.widget
    look = "form-select" if isinstance(widget, Select) and not unit else "form-control"
    for part in getattr(widget, "widgets", [getattr(widget, "widget", widget)]):
        _dress(part, look, *(["is-invalid"] if wrong else []))
    control = control_of(field, wrong=wrong, helped=helped)
    if not unit:
        return control
    return f'<div class="field-with-unit">{control}<span class="field-unit">{unit}</span></div>'


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
