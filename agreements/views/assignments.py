"""The page that says which reviewer scores which proposal: by hand, or drawn."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.actions import assignments as actions
from agreements.forms.assignments import AssignmentForm
from agreements.models import Call
from agreements.queries.assignments import AssignmentTable
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.views import run_action, run_move


def call_assignments(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.ASSIGN, call_url(call)):
        return answer
    table = AssignmentTable(call)
    form = AssignmentForm(request.POST or None, root=call, table=table)
    if request.method == "POST" and form.is_valid():
        done = _("The assignments are saved.")
        facts = {"call": call, "assignments": form.assignments}
        if run_action(request, form, actions.assign_reviewers, done=done, **facts).ok:
            return redirect(request.path)
    return render(request, "agreements/call_assignments.html", {**_context(call, table), "form": form})


def _context(call: Call, table: AssignmentTable) -> dict[str, Any]:
    """Loads, and what stands in the way of a fair share."""
    wanted = max(call.reviewers_per_proposal or 1, 1)
    people = [row.user_id for row in table.reviewers]
    able = {row.pk: sum(table.may_score(row, user) for user in people) for row in table.proposals}
    loads = {user: sum(reviewer == user for _pk, reviewer in table.assigned) for user in people}
    return {
        "call": call,
        "cancel": call_url(call),
        "reviewers": [(row.user, loads[row.user_id], table.has_declared(row.user_id)) for row in table.reviewers],
        "undeclared": table.undeclared,
        "too_few": [row for row in table.proposals if able[row.pk] < wanted],
        "wanted": wanted,
        "uneven": bool(loads) and max(loads.values()) - min(loads.values()) > 1,
    }


@require_POST
def call_assignments_draw(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.DRAW, call_url(call)):
        return answer
    back = reverse("agreements:call_assignments", args=[call.reference])
    done = _("What was not assigned yet has been drawn.")
    return run_move(request, actions.draw_assignments, back=back, done=done, call=call)
