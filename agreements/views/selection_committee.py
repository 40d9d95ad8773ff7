"""The page of the selection committee, and its minutes (§3.2 step 4)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions import selection_committee as actions
from agreements.documents.minutes import minutes_pdf
from agreements.forms.selection_committee import SelectionCommitteeForm, SelectionMemberRows, member_answers
from agreements.models import Call, SelectionCommittee
from agreements.permissions.judging import knows_half, ranking_reader
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.views import run_action


@require_http_methods(["GET", "POST"])
def call_committee(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.APPOINT, call_url(call)):
        return answer
    committee = SelectionCommittee.objects.filter(call=call).first()
    posted = request.POST if request.method == "POST" else None
    form = SelectionCommitteeForm(posted, request.FILES or None, root=call, committee=committee)
    rows = SelectionMemberRows(posted, initial=member_answers(committee))
    if posted is not None and all([form.is_valid(), rows.is_valid()]):
        facts: dict[str, Any] = {**form.facts, "members": _members(rows)}
        done = _("The selection committee is recorded.")
        if run_action(request, form, actions.appoint_committee, call=call, done=done, **facts).ok:
            return redirect(call_url(call))
    context = {
        "form": form,
        "formsets": [rows],
        "call": call,
        "heading": _("Selection committee"),
        "lead": _lead(call),
        "submit": _("Save the committee"),
        "cancel": call_url(call),
    }
    return render(request, "agreements/call_form.html", context)


def _lead(call: Call) -> str:
    if not hasattr(call, "resolution"):
        return call.title
    return _(
        "This committee has resolved. "
        "If its order, a name or a role changes, the resolution holds no longer and is recorded again."
    )


def _members(rows: Any) -> list[actions.Member]:
    """Every row that was not taken away: rows that come filled in count too, changed or not."""
    data = [form.cleaned_data for form in rows.forms if form.cleaned_data.get("name")]
    return [
        actions.Member(row["name"], row["title"], row["role"], row["email"]) for row in data if not row.get("DELETE")
    ]


@require_safe
def call_minutes(request: HttpRequest, reference: str) -> HttpResponse:
    """The minutes of the committee's meeting as PDF; a draft until the selection is decided."""
    call = find_call(request, reference)
    if not may_read_minutes(call, request.actor):
        raise PermissionDenied(_("The minutes are for the agency, the committee and OPDC."))
    if not hasattr(call, "resolution"):
        raise Http404
    response = HttpResponse(minutes_pdf(call.resolution), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="minutes-{call.reference}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def may_read_minutes(call: Call, actor: Any) -> bool:
    """As the ranking, but not for reviewers, nor for who must not know of every applicant: the minutes tell of all."""
    inside = actor.is_opdc or (actor.organisation_id is not None and call.agency_id == actor.organisation_id)
    sits = actor.user_id is not None and call.has_capacity(actor.user_id, "committee_member")
    return (inside or sits) and not knows_half(call, actor) and ranking_reader(call, actor)
