"""An agency's chains as its page shows them: by kind, each position with its deputies (two queries)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core import clock
from core.registry import Text
from partnerships.endorsement_hooks import mission_matters
from partnerships.endorsement_kinds import GENERAL, decision_kinds, kind_label
from partnerships.models import EndorsementPosition, Membership, Organisation, PositionDeputy

GENERAL_SLUG = "general"  # the general chain's name in addresses


@dataclass(frozen=True)
class PositionView:
    position: EndorsementPosition
    deputies: list[PositionDeputy]


@dataclass
class ChainView:
    """A kind of decision with the positions of its own chain; none where it has none."""

    kind: str
    label: Text
    only_by_own_chain: bool = False
    positions: list[PositionView] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.kind or GENERAL_SLUG

    @property
    def is_general(self) -> bool:
        return self.kind == GENERAL


def chains_of(organisation: Organisation) -> list[ChainView]:
    """The general chain first, then every kind of decision there is."""
    chains = {GENERAL: ChainView(GENERAL, kind_label(GENERAL))}
    for kind in decision_kinds().values():
        if not kind.only_by_own_chain or kind.code in mission_matters():
            chains[kind.code] = ChainView(kind.code, kind.label, kind.only_by_own_chain)
    rows = EndorsementPosition.objects.in_force().filter(organisation=organisation).select_related("holder")
    deputies = _deputies_of(organisation)
    for row in rows.order_by("kind", "ordinal"):
        if row.kind in chains:
            chains[row.kind].positions.append(PositionView(row, deputies.get(row.seat_id, [])))
    return list(chains.values())


def _deputies_of(organisation: Organisation) -> dict[int, list[PositionDeputy]]:
    """Deputies by seat whose time is now or still to come."""
    found: dict[int, list[PositionDeputy]] = {}
    rows = PositionDeputy.objects.not_over(clock.today()).filter(seat__organisation=organisation)
    for row in rows.select_related("person").order_by("starts_on", "pk"):
        found.setdefault(row.seat_id, []).append(row)
    return found


def kind_of(slug: str) -> str | None:
    """The kind that an address names; None for one that does not exist."""
    if slug == GENERAL_SLUG:
        return GENERAL
    return slug if slug in decision_kinds() else None


def member_choices(organisation: Organisation) -> list[tuple[str, str]]:
    """Current members for a list to choose from: name and position."""
    current = Membership.objects.current(clock.today()).filter(organisation=organisation, user__is_active=True)
    rows = current.select_related("user").order_by("user__full_name_th", "pk")
    return [(str(row.user_id), _name(row)) for row in rows]


def _name(membership: Any) -> str:
    title = membership.title or membership.user.position_title
    return f"{membership.user.full_name_th} ({title})" if title else membership.user.full_name_th
