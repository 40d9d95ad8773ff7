"""Parts of the profile that are papers: documents, authorised representatives, the bank account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.views import run_action, run_move
from core.workflow import judge
from partnerships.actions import profile_papers as actions
from partnerships.forms.profile_rows import BankAccountForm, DocumentForm, RepresentativeForm
from partnerships.models import Organisation
from partnerships.permissions.profile import may_read_bank_account
from partnerships.queries.profile import URL_OF_PART, papers_of
from partnerships.requirements.organisation import rules_for
from partnerships.views.profile import not_open, own_organisation, profile_url


@require_http_methods(["GET", "POST"])
def profile_documents(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers in use, and one more."""
    organisation = own_organisation(request, pk)
    if answer := not_open(request, organisation, actions.ADD_DOCUMENT):
        return answer
    wanted = rules_for(organisation).documents
    papers = papers_of(organisation, request.actor)
    lacking = [kind for kind in wanted if kind not in {paper.document.kind for paper in papers}]
    initial = {"kind": lacking[0] if lacking else "other"}
    form = DocumentForm(request.POST or None, request.FILES or None, root=organisation, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = _("The document has been kept.")
        if run_action(request, form, actions.add_document, done=done, organisation=organisation, **form.facts).ok:
            return redirect(profile_url(organisation, "documents"))
    context = {"papers": papers, "lacking": [kind.label for kind in lacking], "submit": _("Keep the document")}
    return _page(request, "documents", organisation, form, **context)


@require_POST
def document_void(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    paper = get_object_or_404(organisation.documents.filter(void_at=None), pk=document)
    back = profile_url(organisation, "documents")
    return run_move(request, actions.void_document, back=back, done=_("Taken out of use."), document=paper)


@require_http_methods(["GET", "POST"])
def profile_representatives(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may bind the organisation, and one more."""
    organisation = own_organisation(request, pk)
    if answer := not_open(request, organisation, actions.ADD_REPRESENTATIVE):
        return answer
    form = RepresentativeForm(request.POST or None, request.FILES or None, root=organisation)
    if request.method == "POST" and form.is_valid():
        done = _("The authorised representative has been kept.")
        facts = {"organisation": organisation, **form.facts}
        if run_action(request, form, actions.add_representative, done=done, **facts).ok:
            return redirect(profile_url(organisation, "representatives"))
    holding = organisation.representatives.filter(void_at=None).select_related("delegation")
    context = {"representatives": holding, "submit": _("Keep the representative")}
    return _page(request, "representatives", organisation, form, **context)


@require_POST
def representative_end(request: HttpRequest, pk: int, representative: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    one = get_object_or_404(organisation.representatives.filter(void_at=None), pk=representative)
    back = profile_url(organisation, "representatives")
    return run_move(request, actions.end_representative, back=back, done=_("The authority ended."), representative=one)


@require_http_methods(["GET", "POST"])
def profile_bank(request: HttpRequest, pk: int) -> HttpResponse:
    """The account in use, and another in its place."""
    organisation = own_organisation(request, pk)
    if answer := not_open(request, organisation, actions.SET_BANK_ACCOUNT):
        return answer
    form = BankAccountForm(request.POST or None, request.FILES or None, root=organisation)
    if request.method == "POST" and form.is_valid():
        done = _("The bank account has been kept.")
        facts = {"organisation": organisation, **form.facts}
        if run_action(request, form, actions.set_bank_account, done=done, **facts).ok:
            return redirect(profile_url(organisation, "bank"))
    account = None
    if may_read_bank_account(organisation, request.actor):
        account = organisation.bank_accounts.filter(replaced_at=None).select_related("book", "recorded_by").first()
    submit = _("Use this account instead") if account else _("Keep the account")
    return _page(request, "bank", organisation, form, account=account, submit=submit)


def _page(request: HttpRequest, part: str, organisation: Organisation, form: Any, **more: Any) -> HttpResponse:
    context = {"form": form, "organisation": organisation, "part": URL_OF_PART[part]}
    context["may_end"] = judge(organisation, actions.END_REPRESENTATIVE, request.actor).open
    context["cancel"] = profile_url(organisation)
    return render(request, f"partnerships/profile_{part}.html", {**context, **more})
