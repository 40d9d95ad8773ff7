"""Who acts: a user, the organisation acted for, and the roles held there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from partnerships.enums import AGENCY_KINDS, PARTNER_KINDS, OrganisationKind, Role

if TYPE_CHECKING:
    from partnerships.models import Organisation, User


@dataclass(frozen=True)
class Actor:
    """Satisfies `core.workflow.Actor`. Invited capacities (reviewer, evaluator) hang on the user."""

    user: User | None = None
    organisation: Organisation | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    title: str = ""
    # The decision that is being carried out in this transaction (set by the action that decides, never by a request).
    mandate: Any = None

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

    def holds(self, *roles: str) -> bool:
        """Whether at least one of the roles is held in the organisation acted for."""
        return not self.roles.isdisjoint(roles)


ANONYMOUS = Actor()
