"""The settings of this floor: who needs a second factor, how long things hold, when to remind."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.settings_catalogue import Kind, register_setting
from partnerships.enums import Role

SECURITY = _("Log-in and security")
PEOPLE = _("People and invitations")
VERIFICATION = _("Verification of partners")

register_setting(
    "identity.mfa_roles",
    _("Roles that need a second factor to log in"),
    help=_("People who hold one of these roles confirm each log-in by an app's code or a passkey."),
    kind=Kind.CODES,
    choices=lambda: Role.choices,
    default=(Role.FINANCE, Role.EXECUTIVE, Role.ADMINISTRATOR, Role.OPDC_STAFF),
    section=SECURITY,
    order=10,
)
register_setting(
    "identity.reauthentication_minutes",
    _("Time after which signing asks for the password again"),
    help=_("Whoever has confirmed who he or she is within this time is not asked again when signing."),
    kind=Kind.MINUTES,
    default=10,
    minimum=1,
    maximum=60,
    section=SECURITY,
    order=11,
)
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
