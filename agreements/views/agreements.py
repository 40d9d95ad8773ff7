"""Pages of an agreement: list, the agreement itself, its terms and parties, moves, and its end."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.actions import details as terms
from agreements.actions.agreements import OPEN_COMMISSIONING, end_agreement, make_move, open_commissioning
from agreements.actions.decisions import PROPOSE, propose_decision
from agreements.enums import DecisionKind, Side, Standing
from agreements.forms.agreements import (
    AddPartyForm,
    AgreementFilter,
    CommentForm,
    CommissioningForm,
    DetailsForm,
    PartnerRows,
    PartyForm,
    ReasonForm,
)
from agreements.models import Agreement, Party
from agreements.permissions.agreements import is_agency_member
from agreements.queries.agreement_list import TONES, agreements_for
from agreements.queries.desk import desk_of
from agreements.sequences import moves
from agreements.views.form_page import form_page
from agreements.views.guards import not_yet
from core.paging import keyset_page
from core.views import run_action, run_move
from core.workflow import judge
from partnerships.models import Mission

RELATED = ("agency__parent", "mission__approach_record", "officer", "call", "proposal")


def find_agreement(request: HttpRequest, reference: str) -> Agreement:
    """An agreement the actor may read, or 404."""
    rows = Agreement.objects.visible_to(request.actor).select_related(*RELATED)
    return get_object_or_404(rows.prefetch_related("parties__organisation"), reference=reference)


def find_party(request: HttpRequest, pk: int) -> Party:
    """A party of an agreement the actor may read, or 404."""
    visible = Agreement.objects.visible_to(request.actor)
    return get_object_or_404(Party.objects.select_related("agreement", "organisation"), pk=pk, agreement__in=visible)


def agreement_url(agreement: Agreement, anchor: str = "") -> str:
    url = reverse("agreements:agreement_detail", args=[agreement.reference])
    return f"{url}#{anchor}" if anchor else url


# --- reading --------------------------------------------------------------------------------------------------------


@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    """The agreements of the organisation acted for; to OPDC all of them."""
    filters = AgreementFilter(request.GET or None)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    page = keyset_page(agreements_for(request.actor, **wanted), request, order=("-created_at", "-pk"))
    rows = [{"agreement": row, "tone": TONES[Standing(row.standing)]} for row in page]
    context = {"page": page, "rows": rows, "filters": filters, "filtered": any(wanted.values())}
    context["may_see_priors"] = request.actor.is_opdc or is_agency_member(request.actor)
    return render(request, "agreements/agreement_list.html", context)


@require_safe
def agreement_detail(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = find_agreement(request, reference)
    parties = agreement.party_list
    context = {
        "agreement": agreement,
        "desk": desk_of(agreement, request.actor),
        "tone": TONES[Standing(agreement.standing)],
        "givers": _names(parties, Side.GIVER),
        "receivers": _names(parties, Side.RECEIVER),
        "supporters": _names(parties, Side.SUPPORTER),
        "Standing": Standing,
    }
    return render(request, "agreements/agreement_detail.html", context)


def _names(parties: list[Party], side: str) -> str:
    return " · ".join(party.organisation.name for party in parties if party.side == side)


# --- opening and writing --------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def agreement_create(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a joint contract for a mission whose form is Commissioning (§3.3)."""
    mission = get_object_or_404(Mission.objects.visible_to(request.actor).select_related("agency"), reference=reference)
    back = reverse("partnerships:mission_detail", args=[reference])
    if answer := not_yet(request, mission, OPEN_COMMISSIONING, back):
        return answer
    form = CommissioningForm(request.POST or None, root=mission, initial={"title": mission.title})
    partners = PartnerRows(request.POST or None, prefix="partners")
    if request.method == "POST" and all([form.is_valid(), partners.is_valid()]):
        facts = {"mission": mission, "title": form.facts["title"]}
        facts["partner_ids"] = list(dict.fromkeys(row["partner"].pk for row in partners.rows))
        outcome = run_action(request, form, open_commissioning, done=_("The joint contract has been opened."), **facts)
        if outcome.ok:
            return redirect(agreement_url(outcome.value) if outcome.value else "agreements:agreement_list")
    context = {"form": form, "heading": _("Open a joint contract"), "submit": _("Open"), "cancel": back}
    context["formsets"] = [partners]
    return render(request, "agreements/agreement_form.html", {**context, "mission": mission})


