"""The page on which one section of a proposal is written (§3.1 step 2, §3.2 step 2)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agreements.actions.drafts import save_draft, values_of_part
from agreements.actions.proposals import EDIT_PROPOSAL
from agreements.forms.proposals import PART_FORMS, part_forms
from agreements.models import Proposal
from agreements.proposal_sections import DOCUMENTS, SECTIONS
from agreements.queries.call_public import deadline_line
from agreements.views.autosave import autosave_context, conflict_page
from agreements.views.guards import not_yet
from agreements.views.proposal_page import section_context, section_url
from agreements.views.proposals import find_proposal, proposal_url
from core.draft_sheets import Sheet
from core.draft_views import chosen_theirs
from core.drafts import read_written
from core.views import run_action


def proposal_edit(request: HttpRequest, reference: str, part: str) -> HttpResponse:
    """One section of the proposal, saved as far as it is written."""
    proposal = find_proposal(request, reference)
    if part == DOCUMENTS.code:
        return redirect(section_url(proposal, part))
    if part not in PART_FORMS:
        raise Http404
    if answer := not_yet(request, proposal, EDIT_PROPOSAL, proposal_url(proposal)):
        return answer
    sheet = Sheet(*part_forms(proposal, part, request.POST or None))
    if request.method == "POST" and sheet.is_valid():
        stored, chosen = values_of_part(proposal, part), chosen_theirs(request)
        written = read_written(sheet.form, sheet.formsets, stored=stored, theirs=chosen)
        done = _("Saved.")
        if run_action(request, sheet.form, save_draft, proposal=proposal, part=part, written=written, done=done).ok:
            for text in sheet.warnings_in_words():
                told = {"section": sheet.form.heading, "warning": text}
                messages.warning(request, _("In “%(section)s”: %(warning)s") % told)
            return redirect(after_saving(proposal, part, go_on="go_on" in request.POST))
        if sheet.form.clash:
            return conflict_page(request, proposal, sheet)
    context = {
        "form": sheet.form,
        "formsets": sheet.formsets,
        "proposal": proposal,
        "call": proposal.call,
        **section_context(proposal, sheet.form),
        **autosave_context(request, proposal, sheet.form),
        **deadline_line(proposal.call),
        "heading": sheet.form.heading,
        "lead": proposal.title,
        "submit": _("Save and return"),
        "also": _("Save and go on to the next section"),
        "cancel": sections_url(proposal),
    }
    return render(request, "agreements/proposal_form.html", context)


def sections_url(proposal: Proposal) -> str:
    """The list of sections on the proposal's page: on a phone it lies well below the top."""
    return f"{proposal_url(proposal)}#parts"


def after_saving(proposal: Proposal, part: str, *, go_on: bool) -> str:
    """Where to go from a saved section: to the next one, or back to the list of all."""
    codes = list(SECTIONS)
    place = codes.index(part) + 1
    return section_url(proposal, codes[place]) if go_on and place < len(codes) else sections_url(proposal)
