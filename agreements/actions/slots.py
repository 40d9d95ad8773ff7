"""The calendar of presentations (§3.2 step 3): officers make slots, invited applicants choose one each.

Applicants choose and change until 00:00 in Bangkok of the day before; later the officer does it for them. A booking
locks the proposal and then the slots' rows: of two applicants at one slot the first has it, the second is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agreements.calendar_files import attachment, booked_file, cancelled_file
from agreements.enums import CallState, ProposalState
from agreements.models import Call, PresentationSlot, Proposal
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import why_judge_runs_not, why_judge_stands_in_not, why_judge_works_not
from agreements.permissions.proposals import applicants_people, presentation_booker, slot_officer
from agreements.queries.slots import choice_ends, choice_ends_in_words
from core import clock
from core.ui import moment_later, show_moment
from core.workflow import NotNow, Passage, Rule, Stale, Stamp, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Form, Role

MAX_SLOTS = 300
SLOT_FIELDS = ("starts_at", "ends_at", "place", "link")


def has_calendar(call: Call) -> bool:
    """A PBC call from publication until the selection begins."""
    return call.form == Form.PBC and call.state in (CallState.PUBLISHED, CallState.SCREENING)


def may_choose_time(proposal: Proposal) -> bool:
    """Eligible, invited, not heard yet, while its call is at the presentations."""
    return (
        proposal.state == ProposalState.ELIGIBLE
        and proposal.presentation_invited_at is not None
        and proposal.call.form == Form.PBC
        and proposal.call.state == CallState.SCREENING
        and not hasattr(proposal, "presentation")
    )


ADD_SLOTS = Rule(
    "add_slots", _("Make times for presentations"), call_officer, when=has_calendar, unless=why_judge_runs_not
)
REMOVE_SLOT = Rule("remove_slot", _("Remove a time"), call_officer, when=has_calendar, unless=why_judge_runs_not)
CHANGE_SLOT = Rule(
    "change_slot",
    _("Change a time"),
    slot_officer,
    when=lambda slot: has_calendar(slot.call),
    unless=why_judge_works_not,
)
BOOK_SLOT = Rule(
    "book_slot",
    _("Choose the time of the presentation"),
    presentation_booker,
    when=may_choose_time,
    unless=why_judge_stands_in_not,
)
RELEASE_SLOT = Rule(
    "release_slot",
    _("Give the time back"),
    presentation_booker,
    when=lambda proposal: may_choose_time(proposal) and hasattr(proposal, "slot"),
    unless=why_judge_stands_in_not,
)


# --- making them ----------------------------------------------------------------------------------------------------


def add_slots(
    *, call: Call, slots: Iterable[Mapping[str, Any]], by: Actor, stamp: Stamp | None = None
) -> list[PresentationSlot]:
    """Put times into the call's calendar: mappings of starts_at, ends_at (aware), place, link.

    Raises ValidationError for a time that has passed, ends before it begins, has neither place nor link, or overlaps
    another one at the same place or link.
    """
    with pass_door(call, ADD_SLOTS, by=by, stamp=stamp) as door:
        there = list(door.root.slots.all())
        new = [PresentationSlot(call=door.root, **{name: row[name] for name in SLOT_FIELDS}) for row in slots]
        if not new or len(there) + len(new) > MAX_SLOTS:
            raise ValidationError(_("Give 1 to %(most)s times."), params={"most": MAX_SLOTS})
        for slot in new:
            _refuse_unsound(slot, there)
            there.append(slot)
        PresentationSlot.objects.bulk_create(new)
        door.payload["slots"] = len(new)
    return new


def change_slot(
    *, slot: PresentationSlot, facts: Mapping[str, Any], by: Actor, stamp: Stamp | None = None
) -> PresentationSlot:
    """Another time, place or link; whoever holds the slot is told. facts: SLOT_FIELDS. Raises as `add_slots`."""
    root = slot.proposal or slot.call
    with pass_door(slot, CHANGE_SLOT, by=by, stamp=stamp, root=root) as door:
        current = door.subject
        if _row_of(current).proposal_id != slot.proposal_id:
            raise Stale()
        if hasattr(slot.proposal, "presentation"):
            raise NotNow(_("The presentation at this time is recorded already."))
        for name in SLOT_FIELDS:
            setattr(current, name, facts[name])
        _refuse_unsound(current, current.call.slots.exclude(pk=current.pk))
        current.sequence = max(current.sequence + 1, root.version + 1)
        door.payload.update(slot=current.pk, starts_at=current.starts_at)
        if current.proposal is not None:
            current.proposal = door.root
            _tell_applicant(door, current, "presentation.moved")
    return current


def remove_slot(*, slot: PresentationSlot, by: Actor, stamp: Stamp | None = None) -> None:
    """Take a free time out of the calendar. Raises NotNow for one that somebody holds."""
    taken = _("Somebody holds this time. Give the applicant another one first.")
    free = replace(REMOVE_SLOT, when=lambda call: has_calendar(call) and slot.proposal_id is None, not_now=taken)
    with pass_door(slot.call, free, by=by, stamp=stamp) as door:
        row = _row_of(slot)
        if row.proposal_id is not None:
            raise NotNow(taken)
        door.payload.update(slot=row.pk, starts_at=row.starts_at)
        row.delete()


def _row_of(slot: PresentationSlot) -> PresentationSlot:
    """The slot as it is stored, its row locked. Raises NotNow when it is gone."""
    row = PresentationSlot.objects.select_for_update(of=("self",)).filter(pk=slot.pk).first()
    if row is None:
        raise NotNow(_("This time is not in the calendar any more."))
    return row


def _refuse_unsound(slot: PresentationSlot, others: Iterable[PresentationSlot]) -> None:
    when = {"time": show_moment(slot.starts_at)}
    if slot.starts_at <= clock.now():
        raise ValidationError(_("%(time)s has passed already."), params=when)
    if slot.ends_at <= slot.starts_at:
        raise ValidationError(_("%(time)s: the end comes after the start."), params=when)
    if not (slot.place or slot.link):
        raise ValidationError(_("%(time)s: give a place or an online link."), params=when)
    for other in others:
        same_room = (slot.place and slot.place == other.place) or (slot.link and slot.link == other.link)
        if same_room and slot.starts_at < other.ends_at and other.starts_at < slot.ends_at:
            raise ValidationError(_("%(time)s overlaps another time at the same place or link."), params=when)


# --- choosing one ---------------------------------------------------------------------------------------------------


def book_slot(*, slot: PresentationSlot, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> PresentationSlot:
    """Take a free time of the call's calendar, giving back the one held before.

    By the applicant's people until the day before, or by the officer for them until it begins. Raises NotNow.
    """
    with pass_door(proposal, BOOK_SLOT, by=by, stamp=stamp) as door:
        wanted, held = _both_locked(slot, door.root)
        if wanted.proposal_id == door.root.pk:
            raise NotNow(_("This time is yours already."))
        if wanted.proposal_id is not None:
            raise NotNow(_("Somebody else has just taken this time. Choose another one."))
        _refuse_too_late(door.root, wanted, by)
        if held is not None:
            _refuse_too_late(door.root, held, by)
            _free(held)
        wanted.proposal, wanted.booked_by, wanted.booked_at = door.root, by.user, clock.now()
        wanted.sequence = door.root.version + 1
        wanted.save()
        door.payload.update(slot=wanted.pk, starts_at=wanted.starts_at)
        _tell_booking(door, wanted)
    return wanted


def release_slot(*, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> None:
    """Give the time back without taking another one. Raises NotNow where none is held, or too late."""
    with pass_door(proposal, RELEASE_SLOT, by=by, stamp=stamp) as door:
        held = PresentationSlot.objects.select_for_update(of=("self",)).filter(proposal=door.root).first()
        if held is None:
            raise NotNow(_("No time is booked for this proposal."))
        _refuse_too_late(door.root, held, by)
        _give_back(door, held)


def free_slot_of(door: Passage) -> None:
    """In a passage that ends its part in the presentations: a time that is still ahead is free again, all are told."""
    held = PresentationSlot.objects.select_for_update(of=("self",)).filter(proposal=door.root).first()
    if held is not None and held.starts_at > clock.now():
        _give_back(door, held)


def _give_back(door: Passage, held: PresentationSlot) -> None:
    _free(held)
    door.payload.update(slot=held.pk, starts_at=held.starts_at)
    _tell_released(door)


def _both_locked(slot: PresentationSlot, proposal: Proposal) -> tuple[PresentationSlot, PresentationSlot | None]:
    """The wanted slot and the one held so far, locked in the order of their numbers: two who swap do not block."""
    wanted_or_held = Q(pk=slot.pk) | Q(proposal=proposal)
    rows = PresentationSlot.objects.select_for_update(of=("self",)).filter(wanted_or_held, call_id=proposal.call_id)
    locked = {row.pk: row for row in rows.order_by("pk")}
    if slot.pk not in locked:
        raise NotNow(_("This time is not in the calendar any more."))
    return locked[slot.pk], next((row for row in locked.values() if row.proposal_id == proposal.pk), None)


def _free(slot: PresentationSlot) -> None:
    slot.proposal, slot.booked_by, slot.booked_at = None, None, None
    slot.save(update_fields=["proposal", "booked_by", "booked_at"])


def _refuse_too_late(proposal: Proposal, slot: PresentationSlot, by: Actor) -> None:
    own = applicants_people(proposal, by)
    if clock.now() < (choice_ends(slot) if own else slot.starts_at):
        return
    limit = choice_ends_in_words(slot) if own else show_moment(slot.starts_at)
    words = _("This time could be chosen or changed until %(limit)s. Please call the responsible officer: %(phone)s.")
    raise NotNow(words % {"limit": limit, "phone": proposal.call.contact_phone or "–"})


# --- telling --------------------------------------------------------------------------------------------------------


def _tell_booking(door: Passage, slot: PresentationSlot) -> None:
    _tell_applicant(door, slot, "presentation.booked")
    if door.by.organisation_id == door.root.organisation_id:
        tell(door, [door.root.call.officer_id], kind="presentation.chosen", **_when(slot))


def _when(slot: PresentationSlot) -> dict[str, Any]:
    """Time and place, the time in the words of whoever reads it."""
    return {"time": moment_later(slot.starts_at), "place": slot.place or slot.link}


def _tell_applicant(door: Passage, slot: PresentationSlot, kind: str) -> None:
    """Time and place to the applicant's people, with the file for their calendar."""
    with override("th"):
        file = attachment(booked_file(slot), "PUBLISH")
    tell(door, applicants(door.root), kind=kind, attachments=[file], **_when(slot))


def _tell_released(door: Passage) -> None:
    door.root.version += 1  # the number that the door is about to give it
    with override("th"):
        file = attachment(cancelled_file(door.root), "CANCEL")
    door.root.version -= 1
    tell(door, [*applicants(door.root), door.root.call.officer_id], kind="presentation.released", attachments=[file])


def applicants(proposal: Proposal) -> list[int]:
    """The applicant's people who are told about its presentation, result and appeal."""
    return people_in_roles([proposal.organisation_id], Role.REPRESENTATIVE, Role.STAFF)
