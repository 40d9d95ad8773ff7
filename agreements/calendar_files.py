"""Presentations as iCalendar files (RFC 5545, RFC 5546), times in UTC.

The appointment of a proposal keeps one UID for good, whatever slot it is in; its SEQUENCE is the version that the
proposal had when the time was last set, so that it only ever rises. A file for an applicant names no other applicant.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from agreements.models import Call, PresentationSlot, Proposal
from core import clock

PRODUCT = "-//Phakhi//Presentations//TH"
MEDIA_TYPE = "text/calendar; charset=utf-8"
FILE_NAME = "presentation.ics"


def booked_file(slot: PresentationSlot) -> bytes:
    """The appointment of the proposal that holds this slot, for its applicant."""
    calendar = _calendar("PUBLISH")
    calendar.add_component(_appointment(slot, _("Presentation: %(title)s") % {"title": slot.proposal.title}))
    return calendar.to_ical()


def cancelled_file(proposal: Proposal) -> bytes:
    """Takes the appointment out of the calendars that hold it: its time was given back."""
    calendar = _calendar("CANCEL")
    event = _event(proposal.call, _uid(proposal), proposal.version)
    event.add("summary", _("Presentation: %(title)s") % {"title": proposal.title})
    event.add("status", "CANCELLED")
    calendar.add_component(event)
    return calendar.to_ical()


def slots_file(call: Call, slots: Iterable[PresentationSlot]) -> bytes:
    """All slots of a call, free and taken, for the agency's officers."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", call.title)
    for slot in slots:
        slot.call = call
        words = _("Free time for a presentation")
        if slot.proposal is not None:
            words = f"{slot.proposal.organisation.name} · {slot.proposal.reference}"
        calendar.add_component(_appointment(slot, words))
    return calendar.to_ical()


def attachment(content: bytes, method: str) -> dict[str, str]:
    """The file as a notice carries it in its mail (`partnerships.actions.notices.tell`)."""
    return {"name": FILE_NAME, "content": content.decode(), "type": f"text/calendar; method={method}"}


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _uid(proposal: Proposal) -> str:
    return f"presentation-{proposal.reference}@phakhi"


def _event(call: Call, uid: str, sequence: int) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", clock.now().astimezone(UTC))
    event.add("organizer", f"mailto:{call.officer.email}")
    event["organizer"].params["CN"] = call.agency.name
    return event


def _appointment(slot: PresentationSlot, summary: str) -> Event:
    call = slot.call
    uid = _uid(slot.proposal) if slot.proposal is not None else f"slot-{slot.pk}-{call.reference}@phakhi"
    event = _event(call, uid, slot.sequence)
    event.add("summary", summary)
    event.add("dtstart", slot.starts_at.astimezone(UTC))
    event.add("dtend", slot.ends_at.astimezone(UTC))
    event.add("location", slot.place or slot.link)
    if slot.link:
        event.add("url", slot.link)
    told = [f"{call.title} ({call.number or call.reference})", slot.link]
    if call.contact_phone:
        told.append(_("Telephone for questions: %(phone)s") % {"phone": call.contact_phone})
    event.add("description", "\n".join(part for part in told if part))
    event.add("status", "CONFIRMED" if slot.proposal_id else "TENTATIVE")
    return event
