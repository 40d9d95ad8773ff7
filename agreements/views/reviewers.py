"""Pages of the people who judge a call."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.actions import reviewers as actions
from agreements.actions.judge_invitations import invite_judge
from agreements.forms.reviewers import DismissForm, ReviewerForm
from agreements.judges import JUDGES
from agreements.models import Call, Proposal
from agreements.queries.assignments import AssignmentTable
from agreements.queries.reviewers import judges_of
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.views import run_action


def call_reviewers(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.NAME_REVIEWER, call_url(call)):
        return answer
    form = ReviewerForm(request.POST or None, root=call)
    if request.method == "POST" and form.is_valid() and _name(request, form, call):
        return redirect(reverse("agreements:call_reviewers", args=[call.reference]))
    context = {
        "form": form,
        "call": call,
        "judges": judges_of(AssignmentTable(call)),
        "waiting": call.judge_invitations.filter(accepted=None, cancelled_at=None),
        "cancel": call_url(call),
    }
    return render(request, "agreements/call_reviewers.html", context)


def _name(request: HttpRequest, form: ReviewerForm, call: Call) -> bool:
    facts: dict[str, Any] = {"call": call, "kind": form.facts["kind"]}
    if form.user is None:
        done = _("A letter with the invitation is on its way.")
        facts |= {"email": form.facts["email"], "base": request.build_absolute_uri("/")}
        return run_action(request, form, invite_judge, done=done, **facts).ok
    done = _("The person is named and has been told.")
    return run_action(request, form, actions.name_reviewer, user=form.user, done=done, **facts).ok


def call_reviewer_dismiss(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """End an invitation, with the reason and after a look at what becomes free."""
    call = find_call(request, reference)
    back = reverse("agreements:call_reviewers", args=[call.reference])
    if answer := not_yet(request, call, actions.DISMISS_REVIEWER, call_url(call)):
        return answer
    capacity = get_object_or_404(call.capacities.filter(kind__in=JUDGES).select_related("user", "call"), pk=pk)
    done, why_not = _("The invitation has ended."), actions.why_not_dismissed(capacity)
    if why_not or not call.capacities.current().filter(pk=pk).exists():
        messages.info(request, str(why_not or done))
        return redirect(back)
    form = DismissForm(request.POST or None, root=call)
    if request.method == "POST" and form.is_valid():
        facts = {"call": call, "capacity": capacity, **form.facts}
        if run_action(request, form, actions.dismiss_reviewer, done=done, **facts).ok:
            return redirect(back)
    freed = actions.unfinished_of(capacity).values("proposal_id")
    context = {
        "form": form,
        "call": call,
        "capacity": capacity,
        "freed": freed.count(),
        # an officer who judges this call too reads no more of it here than elsewhere
        "proposals": Proposal.objects.visible_to(request.actor).filter(pk__in=freed).order_by("reference"),
        "cancel": back,
    }
    return render(request, "agreements/call_reviewer_dismiss.html", context)
