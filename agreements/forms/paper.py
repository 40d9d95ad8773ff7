"""Forms by which a proposal that came on paper is entered, taken back by letter, and sent back for correction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.forms.time_fields import TimeOfDayField
from core import clock
from core.forms import BuddhistDateField, HouseForm, ThaiTextField, UploadField
from partnerships.forms.choice_fields import PartnerNameField
from partnerships.models import Organisation

SCANNED = {"extensions": ("pdf", "png", "jpg", "jpeg"), "help_text": _("PDF, PNG or JPEG")}


class ReceivedForm(HouseForm):
    """When a paper was received (the stamp on it, Thai time): `cleaned_data["received_at"]`."""

    fields_of_facts = {"received_at": "received_on"}
    received_on = BuddhistDateField(label=_("Day of receipt"))
    received_time = TimeOfDayField(
        label=_("Received at what time"),
        help_text=_("As stamped on the paper: Thai time, 24 hours, for example 16:30"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        on, at = data.get("received_on"), data.get("received_time")
        if on and at:
            data["received_at"] = datetime.combine(on, at, tzinfo=clock.BANGKOK)
        return data


class PaperForm(ReceivedForm):
    """Whose proposal it is, when it was received, and its scan."""

    organisation = PartnerNameField(
        label=_("Proposing organisation"), max_length=200, help_text=_("Its name, or a part of it, as in the register")
    )
    title = ThaiTextField(label=_("Title of the project"), max_length=300)
    scan = UploadField(label=_("Scan of the whole proposal"), **SCANNED)
    field_order = ("organisation", "title", "received_on", "received_time", "scan")

    def clean_organisation(self) -> Organisation:
        """What was typed in full is taken; where a part found the only match, its name is asked about once."""
        found, name = self.cleaned_data["organisation"], self.add_prefix("organisation")
        if found is None or self.fields["organisation"].is_name_of(self.data.get(name, ""), found):
            return found
        self.data = self.data.copy()
        self.data[name] = found.name_th
        asked = _('Found: "%(name)s". If the paper is from this organisation, send the form once more.')
        raise ValidationError(asked, code="ask", params={"name": found.name})

    @property
    def facts(self) -> dict[str, Any]:
        """The arguments of `enter_paper_proposal`."""
        return {name: self.cleaned_data[name] for name in ("organisation", "title", "received_at", "scan")}


class PaperAgainForm(ReceivedForm):
    """The new paper of a proposal that was withdrawn by letter."""

    scan = UploadField(label=_("Scan of the whole proposal"), **SCANNED)

    @property
    def facts(self) -> dict[str, Any]:
        """The arguments of `enter_paper_again`."""
        return {name: self.cleaned_data[name] for name in ("received_at", "scan")}


class CorrectPaperForm(ReceivedForm):
    """When it was received, read anew, and a better scan where there is one."""

    scan = UploadField(
        label=_("New scan of the whole proposal"),
        required=False,
        extensions=SCANNED["extensions"],
        help_text=_("PDF, PNG or JPEG. Without one the scan stays as it is; one that is replaced is kept."),
    )

    @property
    def facts(self) -> dict[str, Any]:
        """The arguments of `correct_paper`."""
        return {name: self.cleaned_data[name] or None for name in ("received_at", "scan")}


class WithdrawalForm(ReceivedForm):
    """The letter by which an applicant takes its proposal back."""

    reason = ThaiTextField(
        label=_("Reason given by the applicant"), max_length=2000, rows=3, help_text=_("In the words of the letter")
    )
    letter = UploadField(label=_("Scan of the letter"), **SCANNED)

    @property
    def facts(self) -> dict[str, Any]:
        """The arguments of `record_withdrawal`."""
        return {name: self.cleaned_data[name] for name in ("reason", "received_at", "letter")}


class ReturnPaperForm(HouseForm):
    reason = ThaiTextField(label=_("What differs from the paper"), max_length=2000, rows=3)


class ObjectForm(HouseForm):
    reason = ThaiTextField(
        label=_("What the agency should know"),
        max_length=2000,
        rows=4,
        help_text=_(
            "For example: our organisation handed in no paper; or it did, and wants to submit online instead. The "
            "agency reads this."
        ),
    )


class DiscardPaperForm(HouseForm):
    reason = ThaiTextField(
        label=_("Why it was entered by mistake"),
        max_length=2000,
        rows=3,
        help_text=_(
            "For example: the paper is another organisation's. This organisation reads it too: name no other one."
        ),
    )


class ReturnWithdrawalForm(HouseForm):
    reason = ThaiTextField(label=_("What differs from the letter"), max_length=2000, rows=3)
