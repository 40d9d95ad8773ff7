"""The page on which a judge declares conflicts of interest, before seeing anything of a proposal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agreements.actions import conflicts as actions
from agreements.enums import CallState
from agreements.forms.conflicts import ConflictForm
from agreements.models import Call, ConflictDeclaration
from agreements.queries.relations import applicants_of, known_relations, member_of
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.views import run_action


def call_conflicts(request: HttpRequest, reference: str) -> HttpResponse:
    """The applicants by name, with what the system knows; not which proposal is whose, nor anything of it."""
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.DECLARE, call_url(call)):
        return answer
    form = _form(request, call)
    if request.method == "POST" and form.is_valid():
        done = _("Your declaration is on record.")
        facts = {"call": call, "declarations": form.declarations}
        if run_action(request, form, actions.declare_conflicts, done=done, **facts).ok:
            return redirect(call_url(call))
    context = {"form": form, "call": call, "cancel": call_url(call), "changing": bool(form.initial)}
    return render(request, "agreements/call_conflicts.html", context)


def _form(request: HttpRequest, call: Call) -> ConflictForm:
    applicants = list(applicants_of(call))
    before = _declared(call, request.user)
    scoring = call.state == CallState.SELECTION
    return ConflictForm(
        request.POST or None,
        root=call,
        applicants=applicants,
        known=known_relations(request.user, applicants),
        barred=member_of(request.user, applicants),
        before=before,
        fixed={pk for pk, (conflicted, _why) in before.items() if conflicted and scoring},
    )


def _declared(call: Call, user: Any) -> dict[int, tuple[bool, str]]:
    rows = ConflictDeclaration.objects.filter(call=call, user=user)
    return {row.organisation_id: (row.is_conflicted, row.relation) for row in rows}
