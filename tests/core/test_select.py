"""Selects, inputs and their attributes are written by the house for speed; they are what Django would write."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting

CHOICES = [("", "–"), (1, "หนึ่ง"), ("<b>", "a & b"), ("กลุ่ม", [("x", "เอ็กซ์"), ("y", '"y"')])]


def lines(html: str) -> list[str]:
    """The lines that are not blank: Django's templates leave one after each option."""
    return [line.strip() for line in html.splitlines() if line.strip()]


@pytest.mark.parametrize("value", [None, "", "1", 1, "<b>", "y", "unknown"])
@pytest.mark.parametrize("attrs", [{}, {"required": True, "data-x": "<>"}])
def test_a_select_is_what_django_would_write(value: Any, attrs: dict[str, Any]) -> None:
    widget = forms.Select(choices=CHOICES)

    ours = widget.render("field", value, attrs, renderer=TemplatesSetting())
    theirs = widget.render("field", value, attrs, renderer=DjangoTemplates())

    assert lines(ours) == lines(theirs)


def test_several_may_be_chosen() -> None:
    widget = forms.SelectMultiple(choices=CHOICES)

    ours = widget.render("field", ["x", "1"], renderer=TemplatesSetting())

    assert ours.count(" selected") == 2
    assert lines(ours) == lines(widget.render("field", ["x", "1"], renderer=DjangoTemplates()))


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput(), 'a "b" <c>'),
        (forms.TextInput(), None),
        (forms.NumberInput(), 0),
        (forms.CheckboxInput(), True),
        (forms.CheckboxInput(), False),
        (forms.Textarea(), "<p>"),
        (forms.DateInput(), "2026-11-27"),
    ],
)
@pytest.mark.parametrize(
    "attrs", [{}, {"required": True, "hidden": False, "data-x": '<"&>', "maxlength": 20, "placeholder": None}]
)
def test_an_input_is_what_django_would_write(widget: Any, value: Any, attrs: dict[str, Any]) -> None:
    ours = widget.render("field", value, attrs, renderer=TemplatesSetting())
    theirs = widget.render("field", value, attrs, renderer=DjangoTemplates())

    assert ours.strip() == theirs.strip()
