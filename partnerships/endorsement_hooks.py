"""Matters of a mission that go through an endorsement chain, as this floor and `reporting` use them.

Decisions are records of an upper floor, which registers how one is proposed (`register_desk`). What a decision about a
mission sets going is registered by whoever knows the matter:

    register_mission_matter(
        INVITE_SHORTLIST,
        propose=Rule("propose_shortlist", _("Propose the shortlist"), may_edit_mission, when=...),
        outcome=invite_them,    # invite_them(mission, proposal, by, door): runs inside the door of the locked mission
        show=shortlist_rows,    # shortlist_rows(mission, proposal) → [(label, value)]: what the deciders read
        returned=write_down,    # write_down(mission, proposal, comment): when it is sent back; may be left out
        consequence=_("The partners on the shortlist are invited."),
    )

and a view or action asks which way to take:

    if goes_by_chain(mission, INVITE_SHORTLIST):
        propose(kind=INVITE_SHORTLIST, root=mission, by=by, proposal={...}, comment=comment, stamp=stamp)
    else:
        ...  # the officer does it directly

`proposal` holds JSON values only (text, whole numbers, lists, mappings): it is frozen with the decision, and exactly it
is carried out. The rule for doing the thing directly must say no while `goes_by_chain`: nobody walks past the chain.
`propose` raises the door's refusals and returns the decision; `rule_to_propose` is what a page judges for its button;
`url_of_pending` is the page of a matter on its way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.registry import Text
from core.workflow import Passage, Rule, Stamp
from partnerships.actors import Actor
from partnerships.endorsement import has_own_chain
from partnerships.models import Mission

CHOOSE_FORM = "choose_form"
INVITE_SHORTLIST = "invite_shortlist"

Outcome = Callable[[Mission, dict[str, Any], Actor, Passage], None]
Returned = Callable[[Mission, dict[str, Any], str], None]
Rows = list[tuple[Text, Any]]


def _nothing_to_show(mission: Mission, proposal: dict[str, Any]) -> Rows:
    return []


def _nothing_to_do(mission: Mission, proposal: dict[str, Any], comment: str) -> None:
    """Where a return leaves nothing to write down."""


@dataclass(frozen=True)
class MissionMatter:
    """A kind of decision about a mission. `propose` is the rule for putting it on its way (state, role, needs)."""

    kind: str
    propose: Rule
    outcome: Outcome
    show: Callable[[Mission, dict[str, Any]], Rows] = _nothing_to_show
    consequence: Text = ""
    returned: Returned = _nothing_to_do


@dataclass(frozen=True)
class Desk:
    """What the floor of decisions does for this one."""

    propose: Callable[..., Any]
    rule_to_propose: Callable[[str], Rule]
    url_of_pending: Callable[[Mission, str], str]


_matters: dict[str, MissionMatter] = {}
_desk: dict[str, Desk] = {}


def register_mission_matter(
    kind: str,
    *,
    propose: Rule,
    outcome: Outcome,
    show: Callable[[Mission, dict[str, Any]], Rows] = _nothing_to_show,
    consequence: Text = "",
    returned: Returned = _nothing_to_do,
) -> None:
    """Make a matter known (called in AppConfig.ready; registering twice replaces)."""
    _matters[kind] = MissionMatter(kind, propose, outcome, show, consequence, returned)


def mission_matter(kind: str) -> MissionMatter:
    """The matter of that kind. Raises KeyError where nobody registered it."""
    return _matters[kind]


def mission_matters() -> dict[str, MissionMatter]:
    return dict(_matters)


def register_desk(desk: Desk) -> None:
    """Tell how a decision is proposed and found (called by the floor of decisions)."""
    _desk["desk"] = desk


def goes_by_chain(mission: Mission, kind: str) -> bool:
    """Whether the mission's agency set a chain for this very kind; otherwise the officer acts directly."""
    return mission.agency_id is not None and has_own_chain(mission.agency_id, kind)


def propose(
    *, kind: str, root: Mission, by: Actor, proposal: dict[str, Any], comment: str = "", stamp: Stamp | None = None
) -> Any:
    """Put a matter of a mission on its way through the chain. Raises NotNow where no chain is set for it, where it is
    on its way already or its own rule says no; NotYou; Missing."""
    return _desk["desk"].propose(kind=kind, root=root, by=by, proposal=proposal, comment=comment, stamp=stamp)


def rule_to_propose(kind: str) -> Rule:
    """The matter's own rule, and not while no chain is set for it or it is on its way already."""
    return _desk["desk"].rule_to_propose(kind)


def url_of_pending(mission: Mission, kind: str) -> str:
    """The page of the matter that is on its way, or ""."""
    return _desk["desk"].url_of_pending(mission, kind)
