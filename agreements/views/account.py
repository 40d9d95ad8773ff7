"""The ledger, its entries, and how the account is drawn up, checked and sent back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions import account as actions
from agreements.actions import entries
from agreements.forms.money import AccountCheckForm, EntryForm, ReasonForm, StatementForm
from agreements.models import AccountEntry, Agreement
from agreements.queries.account import account_answers, entry_answers
from agreements.queries.money import account_status, ledger_page, money_actions
from agreements.views.money import agreement_with_money, refuse_form
from core.views import run_action
from core.workflow import Rule, judge


def _account_page(agreement: Agreement) -> str:
    return reverse("agreements:account_detail", args=[agreement.reference])


@require_safe
def account_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole ledger, page by page, with the running balance."""
    agreement = agreement_with_money(request, reference)
    account = actions.account_of(agreement)
    if account is None:
        raise Http404
    page = ledger_page(agreement, request)
    context = {
        "agreement": agreement,
        "account": account,
        "status": account_status(account),
        "page": page,
        "can_correct": judge(agreement, entries.CORRECT, request.actor).open,
        "correctable": {row.entry.pk for row in page.rows if entries.can_be_corrected(row.entry)},
        "actions": money_actions(agreement, request.actor),
    }
    return render(request, "agreements/account_detail.html", context)


@require_http_methods(["GET", "POST"])
def entry_create(request: HttpRequest, reference: str) -> HttpResponse:
    """The receiver records spending, a return or interest, with its evidence."""
    return _act(
        request,
        agreement_with_money(request, reference),
        entries.RECORD,
        EntryForm,
        entries.record_entry,
        template="agreements/entry_form.html",
        done=_("The entry has been recorded."),
        heading=_("Record an entry"),
        submit=_("Record the entry"),
    )


@require_http_methods(["GET", "POST"])
def entry_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry back by an entry of the opposite sign."""
    entry = get_object_or_404(AccountEntry.objects.select_related("agreement", "correction"), pk=pk)
    agreement = agreement_with_money(request, entry.agreement.reference)
    if not entries.can_be_corrected(entry) and request.method == "GET":
        raise Http404
    return _act(
        request,
        agreement,
        entries.CORRECT,
        ReasonForm,
        lambda **facts: entries.correct_entry(entry=entry, **{k: v for k, v in facts.items() if k != "agreement"}),
        done=_("The entry has been taken back."),
        heading=_("Take the entry back"),
        lead=_("The entry stays in the ledger; a new one of the opposite sign takes it back. Then record it rightly."),
        rows=entry_answers(entry),
        submit=_("Take the entry back"),
        tone="danger",
    )


@require_http_methods(["GET", "POST"])
def account_draw_up(request: HttpRequest, reference: str) -> HttpResponse:
    """The receiver's finance declares the books complete."""
    agreement = agreement_with_money(request, reference)
    return _act(
        request,
        agreement,
        actions.rule_to_draw_up(agreement),
        StatementForm,
        actions.draw_up_account,
        done=_("The account has been drawn up and waits for the check."),
        heading=_("Draw up the account"),
        lead=_("After this no entries can be made, unless the giver's finance sends the account back."),
        submit=_("Draw up the account"),
    )


@require_http_methods(["GET", "POST"])
def account_check(request: HttpRequest, reference: str) -> HttpResponse:
    """The giver's finance records the result of the check."""
    return _act(
        request,
        agreement_with_money(request, reference),
        actions.CHECK,
        AccountCheckForm,
        actions.check_account,
        done=_("The account has been checked."),
        heading=_("Check the account"),
        lead=_("Look through the ledger and its evidence before you confirm."),
        submit=_("Confirm the check"),
    )


@require_http_methods(["GET", "POST"])
def account_return(request: HttpRequest, reference: str) -> HttpResponse:
    """The giver's finance sends the account back with a reason."""
    return _act(
        request,
        agreement_with_money(request, reference),
        actions.SEND_BACK,
        ReasonForm,
        actions.return_account,
        done=_("The account has been sent back."),
        heading=_("Send the account back"),
        lead=_("The receiver is told the reason and can make entries again."),
        submit=_("Send the account back"),
        tone="danger",
    )


def _act(
    request: HttpRequest,
    agreement: Agreement,
    rule: Rule,
    form_class: type,
    action: Callable[..., Any],
    *,
    done: str,
    template: str = "agreements/account_act.html",
    **texts: Any,
) -> HttpResponse:
    back = _account_page(agreement)
    if request.method == "POST":
        form = form_class(request.POST, request.FILES, root=agreement)
        if form.is_valid() and run_action(request, form, action, done=done, agreement=agreement, **form.facts).ok:
            return redirect(back)
    else:
        answer = judge(agreement, rule, request.actor)
        refused = refuse_form(request, answer, back)
        if refused:
            return refused
        form = form_class(root=agreement)
        form.missing = list(answer.missing)
    facts = {"agreement": agreement, "form": form, "cancel": back, "rows": account_answers(agreement), **texts}
    return render(request, template, facts)
