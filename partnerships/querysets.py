"""What each actor may read of the ground floor, by EXISTS and never by DISTINCT."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from core import clock
from core.fields import StatefulQuerySet
from core.search_text import search_text
from partnerships.enums import AGENCY_KINDS, PARTNER_KINDS, OrganisationStanding, ProvincialDutyKind, ShortlistState

MOST_WORDS = 8


class OrganisationQuerySet(StatefulQuerySet):
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, with what `save` would have worked out for sorting and searching."""
        objs = list(objs)
        for organisation in objs:
            organisation.set_derived()
        return super().bulk_create(objs, *args, **kwargs)

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
        """Those whose Thai, English or short name contains each of these words, however it is spaced or typed.

        Nothing is found by punctuation alone. On PostgreSQL words of three letters and more are looked up by trigrams.
        """
        words = [folded for word in wanted.split()[:MOST_WORDS] if (folded := search_text(word))]
        if not words:
            return self.none()
        found = self
        for word in words:
            found = found.filter(search_text__contains=word)
        return found

    def in_province(self, code: str) -> OrganisationQuerySet:
        """Those whose address is in the province (two-digit code)."""
        return self.filter(province_code=code)

    def with_field(self, field_id: int) -> OrganisationQuerySet:
        """Those that work at this field of work."""
        return self._tagged("fields_of_work", field_id)

    def with_target_group(self, group_id: int) -> OrganisationQuerySet:
        """Those that serve this target group."""
        return self._tagged("target_groups", group_id)

    def _tagged(self, name: str, word_id: int) -> OrganisationQuerySet:
        relation = self.model._meta.get_field(name)
        to_word = f"{relation.m2m_reverse_field_name()}_id"
        tags = relation.remote_field.through.objects.filter(**{to_word: word_id})
        return self.filter(Exists(tags.filter(organisation_id=OuterRef("pk"))))

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
        own = Q(pk=actor.organisation_id) | Q(registered_by_id=actor.user_id)
        if actor.is_provincial:
            return self.filter(out_of_draft | own | self._to_be_verified_by(actor.organisation_id))
        return self.filter(out_of_draft | own)

    def _to_be_verified_by(self, office_id: int) -> Q:
        """Registrations sent in from a province in which the office is named as verifier today."""
        duties = apps.get_model("partnerships", "ProvincialDuty").objects.current(clock.today())
        named = duties.filter(
            office=office_id, kind=ProvincialDutyKind.VERIFIER, province_code=OuterRef("province_code")
        )
        return Q(Exists(named), standing=OrganisationStanding.SUBMITTED)


class MissionQuerySet(StatefulQuerySet):
    def visible_to(self, actor: Any) -> MissionQuerySet:
        """A mission is read by its owner agency and by OPDC; others read the call that comes of it."""
        if actor.is_opdc:
            return self.all()
        return self.filter(agency_id=actor.organisation_id) if actor.organisation_id else self.none()

    def shown_to(self, actor: Any) -> MissionQuerySet:
        """Missions whose agency looks for a receiver and shows them: to partners, agencies and OPDC."""
        seen = actor.is_partner or actor.is_agency or actor.is_opdc
        return self.exclude(shown_at=None) if seen else self.none()


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


class SponsorshipQuerySet(StatefulQuerySet):
    def visible_to(self, actor: Any) -> SponsorshipQuerySet:
        """The group, the organisation asked, and OPDC."""
        if actor.is_opdc:
            return self.all()
        if not actor.organisation_id:
            return self.none()
        return self.filter(Q(group_id=actor.organisation_id) | Q(sponsor_id=actor.organisation_id))


class ShortlistQuerySet(StatefulQuerySet):
    def visible_to(self, actor: Any) -> ShortlistQuerySet:
        """The mission's agency and OPDC; an invited partner its own entry, once it is invited."""
        if actor.is_opdc:
            return self.all()
        if not actor.organisation_id:
            return self.none()
        return self.filter(Q(mission__agency_id=actor.organisation_id) | self._invited(actor))

    def invited(self, actor: Any) -> ShortlistQuerySet:
        """Invitations to the partner acted for."""
        return self.filter(self._invited(actor)) if actor.is_partner else self.none()

    @staticmethod
    def _invited(actor: Any) -> Q:
        return Q(organisation_id=actor.organisation_id) & ~Q(state=ShortlistState.LISTED)


class ReadinessRequestQuerySet(StatefulQuerySet):
    def visible_to(self, actor: Any) -> ReadinessRequestQuerySet:
        """Those put to the partner acted for: agencies and OPDC see them on the mission's own pages."""
        return self.filter(organisation_id=actor.organisation_id) if actor.is_partner else self.none()


class DatedQuerySet(StatefulQuerySet):
    def current(self, day: date) -> DatedQuerySet:
        """Those that hold on that day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class RepresentativeQuerySet(StatefulQuerySet):
    def current(self, day: date) -> RepresentativeQuerySet:
        """Those whose authority holds on that day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), void_at=None, valid_from__lte=day)


class BankAccountQuerySet(StatefulQuerySet):
    def current(self) -> BankAccountQuerySet:
        """The accounts that money goes to now."""
        return self.filter(replaced_at=None)


class MembershipQuerySet(DatedQuerySet):
    """A person's places in organisations."""


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
