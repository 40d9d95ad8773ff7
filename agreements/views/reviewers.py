"""Pages of the people who judge a call."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.actions import reviewers as actions
from agreements.actions.judge_invitations import invite_judge
from agreements.forms.reviewers import ReviewerForm
from agreements.judges import JUDGES
from agreements.models import Call
from agreements.queries.assignments import AssignmentTable
from agreements.queries.reviewers import judges_of
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.views import run_action, run_move


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


@require_POST
def call_reviewer_dismiss(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.DISMISS_REVIEWER, call_url(call)):
        return answer
    capacity = get_object_or_404(call.capacities.filter(kind__in=JUDGES), pk=pk)
    back = reverse("agreements:call_reviewers", args=[call.reference])
    done = _("The invitation has ended.")
    return run_move(request, actions.dismiss_reviewer, back=back, done=done, call=call, capacity=capacity)
