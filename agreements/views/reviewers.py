"""Pages of a call's reviewers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.actions import reviewers as actions
from agreements.forms.reviewers import ReviewerForm
from agreements.queries.calls import reviewers_of
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.views import run_action, run_move


def call_reviewers(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.NAME_REVIEWER, call_url(call)):
        return answer
    form = ReviewerForm(request.POST or None, root=call)
    here = reverse("agreements:call_reviewers", args=[call.reference])
    if request.method == "POST" and form.is_valid():
        done = _("The reviewer is named and has been told.")
        if run_action(request, form, actions.name_reviewer, call=call, user=form.user, done=done).ok:
            return redirect(here)
    context = {"form": form, "call": call, "reviewers": reviewers_of(call), "cancel": call_url(call)}
    return render(request, "agreements/call_reviewers.html", context)


@require_POST
def call_reviewer_dismiss(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.DISMISS_REVIEWER, call_url(call)):
        return answer
    capacity = get_object_or_404(call.capacities.filter(kind="reviewer"), pk=pk)
    back = reverse("agreements:call_reviewers", args=[call.reference])
    done = _("The invitation has ended.")
    return run_move(request, actions.dismiss_reviewer, back=back, done=done, call=call, capacity=capacity)
