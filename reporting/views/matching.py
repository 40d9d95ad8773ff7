"""Partners ranked for a mission, and put on its shortlist (§4 step 3)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.views import run_action
from core.workflow import NotYou, judge
from partnerships.actions.shortlist import ADD_TO_SHORTLIST, add_all_to_shortlist
from partnerships.models import Mission
from reporting.forms import CandidateFilterForm, ShortlistForm
from reporting.matching.partners import Match, partners_for, strongest
from reporting.matching.points import CRITERIA
from reporting.permissions import may_match

PAGE_SIZE = 20


@require_http_methods(["GET", "POST"])
def mission_matching(request: HttpRequest, reference: str) -> HttpResponse:
    """Candidates, the best first, each with the reasons; the officer puts some on the shortlist."""
    mission = _mission(request, reference)
    narrow = CandidateFilterForm(request.GET)
    matches = partners_for(mission, **narrow.narrowed)
    may_add = judge(mission, ADD_TO_SHORTLIST, request.actor).open
    candidates = [match.organisation for match in matches if not match.entry_state]
    form = ShortlistForm(request.POST or None, root=mission, candidates=candidates)
    if request.method == "POST" and not may_add:
        raise PermissionDenied(str(NotYou.message))
    if request.method == "POST" and form.is_valid() and _add(request, form, mission, matches):
        return redirect(request.get_full_path())
    return render(
        request, "reporting/mission_matching.html", _context(request, mission, matches, narrow, form, may_add)
    )


def _add(request: HttpRequest, form: ShortlistForm, mission: Mission, matches: list[Match]) -> bool:
    """Each with the reason that was written, or with its strongest points."""
    chosen = set(form.cleaned_data["organisations"])
    wanted = [match for match in matches if str(match.organisation.pk) in chosen]
    candidates = [(match.organisation, form.cleaned_data["reason"] or strongest(match)) for match in wanted]
    count = len(wanted)
    done = ngettext(
        "%(count)s partner is now on the shortlist.", "%(count)s partners are now on the shortlist.", count
    ) % {"count": count}
    return run_action(request, form, add_all_to_shortlist, done=done, mission=mission, candidates=candidates).ok


def _context(
    request: HttpRequest, mission: Mission, matches: list[Match], narrow: Any, form: ShortlistForm, may_add: bool
) -> dict[str, Any]:
    page = Paginator(matches, PAGE_SIZE).get_page(request.GET.get("page"))
    address = request.GET.copy()
    address.pop("page", None)
    return {
        "mission": mission,
        "page": page,
        "query": address.urlencode(),
        "filter": narrow,
        "form": form,
        "may_add": may_add,
        "criteria": CRITERIA,
        "chosen": set(form.data.getlist("organisations")) if form.is_bound else set(),
    }


def _mission(request: HttpRequest, reference: str) -> Mission:
    missions = Mission.objects.visible_to(request.actor).select_related("agency", "officer")
    mission = get_object_or_404(missions, reference=reference)
    if not may_match(mission, request.actor):
        raise PermissionDenied(str(NotYou.message))
    return mission
