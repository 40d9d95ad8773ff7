"""The calendar of presentations (§3.2 step 3): the officers' list, and the one from which applicants choose."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.actions import slots as actions
from agreements.calendar_files import FILE_NAME, MEDIA_TYPE, booked_file, cancelled_file, slots_file
from agreements.forms.slots import SeriesForm, SlotForm, SlotRows, slot_facts
from agreements.models import Call, PresentationSlot
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import knows_half
from agreements.permissions.proposals import applicants_people, presentation_booker
from agreements.queries.slots import (
    by_day,
    choice_ends,
    choice_ends_in_words,
    first_choosable,
    free_slots,
    invited_without_time,
    not_invited,
    of_own_agency,
    slot_of,
    slots_of,
)
from agreements.views.calls import find_call
from agreements.views.guards import not_yet
from agreements.views.proposals import find_proposal, proposal_url
from core import clock
from core.views import run_action, run_move
from core.workflow import judge


def slots_url(call: Call) -> str:
    return reverse("agreements:call_slots", args=[call.reference])


def _find_for_agency(request: HttpRequest, reference: str) -> Call:
    """A call of the actor's own agency; who reads it from outside, or half of it, does not see who comes when."""
    call = find_call(request, reference)
    if not of_own_agency(call, request.actor) or knows_half(call, request.actor):
        raise PermissionDenied
    return call


def _find_slot(request: HttpRequest, pk: int) -> PresentationSlot:
    rows = PresentationSlot.objects.select_related("call__agency", "call__officer", "proposal__organisation")
    own = request.actor.organisation_id or 0
    slot = get_object_or_404(rows, pk=pk, call__agency_id=own)
    if knows_half(slot.call, request.actor):
        raise PermissionDenied
    return slot


# --- the agency's side ----------------------------------------------------------------------------------------------


@require_safe
def call_slots(request: HttpRequest, reference: str) -> HttpResponse:
    """All times of a call with who comes, and whom to invite."""
    call = _find_for_agency(request, reference)
    context = {
        "call": call,
        "days": by_day(slots_of(call)),
        "may_change": judge(call, actions.ADD_SLOTS, request.actor).open,
        "to_invite": list(not_invited(call)) if call.state == "screening" else [],
        "without_time": list(invited_without_time(call)),
        "now": clock.now(),
    }
    return render(request, "agreements/call_slots.html", context)


@require_safe
def call_slots_file(request: HttpRequest, reference: str) -> HttpResponse:
    call = _find_for_agency(request, reference)
    return _calendar(slots_file(call, slots_of(call)), f"{call.reference}.ics")


@require_http_methods(["GET", "POST"])
def call_slots_add(request: HttpRequest, reference: str) -> HttpResponse:
    """A row of times of equal length, single ones, or both."""
    call = _find_for_agency(request, reference)
    if answer := not_yet(request, call, actions.ADD_SLOTS, slots_url(call)):
        return answer
    data = request.POST or None
    form, rows = SeriesForm(data, root=call), SlotRows(data, prefix="slots")
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        wanted = [*form.slots, *[slot_facts(row) for row in rows.rows]]
        if run_action(request, form, actions.add_slots, call=call, slots=wanted, done=_("The times are saved.")).ok:
            return redirect(slots_url(call))
    context = {"form": form, "formsets": [rows], "call": call, "cancel": slots_url(call)}
    return render(request, "agreements/call_slots_add.html", context)


@require_http_methods(["GET", "POST"])
def slot_edit(request: HttpRequest, pk: int) -> HttpResponse:
    slot = _find_slot(request, pk)
    if answer := not_yet(request, slot, actions.CHANGE_SLOT, slots_url(slot.call)):
        return answer
    form = SlotForm(request.POST or None, root=slot.proposal or slot.call, initial=SlotForm.answers_of(slot))
    if request.method == "POST" and form.is_valid():
        facts, done = slot_facts(form.facts), _("The time is changed.")
        if run_action(request, form, actions.change_slot, slot=slot, facts=facts, done=done).ok:
            return redirect(slots_url(slot.call))
    context = {
        "form": form,
        "call": slot.call,
        "heading": _("Change a time"),
        "lead": slot.proposal.organisation.name if slot.proposal else slot.call.title,
        "submit": _("Save"),
        "cancel": slots_url(slot.call),
    }
    return render(request, "agreements/call_form.html", context)


@require_POST
def slot_remove(request: HttpRequest, pk: int) -> HttpResponse:
    slot = _find_slot(request, pk)
    if not call_officer(slot.call, request.actor):
        raise PermissionDenied
    return run_move(request, actions.remove_slot, back=slots_url(slot.call), done=_("Removed."), slot=slot)


# --- choosing -------------------------------------------------------------------------------------------------------


@require_safe
def proposal_slots(request: HttpRequest, reference: str) -> HttpResponse:
    """The calendar to choose from: the free times and one's own, never who holds the others."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.BOOK_SLOT, proposal_url(proposal)):
        return answer
    applicant = applicants_people(proposal, request.actor)
    held = slot_of(proposal)
    earliest = first_choosable() if applicant else clock.now()
    limit = choice_ends(held) if held and applicant else None
    context = {
        "proposal": proposal,
        "call": proposal.call,
        "held": held,
        "limit": choice_ends_in_words(held) if limit else "",
        "locked": limit is not None and clock.now() >= limit,
        "applicant": applicant,
        "days": by_day(free_slots(proposal.call, from_moment=earliest)),
    }
    return render(request, "agreements/proposal_slots.html", context)


@require_POST
def slot_book(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    proposal = find_proposal(request, reference)
    if not presentation_booker(proposal, request.actor):
        raise PermissionDenied
    slot = get_object_or_404(PresentationSlot, pk=pk, call=proposal.call_id)
    done, back = _("The time is booked."), _back(request, proposal)
    return run_move(request, actions.book_slot, back=back, done=done, slot=slot, proposal=proposal)


@require_POST
def slot_release(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_proposal(request, reference)
    if not presentation_booker(proposal, request.actor):
        raise PermissionDenied
    done, back = _("The time is given back."), _back(request, proposal)
    return run_move(request, actions.release_slot, back=back, done=done, proposal=proposal)


def _back(request: HttpRequest, proposal: Any) -> str:
    return reverse("agreements:proposal_slots", args=[proposal.reference])


@require_safe
def presentation_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The applicant's appointment for a calendar; once the time was given back, what takes it out again."""
    proposal = find_proposal(request, reference)
    if not presentation_booker(proposal, request.actor) or proposal.presentation_invited_at is None:
        raise Http404
    slot = slot_of(proposal)
    return _calendar(booked_file(slot) if slot else cancelled_file(proposal), FILE_NAME)


def _calendar(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
