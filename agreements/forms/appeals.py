"""Forms of appeals: the appeal itself, and the answer that an officer proposes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.enums import AppealRemedy, AppealVerdict
from core.forms import HouseForm, ThaiTextField, UploadField

LONG = 10000


class AppealForm(HouseForm):
    grounds = ThaiTextField(
        label=_("Grounds of the appeal"),
        max_length=LONG,
        rows=8,
        help_text=_("What in the result is wrong, and why; facts and law."),
    )
    wish = ThaiTextField(label=_("What is asked for"), max_length=LONG, rows=3, required=False)
    file = UploadField(label=_("Supporting document"), required=False)


class AnswerForm(HouseForm):
    verdict = forms.ChoiceField(
        label=_("Finding on the appeal"), choices=AppealVerdict.choices, widget=forms.RadioSelect
    )
    remedy = forms.ChoiceField(
        label=_("What changes"),
        choices=AppealRemedy.choices,
        widget=forms.RadioSelect,
        initial=AppealRemedy.NONE,
        help_text=_("An appeal that is dismissed changes nothing: the result stays."),
    )
    answer = ThaiTextField(
        label=_("Answer with reasons"),
        max_length=LONG,
        rows=8,
        help_text=_("The appellant reads it in the letter. Name no other applicant and no reviewer."),
    )
    comment = ThaiTextField(label=_("Comment for those who decide"), max_length=2000, rows=3, required=False)

    def __init__(self, *args: Any, in_reserve: bool = False, **kwargs: Any) -> None:
        """`in_reserve`: the appellant is on the reserve list already, and is not offered it again."""
        super().__init__(*args, **kwargs)
        left_out = {AppealRemedy.NONE, AppealRemedy.RESERVE} if in_reserve else {AppealRemedy.NONE}
        self.fields["remedy"].choices = [
            (AppealRemedy.NONE, _("The result stays")),
            *[choice for choice in AppealRemedy.choices if choice[0] not in left_out],
        ]
