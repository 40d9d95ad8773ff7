"""The settings of this floor: how long things hold, when to remind (log-in: `registration_identity`)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.settings_catalogue import Kind, register_setting

SECURITY = _("Log-in and security")
PEOPLE = _("People and invitations")
VERIFICATION = _("Verification of partners")

register_setting(
    "identity.invitation_days",
    _("Validity of an invitation"),
    help=_("An invitation to join an organisation that is not accepted within this time has to be sent again."),
    kind=Kind.DAYS,
    default=14,
    minimum=1,
    maximum=90,
    section=PEOPLE,
    order=20,
)
register_setting(
    "verification.months",
    _("Validity of a verification"),
    help=_("How long a partner counts as verified, unless the verification itself names another day."),
    kind=Kind.MONTHS,
    default=24,
    minimum=1,
    maximum=120,
    section=VERIFICATION,
    order=30,
)
register_setting(
    "verification.reminder_days",
    _("Reminders before a verification or a document expires"),
    help=_("The partner and OPDC are reminded these numbers of days before it expires."),
    kind=Kind.DAY_LIST,
    default=(60, 30),
    minimum=1,
    maximum=365,
    section=VERIFICATION,
    order=31,
)
