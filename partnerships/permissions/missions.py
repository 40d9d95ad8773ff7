"""Who may do what with missions, policies, proposed missions and talks (§2, §3.3 step 1, §4 steps 1-3)."""

from __future__ import annotations

from typing import Any

from partnerships.enums import Role
from partnerships.permissions import works_for


def may_create_mission(_about: Any, actor: Any) -> bool:
    """An agency's officer writes up the missions that the agency owns (§2)."""
    return actor.is_agency and actor.holds(Role.OFFICER)


def may_edit_mission(mission: Any, actor: Any) -> bool:
    return works_for(mission.agency_id, actor, Role.OFFICER)


def may_edit_choice(choice: Any, actor: Any) -> bool:
    return may_edit_mission(choice.mission, actor)


def may_keep_policy(policy: Any, actor: Any) -> bool:
    """The agency's officers rank the missions under its policy; what was decided jointly they record (§3.3 step 1)."""
    return works_for(policy.agency_id, actor, Role.OFFICER)


def may_suggest(_about: Any, actor: Any) -> bool:
    """A partner's people, and OPDC, propose missions unasked (§4 step 3)."""
    return actor.is_opdc or (actor.is_partner and actor.holds(Role.STAFF, Role.REPRESENTATIVE))


def suggestion_officer(suggestion: Any, actor: Any) -> bool:
    """Only the agency itself makes a proposal its mission."""
    return works_for(suggestion.agency_id, actor, Role.OFFICER)


def answers_suggestion(suggestion: Any, actor: Any) -> bool:
    """The agency it is put to; OPDC as long as it looks for one."""
    return actor.is_opdc if suggestion.agency_id is None else suggestion_officer(suggestion, actor)


def may_assign_suggestion(_suggestion: Any, actor: Any) -> bool:
    """OPDC brings giver and receiver together (§2)."""
    return actor.is_opdc


def may_log_talks(_about: Any, actor: Any) -> bool:
    """OPDC's own log."""
    return actor.is_opdc
