"""The first page: the public's entrance, or one's own work list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.queries.public_calls import OPEN_FIRST_TO_CLOSE, for_list, public_calls, shown_in_list
from reporting.next_steps import next_step_for
from reporting.worklist import work_of

CALLS_ON_LANDING = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Anonymous: what this is and the calls that are open. Logged in: what waits for me."""
    if request.actor.user_id is None:
        calls = for_list(public_calls()).order_by(*OPEN_FIRST_TO_CLOSE)[:CALLS_ON_LANDING]
        return render(request, "reporting/landing.html", {"rows": shown_in_list(calls)})
    work = work_of(request.actor)
    context = {"work": work, "next_step": next_step_for(request.actor) if not work.groups else None}
    return render(request, "reporting/home.html", context)
