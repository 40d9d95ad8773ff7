"""What money and decisions tell the ground floor: the money panel and words for the history."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from agreements.permissions.agreements import may_read_money
from agreements.queries.money import panel_of
from core.registry import register_history_labels, register_panel


def money_panel(request: HttpRequest, agreement: Agreement) -> dict[str, Any] | None:
    """The money of an agreement, for those who may read its sums."""
    return panel_of(agreement, request.actor) if may_read_money(agreement, request.actor) else None


register_panel("agreement_detail", "money", "agreements/_panel_money.html", context=money_panel, order=70)
register_history_labels(
    {
        "agreement.edit_budget": _("Sources of money edited"),
        "agreement.plan_instalments": _("Instalments planned"),
        "instalment.request": _("Instalment requested"),
        "instalment.check_request": _("Work accepted"),
        "instalment.return_request": _("Request for an instalment returned"),
        "instalment.approve": _("Payment approved"),
        "instalment.pay": _("Instalment paid"),
        "instalment.confirm_receipt": _("Receipt of an instalment confirmed"),
        "instalment.make_void": _("Instalment made void"),
        "agreement.record_entry": _("Entry recorded in the ledger"),
        "agreement.correct_entry": _("Entry of the ledger taken back"),
        "agreement.draw_up_account": _("Account drawn up"),
        "agreement.check_account": _("Account checked"),
        "agreement.return_account": _("Account sent back"),
    }
)
