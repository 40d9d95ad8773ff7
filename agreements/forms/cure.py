"""Forms of formal gaps: what is to be mended, and what was."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, ThaiTextField, UploadField


class CureAskForm(HouseForm):
    gaps = ThaiTextField(
        label=_("What is to be completed"),
        max_length=4000,
        rows=6,
        help_text=_(
            "Formal gaps only: a missing document, a missing signature. Texts and budget stay as they were submitted."
        ),
    )


class CureAnswerForm(HouseForm):
    form_id = "cure"  # the buttons that take out a file stand outside, and send what was typed along

    answer = ThaiTextField(
        label=_("What was completed"),
        max_length=4000,
        rows=5,
        required=False,
        help_text=_("Answer each point that was asked for."),
    )

    file = UploadField(label=_("File to attach"), required=False)

    def draw_anew(self, *, with_file: bool) -> None:
        """An act was done, the page is shown again: what was typed stays, with a stamp of its own for the next act.

        A file that was attached is not chosen any more, so that it is not attached twice.
        """
        self.renew_stamp()
        self.data["key"] = str(uuid.uuid4())
        if not with_file:
            self.files = MultiValueDict()


class CureSendForm(HouseForm):
    """Asked once more: the answer goes along unseen, as it was shown."""

    answer = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    confirmed = forms.CharField(widget=forms.HiddenInput, initial="yes")


class CureFileForm(HouseForm):
    file = UploadField(label=_("File to attach"))
