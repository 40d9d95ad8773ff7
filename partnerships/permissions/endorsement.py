"""Who keeps an agency's endorsement chains, and who looks at them."""

from __future__ import annotations

from typing import Any

from partnerships.enums import AGENCY_KINDS, Role
from partnerships.permissions import works_for


def may_edit_chain(organisation: Any, actor: Any) -> bool:
    """The agency's own administrator; nobody else, OPDC neither."""
    return organisation.kind in AGENCY_KINDS and works_for(organisation.pk, actor, Role.ADMINISTRATOR)


def may_see_chain(organisation: Any, actor: Any) -> bool:
    """Who may edit it, and OPDC."""
    return organisation.kind in AGENCY_KINDS and (actor.is_opdc or may_edit_chain(organisation, actor))


def keeps_chains(actor: Any) -> bool:
    """Whether there are chains that this person keeps."""
    return actor.organisation is not None and may_edit_chain(actor.organisation, actor)


def may_be_named(person_id: int, actor: Any) -> bool:
    """Nobody gives oneself a say: an administrator names others, unless he or she is an executive anyway."""
    return person_id != actor.user_id or actor.holds(Role.EXECUTIVE)
