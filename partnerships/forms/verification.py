"""Forms of OPDC's oversight of a partner: verification, flags."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import BuddhistDateField, HouseForm, ThaiTextField
from partnerships.enums import FlagKind
from partnerships.reference.checks import Check, checks_for

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
RESULTS = [("yes", _("Passed")), ("no", _("Not passed"))]
LONG = 4000


class VerificationForm(HouseForm):
    """Each check of the partner's kind answered yes or no, then the result."""

    passed = forms.ChoiceField(label=_("Result of the verification"), choices=RESULTS, widget=forms.RadioSelect)
    valid_until = BuddhistDateField(
        label=_("Verified until"),
        required=False,
        help_text=_("If it has passed. For example 1/10/2569; the day that the setting gives stands here."),
    )
    note = ThaiTextField(
        label=_("Comment to the organisation"),
        max_length=LONG,
        rows=4,
        required=False,
        help_text=_("If it has not passed: what it has to mend. The organisation reads this."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        self.checks = checks_for(kind)
        last = dict(self.base_fields)
        self.base_fields = {}
        for check in self.checks:
            self.base_fields |= _fields_of(check)
        self.base_fields |= last
        super().__init__(*args, **kwargs)

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes: answers by code, result, day and note."""
        data = self.cleaned_data
        return {
            "answers": {
                check.code: (data[f"check_{check.code}"] == "yes", data[f"comment_{check.code}"])
                for check in self.checks
            },
            "passed": data["passed"] == "yes",
            "valid_until": data["valid_until"],
            "note": data["note"],
        }


def question(check: Check) -> str:
    """The question in the reader's language."""
    return check.en if get_language() == "en" else check.th


def _fields_of(check: Check) -> dict[str, forms.Field]:
    essential = _("Cannot be passed over") if check.essential else ""
    return {
        f"check_{check.code}": forms.ChoiceField(
            label=question(check), choices=YES_NO, widget=forms.RadioSelect, help_text=essential
        ),
        f"comment_{check.code}": ThaiTextField(
            label=format_html('{}<span class="visually-hidden">: {}</span>', _("Comment"), question(check)),
            max_length=2000,
            required=False,
        ),
    }


class FlagForm(HouseForm):
    """What is held against a partner; a block with its legal ground and the hearing before it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FlagKind.choices, widget=forms.RadioSelect)
    reason = ThaiTextField(
        label=_("Reason"), max_length=LONG, rows=4, help_text=_("The organisation reads this, and is told by e-mail.")
    )
    legal_ground = ThaiTextField(
        label=_("Legal ground"),
        max_length=2000,
        rows=2,
        required=False,
        help_text=_("Needed for a block: law, section, and what of it is met."),
    )
    heard_on = BuddhistDateField(
        label=_("Day of the hearing"), required=False, help_text=_("Needed for a block. For example 1/10/2569")
    )
    hearing = ThaiTextField(
        label=_("Hearing of the organisation and what it said"),
        max_length=LONG,
        rows=4,
        required=False,
        help_text=_("Needed for a block: how it was heard and what it answered, or that it did not answer in time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heard_on"].not_after = clock.today()


class LiftFlagForm(HouseForm):
    reason = ThaiTextField(
        label=_("Reason for lifting"), max_length=LONG, rows=4, help_text=_("The organisation reads this.")
    )
