"""Codes of the ground that partnerships stand on (§2, §3.0, §4 steps 1-3). Logic uses codes, never labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """Kinds of organisation (§2)."""

    MINISTRY = "ministry", _("Ministry")
    DEPARTMENT = "department", _("Department or central agency")
    OPDC = "opdc", _("OPDC")
    LOCAL_GOVERNMENT = "local_government", _("Local government")
    FOUNDATION = "foundation", _("Foundation")
    ASSOCIATION = "association", _("Association")
    NGO = "ngo", _("Non-governmental organisation")
    CHARITY = "charity", _("Charitable organisation")
    COMMUNITY = "community", _("Community organisation")
    NETWORK = "network", _("Network")
    ACADEMIC = "academic", _("Academic institution")
    PRIVATE = "private", _("Private sector")


AGENCY_KINDS = frozenset({OrganisationKind.MINISTRY, OrganisationKind.DEPARTMENT, OrganisationKind.OPDC})
PARTNER_KINDS = frozenset(OrganisationKind) - AGENCY_KINDS


class Role(TextChoices):
    """What a member may do for the organisation. One person may hold several."""

    OFFICER = "officer", _("Responsible officer")
    FINANCE = "finance", _("Finance and accounting officer")
    EXECUTIVE = "executive", _("Executive")
    STAFF = "staff", _("Partner's staff")
    REPRESENTATIVE = "representative", _("Authorised representative")
    ADMINISTRATOR = "administrator", _("Organisation administrator")
    OPDC_STAFF = "opdc_staff", _("OPDC staff")


AGENCY_ROLES = frozenset({Role.OFFICER, Role.FINANCE, Role.EXECUTIVE, Role.ADMINISTRATOR})
PARTNER_ROLES = frozenset({Role.STAFF, Role.FINANCE, Role.REPRESENTATIVE, Role.ADMINISTRATOR})
OPDC_ROLES = frozenset({Role.OPDC_STAFF, Role.ADMINISTRATOR})


class Form(TextChoices):
    """The three forms of partnership (§3)."""

    GRANT = "grant", _("Grant")
    PBC = "pbc", _("Performance-based contracting")
    COMMISSIONING = "commissioning", _("Commissioning")


class ApproachOrigin(TextChoices):
    """How the mission's owner was won for the idea (§4 step 2)."""

    INSIDE = "inside", _("From inside the agency")
    OUTSIDE = "outside", _("From outside, by a third party")
    NOT_NEEDED = "not_needed", _("Not needed: the agency already has such a policy")
