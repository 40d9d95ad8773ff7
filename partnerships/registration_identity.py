"""Settings of proving who one is: which roles need what, and how long a confirmation holds for signing."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.settings_catalogue import Kind, register_setting
from partnerships.enums import Role
from partnerships.identity import policy, reauthentication
from partnerships.registration_settings import SECURITY

SIDES = {"agency": _("Agency"), "opdc": _("OPDC"), "partner": _("Partner")}


def role_choices() -> list[tuple[str, str]]:
    """Every role on every side, and whoever keeps the server, as "side:role" with words."""
    words = dict(Role.choices)
    named = [(f"{side}:{role}", format_lazy("{}: {}", SIDES[side], words[role])) for side, role in policy.SIDED_ROLES]
    return [*named, (policy.SYSTEM_ADMINISTRATOR, _("System administrator"))]


register_setting(
    policy.STRONG_ROLES_KEY,
    _("Roles that need a second factor to log in"),
    help=_(
        "People who hold one of these roles confirm each log-in by an app's code or a passkey. "
        "A change holds from each person's next log-in."
    ),
    kind=Kind.CODES,
    choices=role_choices,
    default=policy.STRONG_ROLES,
    section=SECURITY,
    order=10,
)
register_setting(
    policy.EMAIL_CODE_ROLES_KEY,
    _("Roles for which a code by e-mail will do"),
    help=_("People who hold one of these roles, and have set up nothing stronger, confirm each log-in by such a code."),
    kind=Kind.CODES,
    choices=role_choices,
    default=policy.EMAIL_CODE_ROLES,
    section=SECURITY,
    order=11,
)
register_setting(
    reauthentication.MINUTES_KEY,
    _("Time after which signing asks for the password again"),
    help=_("Whoever has confirmed who he or she is within this time is not asked again when signing."),
    kind=Kind.MINUTES,
    default=5,
    minimum=1,
    maximum=60,
    section=SECURITY,
    order=12,
)
