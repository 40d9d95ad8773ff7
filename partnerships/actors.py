"""Who acts: a user, the organisation acted for, and the roles held there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from partnerships.enums import AGENCY_KINDS, PARTNER_KINDS, OrganisationKind, Role

if TYPE_CHECKING:
    from partnerships.models import Membership, Organisation, User


@dataclass(frozen=True)
class Actor:
    """Satisfies `core.workflow.Actor`. Invited capacities (reviewer, evaluator) hang on the user.

    `roles` are those in the organisation acted for, `held` those in all of them ("agency:executive").
    """

    user: User | None = None
    organisation: Organisation | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    title: str = ""
    held: frozenset[str] = field(default_factory=frozenset)
    # The decision that is being carried out in this transaction (set by the action that decides, never by a request).
    mandate: Any = None
    # What this request has asked already; only of a request that changes nothing (set by the middleware).
    memo: dict[Any, Any] | None = field(default=None, compare=False, repr=False)

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def organisation_id(self) -> int | None:
        return self.organisation.pk if self.organisation else None

    @property
    def organisation_name(self) -> str | None:
        return self.organisation.name_th if self.organisation else None

    @property
    def is_opdc(self) -> bool:
        return Role.OPDC_STAFF in self.roles

    @property
    def is_agency(self) -> bool:
        return bool(self.organisation) and self.organisation.kind in AGENCY_KINDS and not self.is_opdc

    @property
    def is_provincial(self) -> bool:
        """Whether the actor acts for a department's office in a province."""
        return bool(self.organisation) and self.organisation.kind == OrganisationKind.PROVINCIAL_OFFICE

    @property
    def is_partner(self) -> bool:
        return bool(self.organisation) and self.organisation.kind in PARTNER_KINDS

    def once(self, key: Any, ask: Callable[[], Any]) -> Any:
        """The answer to a question about this actor: asked once by a page that only reads, always anew by an action."""
        if self.memo is None:
            return ask()
        if key not in self.memo:
            self.memo[key] = ask()
        return self.memo[key]

    def holds(self, *roles: str) -> bool:
        """Whether at least one of the roles is held in the organisation acted for."""
        return not self.roles.isdisjoint(roles)


ANONYMOUS = Actor()


def side_of(kind: str) -> str:
    """The side an organisation of this kind is on: opdc, partner or agency."""
    if kind == OrganisationKind.OPDC:
        return "opdc"
    return "partner" if kind in PARTNER_KINDS else "agency"


def held_roles(user: User, memberships: Iterable[Membership]) -> frozenset[str]:
    """All roles of these memberships as "side:role", and "system:administrator" for whoever keeps the server."""
    held = {f"{side_of(each.organisation.kind)}:{role.role}" for each in memberships for role in each.roles.all()}
    if user.is_staff:
        held.add(f"system:{Role.ADMINISTRATOR}")
    return frozenset(held)
