"""Pages of an evaluation round."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import Agreement
from core.views import run_action
from core.workflow import Rule, book_of, judge
from evaluations.actions import findings, rounds
from evaluations.enums import RoundKind
from evaluations.forms.rounds import (
    VERDICT_WORDS,
    ConfirmForm,
    EvaluatorForm,
    FindingForm,
    ResultsForm,
    ReturnForm,
    RoundForm,
    VerdictForm,
    VisitForm,
)
from evaluations.models import Round
from evaluations.queries.results import results_table
from evaluations.tasks import actions_of, tasks_of


def _round(request: HttpRequest, pk: int) -> Round:
    known = Round.objects.visible_to(request.actor).select_related(
        "agreement", "agreement__agency", "agreement__officer", "verdict_by", "accepted_by", "opened_by"
    )
    return get_object_or_404(known, pk=pk)


def refuse_strangers_to(subject: Any, rule: Rule | str, request: HttpRequest) -> None:
    """403 for an insider without the right, before a form is shown. "Not now" is said by the action, with the form."""
    found = judge(subject, rule, request.actor)
    if not found.you:
        raise PermissionDenied(str(found.why_not_you or ""))


def _url(evaluation_round: Round) -> str:
    return reverse("evaluations:round_detail", args=[evaluation_round.pk])


def round_create(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the round that the agreement's step calls for."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.actor), reference=reference)
    refuse_strangers_to(agreement, rounds.OPEN_ROUND, request)
    form = RoundForm(request.POST or None, root=agreement)
    if form.is_valid():
        outcome = run_action(
            request, form, rounds.open_round, done=_("The round is open."), agreement=agreement, **form.facts
        )
        if outcome.ok:
            return redirect(_url(outcome.value) if outcome.value else _agreement_url(agreement))
    wanted = rounds.round_wanted(agreement)
    context = {
        "form": form,
        "agreement": agreement,
        "heading": RoundKind(wanted[0]).label if wanted else _("Evaluation round"),
        "submit": _("Open the round"),
        "cancel": _agreement_url(agreement),
    }
    return render(request, "evaluations/round_create.html", context)


def _agreement_url(agreement: Agreement) -> str:
    return reverse("agreements:agreement_detail", args=[agreement.reference]) + "#evaluations"


def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the round holds, what is missing, and what the person at the screen can do."""
    evaluation_round = _round(request, pk)
    facts = book_of(evaluation_round).load(evaluation_round)
    executive_own = (
        evaluation_round.verdict_by_id is not None and evaluation_round.verdict_by_id == request.actor.user_id
    )
    context = {
        "round": evaluation_round,
        "agreement": evaluation_round.agreement,
        "tasks": tasks_of(evaluation_round, facts),
        "actions": actions_of(evaluation_round, request.actor, facts),
        "table": results_table(evaluation_round),
        "findings": evaluation_round.findings.select_related("file"),
        "visits": evaluation_round.site_visits.select_related("file", "recorded_by"),
        "verdict_words": VERDICT_WORDS[evaluation_round.kind].get(evaluation_round.verdict, ""),
        "own_verdict": executive_own,
        "evaluators": evaluation_round.agreement.capacities.current().filter(kind="evaluator").select_related("user"),
        "agreement_url": _agreement_url(evaluation_round.agreement),
    }
    return render(request, "evaluations/round_detail.html", context)


def _form_page(
    request: HttpRequest, pk: int, rule: Rule | str, action: Any, form_class: Any, words: dict
) -> HttpResponse:
    """One form of a round: shown, judged, done, back to the round."""
    evaluation_round = _round(request, pk)
    refuse_strangers_to(evaluation_round, rule, request)
    form = form_class(request.POST or None, request.FILES or None, root=evaluation_round)
    if form.is_valid():
        outcome = run_action(
            request, form, action, done=words["done"], evaluation_round=evaluation_round, **_facts(form)
        )
        if outcome.ok:
            return redirect(_url(evaluation_round))
    context = {**words, "form": form, "round": evaluation_round, "cancel": _url(evaluation_round)}
    return render(request, "evaluations/round_form.html", context)


