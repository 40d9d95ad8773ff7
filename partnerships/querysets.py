"""What each actor may read of the ground floor, by EXISTS and never by DISTINCT."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from core.fields import StatefulQuerySet
from partnerships.enums import AGENCY_KINDS, PARTNER_KINDS


class OrganisationQuerySet(StatefulQuerySet):
    def agencies(self) -> OrganisationQuerySet:
        """Central agencies, the possible givers (§2)."""
        return self.filter(kind__in=AGENCY_KINDS)

    def partners(self) -> OrganisationQuerySet:
        """Possible receivers (§2)."""
        return self.filter(kind__in=PARTNER_KINDS)

    def named_on(self, day: date) -> OrganisationQuerySet:
        """Organisations whose name was in use on that day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day))

    def visible_to(self, actor: Any) -> OrganisationQuerySet:
        """Names and kinds of organisations are open to everyone who is logged in."""
        return self.all() if actor.user_id else self.none()


class MissionQuerySet(StatefulQuerySet):
    def visible_to(self, actor: Any) -> MissionQuerySet:
        """A mission is read by its owner agency and by OPDC; others read the call that comes of it."""
        if actor.is_opdc:
            return self.all()
        return self.filter(agency_id=actor.organisation_id) if actor.organisation_id else self.none()


class MembershipQuerySet(StatefulQuerySet):
    def current(self, day: date) -> MembershipQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)
