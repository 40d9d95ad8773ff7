"""What is written in one go is what Django's own templates write: controls, amounts."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.defaultfilters import floatformat
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from core.form_renderer import HouseRenderer
from core.templatetags.ui_small import baht

AWKWARD = "\"><b>&amp; 'ชื่อ' "
CHOICES = [("", "–"), ("a", AWKWARD), ("กลุ่ม & 1", [(1, "หนึ่ง"), (AWKWARD, mark_safe("<i>สอง</i>"))]), (0, "ศูนย์")]
ATTRS: list[dict[str, Any]] = [
    {},
    {"id": "id_x", "class": "form-control", "min": 0, "maxlength": 10, "required": True, "disabled": False},
    {"data-words": AWKWARD, "placeholder": mark_safe("&quot;")},
]
WIDGETS = [
    forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput, forms.HiddenInput,
    forms.DateInput, forms.DateTimeInput, forms.TimeInput, forms.FileInput, forms.CheckboxInput, forms.Textarea,
]  # fmt: skip


def both(widget: forms.Widget, value: Any, attrs: dict[str, Any]) -> tuple[str, str]:
    """The control as the house writes it and as Django does, without what HTML does not tell apart."""
    drawn = (widget.render("lines-0-x", value, attrs, renderer) for renderer in (HouseRenderer(), DjangoTemplates()))
    house, django = ("".join(line.strip() for line in text.strip().split("\n")) for text in drawn)
    return house.replace("&quot;", "&#34;"), django.replace("&quot;", "&#34;")


@pytest.mark.parametrize("attrs", ATTRS, ids=["none", "usual", "awkward"])
@pytest.mark.parametrize("value", [None, "", 0, True, False, 12, "ข้อความ", AWKWARD, mark_safe("<b>x</b>")])
@pytest.mark.parametrize("kind", WIDGETS)
def test_an_input_is_written_as_django_writes_it(kind, value, attrs):
    house, django = both(kind(), value, attrs)
    assert house == django


@pytest.mark.parametrize("attrs", ATTRS, ids=["none", "usual", "awkward"])
@pytest.mark.parametrize("value", [None, "", "a", 1, "0", AWKWARD])
@pytest.mark.parametrize("kind", [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect])
def test_a_select_is_written_as_django_writes_it(kind, value, attrs):
    widget = kind() if kind is forms.NullBooleanSelect else kind(choices=CHOICES)
    held = [value] if kind is forms.SelectMultiple and value is not None else value
    house, django = both(widget, held, attrs)
    assert house == django


@given(st.decimals(-(10**12), 10**12, places=4), st.sampled_from([0, 2]))
def test_an_amount_is_written_as_django_writes_it(amount, places):
    assert baht(amount, places) == floatformat(Decimal(amount), f"{places}g")
