from partnerships.models.approach import Approach, ApproachMeeting, Talk
from partnerships.models.candidates import (
    ReadinessAssessment,
    ReadinessRequest,
    ReadinessScore,
    ShortlistEntry,
)
from partnerships.models.endorsement import EndorsementPosition, PositionDeputy
from partnerships.models.form_choice import FormChoice
from partnerships.models.membership import Appointment, Invitation, PrivacyAcceptance, PrivacyNotice
from partnerships.models.missions import Mission, MissionArea, MissionFunding, Policy
from partnerships.models.organisations import (
    Agency,
    FormerName,
    Organisation,
    Partner,
    ProvincialDuty,
    ServiceArea,
)
from partnerships.models.people import Membership, MembershipRole, User
from partnerships.models.profile import (
    AuthorisedRepresentative,
    BankAccount,
    Contact,
    OrganisationDocument,
    Sponsorship,
    TrackRecord,
)
from partnerships.models.suggestions import MissionSuggestion
from partnerships.models.verification import (
    Flag,
    FlagLifting,
    Merge,
    NotDuplicate,
    Verification,
    VerificationCheck,
)
from partnerships.models.vocabularies import FieldOfWork, TargetGroup

__all__ = [
    "Agency",
    "Appointment",
    "Approach",
    "ApproachMeeting",
    "AuthorisedRepresentative",
    "BankAccount",
    "Contact",
    "EndorsementPosition",
    "FieldOfWork",
    "Flag",
    "FlagLifting",
    "FormChoice",
    "FormerName",
    "Invitation",
    "Membership",
    "MembershipRole",
    "Merge",
    "Mission",
    "MissionArea",
    "MissionFunding",
    "MissionSuggestion",
    "NotDuplicate",
    "Organisation",
    "OrganisationDocument",
    "Partner",
    "Policy",
    "PositionDeputy",
    "PrivacyAcceptance",
    "PrivacyNotice",
    "ProvincialDuty",
    "ReadinessAssessment",
    "ReadinessRequest",
    "ReadinessScore",
    "ServiceArea",
    "ShortlistEntry",
    "Sponsorship",
    "Talk",
    "TargetGroup",
    "TrackRecord",
    "User",
    "Verification",
    "VerificationCheck",
]
