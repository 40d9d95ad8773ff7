"""Decisions of the giver: what waits for me, one matter with its chain, approving and returning it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions.decisions import endorse_decision, return_decision
from agreements.documents.memo import memo_pdf
from agreements.enums import DecisionKind
from agreements.forms.decisions import CommentForm, ReturnForm
from agreements.models import Decision
from agreements.permissions.decisions import may_endorse
from agreements.queries.decisions import (
    STATE_TONES,
    chain_of,
    consequence_of,
    decision_answers,
    decisions_visible_to,
    move_of,
    others_of,
    url_of_matter,
    waiting_for,
    with_steps,
)
from agreements.views.money import refuse_form
from agreements.views.ranking import papers_of
from core.paging import keyset_page
from core.views import run_action
from core.workflow import judge
from partnerships.identity import policy

TOO_LATE = gettext_lazy("This cannot be approved any more: the deadline for proposals has passed. Return it.")
EXECUTIVES = frozenset({"agency:executive"})


def _decision(request: HttpRequest, pk: int) -> Decision:
    return get_object_or_404(with_steps(decisions_visible_to(request.actor)), pk=pk)


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """What waits for me, oldest first; then the agency's other matters, latest first."""
    page = keyset_page(others_of(request.actor), request, order=("-proposed_at", "-pk"))
    first = not page.previous_url
    context = {
        "waiting": list(waiting_for(request.actor)) if first else [],
        "others": [(decision, STATE_TONES[decision.state]) for decision in page],
        "page": page,
        "first_page": first,
    }
    return render(request, "agreements/decision_list.html", context)


@require_safe
def decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, what approving sets going, and the chain with names and times."""
    decision = _decision(request, pk)
    mine = judge(decision, move_of(decision), request.actor)
    barred = mine.now and not mine.you and may_endorse(decision, request.actor)  # but for one's own part in it
    context = {
        "decision": decision,
        "root": decision.root,
        "tone": STATE_TONES[decision.state],
        "chain": chain_of(decision),
        "answers": decision_answers(decision),
        "consequence": consequence_of(decision) if mine.now else "",
        "matter_url": url_of_matter(decision),
        "papers": papers_of(decision.call, request.actor) if decision.kind == DecisionKind.SELECT_PROPOSALS else [],
        "mine": mine.now and mine.you,
        "why_not_mine": mine.why_not_you if barred else None,
        "too_late": TOO_LATE if mine.missing else _overtaken(decision, request.actor) if mine.now and mine.you else "",
        "approve_label": mine.title,
    }
    return render(request, "agreements/decision_detail.html", context)


@require_safe
def decision_memo(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision as บันทึกข้อความ (PDF), for those who may read it; a draft while it is under consideration."""
    decision = _decision(request, pk)
    response = HttpResponse(memo_pdf(decision), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="memo-{decision.root.reference}-{decision.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def decision_endorse(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve at one's position, after reading what it sets going."""
    decision = _decision(request, pk)
    if answer := _second_factor_first(request, decision) or _too_late(request, decision):
        return answer
    return _act(
        request,
        decision,
        move_of(decision),
        CommentForm,
        endorse_decision,
        done=_("Your approval has been recorded."),
        heading=_("Approve: %(matter)s") % {"matter": decision.get_kind_display()},
        lead=consequence_of(decision),
        submit=_("Confirm the approval"),
    )


@require_http_methods(["GET", "POST"])
def decision_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the matter back to the proposer with a comment."""
    decision = _decision(request, pk)
    return _act(
        request,
        decision,
        "return_decision",
        ReturnForm,
        return_decision,
        done=_("The matter has been returned."),
        heading=_("Return: %(matter)s") % {"matter": decision.get_kind_display()},
        lead=_("Nothing is carried out. Whoever proposed it is told your comment and can propose it again."),
        submit=_("Return for revision"),
        tone="danger",
    )


def _overtaken(decision: Decision, actor: Any) -> str:
    """Why a selection cannot be approved as it lies there: what its call lacks since (a late conflict); else ""."""
    if decision.kind != DecisionKind.SELECT_PROPOSALS:
        return ""
    missing = judge(decision.call, "decide", actor).missing
    if not missing:
        return ""
    words = _("This cannot be approved as it is. Return it, so that this is put right first: %(missing)s")
    return words % {"missing": " · ".join(str(item.title) for item in missing)}


def _too_late(request: HttpRequest, decision: Decision) -> HttpResponse | None:
    """Back to the matter where it can only be returned; the door says the same of what is sent."""
    judgement = judge(decision, move_of(decision), request.actor)
    if not (judgement.now and judgement.you):
        return None
    why = TOO_LATE if judgement.missing else _overtaken(decision, request.actor)
    if not why:
        return None
    messages.error(request, str(why))
    return redirect("agreements:decision_detail", pk=decision.pk)


def _second_factor_first(request: HttpRequest, decision: Decision) -> HttpResponse | None:
    """Who decides last has an executive's say, whatever the role: where executives need a second factor, so here."""
    move = move_of(decision)
    if move != "decide" or not judge(decision, move, request.actor).you:
        return None
    if not policy.needs_second_factor(request.user, EXECUTIVES) or policy.has_second_factor(request.user):
        return None
    messages.warning(request, _("Who decides last needs a second factor. Set it up, then decide."))
    back = reverse("agreements:decision_detail", args=[decision.pk])
    return redirect(f"{reverse('account_second_factor')}?{urlencode({REDIRECT_FIELD_NAME: back})}")


def _act(
    request: HttpRequest,
    decision: Decision,
    move: str,
    form_class: type,
    action: Callable[..., Any],
    *,
    done: str,
    **texts: Any,
) -> HttpResponse:
    back = reverse("agreements:decision_detail", args=[decision.pk])
    form = form_class(request.POST if request.method == "POST" else None, root=decision.root)
    if request.method == "GET":
        refused = refuse_form(request, judge(decision, move, request.actor), back)
        if refused:
            return refused
    elif form.is_valid() and run_action(request, form, action, done=done, decision=decision, **form.facts).ok:
        return redirect(back)
    context = {"decision": decision, "root": decision.root, "form": form, "rows": decision_answers(decision)}
    return render(request, "agreements/decision_act.html", {**context, "cancel": back, **texts})
