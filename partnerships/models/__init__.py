from partnerships.models.endorsement import EndorsementPosition
from partnerships.models.missions import Mission
from partnerships.models.organisations import Agency, Organisation, Partner
from partnerships.models.people import Membership, MembershipRole, User

__all__ = [
    "Agency",
    "EndorsementPosition",
    "Membership",
    "MembershipRole",
    "Mission",
    "Organisation",
    "Partner",
    "User",
]
