"""Pages on which OPDC looks at organisations that may be one, side by side, and merges them or says they are two."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.views import run_action
from partnerships.actions.merging import TAKE_OVER, find_not_duplicate, merge_organisations
from partnerships.forms.duplicates import DuplicateFilterForm
from partnerships.forms.registry import MergeForm, NotDuplicateForm
from partnerships.merging import obstacles
from partnerships.models import Organisation
from partnerships.queries.duplicates import pair_of, pairs_by_name, pairs_by_number
from partnerships.queries.side_by_side import rows_of
from partnerships.views.guards import find_for_opdc, not_yet, opdc_only, organisation_url


@require_GET
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Pairs by number everywhere, by name in the province that is chosen."""
    opdc_only(request)
    form = DuplicateFilterForm(request.GET or None)
    province = form.cleaned_data["province"] if form.is_valid() else ""
    context = {
        "filter": form,
        "province": province,
        "by_number": pairs_by_number(),
        "by_name": pairs_by_name(province) if province else [],
    }
    return render(request, "partnerships/duplicate_list.html", context)


def _pair(request: HttpRequest, first: int, second: int) -> tuple[Organisation, Organisation]:
    """Two different partners, the one with the lower id first, or 404."""
    if first == second:
        raise Http404
    partners = Organisation.objects.partners()
    one, other = (find_for_opdc(request, partners, pk=pk) for pk in sorted((first, second)))
    return one, other


@require_http_methods(["GET", "POST"])
def duplicate_compare(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """The two side by side; below, the form that merges them and the one that says they are two."""
    pair = _pair(request, first, second)
    for organisation in pair:
        if answer := not_yet(request, organisation, TAKE_OVER, organisation_url(organisation)):
            return answer
    form = MergeForm(request.POST or None, root=pair[0], pair=pair)
    if request.method == "POST" and form.is_valid():
        done = _("The two records are one now. The one that was merged leads to it.")
        kept = form.facts["kept"]
        if run_action(request, form, _merge, done=done, **form.facts).ok:
            return redirect(organisation_url(kept))
    return render(request, "partnerships/duplicate_compare.html", _context(pair, form, NotDuplicateForm(root=pair[0])))


def _merge(*, kept: Organisation, merged: Organisation, stamp: Any, **facts: Any) -> Any:
    """The form was drawn from the record with the lower id: its version counts only where that one is kept."""
    if kept.pk > merged.pk:
        stamp = type(stamp)(key=stamp.key)
    return merge_organisations(kept=kept, merged=merged, stamp=stamp, **facts)


@require_POST
def duplicate_dismiss(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """They are two, with the reason."""
    pair = _pair(request, first, second)
    form = NotDuplicateForm(request.POST, root=pair[0])
    if form.is_valid():
        done = _("Kept: these are two organisations. They are not offered as a pair again.")
        facts = {"first": pair[0], "second": pair[1], **form.facts}
        if run_action(request, form, find_not_duplicate, done=done, **facts).ok:
            return redirect(f"{reverse('partnerships:duplicate_list')}?province={pair[0].province_code}")
    return render(
        request, "partnerships/duplicate_compare.html", _context(pair, MergeForm(root=pair[0], pair=pair), form)
    )


def _context(pair: tuple[Organisation, Organisation], form: MergeForm, dismissal: NotDuplicateForm) -> dict[str, Any]:
    one, other = pair
    return {
        "pair": pair_of(one, other),
        "rows": rows_of(one, other),
        "form": form,
        "dismissal": dismissal,
        "obstacles": obstacles(one, other),
        "dismiss_url": reverse("partnerships:duplicate_dismiss", args=[one.pk, other.pk]),
        "cancel": reverse("partnerships:duplicate_list"),
    }
