"""A section of a proposal that saves itself: the saving, who else is there, and what the page needs for it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agreements.actions.drafts import save_draft, values_of_part
from agreements.actions.presence import be_present
from agreements.actions.proposals import EDIT_PROPOSAL, PartState, part_state
from agreements.forms.proposals import PART_FORMS, PartForm, part_forms
from agreements.models import Proposal
from agreements.permissions.proposals import proposal_writer
from agreements.proposal_sections import ACTIVITIES
from agreements.views.proposal_page import plan_by_month
from agreements.views.proposals import find_proposal, proposal_url
from core.draft_sheets import Sheet
from core.draft_views import (
    another_writer,
    answer_saving,
    answer_token,
    clash_rows,
    copy_key,
    is_another_writer,
    read_places,
    resend_fields,
    who_saved,
)
from core.drafts import read_written
from core.ui import show_clock
from core.workflow import judge


def _written_by_actor(request: HttpRequest, reference: str, part: str) -> Proposal:
    """The proposal whose section the actor may write, or 404; 403 for insiders who may not."""
    proposal = find_proposal(request, reference)
    if not proposal_writer(proposal, request.actor):
        raise PermissionDenied
    if part not in PART_FORMS:
        raise Http404
    return proposal


@require_http_methods(["GET", "POST"])
def proposal_draft(request: HttpRequest, reference: str, part: str) -> JsonResponse:
    """Save what is right of what was typed (POST); a fresh token after another log-in (GET)."""
    proposal = _written_by_actor(request, reference, part)
    if request.method == "GET":
        return answer_token(request, version=part_state(proposal, part).version)
    sheet = Sheet(*part_forms(proposal, part, request.POST))
    written = read_written(
        sheet.form, sheet.formsets, stored=values_of_part(proposal, part), places=read_places(request)
    )
    return answer_saving(
        request,
        sheet,
        written,
        partial(save_draft, proposal=proposal, part=part, written=written, by=request.actor),
        now=lambda: Sheet(*part_forms(find_proposal(request, reference), part)),
        others=lambda: be_present(proposal=proposal, part=part, by=request.actor),
        beside=partial(plan_by_month, proposal) if part == ACTIVITIES.code else None,
    )


@require_POST
def proposal_presence(request: HttpRequest, reference: str, part: str) -> JsonResponse:
    """The page is still open: who else has it open, and whether somebody saved meanwhile."""
    proposal = _written_by_actor(request, reference, part)
    if is_another_writer(request):
        return another_writer()
    others = be_present(proposal=proposal, part=part, by=request.actor)
    return JsonResponse({"state": "here", "others": others, "version": part_state(proposal, part).version})


def autosave_context(request: HttpRequest, proposal: Proposal, form: PartForm) -> dict[str, Any]:
    """What the page of a section carries so that it saves itself; nothing where it may not be written."""
    part = form.section.code
    if not judge(proposal, EDIT_PROPOSAL, request.actor).open:
        return {}
    state: PartState = form.state or part_state(proposal, part)
    address = [proposal.reference, part]
    return {
        "autosave": {
            "url": reverse("agreements:proposal_draft", args=address),
            "presence": reverse("agreements:proposal_presence", args=address),
            "copy": copy_key(request, proposal.reference, part),
            "writer": request.user.pk,
            "time": show_clock(state.saved_at) if state.saved_at else "",
            "unsaved": form.is_bound,
        }
    }


def conflict_page(request: HttpRequest, proposal: Proposal, sheet: Sheet) -> HttpResponse:
    """Both texts side by side for what both changed; everything typed is kept and sent along with the choice."""
    form: Any = sheet.form
    now = Sheet(*part_forms(find_proposal(request, proposal.reference), form.section.code))
    context = {
        "proposal": proposal,
        "call": proposal.call,
        "heading": form.heading,
        "lead": proposal.title,
        "who": who_saved(form.clash),
        "clash_rows": clash_rows(form.clash, sheet, now),
        "kept": resend_fields(request, form.clash, form.cleaned_data.get("drawn", "")),
        "action": request.path,
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/proposal_conflict.html", context, status=409)
