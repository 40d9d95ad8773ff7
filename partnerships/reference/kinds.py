"""What each kind of partner is asked for at registration (§2): one row a kind, read like the table it is.

The manual names the kinds, not their papers: the papers are ours, after what Thai practice has (a foundation's and an
association's certificate, a company's with its number at the Department of Business Development, the record of a group
that is no legal person). Local government and state institutions exist by law: nothing proves them but their authority.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from partnerships.enums import DocumentKind as D
from partnerships.enums import OrganisationKind as K


class Need(Enum):
    """Whether something is asked for."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


@dataclass(frozen=True)
class KindRules:
    """What one kind must tell. `documents` are the papers without which the registration cannot be sent in."""

    tax_number: Need
    registration_number: Need
    documents: tuple[D, ...]
    may_be_unregistered: bool = False


CERTIFIED = (D.REGISTRATION, D.REGULATIONS, D.BOARD_RESOLUTION)

KINDS: dict[str, KindRules] = {
    #                            tax number     registration   documents                               no legal person?
    K.LOCAL_GOVERNMENT: KindRules(Need.REQUIRED, Need.NONE, ()),
    K.FOUNDATION: KindRules(Need.REQUIRED, Need.REQUIRED, CERTIFIED),
    K.ASSOCIATION: KindRules(Need.REQUIRED, Need.REQUIRED, CERTIFIED),
    K.NGO: KindRules(Need.OPTIONAL, Need.REQUIRED, (D.REGISTRATION, D.BOARD_RESOLUTION), may_be_unregistered=True),
    K.CHARITY: KindRules(Need.OPTIONAL, Need.REQUIRED, (D.REGISTRATION, D.BOARD_RESOLUTION), may_be_unregistered=True),
    K.COMMUNITY: KindRules(
        Need.OPTIONAL, Need.REQUIRED, (D.REGISTRATION, D.BOARD_RESOLUTION), may_be_unregistered=True
    ),
    K.NETWORK: KindRules(Need.OPTIONAL, Need.REQUIRED, (D.REGISTRATION, D.BOARD_RESOLUTION), may_be_unregistered=True),
    K.ACADEMIC: KindRules(Need.REQUIRED, Need.NONE, ()),
    K.PRIVATE: KindRules(Need.REQUIRED, Need.NONE, (D.REGISTRATION, D.BOARD_RESOLUTION)),
}

# A group that is no legal person has no numbers: the record of its meeting, and a sponsor that answers for it.
UNREGISTERED = KindRules(Need.NONE, Need.NONE, (D.GROUP_RECORD,), may_be_unregistered=True)

# Every paper that some kind must hand in; the lifecycle names a requirement `document_<kind>` for each.
REQUIRED_DOCUMENTS = (D.REGISTRATION, D.REGULATIONS, D.BOARD_RESOLUTION, D.GROUP_RECORD)


def rules_of(kind: str, is_unregistered: bool = False) -> KindRules:
    """The row of a kind; of a group that is no legal person, the row for those. Raises KeyError for agencies."""
    row = KINDS[kind]
    return UNREGISTERED if is_unregistered and row.may_be_unregistered else row
