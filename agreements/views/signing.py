"""The text for signature: proposing, reading, signing on screen and on paper, making public, and its PDF."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.actions import signing, texts
from agreements.actions.decisions import PROPOSE, propose_decision
from agreements.documents.render import opening_words
from agreements.documents.signed import agreement_pdf as pdf_of
from agreements.documents.signed import signed_document
from agreements.enums import DecisionKind
from agreements.forms.agreements import CommentForm, ReasonForm
from agreements.forms.signing import ScanForm, SignForm
from agreements.models import Agreement, AgreementText, Signature
from agreements.views.agreements import agreement_url, find_agreement, find_party
from agreements.views.form_page import form_page
from agreements.views.guards import not_yet
from core.views import run_action, run_move
from partnerships.identity.proof import identity_proof
from partnerships.identity.reauthentication import confirm_url, has_confirmed


@require_http_methods(["GET", "POST"])
def text_propose(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = find_agreement(request, reference)
    back = agreement_url(agreement, "text")
    if answer := not_yet(request, agreement, PROPOSE[DecisionKind.SIGN_AGREEMENT], back):
        return answer
    form = CommentForm(request.POST or None, root=agreement)
    if request.method == "POST" and form.is_valid():
        facts = {"kind": DecisionKind.SIGN_AGREEMENT, "root": agreement, **form.facts}
        done = _("The text has been proposed. While it is being considered the terms cannot be changed.")
        if run_action(request, form, propose_decision, done=done, **facts).ok:
            return redirect(back)
    words = {"heading": _("Propose the text for signature"), "submit": _("Propose the text")}
    words["lead"] = _("When it is approved, the text is frozen, gets its official number and can be signed.")
    return form_page(request, form, agreement, back, show_pdf=True, **words)


@require_http_methods(["GET", "POST"])
def text_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = find_agreement(request, reference)
    back = agreement_url(agreement, "text")
    if answer := not_yet(request, agreement, texts.WITHDRAW_TEXT, back):
        return answer
    form = ReasonForm(request.POST or None, root=agreement)
    if request.method == "POST" and form.is_valid():
        done = _("The text has been withdrawn; the terms can be edited again.")
        if run_action(request, form, texts.withdraw_text, done=done, agreement=agreement, **form.facts).ok:
            return redirect(back)
    words = {"heading": _("Withdraw the text"), "submit": _("Withdraw the text"), "tone": "danger"}
    return form_page(request, form, agreement, back, **words)


@require_POST
def text_publish(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = find_agreement(request, reference)
    done = _("The agreement has been made public.")
    return run_move(request, texts.make_public, back=agreement_url(agreement, "text"), done=done, agreement=agreement)


@require_safe
def agreement_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The document: signed as it was stored, before that a draft with its watermark."""
    agreement = find_agreement(request, reference)
    response = HttpResponse(pdf_of(agreement), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{agreement.reference}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def signature_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text, who signs (confirmed anew), the declaration and the hash (Electronic Transactions Act, s. 9)."""
    party = find_party(request, pk)
    back = agreement_url(party.agreement, "text")
    if answer := not_yet(request, party, signing.SIGN, back):
        return answer
    text = _text(party.agreement)
    form = SignForm(request.POST or None, text=text)
    if request.method == "POST" and not has_confirmed(request):
        messages.info(request, _("Some minutes have passed: please confirm once more who you are, then sign."))
        return redirect(confirm_url(request, f"{request.path}#sign"))
    if request.method == "POST" and form.is_valid():
        facts = {"party": party, "sha256": form.facts["sha256"], "identity": identity_proof(request)}
        done = _("Your signature has been recorded.")
        if run_action(request, form, signing.sign_on_screen, done=done, **facts).ok:
            return redirect(back)
    context = {"form": form, "party": party, "agreement": party.agreement, "text": text, "cancel": back}
    context["other_signatory"] = party.signatory_name.split() not in _own_names(request.actor.user)
    context |= {"confirmed": has_confirmed(request), "confirm_url": confirm_url(request, f"{request.path}#sign")}
    return render(request, "agreements/agreement_sign.html", {**context, **_document(text)})


def _own_names(user: Any) -> list[list[str]]:
    """The names a person may stand by in a text, word by word."""
    return [user.full_name_th.split(), user.name_to_sign.split()]


@require_http_methods(["GET", "POST"])
def signature_paper(request: HttpRequest, pk: int) -> HttpResponse:
    party = find_party(request, pk)
    back = agreement_url(party.agreement, "text")
    if answer := not_yet(request, party, signing.HAND_IN_SCAN, back):
        return answer
    text = _text(party.agreement)
    form = ScanForm(request.POST or None, request.FILES or None, party=party, text=text)
    if request.method == "POST" and form.is_valid():
        done = _("The scan has been handed in. The signature counts when another person has confirmed it.")
        if run_action(request, form, signing.hand_in_scan, done=done, party=party, **form.facts).ok:
            return redirect(back)
    words = {"heading": _("Hand in a signature on paper"), "submit": _("Hand in the scan")}
    words["lead"] = party.organisation.name
    return form_page(request, form, party.agreement, back, **words)


@require_POST
def signature_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    signature = _signature(request, pk)
    back = agreement_url(signature.party.agreement, "text")
    done = _("The signature on paper has been confirmed.")
    return run_move(request, signing.confirm_scan, back=back, done=done, signature=signature)


@require_http_methods(["GET", "POST"])
def signature_reject(request: HttpRequest, pk: int) -> HttpResponse:
    signature = _signature(request, pk)
    agreement = signature.party.agreement
    back = agreement_url(agreement, "text")
    if answer := not_yet(request, agreement, signing.REJECT_SCAN, back):
        return answer
    form = ReasonForm(request.POST or None, root=agreement)
    if request.method == "POST" and form.is_valid():
        done = _("The scan has been sent back; this party can sign anew.")
        if run_action(request, form, signing.reject_scan, done=done, signature=signature, **form.facts).ok:
            return redirect(back)
    words = {"heading": _("Send the scan back"), "submit": _("Send the scan back"), "tone": "danger"}
    words["lead"] = signature.party.organisation.name
    return form_page(request, form, agreement, back, **words)


def _text(agreement: Agreement) -> AgreementText:
    text = texts.current_text(agreement)
    text.agreement = agreement
    return text


def _signature(request: HttpRequest, pk: int) -> Signature:
    visible = Agreement.objects.visible_to(request.actor)
    rows = Signature.objects.select_related("party__agreement", "party__organisation", "text", "scan")
    return get_object_or_404(rows, pk=pk, party__agreement__in=visible)


def _document(text: AgreementText) -> dict[str, Any]:
    """The frozen text as the page shows it: from its own JSON, not from the records."""
    document = signed_document(text)
    return {"doc": document, "opening": opening_words(document)}
