"""Forms of signing, on screen and on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from agreements.models import AgreementText, Party
from core import clock
from core.forms import BuddhistDateField, HouseForm, ThaiTextField, UploadField


class SignForm(HouseForm):
    """The declaration of intent; the hash says which text was read."""

    declared = forms.BooleanField(
        label=_("I have read the whole text and intend to bind my organisation by this electronic signature."),
        error_messages={"required": _("Tick the declaration to sign.")},
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, text: AgreementText, **kwargs: Any) -> None:
        super().__init__(*args, root=text.agreement, **kwargs)
        self.fields["sha256"].initial = text.sha256


class ScanForm(HouseForm):
    signed_on = BuddhistDateField(label=_("Signed on"))
    signatory_name = ThaiTextField(label=_("Name of the signatory"), max_length=200)
    signatory_title = ThaiTextField(label=_("Title of the signatory"), max_length=200, required=False)
    scan = UploadField(
        label=_("Scan of the signed document"),
        extensions=("pdf", "png", "jpg", "jpeg"),
        help_text=_("PDF, PNG or JPEG. Another person confirms it."),
    )

    def __init__(self, *args: Any, party: Party, text: AgreementText, **kwargs: Any) -> None:
        signatory = {"signatory_name": party.signatory_name, "signatory_title": party.signatory_title}
        kwargs.setdefault("initial", signatory)
        super().__init__(*args, root=party.agreement, **kwargs)
        self.fields["signed_on"].not_before = localdate(text.frozen_at)
        self.fields["signed_on"].not_after = clock.today()
