"""Who may do what about an agreement: rights come from the side of the actor's organisation (Party).

Agreements that were running before are their agency's own (`prior_…`).
"""

from __future__ import annotations

from typing import Any

from agreements.enums import Side
from partnerships.enums import AGENCY_KINDS, PARTNER_KINDS, Role
from partnerships.permissions import works_for


def on_side(agreement: Any, actor: Any, side: str, *roles: str) -> bool:
    """Whether the actor acts for a party on that side, in one of the roles; those who hold none cost no query."""
    return (
        actor.organisation_id is not None and actor.holds(*roles) and agreement.side_of(actor.organisation_id) == side
    )


def giver_officer(agreement: Any, actor: Any) -> bool:
    return on_side(agreement, actor, Side.GIVER, Role.OFFICER)


def giver_finance(agreement: Any, actor: Any) -> bool:
    return on_side(agreement, actor, Side.GIVER, Role.FINANCE)


def giver_executive(agreement: Any, actor: Any) -> bool:
    return on_side(agreement, actor, Side.GIVER, Role.EXECUTIVE)


def receiver_staff(agreement: Any, actor: Any) -> bool:
    """Staff or representative of a receiving party: those who work and report."""
    return on_side(agreement, actor, Side.RECEIVER, Role.STAFF, Role.REPRESENTATIVE)


def receiver_finance(agreement: Any, actor: Any) -> bool:
    return on_side(agreement, actor, Side.RECEIVER, Role.FINANCE)


def receiver_representative(agreement: Any, actor: Any) -> bool:
    return on_side(agreement, actor, Side.RECEIVER, Role.REPRESENTATIVE)


def either_side_writer(agreement: Any, actor: Any) -> bool:
    """Those who write things down for a side: the giver's officer, the receiver's staff or representative."""
    return giver_officer(agreement, actor) or receiver_staff(agreement, actor)


def either_side_head(agreement: Any, actor: Any) -> bool:
    """Those who can end an agreement: the giver's executive or a receiver's representative."""
    return giver_executive(agreement, actor) or receiver_representative(agreement, actor)


def party_signatory(agreement: Any, actor: Any) -> bool:
    """The executive of a giving party, the representative of any other (also of a supporter) may sign for it."""
    return giver_executive(agreement, actor) or any(
        on_side(agreement, actor, side, Role.REPRESENTATIVE, Role.EXECUTIVE) for side in (Side.RECEIVER, Side.SUPPORTER)
    )


def completes_signing(agreement: Any, actor: Any) -> bool:
    """Whose act can be the last before the agreement enters into force: a signature, or confirming its scan."""
    return party_signatory(agreement, actor) or either_side_writer(agreement, actor)


def may_open_agreement(about: Any, actor: Any) -> bool:
    """Officers of the agency that owns the mission (or made the call) open agreements."""
    return works_for(about.agency_id, actor, Role.OFFICER)


def may_read_money(agreement: Any, actor: Any) -> bool:
    """Sums of an agreement: its parties, and OPDC."""
    return actor.is_opdc or (actor.organisation_id is not None and agreement.side_of(actor.organisation_id) is not None)


def prior_officer(prior: Any, actor: Any) -> bool:
    """An officer of the agency whose running agreement it is."""
    return works_for(prior.agency_id, actor, Role.OFFICER)


def prior_executive(prior: Any, actor: Any) -> bool:
    """The agency's executive, unless he or she entered it: nobody approves own work."""
    return works_for(prior.agency_id, actor, Role.EXECUTIVE) and prior.entered_by_id != actor.user_id


def is_agency_member(actor: Any) -> bool:
    return actor.organisation is not None and actor.organisation.kind in AGENCY_KINDS


def is_partner_member(actor: Any) -> bool:
    return actor.organisation is not None and actor.organisation.kind in PARTNER_KINDS
