"""Pages of a call: list, the call itself, its beginning, publication, closing (§3.1 step 1, §3.2 steps 1-2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.actions import awards
from agreements.actions import calls as actions
from agreements.actions.decisions import PROPOSE
from agreements.enums import DecisionKind
from agreements.forms.calls import CallFilter, CallStartForm, CommentForm, first_answers
from agreements.models import Call, CallTemplate
from agreements.permissions.calls import desk_reader
from agreements.queries.call_order import ORDER, tell_next
from agreements.queries.call_public import public_call
from agreements.queries.calls import calls_for, count_by_state
from agreements.queries.questions import questions_context
from agreements.views.call_page import CALL_TONE, call_context
from agreements.views.guards import not_yet
from agreements.views.public_calls import public_call_page, public_context
from core.columns import names, whole
from core.paging import keyset_page
from core.views import run_action, run_move
from partnerships.models import Mission


def find_call(request: HttpRequest, reference: str, *, also: Iterable[str] = (), lists: Iterable[str] = ()) -> Call:
    """A call the actor may read, or 404; with what the page besides reads of it, joined (`also`) or as `lists`."""
    rows = Call.objects.visible_to(request.actor).select_related("agency", "mission", "officer", *also)
    rows = rows.only(*whole(Call), *whose(), *also)
    return get_object_or_404(rows.prefetch_related(*lists), reference=reference)


def whose(path: str = "") -> list[str]:
    """Of a call's agency, mission and officer what its pages show; `path`: what leads to the call ("call__")."""
    own = ("agency__kind", "mission__reference", "mission__title", "officer__full_name_th", "officer__email")
    return [*names(f"{path}agency"), *(f"{path}{name}" for name in own)]


def call_url(call: Call) -> str:
    return reverse("agreements:call_detail", args=[call.reference])


@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    filters = CallFilter(request.GET or None)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = calls_for(request.actor, state=chosen.get("state", ""), form=chosen.get("form", ""))
    page = keyset_page(rows, request, order=ORDER)
    sees_received = request.actor.is_agency or request.actor.is_opdc
    if sees_received:
        count_by_state(page.rows, request.actor)
    tell_next(page, request.actor)
    for call in page:
        call.tone = CALL_TONE[call.state]
    context = {
        "page": page,
        "filters": filters,
        "filtered": any(chosen.values()),
        "sees_received": sees_received,
        "works_at_desk": desk_reader(request.actor),
    }
    return render(request, "agreements/call_list.html", context)


@require_safe
def call_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One address for everybody: a visitor reads what is public, whoever is logged in what is his or hers besides."""
    if request.actor.user_id is None:
        return public_call_page(request, reference)
    call = find_call(request, reference, also=["resolution", "selection_committee"], lists=["criteria"])
    everything = request.GET.get("proposals") == "all"
    context = {**call_context(call, request.actor, everything=everything), **public_context(request, call)}
    return render(request, "agreements/call_detail.html", context | questions_context(call, request.actor))


# --- beginning ------------------------------------------------------------------------------------------------------


def call_create(request: HttpRequest, reference: str) -> HttpResponse:
    """A call on the mission with this reference, from one of its form's templates; then it is written part by part."""
    mission = get_object_or_404(
        Mission.objects.visible_to(request.actor).select_related("agency", "officer"), reference=reference
    )
    back = reverse("partnerships:mission_detail", args=[mission.reference])
    if answer := not_yet(request, mission, actions.OPEN_CALL, back):
        return answer
    templates = CallTemplate.objects.filter(form=mission.form, is_active=True).order_by("name", "pk")
    form = CallStartForm(request.POST or None, root=mission, templates=templates, initial=first_answers(mission))
    if request.method == "POST" and form.is_valid():
        done = _("The draft is saved. Write its parts one by one.")
        outcome = run_action(request, form, _open_call, mission=mission, facts=form.facts, done=done)
        if outcome.ok:
            return redirect(call_url(outcome.value) if outcome.value else back)
    context = {
        "form": form,
        "mission": mission,
        "heading": _("Write a call for proposals"),
        "lead": mission.title,
        "submit": _("Save the draft"),
        "cancel": back,
    }
    return render(request, "agreements/call_form.html", context)


def _open_call(*, by: Any, stamp: Any, mission: Mission, facts: dict[str, Any]) -> Call:
    values = {"contact_phone": by.user.phone or by.organisation.phone, **facts}
    template = values.pop("template", None)
    return actions.open_call(mission=mission, by=by, facts=values, template=template, stamp=stamp)


# --- publishing, closing --------------------------------------------------------------------------------------------


def propose(request: HttpRequest, reference: str, *, kind: str, action: Any, heading: str, done: str) -> HttpResponse:
    """Put a matter of the call before those who decide, with a comment."""
    call = find_call(request, reference)
    if answer := not_yet(request, call, PROPOSE[kind], call_url(call)):
        return answer
    form = CommentForm(request.POST or None, root=call)
    if request.method == "POST" and form.is_valid():
        outcome = run_action(request, form, action, call=call, comment=form.facts["comment"], done=done)
        if outcome.ok:
            return redirect(call_url(call))
    context = call_context(call, request.actor) | {
        "form": form,
        "heading": heading,
        "submit": heading,
        "tone": "primary",  # of the button; the call's own is its state's
        "kind": kind,
        "public": public_call(call) if kind == DecisionKind.PUBLISH_CALL else None,
        "cancel": call_url(call),
    }
    return render(request, "agreements/call_propose.html", context)


def call_propose_publication(request: HttpRequest, reference: str) -> HttpResponse:
    return propose(
        request,
        reference,
        kind=DecisionKind.PUBLISH_CALL,
        action=actions.propose_publication,
        heading=_("Propose publication"),
        done=_("The call has been put before those who decide on its publication."),
    )


def call_propose_selection(request: HttpRequest, reference: str) -> HttpResponse:
    return propose(
        request,
        reference,
        kind=DecisionKind.SELECT_PROPOSALS,
        action=awards.propose_selection,
        heading=_("Propose the selection"),
        done=_("The resolution has been put before those who decide."),
    )


@require_POST
def call_close(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    done = _("Submissions are closed. Screening can begin.")
    return run_move(request, actions.close_submissions, back=call_url(call), done=done, call=call)


@require_POST
def call_begin_selection(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    done = _("The selection has begun; the reviewers have been told.")
    return run_move(request, actions.begin_selection, back=call_url(call), done=done, call=call)
