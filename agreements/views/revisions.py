"""Earlier states of a draft: the list, what changed between two, putting one back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.actions.proposals import EDIT_PROPOSAL
from agreements.actions.restoring import restore_state
from agreements.forms.revisions import CompareForm, RestoreForm
from agreements.models import Proposal
from agreements.permissions.proposals import proposal_draft_reader
from agreements.queries.revisions import NOW, State, changes_between, content_of_state, states_of
from agreements.views.guards import not_yet
from agreements.views.proposals import find_proposal, proposal_url
from core.views import run_action
from core.workflow import judge


def _drafts_of(request: HttpRequest, reference: str) -> Proposal:
    """A proposal whose drafts the actor may read, or 404; 403 to those who see only what was submitted."""
    proposal = find_proposal(request, reference)
    if not proposal_draft_reader(proposal, request.actor):
        raise PermissionDenied
    return proposal


def _state(proposal: Proposal, states: list[State], code: str) -> tuple[State, dict[str, Any]]:
    state = next((one for one in states if one.code == code), None)
    content = content_of_state(proposal, code) if state else None
    if state is None or content is None:
        raise Http404
    return state, content


@require_safe
def proposal_revision_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Who saved what and when, and what was submitted; any two can be compared."""
    proposal = _drafts_of(request, reference)
    states = states_of(proposal)
    context = {
        "proposal": proposal,
        "call": proposal.call,
        "states": states[1:],
        "form": CompareForm(states=states, initial={"before": states[1].code if states[1:] else NOW, "after": NOW}),
        "may_restore": judge(proposal, EDIT_PROPOSAL, request.actor).open,
    }
    return render(request, "agreements/proposal_revision_list.html", context)


@require_safe
def proposal_revision_compare(request: HttpRequest, reference: str) -> HttpResponse:
    """What was added and taken away between two states (`before` and `after` in the query)."""
    proposal = _drafts_of(request, reference)
    states = states_of(proposal)
    form = CompareForm(request.GET, states=states)
    if not form.is_valid():
        return redirect(proposal_url(proposal, "proposal_revision_list"))
    before, old = _state(proposal, states, form.cleaned_data["before"])
    after, new = _state(proposal, states, form.cleaned_data["after"])
    context = {
        "proposal": proposal,
        "call": proposal.call,
        "form": form,
        "before": before,
        "after": after,
        "changes": changes_between(old, new),
        "may_restore": before.code != NOW and judge(proposal, EDIT_PROPOSAL, request.actor).open,
    }
    return render(request, "agreements/proposal_revision_compare.html", context)


def proposal_revision_restore(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Put an earlier state back into the draft, after a look at what would change."""
    proposal = _drafts_of(request, reference)
    if answer := not_yet(request, proposal, EDIT_PROPOSAL, proposal_url(proposal)):
        return answer
    state, content = _state(proposal, states_of(proposal), code)
    form = RestoreForm(request.POST or None, root=proposal)
    if request.method == "POST" and form.is_valid():
        done = _("The earlier state is the draft again. What it replaced is among the revisions.")
        if run_action(request, form, restore_state, proposal=proposal, content=content, done=done).ok:
            return redirect(proposal_url(proposal))
    back = reverse("agreements:proposal_revision_list", args=[proposal.reference])
    context = {
        "proposal": proposal,
        "call": proposal.call,
        "form": form,
        "state": state,
        "changes": changes_between(content_of_state(proposal, NOW) or {}, content),
        "cancel": back,
    }
    return render(request, "agreements/proposal_revision_restore.html", context)
