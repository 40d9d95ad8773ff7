"""What each actor may read of the ground floor, by EXISTS and never by DISTINCT."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from core.fields import StatefulQuerySet
from core.search_text import search_text
from partnerships.enums import AGENCY_KINDS, PARTNER_KINDS, OrganisationStanding


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

    def search(self, wanted: str) -> OrganisationQuerySet:
        """Those whose Thai, English or short name contains this, however it is spaced or typed."""
        return self.filter(search_text__contains=search_text(wanted))

    def in_province(self, code: str) -> OrganisationQuerySet:
        """Those whose address is in the province (two-digit code)."""
        return self.filter(province_code=code)

    def listed(self) -> OrganisationQuerySet:
        """Those in the register: not the ones being registered, nor those merged into another."""
        return self.filter(standing=OrganisationStanding.ACTIVE)

    def verified(self, day: date) -> OrganisationQuerySet:
        """Those whose latest verification holds on that day."""
        return self.filter(verified_until__gte=day)

    def visible_to(self, actor: Any) -> OrganisationQuerySet:
        """The register is open to everyone logged in; what is being registered to its own people and OPDC."""
        if not actor.user_id:
            return self.none()
        if actor.is_opdc:
            return self.all()
        out_of_draft = Q(standing__in=[OrganisationStanding.ACTIVE, OrganisationStanding.MERGED])
        return self.filter(out_of_draft | Q(pk=actor.organisation_id) | Q(registered_by_id=actor.user_id))


class MissionQuerySet(StatefulQuerySet):
    def visible_to(self, actor: Any) -> MissionQuerySet:
        """A mission is read by its owner agency and by OPDC; others read the call that comes of it."""
        if actor.is_opdc:
            return self.all()
        return self.filter(agency_id=actor.organisation_id) if actor.organisation_id else self.none()


class PolicyQuerySet(StatefulQuerySet):
    def visible_to(self, actor: Any) -> PolicyQuerySet:
        """The agency's own and OPDC."""
        if actor.is_opdc:
            return self.all()
        return self.filter(agency_id=actor.organisation_id) if actor.organisation_id else self.none()


class SuggestionQuerySet(StatefulQuerySet):
    def visible_to(self, actor: Any) -> SuggestionQuerySet:
        """Who proposed it, the agency it is put to, and OPDC."""
        if actor.is_opdc:
            return self.all()
        if not actor.organisation_id:
            return self.none()
        return self.filter(Q(suggested_by_id=actor.organisation_id) | Q(agency_id=actor.organisation_id))


class TalkQuerySet(StatefulQuerySet):
    def visible_to(self, actor: Any) -> TalkQuerySet:
        """OPDC's own log."""
        return self.all() if actor.is_opdc else self.none()


class MembershipQuerySet(StatefulQuerySet):
    def current(self, day: date) -> MembershipQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class PositionQuerySet(StatefulQuerySet):
    def in_force(self) -> PositionQuerySet:
        """The rows of the chains as they are now."""
        return self.filter(valid_until=None)

    def of_chain(self, organisation_id: int, kind: str) -> PositionQuerySet:
        """One chain as it is now, in order; kind "" is the general one."""
        return self.in_force().filter(organisation_id=organisation_id, kind=kind).order_by("ordinal")


class DeputyQuerySet(StatefulQuerySet):
    def current(self, day: date) -> DeputyQuerySet:
        """Deputies whose time it is on that day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day, ended_at=None)

    def not_over(self, day: date) -> DeputyQuerySet:
        """Those and the ones whose time is still to come."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), ended_at=None)
