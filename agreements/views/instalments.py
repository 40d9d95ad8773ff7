"""One instalment and the moves on its way: each page shows what is confirmed, and asks for what the move needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions import instalments as actions
from agreements.actions.decisions import PROPOSE
from agreements.enums import DecisionKind
from agreements.forms.decisions import CommentForm
from agreements.forms.money import CheckForm, ConfirmForm, PayForm, ReasonForm, ReceiptForm
from agreements.models import Agreement, Instalment
from agreements.permissions.agreements import may_read_money
from agreements.queries.instalments import answers_of, steps_of_instalment
from agreements.queries.money import instalment_rows
from agreements.views.money import page_of, refuse_form
from core.views import run_action
from core.workflow import Judgement, judge


def _instalment(request: HttpRequest, pk: int) -> Instalment:
    """The instalment of an agreement whose sums this person may read; 404 for everybody else."""
    people = ("requested_by", "checked_by", "approved_by", "paid_by", "received_by")
    rows = Instalment.objects.select_related("agreement__agency", "agreement__officer", *people)
    visible = Agreement.objects.visible_to(request.actor)
    instalment = get_object_or_404(rows.filter(agreement__in=visible), pk=pk)
    if not may_read_money(instalment.agreement, request.actor):
        raise Http404
    return instalment


@require_safe
def instalment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The way of one instalment: who did what on which day, its evidence, and what comes next."""
    instalment = _instalment(request, pk)
    row = next(row for row in instalment_rows(instalment.agreement, request.actor) if row.instalment.pk == pk)
    context = {
        "agreement": instalment.agreement,
        "instalment": instalment,
        "row": row,
        "answers": answers_of(instalment),
        "steps": steps_of_instalment(instalment),
        "payments": instalment.entries.select_related("evidence"),
    }
    return render(request, "agreements/instalment_detail.html", context)


@require_http_methods(["GET", "POST"])
def instalment_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The receiver asks for the instalment whose turn it is."""
    return _act(
        request,
        _instalment(request, pk),
        "request",
        ConfirmForm,
        actions.request_instalment,
        done=_("The instalment has been requested."),
        heading=_("Request disbursement"),
        lead=_("The responsible officer will check the work of this period and accept it or return the request."),
        submit=_("Request disbursement"),
    )


@require_http_methods(["GET", "POST"])
def instalment_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer accepts the work."""
    return _act(
        request,
        _instalment(request, pk),
        "check_request",
        CheckForm,
        actions.check_instalment,
        done=_("The work has been accepted. The payment can be proposed now."),
        heading=_("Accept the work"),
        lead=_("Approving and paying this instalment is left to two other people."),
        submit=_("Accept the work"),
    )


@require_http_methods(["GET", "POST"])
def instalment_return(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer returns the request with the reason."""
    return _act(
        request,
        _instalment(request, pk),
        "return_request",
        ReasonForm,
        actions.return_instalment,
        done=_("The request has been returned."),
        heading=_("Return the request"),
        lead=_("The receiver is told the reason and can request the instalment again."),
        submit=_("Return the request"),
        tone="danger",
    )


@require_http_methods(["GET", "POST"])
def instalment_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer proposes the payment to the executive."""
    return _act(
        request,
        _instalment(request, pk),
        "propose",
        CommentForm,
        actions.propose_payment,
        done=_("The payment has been proposed."),
        heading=_("Propose the payment"),
        lead=_("The matter goes through your agency's endorsement chain to the executive."),
        submit=_("Propose the payment"),
    )


@require_http_methods(["GET", "POST"])
def instalment_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """The giver's finance records the payment."""
    return _act(
        request,
        _instalment(request, pk),
        "pay",
        PayForm,
        actions.pay_instalment,
        done=_("The payment has been recorded."),
        heading=_("Record the payment"),
        lead=_("The payment is entered into the account, and the receiver is asked to confirm it."),
        submit=_("Record the payment"),
    )


@require_http_methods(["GET", "POST"])
def instalment_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receiver's finance confirms the money with its receipt."""
    return _act(
        request,
        _instalment(request, pk),
        "confirm_receipt",
        ReceiptForm,
        actions.confirm_instalment_receipt,
        done=_("The receipt has been confirmed."),
        heading=_("Confirm receipt"),
        lead=_("Give the number of the receipt that you issued for this money."),
        submit=_("Confirm receipt"),
    )


def _act(
    request: HttpRequest,
    instalment: Instalment,
    move: str,
    form_class: type,
    action: Callable[..., Any],
    *,
    done: str,
    **texts: Any,
) -> HttpResponse:
    back = page_of(instalment.agreement)
    if request.method == "POST":
        form = form_class(request.POST, request.FILES, root=instalment.agreement)
        if form.is_valid() and run_action(request, form, action, done=done, instalment=instalment, **form.facts).ok:
            return redirect(back)
    else:
        refused = refuse_form(request, _judge(instalment, move, request.actor), back)
        if refused:
            return refused
        form = form_class(root=instalment.agreement)
    rows = answers_of(instalment)
    context = {"agreement": instalment.agreement, "form": form, "rows": rows, "cancel": back, **texts}
    return render(request, "agreements/instalment_act.html", context)


def _judge(instalment: Instalment, move: str, actor: Any) -> Judgement:
    if move == "propose":
        return judge(instalment.agreement, PROPOSE[DecisionKind.PAY_INSTALMENT], actor)
    answer = judge(instalment, move, actor)
    reason = actions.own_work(instalment, move, actor)
    if answer.now and answer.you and reason is not None:
        raise PermissionDenied(str(reason))
    return answer
