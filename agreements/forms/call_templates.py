"""Forms by which OPDC keeps the templates of calls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.calls import LONG, number
from agreements.models import CallTemplate
from core.forms import HouseForm, ThaiTextField


class TemplateChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: CallTemplate) -> str:
        return f"{obj.get_form_display()}: {obj.name}"


class NewTemplateForm(HouseForm):
    name = ThaiTextField(label=_("Name of the template"), max_length=200)
    source = TemplateChoice(
        label=_("Begin as a copy of"),
        queryset=CallTemplate.objects.order_by("form", "name", "pk"),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("The new template is for the same form of partnership."),
    )


class TemplateForm(HouseForm):
    name = ThaiTextField(label=_("Name of the template"), max_length=200)
    background = ThaiTextField(
        label=_("Background"), max_length=LONG, rows=6, required=False,
        help_text=_("What the agency is to fill in stands in square brackets, here and in the other texts."),
    )  # fmt: skip
    objectives = ThaiTextField(label=_("Objectives"), max_length=LONG, rows=5, required=False)
    scope = ThaiTextField(label=_("Scope of work"), max_length=LONG, rows=6, required=False)
    target_group = ThaiTextField(label=_("Target group"), max_length=300, required=False)
    area = ThaiTextField(label=_("Area"), max_length=300, required=False)
    duration_months = number(_("Duration (months)"), 1, 120)
    allocation = ThaiTextField(label=_("How the money is allocated"), max_length=LONG, rows=5, required=False)
    evaluation_plan = ThaiTextField(label=_("How the project is evaluated"), max_length=LONG, rows=5, required=False)

    def __init__(self, *args: Any, root: CallTemplate, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(root, name) for name in self.base_fields})
        super().__init__(*args, root=root, **kwargs)
