"""The calendar of presentations (§3.2 step 3): slots of a call, what an applicant may choose, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from agreements.models import Call, PresentationSlot, Proposal
from core import clock
from core.ui import show_day

DAYS_BEFORE = 1  # applicants choose and change until the day before the presentation begins


def choice_ends(slot: PresentationSlot) -> datetime:
    """The moment from which an applicant can neither take nor leave this slot: 00:00 in Bangkok of the day before."""
    day = localdate(slot.starts_at, clock.BANGKOK) - timedelta(days=DAYS_BEFORE)
    return datetime.combine(day, time(), tzinfo=clock.BANGKOK)


def choice_ends_in_words(slot: PresentationSlot) -> str:
    """That moment as people say it: the end of the day that it closes."""
    last_day = choice_ends(slot).date() - timedelta(days=1)
    return _("the end of %(day)s") % {"day": show_day(last_day)}


def first_choosable() -> datetime:
    """Slots that begin from here on may still be chosen by applicants now: the midnight after tomorrow, in Bangkok."""
    day = localdate(clock.now(), clock.BANGKOK) + timedelta(days=DAYS_BEFORE + 1)
    return datetime.combine(day, time(), tzinfo=clock.BANGKOK)


def slots_of(call: Call) -> QuerySet[PresentationSlot]:
    """All slots of a call with who holds them, in order of time."""
    rows = call.slots.select_related("proposal__organisation", "booked_by")
    return rows.order_by("starts_at", "place", "pk")


def free_slots(call: Call, *, from_moment: datetime) -> QuerySet[PresentationSlot]:
    """Slots that nobody holds and that begin at that moment or later."""
    return call.slots.filter(proposal__isnull=True, starts_at__gte=from_moment).order_by("starts_at", "place", "pk")


def slot_of(proposal: Proposal) -> PresentationSlot | None:
    """The slot that a proposal holds, or None."""
    return PresentationSlot.objects.filter(proposal=proposal).select_related("call__agency", "call__officer").first()


@dataclass(frozen=True)
class Day:
    on: date
    slots: tuple[PresentationSlot, ...]


def by_day(slots: Iterable[PresentationSlot]) -> list[Day]:
    """The slots under their days in Bangkok, in order of time."""
    days = groupby(slots, key=lambda slot: localdate(slot.starts_at, clock.BANGKOK))
    return [Day(on, tuple(rows)) for on, rows in days]


def not_invited(call: Call) -> QuerySet[Proposal]:
    """Eligible proposals whose applicants were not invited to present yet and have not presented."""
    rows = call.proposals.filter(state="eligible", presentation_invited_at__isnull=True, presentation__isnull=True)
    return rows.select_related("organisation").order_by("submitted_at", "pk")


def invited_without_time(call: Call) -> QuerySet[Proposal]:
    """Invited applicants that have neither chosen a time nor presented."""
    rows = call.proposals.filter(state="eligible", presentation_invited_at__isnull=False, presentation__isnull=True)
    return rows.filter(slot__isnull=True).select_related("organisation").order_by("submitted_at", "pk")


def of_own_agency(call: Call, actor: Any) -> bool:
    """Whether the actor acts for the agency that made the call: it sees who comes when, letters and appeals."""
    return actor.organisation_id is not None and call.agency_id == actor.organisation_id
