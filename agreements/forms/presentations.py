"""Forms of presentations: what happened, and a reviewer's points."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models.presentations import MAX_POINTS
from core import clock
from core.forms import BuddhistDateField, HouseForm, ThaiTextField

CAME = [("yes", _("The applicant came")), ("no", _("The applicant did not come"))]


class PresentationForm(HouseForm):
    attended = forms.TypedChoiceField(
        label=_("Attendance"),
        choices=CAME,
        widget=forms.RadioSelect,
        initial="yes",
        coerce=lambda answer: answer == "yes",
    )
    held_on = BuddhistDateField(label=_("Held on"))
    place = ThaiTextField(label=_("Place or online link"), max_length=300)
    attendees = ThaiTextField(label=_("Who took part"), max_length=3000, rows=3, required=False)
    questions = ThaiTextField(label=_("Questions and answers"), max_length=20000, rows=5, required=False)
    minutes = ThaiTextField(
        label=_("Minutes of the presentation"),
        max_length=20000,
        rows=8,
        help_text=_("Where the applicant did not come: the reason, and what was done to reach it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].not_after = clock.today()


class PointsForm(HouseForm):
    points = forms.TypedChoiceField(
        label=_("Points"),
        choices=[(str(points), str(points)) for points in range(MAX_POINTS, -1, -1)],
        widget=forms.RadioSelect,
        coerce=int,
        help_text=_("5 is best, 0 is worst."),
    )
    reason = ThaiTextField(label=_("Reason"), max_length=4000, rows=4)