def _facts(form: Any) -> dict[str, Any]:
    """What the action takes from the form: the person instead of the e-mail that names him or her."""
    return {"user": form.user} if isinstance(form, EvaluatorForm) else form.facts


def evaluator_invite(request: HttpRequest, pk: int) -> HttpResponse:
    words = {
        "heading": _("Invite an external evaluator"),
        "submit": _("Invite"),
        "done": _("The evaluator has been invited."),
    }
    return _form_page(request, pk, rounds.INVITE_EVALUATOR, rounds.invite_evaluator, EvaluatorForm, words)


def finding_create(request: HttpRequest, pk: int) -> HttpResponse:
    words = {
        "heading": _("Record findings"),
        "submit": _("Save the findings"),
        "done": _("The findings are recorded."),
    }
    return _form_page(request, pk, findings.RECORD_FINDING, findings.record_finding, FindingForm, words)


def visit_create(request: HttpRequest, pk: int) -> HttpResponse:
    words = {
        "heading": _("Record a site visit"),
        "submit": _("Save the site visit"),
        "done": _("The site visit is recorded."),
    }
    return _form_page(request, pk, findings.RECORD_VISIT, findings.record_visit, VisitForm, words)


def results_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The receiver reports actual figures; what is left empty is not reported."""
    evaluation_round = _round(request, pk)
    refuse_strangers_to(evaluation_round, findings.REPORT_RESULTS, request)
    form = ResultsForm(request.POST or None, root=evaluation_round, table=results_table(evaluation_round))
    if form.is_valid():
        done = _("The actual figures are recorded.")
        facts = {"evaluation_round": evaluation_round, "results": form.results}
        if run_action(request, form, findings.report_results, done=done, **facts).ok:
            return redirect(_url(evaluation_round))
    context = {
        "form": form,
        "round": evaluation_round,
        "heading": _("Report actual figures"),
        "submit": _("Save the figures"),
        "cancel": _url(evaluation_round),
    }
    return render(request, "evaluations/round_form.html", context)


def verdict_propose(request: HttpRequest, pk: int) -> HttpResponse:
    words = {
        "heading": _("Propose the verdict"),
        "submit": _("Propose to the executive"),
        "done": _("The verdict is waiting for the executive."),
    }
    return _form_page(request, pk, rounds.PROPOSE_VERDICT, rounds.propose_verdict, VerdictForm, words)


def verdict_return(request: HttpRequest, pk: int) -> HttpResponse:
    words = {
        "heading": _("Send the verdict back"),
        "submit": _("Send back"),
        "done": _("The verdict was sent back."),
    }
    return _form_page(request, pk, rounds.RETURN_VERDICT, rounds.return_verdict, ReturnForm, words)


def round_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Check before accepting: what is evaluated, the verdict and what follows from it."""
    evaluation_round = _round(request, pk)
    refuse_strangers_to(evaluation_round, "accept", request)
    form = ConfirmForm(request.POST or None, root=evaluation_round)
    if form.is_valid():
        done = _("The evaluation has been accepted.")
        if run_action(request, form, rounds.accept_round, done=done, evaluation_round=evaluation_round).ok:
            return redirect(_url(evaluation_round))
    context = {
        "form": form,
        "root": evaluation_round,
        "heading": _("Accept the evaluation"),
        "rows": _answers(evaluation_round),
        "submit": _("Accept the evaluation"),
        "cancel": _url(evaluation_round),
    }
    return render(request, "evaluations/round_accept.html", context)


def _answers(evaluation_round: Round) -> list[dict[str, Any]]:
    table = results_table(evaluation_round)
    coverage = _("%(reported)s of %(total)s indicators reported") % {
        "reported": table.overall.reported,
        "total": table.overall.total,
    }
    words = VERDICT_WORDS[evaluation_round.kind].get(evaluation_round.verdict, "")
    return [
        {"label": _("Agreement"), "value": evaluation_round.agreement.title},
        {"label": _("Kind of evaluation"), "value": evaluation_round.get_kind_display()},
        {"label": _("Actual figures"), "value": coverage},
        {"label": _("Proposed verdict"), "value": words},
        {"label": _("Proposed by"), "value": evaluation_round.verdict_by or ""},
        {"label": _("Summary of the evaluation"), "value": evaluation_round.summary},
    ]
