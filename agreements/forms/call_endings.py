"""The reason for which a call is ended before its time."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, ThaiTextField

LONG = 6000


class CancelCallForm(HouseForm):
    reason = ThaiTextField(
        label=_("Reason for cancelling"), max_length=LONG, rows=4,
        help_text=_("Everyone concerned is told it, and it stands on the public page."),
    )  # fmt: skip


class VoidCallForm(HouseForm):
    reason = ThaiTextField(
        label=_("Reason for declaring the call void"), max_length=LONG, rows=4,
        help_text=_("Everyone concerned is told it, and it stands on the public page."),
    )  # fmt: skip
