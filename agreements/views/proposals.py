"""Pages of a proposal: begin, parts, files, check answers, submit, receipt, withdraw (§3.1 step 2, §3.2 step 2)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.actions import proposals as actions
from agreements.actions.proposal_content import ATTACHMENT, part_content
from agreements.actions.proposal_copy import copy_proposal
from agreements.enums import ProposalState
from agreements.forms.proposals import AttachForm, BeginForm
from agreements.models import Call, Proposal
from agreements.permissions.proposals import proposal_writer
from agreements.queries.call_public import deadline_line
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from agreements.views.kept_texts import kept_texts
from agreements.views.proposal_page import attached_to, files_shown, proposal_context
from core.files import files_of
from core.views import run_action, run_move
from partnerships.models import Organisation, User

# In these the deadline still asks something of the organisation: to go on, or to withdraw and mend.
STILL_OPEN = (ProposalState.DRAFT, ProposalState.WITHDRAWN, ProposalState.SUBMITTED)

NAMES = ("kind", "name_th", "name_en")  # of the applicant and of the agency


def find_proposal(request: HttpRequest, reference: str, *also: str) -> Proposal:
    """A proposal the actor may read, or 404; its call and `also` joined, the names that stand on every page by id.

    Each table more that is joined costs the database more than the few records of this page by their ids.
    """
    rows = Proposal.objects.one_visible_to(request.actor, reference=reference)
    proposal = get_object_or_404(rows.select_related("call", *also))
    call = proposal.call
    named = Organisation.objects.filter(pk__in={proposal.organisation_id, call.agency_id}).only(*NAMES)
    by_id = {one.pk: one for one in named.order_by()}
    proposal.organisation, call.agency = by_id[proposal.organisation_id], by_id[call.agency_id]
    call.officer = User.objects.only("full_name_th", "email").get(pk=call.officer_id)
    return proposal


def proposal_url(proposal: Proposal, page: str = "proposal_detail", *args: str) -> str:
    return reverse(f"agreements:{page}", args=[proposal.reference, *args])


def proposal_create(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a proposal on the call with this reference; one's own that is there already is opened instead."""
    call: Call = find_call(request, reference)
    existing = call.proposals.in_place().filter(organisation_id=request.actor.organisation_id or 0).first()
    if existing:
        return redirect(proposal_url(existing))
    if answer := not_yet(request, call, actions.BEGIN_PROPOSAL, call_url(call)):
        return answer
    own = request.actor.organisation_id
    form = BeginForm(request.POST or None, root=call, organisation_id=own, initial={"title": call.title})
    if request.method == "POST" and form.is_valid():
        source = form.facts.get("source")
        begin, sent = (copy_proposal, {"source": source}) if source else (actions.begin_proposal, {})
        sent |= {"call": call, "title": form.facts["title"]}
        outcome = run_action(request, form, begin, done=_("The draft is saved."), **sent)
        if outcome.ok:
            return redirect(proposal_url(outcome.value) if outcome.value else call_url(call))
    context = {
        "form": form,
        "call": call,
        "heading": _("Begin a proposal"),
        "lead": call.title,
        "submit": _("Begin"),
        "cancel": call_url(call),
    }
    return render(request, "agreements/proposal_form.html", context)


@require_safe
def proposal_detail(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_proposal(request, reference, "presentation", "cure_request")
    context = proposal_context(proposal, request.actor) | kept_texts(request, proposal)
    if proposal.organisation_id == request.actor.organisation_id and proposal.state in STILL_OPEN:
        context |= deadline_line(proposal.call)
    return render(request, "agreements/proposal_detail.html", context)


# --- files ----------------------------------------------------------------------------------------------------------


def proposal_files(request: HttpRequest, reference: str) -> HttpResponse:
    """The attached files, with one more to attach."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.ATTACH, proposal_url(proposal)):
        return answer
    form = AttachForm(request.POST or None, request.FILES or None, root=proposal)
    if request.method == "POST" and form.is_valid():
        sent = {"upload": form.facts["file"], "wanted": form.facts.get("wanted")}
        if run_action(request, form, actions.attach_file, proposal=proposal, done=_("Attached."), **sent).ok:
            return redirect(proposal_url(proposal, "proposal_files"))
    context = {
        "form": form,
        "proposal": proposal,
        "call": proposal.call,
        **files_shown(part_content(proposal), attached_to(proposal)),
        **deadline_line(proposal.call),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/proposal_files.html", context)


@require_POST
def proposal_file_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    proposal = find_proposal(request, reference)
    if not proposal_writer(proposal, request.actor):
        raise PermissionDenied
    file = get_object_or_404(files_of(proposal, ATTACHMENT), pk=pk)
    back = proposal_url(proposal, "proposal_files")
    return run_move(request, actions.detach_file, back=back, done=_("Removed."), proposal=proposal, file=file)