@require_http_methods(["GET", "POST"])
def agreement_edit(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = find_agreement(request, reference)
    back = agreement_url(agreement, "details")
    if answer := not_yet(request, agreement, terms.EDIT_DETAILS, back):
        return answer
    form = DetailsForm(request.POST or None, root=agreement)
    if request.method == "POST" and form.is_valid():
        done = _("The terms have been saved.")
        if run_action(request, form, terms.edit_details, done=done, agreement=agreement, **form.facts).ok:
            return redirect(back)
    words = {"heading": _("Edit the terms"), "submit": _("Save the terms")}
    return form_page(request, form, agreement, back, **words)


@require_http_methods(["GET", "POST"])
def agreement_parties(request: HttpRequest, reference: str) -> HttpResponse:
    """The parties with their signatories; the officer adds supporters (in Commissioning also receivers)."""
    agreement = find_agreement(request, reference)
    may_add = judge(agreement, terms.ADD_PARTY, request.actor).open
    form = AddPartyForm(request.POST or None, root=agreement) if may_add or request.method == "POST" else None
    if form and request.method == "POST" and form.is_valid():
        done = _("The party has been added.")
        if run_action(request, form, terms.add_party, done=done, agreement=agreement, **form.facts).ok:
            return redirect("agreements:agreement_parties", reference)
    rows = [
        {"party": party, "may_edit": judge(party, terms.EDIT_PARTY, request.actor).open, "may_remove": may_add}
        for party in agreement.party_list
    ]
    context = {"agreement": agreement, "rows": rows, "form": form, "cancel": agreement_url(agreement, "parties")}
    return render(request, "agreements/agreement_parties.html", context)


@require_http_methods(["GET", "POST"])
def party_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Duties, signatory and witnesses of one party: by its own people, or the giver's officer."""
    party = find_party(request, pk)
    back = reverse("agreements:agreement_parties", args=[party.agreement.reference])
    if answer := not_yet(request, party, terms.EDIT_PARTY, back):
        return answer
    form = PartyForm(request.POST or None, party=party)
    if request.method == "POST" and form.is_valid():
        done = _("Duties and signatory have been saved.")
        if run_action(request, form, terms.edit_party, done=done, party=party, **form.facts).ok:
            return redirect(back)
    words = {"heading": party.organisation.name, "submit": _("Save")}
    return form_page(request, form, party.agreement, back, **words)


@require_POST
def party_remove(request: HttpRequest, pk: int) -> HttpResponse:
    party = find_party(request, pk)
    back = reverse("agreements:agreement_parties", args=[party.agreement.reference])
    facts = {"agreement": party.agreement, "party": party}
    return run_move(request, terms.remove_party, back=back, done=_("The party has been removed."), **facts)


# --- moving and ending ----------------------------------------------------------------------------------------------


@require_POST
def agreement_move(request: HttpRequest, reference: str, move: str) -> HttpResponse:
    """One of the moves of the manual's sequence that need no input."""
    agreement = find_agreement(request, reference)
    if move not in dict(moves(agreement.form)):
        raise Http404
    done = _("The agreement has gone on to its next step.")
    return run_move(request, make_move, back=agreement_url(agreement), done=done, agreement=agreement, move=move)


@require_http_methods(["GET", "POST"])
def agreement_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    lead = _("Before signing either side may withdraw freely; the reason is kept.")
    return _end(request, reference, "cancel", heading=_("Cancel before signing"), lead=lead)


@require_http_methods(["GET", "POST"])
def agreement_terminate(request: HttpRequest, reference: str) -> HttpResponse:
    lead = _("Keep to the notice agreed on. What was committed properly before is honoured; the reason is kept.")
    return _end(request, reference, "terminate", heading=_("Terminate the agreement"), lead=lead)


def _end(request: HttpRequest, reference: str, move: str, **words: Any) -> HttpResponse:
    agreement = find_agreement(request, reference)
    back = agreement_url(agreement)
    if answer := not_yet(request, agreement, move, back):
        return answer
    form = ReasonForm(request.POST or None, root=agreement)
    if request.method == "POST" and form.is_valid():
        done = _("The agreement has been ended.")
        if run_action(request, form, end_agreement, done=done, agreement=agreement, move=move, **form.facts).ok:
            return redirect(back)
    return form_page(request, form, agreement, back, submit=words["heading"], tone="danger", **words)


@require_http_methods(["GET", "POST"])
def agreement_close(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer proposes closing; the executive decides at the end of the chain."""
    agreement = find_agreement(request, reference)
    back = agreement_url(agreement)
    if answer := not_yet(request, agreement, PROPOSE[DecisionKind.CLOSE_AGREEMENT], back):
        return answer
    form = CommentForm(request.POST or None, root=agreement)
    if request.method == "POST" and form.is_valid():
        facts = {"kind": DecisionKind.CLOSE_AGREEMENT, "root": agreement, **form.facts}
        done = _("Closing has been proposed to those who decide.")
        if run_action(request, form, propose_decision, done=done, **facts).ok:
            return redirect(back)
    words = {"heading": _("Propose closing the agreement"), "submit": _("Propose closing")}
    words["lead"] = _("Nothing can be changed in a closed agreement.")
    return form_page(request, form, agreement, back, **words)
