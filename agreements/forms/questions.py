"""Asking on a call, and answering to everybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.actions.questions import ANSWER_MAX, QUESTION_MAX
from core.forms import HouseForm, ThaiTextField


class QuestionForm(HouseForm):
    text = ThaiTextField(
        label=_("Your question"),
        rows=5,
        max_length=QUESTION_MAX,
        help_text=_(
            "Question and answer are shown to everybody, without your name. Please write nothing in it by which a "
            "person can be known."
        ),
    )


class AnswerForm(HouseForm):
    answer = ThaiTextField(
        label=_("Answer"),
        rows=7,
        max_length=ANSWER_MAX,
        help_text=_(
            "Shown to everybody at once, and not changed afterwards. What changes the call itself is an addendum."
        ),
    )
