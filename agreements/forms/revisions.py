"""Choosing two states of a draft to compare, and putting one back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.queries.revisions import State
from core.forms import HouseForm, HouseMixin
from core.ui import show_moment


class CompareForm(HouseMixin, forms.Form):
    before = forms.ChoiceField(label=_("Compare"))
    after = forms.ChoiceField(label=_("with"))

    def __init__(self, *args: Any, states: list[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(state.code, _title(state)) for state in states]
        for field in self.fields.values():
            field.choices = choices


def _title(state: State) -> str:
    if state.at is None:
        return state.title
    return f"{state.title} · {show_moment(state.at)} · {state.by}"


class RestoreForm(HouseForm):
    """Nothing to fill in: the stamp alone."""
