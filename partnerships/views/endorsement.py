"""An agency's endorsement chains: what they are, setting one, naming and ending deputies."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.audit import latest_events
from core.views import run_action, run_move
from core.workflow import NotYou
from partnerships.actions.endorsement import end_deputy, name_deputy, remove_chain, set_chain
from partnerships.endorsement_kinds import kind_label
from partnerships.forms.endorsement import ChainForm, DeputyForm, position_rows
from partnerships.models import EndorsementPosition, Organisation, PositionDeputy
from partnerships.permissions.endorsement import keeps_chains, may_edit_chain, may_see_chain
from partnerships.queries.endorsement import GENERAL_SLUG, chains_of, kind_of

EVENTS = [f"organisation.{name}" for name in ("set_chain", "remove_chain", "name_deputy", "end_deputy")]


@require_safe
def own_chains(request: HttpRequest) -> HttpResponse:
    """The way from the navigation to one's own agency's chains."""
    if not keeps_chains(request.actor):
        raise PermissionDenied(str(NotYou.message))
    return redirect(_page_of(request.actor.organisation_id))


@require_safe
def endorsement_chains(request: HttpRequest, pk: int) -> HttpResponse:
    """Every kind of decision with its positions and their deputies, and what was changed when and by whom."""
    organisation = _organisation(request, pk)
    if not may_see_chain(organisation, request.actor):
        raise PermissionDenied(str(NotYou.message))
    chains = chains_of(organisation)
    context = {
        "organisation": organisation,
        "set_chains": [chain for chain in chains if chain.is_general or chain.positions],
        "without": [chain for chain in chains if not chain.is_general and not chain.positions],
        "may_edit": may_edit_chain(organisation, request.actor),
        "events": latest_events(organisation, kind__in=EVENTS),
    }
    return render(request, "partnerships/endorsement_chains.html", context)


@require_http_methods(["GET", "POST"])
def chain_edit(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Set the positions of one kind: the rows that are there, changed, added to, taken away or put in another order."""
    organisation, code = _to_edit(request, pk, kind)
    current = EndorsementPosition.objects.of_chain(organisation.pk, code)
    form = ChainForm(request.POST or None, root=organisation)
    rows = position_rows(list(current), request.actor, request.POST or None)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        facts = {"organisation": organisation, "kind": code, "positions": rows.wanted}
        if run_action(request, form, set_chain, done=_("The chain has been saved."), **facts).ok:
            return redirect(_page_of(pk))
    context = {
        "organisation": organisation,
        "form": form,
        "formsets": [rows],
        "heading": _("Positions of the chain"),
        "lead": kind_label(code),
        "submit": _("Save the chain"),
        "cancel": _page_of(pk),
        "slug": kind if current else "",
    }
    return render(request, "partnerships/chain_edit.html", context)


@require_http_methods(["GET", "POST"])
def chain_remove(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Take a kind's chain away, after reading which positions it has."""
    organisation, code = _to_edit(request, pk, kind)
    positions = list(EndorsementPosition.objects.of_chain(organisation.pk, code).select_related("holder"))
    if not positions:
        raise Http404
    if request.method == "POST":
        done = _("The chain has been taken away.")
        return run_move(request, remove_chain, back=_page_of(pk), done=done, organisation=organisation, kind=code)
    context = {
        "heading": _("Take the chain away"),
        "lead": kind_label(code),
        "rows": [(one.title, one.holder.full_name_th) for one in positions],
        "root": organisation,
        "submit": _("Take the chain away"),
        "tone": "danger",
        "cancel": _page_of(pk),
        "is_general": kind == GENERAL_SLUG,
    }
    return render(request, "partnerships/chain_remove.html", context)


@require_http_methods(["GET", "POST"])
def deputy_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a deputy for a position; also for one that is no longer in the chain while matters wait for it."""
    position = get_object_or_404(EndorsementPosition.objects.select_related("organisation", "holder"), pk=pk)
    organisation, _code = _to_edit(request, position.organisation_id, position.kind or GENERAL_SLUG)
    form = DeputyForm(request.POST or None, root=organisation)
    if request.method == "POST" and form.is_valid():
        done = _("The deputy has been named.")
        if run_action(request, form, name_deputy, done=done, position=position, **form.facts).ok:
            return redirect(_page_of(organisation.pk))
    context = {
        "organisation": organisation,
        "form": form,
        "heading": _("Name a deputy"),
        "lead": f"{position.title} · {position.holder.full_name_th}",
        "submit": _("Name the deputy"),
        "cancel": _page_of(organisation.pk),
    }
    return render(request, "partnerships/deputy_create.html", context)


@require_POST
def deputy_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a deputy's time from now on."""
    deputy = get_object_or_404(PositionDeputy.objects.select_related("seat__organisation"), pk=pk)
    organisation, _code = _to_edit(request, deputy.seat.organisation_id, deputy.seat.kind or GENERAL_SLUG)
    done = _("The deputy's time has ended.")
    return run_move(request, end_deputy, back=_page_of(organisation.pk), done=done, deputy=deputy)


def _organisation(request: HttpRequest, pk: int) -> Organisation:
    """The agency whose chains these are: one's own, or to OPDC any. 404 for everybody else."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
    if organisation.pk != request.actor.organisation_id and not may_see_chain(organisation, request.actor):
        raise Http404
    return organisation


def _to_edit(request: HttpRequest, pk: int, slug: str) -> tuple[Organisation, Any]:
    organisation, kind = _organisation(request, pk), kind_of(slug)
    if not may_edit_chain(organisation, request.actor):
        raise PermissionDenied(str(NotYou.message))
    if kind is None:
        raise Http404
    return organisation, kind


def _page_of(organisation_id: int) -> str:
    return reverse("partnerships:endorsement_chains", args=[organisation_id])
