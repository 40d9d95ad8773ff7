"""A form with its rows as a browser and a person see it: values by HTML name, errors, labels, text to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.drafts import DraftForm, rows_name
from core.forms import HouseFormSet


@dataclass(frozen=True)
class Sheet:
    """`form` and its `formsets`, drawn or bound. Names are those of fields, and `rows_name` of formsets."""

    form: DraftForm
    formsets: Sequence[HouseFormSet] = ()

    @property
    def kinds(self) -> dict[str, HouseFormSet]:
        return {rows_name(formset.prefix): formset for formset in self.formsets}

    @property
    def names(self) -> list[str]:
        return [name for name in self.form.fields if name not in self.form.stamp_names] + list(self.kinds)

    def is_valid(self) -> bool:
        """Whether all of it can be stored (every part is asked, so that all errors show)."""
        return all([self.form.is_valid(), *(formset.is_valid() for formset in self.formsets)])

    # --- errors

    def errors(self) -> dict[str, list[str]]:
        """Texts by HTML name, without the hidden fields."""
        found = _errors_of(self.form)
        for formset in self.formsets:
            for row in formset.forms:
                found |= _errors_of(row)
        return found

    def general_errors(self) -> list[str]:
        """Texts that belong to no field."""
        texts = [str(text) for text in self.form.non_field_errors()]
        for formset in self.formsets:
            texts += [str(text) for text in formset.non_form_errors()]
            texts += [str(text) for row in formset.forms for text in row.non_field_errors()]
        return texts

    def warnings(self) -> dict[str, str]:
        """What stops no saving, by HTML name."""
        rows = [row for formset in self.formsets for row in formset.forms]
        return {form.add_prefix(name): str(text) for form in (self.form, *rows) for name, text in form.warnings.items()}

    def warnings_in_words(self) -> list[str]:
        """The same for a page on which the fields do not stand: with the rows, their numbers, and the field's label.

        Rows that are warned of in the same words are told together.
        """
        found = [str(text) for text in self.form.warnings.values()]
        for formset in self.formsets:
            alike: dict[tuple[str, str], list[str]] = {}
            kept = [row for row in formset.forms if not _taken_away(row)]
            for number, row in enumerate(kept, start=1):
                for name, text in row.warnings.items():
                    alike.setdefault((str(row[name].label), str(text)), []).append(str(number))
            for (label, text), numbers in alike.items():
                told = {"rows": formset.title, "numbers": ", ".join(numbers), "field": label, "warning": text}
                found.append(_("%(rows)s, row %(numbers)s, “%(field)s”: %(warning)s") % told)
        return found

    # --- what a browser shows

    def value(self, name: str) -> Any:
        """What the field holds: text, or a list of texts (tick boxes, several choices)."""
        return _in_browser(self.form[name])

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows on record, each by its columns."""
        formset = self.kinds[name]
        return [
            {column: _in_browser(row[column]) for column in row.fields if column != "DELETE"}
            for row in formset.initial_forms
        ]

    # --- what a person reads

    def label(self, name: str) -> str:
        return str(self.kinds[name].title if name in self.kinds else self.form[name].label)

    def text(self, name: str) -> str:
        """The value in words; rows one to a line."""
        if name not in self.kinds:
            return _in_words(self.form[name])
        formset = self.kinds[name]
        rows = formset.forms if formset.is_bound else formset.initial_forms
        lines = [_row_in_words(row) for row in rows if not _taken_away(row)]
        return "\n".join(line for line in lines if line)


def _errors_of(form: Any) -> dict[str, list[str]]:
    return {
        form.add_prefix(name): [str(text) for text in texts]
        for name, texts in form.errors.items()
        if name in form.fields and not form[name].is_hidden
    }


def _in_browser(field: forms.BoundField) -> Any:
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return ["on"] if value else []
    shown = field.field.widget.format_value(field.field.prepare_value(value))
    if isinstance(shown, list | tuple):
        return [str(each) for each in shown]
    return "" if shown is None else str(shown)


def _in_words(field: forms.BoundField) -> str:
    value = _in_browser(field)
    if isinstance(field.field, forms.BooleanField):
        return _("Yes") if value else ""
    if isinstance(field.field, forms.ChoiceField):
        chosen = {value} if isinstance(value, str) else set(value)
        chosen.discard("")
        return ", ".join(str(text) for key, text in _flat(field.field.choices) if str(key) in chosen)
    return str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for key, text in choices:
        flat += _flat(text) if isinstance(text, list | tuple) else [(key, text)]
    return flat


def _row_in_words(row: Any) -> str:
    filled = [(row[name].label, _in_words(row[name])) for name in row.fields if name != "DELETE"]
    return " · ".join(f"{label}: {text}" for label, text in filled if text)


def _taken_away(row: Any) -> bool:
    if not row.is_bound:
        return False
    if not row.has_changed():
        return True
    return bool(row.fields.get("DELETE") and row["DELETE"].value())
