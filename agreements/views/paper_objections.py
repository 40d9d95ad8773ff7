"""The page on which an organisation objects to a paper that was entered in its name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions.paper_objections import OBJECT_TO_PAPER, object_to_paper
from agreements.forms.paper import ObjectForm
from agreements.views.guards import not_yet
from agreements.views.paper import find_on_paper
from agreements.views.proposals import proposal_url
from core.draft_views import copy_key
from core.views import run_action


@require_http_methods(["GET", "POST"])
def proposal_paper_object(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the paper is not one's own, or that one goes on online, before another person confirms it."""
    proposal = find_on_paper(request, reference)
    if answer := not_yet(request, proposal, OBJECT_TO_PAPER, proposal_url(proposal)):
        return answer
    copy = copy_key(request, proposal.reference, "paper-object")
    form = ObjectForm(request.POST or None, root=proposal)
    if request.method == "POST" and form.is_valid():
        told = {"done": _("The agency has been told. You are told as soon as the entry is taken out."), "copy": copy}
        if run_action(request, form, object_to_paper, proposal=proposal, **told, **form.facts).ok:
            return redirect(proposal_url(proposal))
    lead = _(
        "%(title)s. An officer of the agency looks at the paper again and takes the entry out, or confirms it. What "
        "your organisation wrote online goes on where it was once the entry is taken out; the deadline stays the same."
    )
    context = {
        "form": form,
        "kept": copy,
        "call": proposal.call,
        "heading": OBJECT_TO_PAPER.title,
        "lead": lead % {"title": proposal.title},
        "submit": _("Tell the agency"),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/call_form.html", context)
