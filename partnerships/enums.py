"""Codes of the ground that partnerships stand on (§2, §3.0, §4 steps 1-3). Logic uses codes, never labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(TextChoices):
    """Kinds of organisation (§2)."""

    MINISTRY = "ministry", _("Ministry")
    DEPARTMENT = "department", _("Department or central agency")
    OPDC = "opdc", _("OPDC")
    PROVINCIAL_OFFICE = "provincial_office", _("Provincial office of an agency")
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
# A department's arm in a province owns no missions: it may be named as coordinator or verifier there.
STATE_KINDS = AGENCY_KINDS | {OrganisationKind.PROVINCIAL_OFFICE}
PARTNER_KINDS = frozenset(OrganisationKind) - STATE_KINDS
CIVIL_SOCIETY_KINDS = frozenset(
    {
        OrganisationKind.FOUNDATION,
        OrganisationKind.ASSOCIATION,
        OrganisationKind.NGO,
        OrganisationKind.CHARITY,
        OrganisationKind.COMMUNITY,
        OrganisationKind.NETWORK,
    }
)


class LocalGovernmentType(TextChoices):
    """Kinds of local government (§2)."""

    PROVINCIAL = "pao", _("Provincial administrative organisation")
    CITY = "city", _("City municipality")
    TOWN = "town", _("Town municipality")
    SUBDISTRICT_MUNICIPALITY = "subdistrict", _("Subdistrict municipality")
    SUBDISTRICT_ORGANISATION = "sao", _("Subdistrict administrative organisation")
    BANGKOK = "bangkok", _("Bangkok Metropolitan Administration")
    PATTAYA = "pattaya", _("Pattaya City")


class OrganisationStanding(TextChoices):
    """Where an organisation stands in the register. Verified or blocked is read from its records, not from here."""

    DRAFT = "draft", _("Being registered")
    SUBMITTED = "submitted", _("Waiting for verification")
    ACTIVE = "active", _("In the register")
    MERGED = "merged", _("Merged into another")


class DocumentKind(TextChoices):
    """Papers that an organisation keeps in its profile."""

    REGISTRATION = "registration", _("Registration certificate")
    REGULATIONS = "regulations", _("Regulations or articles")
    BOARD_RESOLUTION = "board_resolution", _("Board resolution")
    BOARD_LIST = "board_list", _("List of the board")
    GROUP_RECORD = "group_record", _("Record of the group's meeting and members")
    ANNUAL_REPORT = "annual_report", _("Annual report")
    FINANCIAL_STATEMENT = "financial_statement", _("Financial statement")
    TAX_CARD = "tax_card", _("Tax identification card")
    STANDARD = "standard", _("Certificate of an organisational standard")
    OTHER = "other", _("Other document")


class SponsorshipState(TextChoices):
    ASKED = "asked", _("Waiting for the sponsor's answer")
    AGREED = "agreed", pgettext_lazy("sponsorship", "Agreed")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("Ended")


class FlagKind(TextChoices):
    """What OPDC holds against an organisation, from a remark to a block."""

    OBSERVATION = "observation", _("Observation")
    WARNING = "warning", _("Warning")
    BLOCKED = "blocked", _("Blocked")


class ProvincialDutyKind(TextChoices):
    COORDINATOR = "coordinator", _("Coordinator")
    VERIFIER = "verifier", _("Verifier of partners")


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


# Two people appoint to these roles: they bind the organisation.
APPOINTED_ROLES = frozenset({Role.EXECUTIVE, Role.REPRESENTATIVE})


def roles_of_kind(kind: str) -> frozenset[Role]:
    """The roles that fit a kind of organisation (§2)."""
    if kind == OrganisationKind.OPDC:
        return OPDC_ROLES
    return AGENCY_ROLES if kind in STATE_KINDS else PARTNER_ROLES


class InvitationState(TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")


class AppointmentState(TextChoices):
    PROPOSED = "proposed", _("Waiting for the second person")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Not confirmed")


class DeputyCapacity(TextChoices):
    """In which capacity someone acts in the place of a position (State Administration Act B.E. 2534, s.38, s.41-49)."""

    ON_BEHALF = "on_behalf", _("Performing duties on behalf of")  # by standing delegation, on an order
    ACTING = "acting", _("Acting in the position of")  # while the holder is away, or there is none


# As kept on what a deputy did, and as printed, whatever the reader's language.
DEPUTY_WORDS = {
    DeputyCapacity.ON_BEHALF: "ปฏิบัติราชการแทน",  # Thai on purpose
    DeputyCapacity.ACTING: "รักษาราชการแทน",  # Thai on purpose
}


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


class ThirdPartyKind(TextChoices):
    """Who brings giver and receiver together from outside (§2, §4 step 2)."""

    OPDC = "opdc", _("OPDC")
    PRIVATE = "private", _("Private sector")
    ACADEMIA = "academia", _("Academia")
    PUBLIC = "public", _("The public")
    PARTNER = "partner", _("The mission receiver")


class ApproachStage(TextChoices):
    """How far an approach has come (§4 step 2)."""

    IDEA = "idea", _("Idea and feasibility study")
    AWARENESS = "awareness", _("Awareness of executives and staff")
    POLICY = "policy", _("Adopted as policy")


class PolicyKind(TextChoices):
    """Where a mission was adopted as policy (§4 step 2)."""

    YEARLY_PLAN = "yearly_plan", _("Yearly plan of the agency")
    STRATEGIC_PLAN = "strategic_plan", _("Strategic plan")
    PERFORMANCE_AGREEMENT = "performance_agreement", _("Performance commitment")
    OTHER = "other", _("Other policy document")


class TalkOutcome(TextChoices):
    """What came of OPDC's talks with an agency."""

    ONGOING = "ongoing", _("Still being talked over")
    AGREED = "agreed", _("The agency takes it up")
    DEFERRED = "deferred", _("Put off")
    DECLINED = "declined", _("Not taken up")


