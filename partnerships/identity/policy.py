"""Who needs a second factor, and of which strength. The lists of roles are settings with a history."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from core.settings_catalogue import value_of
from partnerships import actors
from partnerships.enums import AGENCY_ROLES, OPDC_ROLES, PARTNER_ROLES, Role
from partnerships.models import User
from partnerships.queries.actors import memberships_of

# Settings: lists of "side:role" (side: agency, opdc, partner; "system:administrator" is whoever keeps the server).
STRONG_ROLES_KEY = "identity.mfa_roles"
EMAIL_CODE_ROLES_KEY = "identity.email_code_roles"
SYSTEM_ADMINISTRATOR = f"system:{Role.ADMINISTRATOR}"
SIDED_ROLES = tuple(
    (side, role)
    for side, roles in (("agency", AGENCY_ROLES), ("opdc", OPDC_ROLES | AGENCY_ROLES), ("partner", PARTNER_ROLES))
    for role in Role
    if role in roles
)
# In the order of the choices that the settings page offers.
STRONG_ROLES = (
    "agency:finance",
    "agency:executive",
    "agency:administrator",
    "opdc:finance",
    "opdc:executive",
    "opdc:administrator",
    "opdc:opdc_staff",
    SYSTEM_ADMINISTRATOR,
)
# They bind their organisation too; a village foundation may not have more than a mailbox.
EMAIL_CODE_ROLES = ("partner:representative", "partner:administrator")
STRONG_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def held_roles(user: User) -> frozenset[str]:
    """All roles the user holds today, in whichever organisation, as "side:role" (two queries)."""
    return actors.held_roles(user, memberships_of(user))


def strong_roles() -> frozenset[str]:
    """Roles whose holders need an authenticator app or a passkey."""
    return frozenset(value_of(STRONG_ROLES_KEY))


def email_code_roles() -> frozenset[str]:
    """Roles for which a one-time code by e-mail will do, where nothing stronger has been set up."""
    return frozenset(value_of(EMAIL_CODE_ROLES_KEY))


def needs_second_factor(user: User, held: frozenset[str] | None = None) -> bool:
    """Whether one of the roles asks for an authenticator app or a passkey."""
    held = held_roles(user) if held is None else held
    return bool(held) and not held.isdisjoint(strong_roles())


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app or a passkey is set up (recovery codes alone are none)."""
    return Authenticator.objects.filter(user=user, type__in=STRONG_TYPES).exists()


def gets_email_code(user: User) -> bool:
    """Whether log-in by password is completed by a code sent by e-mail."""
    held = held_roles(user)
    if not held or held.isdisjoint(email_code_roles()) or not held.isdisjoint(strong_roles()):
        return False
    return not has_second_factor(user)


def may_remove(authenticator: Authenticator) -> bool:
    """Whether the person can do without this one: no role asks for it, or another one stays."""
    if authenticator.type not in STRONG_TYPES:
        return True
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STRONG_TYPES)
    return others.exclude(pk=authenticator.pk).exists() or not needs_second_factor(authenticator.user)
