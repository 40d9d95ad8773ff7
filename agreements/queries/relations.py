"""What the records know of a person and the applicants of a call, pointed out before conflicts are declared.

Pointed out, never decided: only a membership bars by itself. Eight queries, however many applicants there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.enums import RECEIVED_PROPOSALS
from agreements.models import Call, Party
from core import clock
from partnerships.enums import SponsorshipState
from partnerships.models import AuthorisedRepresentative, Contact, Flag, Membership, Organisation, Sponsorship, User
from partnerships.person_names import without_title

Text = str | Promise
MEMBER, FORMER = _("You are a member of this organisation."), _("You were a member of this organisation.")
SAME_NAME = _("Same name as a person of this organisation")
SAME_FAMILY_NAME = _("Same family name as a person of this organisation")
SAME_PARENT = _("Belongs to the same organisation as yours")
PARENT = _("Belongs to your organisation, or yours to it")
SPONSOR = _("Your organisation sponsors it, or it sponsors yours")
PARTIES = _("Your organisation and this one are parties of the same agreement")
FLAGGED = _("You raised a flag on this organisation")


def applicants_of(call: Call) -> QuerySet[Organisation]:
    """The organisations with a received proposal on the call, in alphabetical order: never the order of arrival."""
    made = call.proposals.filter(state__in=RECEIVED_PROPOSALS).values("organisation")
    return Organisation.objects.filter(pk__in=made).order_by("sort_key", "pk")


def member_of(user: User, organisations: Iterable[Organisation]) -> set[int]:
    """Those of the organisations that the person belongs or belonged to."""
    rows = Membership.objects.filter(user=user, organisation__in=[one.pk for one in organisations])
    return set(rows.values_list("organisation_id", flat=True))


def known_relations(user: User, organisations: Iterable[Organisation]) -> dict[int, list[Text]]:
    """Organisation id → what the system knows of the person and it, in words; [] where it knows nothing."""
    asked = {one.pk: one for one in organisations}
    own = _own_organisations(user)
    found: dict[int, list[Text]] = {pk: [] for pk in asked}
    for relations in (
        _memberships(user, asked),
        _names(user, asked),
        _structure(own, asked),
        _sponsors(own, asked),
        _agreements(own, asked),
        _flags(user, asked),
    ):
        for pk, words in relations.items():
            found[pk] += dict.fromkeys(words)
    return found


def _own_organisations(user: User) -> dict[int, Organisation]:
    rows = Membership.objects.current(clock.today()).filter(user=user).select_related("organisation")
    return {row.organisation_id: row.organisation for row in rows}


def _memberships(user: User, asked: dict[int, Any]) -> dict[int, list[Text]]:
    rows = Membership.objects.filter(user=user, organisation__in=asked)
    now = set(rows.current(clock.today()).values_list("organisation_id", flat=True))
    return {pk: [MEMBER if pk in now else FORMER] for pk in rows.values_list("organisation_id", flat=True)}


def name_parts(name: str) -> tuple[str, str]:
    """(given name, family name) of a Thai or English name, titles and remarks in brackets taken off; "" for no part."""
    given, _space, rest = without_title(name).casefold().partition(" ")
    return given, rest.rpartition(" ")[2]


def _names(user: User, asked: dict[int, Any]) -> dict[int, list[Text]]:
    """Representatives and contacts (the board among them) with the person's name or family name; who, is not told."""
    own = {name_parts(name) for name in (user.full_name_th, user.full_name_en) if name}
    families = {family for _given, family in own if family}
    found: dict[int, list[Text]] = defaultdict(list)
    for model in (AuthorisedRepresentative, Contact):
        for pk, name in model.objects.filter(organisation__in=asked).values_list("organisation_id", "name"):
            parts = name_parts(name)
            if parts in own and parts[1]:
                found[pk].append(SAME_NAME)
            elif parts[1] in families:
                found[pk].append(SAME_FAMILY_NAME)
    return found


def _structure(own: dict[int, Organisation], asked: dict[int, Organisation]) -> dict[int, list[Text]]:
    """Parent and child, or children of one; no query."""
    parents = {one.parent_id for one in own.values() if one.parent_id}
    found: dict[int, list[Text]] = {}
    for pk, one in asked.items():
        if one.parent_id in own or pk in parents:
            found[pk] = [PARENT]
        elif one.parent_id and one.parent_id in parents:
            found[pk] = [SAME_PARENT]
    return found


def _sponsors(own: dict[int, Any], asked: dict[int, Any]) -> dict[int, list[Text]]:
    rows = Sponsorship.objects.filter(state__in=[SponsorshipState.AGREED, SponsorshipState.ENDED]).filter(
        Q(group__in=own, sponsor__in=asked) | Q(group__in=asked, sponsor__in=own)
    )
    pairs = rows.values_list("group_id", "sponsor_id")
    return {pk: [SPONSOR] for pair in pairs for pk in pair if pk in asked}


def _agreements(own: dict[int, Any], asked: dict[int, Any]) -> dict[int, list[Text]]:
    agreements = Party.objects.filter(organisation__in=own).values("agreement")
    rows = Party.objects.filter(organisation__in=asked, agreement__in=agreements)
    return {pk: [PARTIES] for pk in rows.exclude(organisation__in=own).values_list("organisation_id", flat=True)}


def _flags(user: User, asked: dict[int, Any]) -> dict[int, list[Text]]:
    rows = Flag.objects.filter(organisation__in=asked, raised_by=user)
    return {pk: [FLAGGED] for pk in rows.values_list("organisation_id", flat=True)}
