"""The form of a step note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.actions.notes import note_kinds
from agreements.enums import NoteKind
from agreements.models import Agreement
from core import clock
from core.forms import BuddhistDateField, HouseForm, ThaiTextField, UploadField


class NoteForm(HouseForm):
    kind = forms.ChoiceField(label=_("About"))
    held_on = BuddhistDateField(label=_("Date of the meeting or event"))
    decision = ThaiTextField(label=_("What was agreed or found"), max_length=4000, rows=6)
    file = UploadField(
        label=_("Minutes or other document"), required=False, help_text=_("PDF, Word, Excel, PNG or JPEG")
    )

    def __init__(self, *args: Any, root: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, root=root, **kwargs)
        self.fields["kind"].choices = [(kind, NoteKind(kind).label) for kind in note_kinds(root)]
        self.fields["held_on"].not_after = clock.today()
