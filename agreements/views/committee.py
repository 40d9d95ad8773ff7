"""Recording the joint committee or formal body, or why there is none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions.committee import RECORD_COMMITTEE, WAIVE_COMMITTEE, record_committee, waive_committee
from agreements.forms.agreements import ReasonForm
from agreements.forms.committee import CommitteeForm, MemberFormSet, member_rows
from agreements.models import Committee
from agreements.views.agreements import agreement_url, find_agreement
from agreements.views.form_page import form_page
from agreements.views.guards import not_yet
from core.views import run_action


@require_http_methods(["GET", "POST"])
def committee_edit(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = find_agreement(request, reference)
    back = agreement_url(agreement, "committee")
    if answer := not_yet(request, agreement, RECORD_COMMITTEE, back):
        return answer
    committee = Committee.objects.filter(agreement=agreement).first()
    form = CommitteeForm(request.POST or None, root=agreement, committee=committee)
    rows = MemberFormSet(request.POST) if request.method == "POST" else MemberFormSet(initial=member_rows(committee))
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        facts = {"agreement": agreement, "members": rows.rows, **form.facts}
        if run_action(request, form, record_committee, done=_("The committee has been recorded."), **facts).ok:
            return redirect(back)
    words = {"heading": _("Joint committee"), "submit": _("Save the committee")}
    return form_page(request, form, agreement, back, formsets=[rows], **words)


@require_http_methods(["GET", "POST"])
def committee_waive(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = find_agreement(request, reference)
    back = agreement_url(agreement, "committee")
    if answer := not_yet(request, agreement, WAIVE_COMMITTEE, back):
        return answer
    form = ReasonForm(request.POST or None, root=agreement)
    if request.method == "POST" and form.is_valid():
        done = _("The reason has been kept.")
        if run_action(request, form, waive_committee, done=done, agreement=agreement, **form.facts).ok:
            return redirect(back)
    words = {"heading": _("Go without a committee"), "submit": _("Keep the reason")}
    words["lead"] = _("A joint committee may be set up. Where there is none, the reason is kept.")
    return form_page(request, form, agreement, back, **words)
