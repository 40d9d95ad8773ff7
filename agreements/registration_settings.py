"""The thresholds of agreements that OPDC keeps in the interface."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.settings_catalogue import Kind, register_setting

AGREEMENTS = _("Agreements")

register_setting(
    "agreements.sla_min_baht",
    _("Sum from which a contract needs a service level agreement"),
    help=_(
        "For performance-based contracts (§3.2) that reach both this sum and the length below. The manual leaves the "
        "sum open: 500,000 baht holds until OPDC decides otherwise."
    ),
    kind=Kind.BAHT,
    default=Decimal("500000.00"),
    minimum=Decimal("1.00"),
    maximum=Decimal("999999999999.99"),
    section=AGREEMENTS,
    order=40,
)
register_setting(
    "agreements.sla_min_months",
    _("Length from which a contract needs a service level agreement"),
    help=_("For performance-based contracts that run for this time or longer and reach the sum above (§3.2)."),
    kind=Kind.MONTHS,
    default=12,
    minimum=1,
    maximum=120,
    section=AGREEMENTS,
    order=41,
)
register_setting(
    "calls.appeal_days",
    _("Days to appeal against the result of a call"),
    help=_("What a new call starts with; the officer can set another number before it is published."),
    kind=Kind.DAYS,
    default=15,
    minimum=1,
    maximum=90,
    section=_("Calls for proposals"),
    order=45,
)
register_setting(
    "agreements.committee_min_members",
    _("Members of a selection committee, at least"),
    help=_("Chair, members and secretary together (§3.2 step 4). The manual leaves the number open."),
    kind=Kind.COUNT,
    default=3,
    minimum=1,
    maximum=30,
    section=AGREEMENTS,
    order=44,
)
register_setting(
    "agreements.committee_quorum_percent",
    _("A selection committee can resolve when more than this part of it is present (percent)"),
    help=_("50 means more than half of the members. The chair, or a member who presides instead, must be among them."),
    kind=Kind.COUNT,
    default=50,
    minimum=0,
    maximum=99,
    section=AGREEMENTS,
    order=46,
)