class SuggestionState(TextChoices):
    """A mission that a partner or OPDC proposes unasked (§4 step 3)."""

    SENT = "sent", _("Waiting for an answer")
    ADOPTED = "adopted", _("Taken up as a mission")
    TALKS = "talks", _("To be talked over")
    DECLINED = "declined", _("Not taken up")


class FormChoiceState(TextChoices):
    PROPOSED = "proposed", _("Under consideration")
    CHOSEN = "chosen", _("Chosen")
    RETURNED = "returned", _("Returned for revision")


class ReadinessCriterion(TextChoices):
    """What is looked at in a candidate (§4 step 3)."""

    SIMILARITY = "similarity", _("Similarity of missions")
    STANCE = "stance", _("Stance, attitude and conflicts")
    STAFF = "staff", _("Staff")
    MONEY = "money", _("Money")
    TOOLS = "tools", _("Tools and equipment")
    CAPACITY = "capacity", _("Capacity")
    EXPERIENCE = "experience", _("Experience")
    TRUST = "trust", _("Trustworthiness")


class ShortlistState(TextChoices):
    LISTED = "listed", _("On the shortlist")
    INVITED = "invited", _("Invited")
    INTERESTED = "interested", _("Interested")
    DECLINED = "declined", _("Declined")


class ProcurementScreening(TextChoices):
    """What the screening against the Procurement Act B.E. 2560 found."""

    SUBSIDY = "subsidy", _("Subsidy, not procurement")
    SERVICE = "service", _("Paid service, procurement rules looked at")
    NOT_SCREENED = "not_screened", _("Not screened yet")


class MoneySource(TextChoices):
    """Where money comes from (§4 step 7)."""

    STATE_BUDGET = "state_budget", _("State budget")
    OWN_REVENUE = "own_revenue", _("Own revenue")
    FUND = "fund", _("Fund")
    DONATION = "donation", _("Donation")
    IN_KIND = "in_kind", _("In kind, valued in baht")
