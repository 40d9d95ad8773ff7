"""Controls that are written from the field at once are what Django's own way by the widget gives."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.utils.functional import lazy
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from core.form_fields import FixedChoiceField, FixedTypedChoiceField, ThaiTextField
from core.form_renderer import control_of, escaped

AWKWARD = "\"><b>&amp; 'ชื่อ' "
CHOICES = [("", "–"), ("a", AWKWARD), ("b", gettext_lazy("Save")), (0, "ศูนย์")]
GROUPS = [(None, "–"), ("กลุ่ม & 1", [(1, "หนึ่ง"), (None, AWKWARD)]), ("", [("a", "ก")])]


class Several(forms.Form):
    text = ThaiTextField(help_text=AWKWARD)
    area = ThaiTextField(rows=3, required=False)
    described = forms.CharField(widget=forms.TextInput({"aria-describedby": "else", "id": "own", "class": "x"}))
    shut = forms.CharField(disabled=True, required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, help_text="x")
    number = forms.IntegerField(localize=True)
    twice = forms.CharField(show_hidden_initial=True)
    mail = forms.EmailField()
    tick = forms.BooleanField()
    free = forms.ChoiceField(choices=GROUPS, help_text="x")
    fixed = FixedChoiceField(choices=CHOICES)
    typed = FixedTypedChoiceField(choices=[(1, "หนึ่ง"), (2, AWKWARD)], coerce=int)
    grouped = FixedChoiceField(choices=GROUPS, required=False)
    many = forms.MultipleChoiceField(choices=CHOICES)


VALUES = [None, "", "a", "b", 0, 1, "1", True, AWKWARD, "None"]


def forms_of(value: Any) -> list[forms.Form]:
    names = [name for name in Several.base_fields if name != "many"]
    initial = dict.fromkeys(names, value)
    sent = {} if value is None else {name: str(value) for name in names}
    return [
        Several(initial=initial),
        Several(sent),
        Several(initial=initial, prefix="x-0", use_required_attribute=False),
    ]


@pytest.mark.parametrize("value", VALUES)
def test_a_control_is_written_as_django_writes_it(value):
    for form in forms_of(value):
        for field in form:
            at_once = control_of(field, wrong=bool(field.errors), helped=bool(field.help_text))
            assert at_once == str(field), field.name


@pytest.mark.parametrize(
    "text", [*VALUES, gettext_lazy("Save"), mark_safe("<b>x</b>"), lazy(lambda: mark_safe("<i>'x'</i>"), str)(), lazy(lambda: AWKWARD, str)()]
)  # fmt: skip
def test_what_is_escaped_is_what_django_escapes(text):
    assert escaped(text) == conditional_escape(text)


def test_options_are_drawn_for_each_language_and_anew_for_other_choices():
    def drawn(form: forms.Form) -> str:
        field = form["fixed"]
        return control_of(field, wrong=False, helped=False)

    one = Several(initial={"fixed": "b"})
    with override("en"):
        assert ">Save<" in drawn(one)
    with override("th"):
        assert ">Save<" not in drawn(Several(initial={"fixed": "b"}))
    one.fields["fixed"].choices = [("b", "other")]
    with override("en"):
        assert ">other<" in drawn(one)
        assert ">Save<" in drawn(Several(initial={"fixed": "b"}))


def test_rows_share_their_choices_and_leave_those_of_the_class_alone():
    one, two = Several(), Several()
    assert one.fields["fixed"].choices is two.fields["fixed"].choices
    one.fields["fixed"].choices = []
    assert two.fields["fixed"].choices == Several.base_fields["fixed"].choices != []
