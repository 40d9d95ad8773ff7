"""Pages of questions on a call: asking, the agency's list, answering."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions.questions import ANSWER, answer_question, ask_question, may_see_questions, rule_to_ask
from agreements.forms.questions import AnswerForm, QuestionForm
from agreements.models import Call
from agreements.permissions.judging import why_judge_runs_not
from agreements.queries.questions import questions_of, questions_visible_to
from agreements.views.guards import not_yet
from core.draft_views import copy_key
from core.ui import show_moment
from core.views import run_action
from partnerships.enums import Role
from partnerships.permissions import works_for


def _find(request: HttpRequest, reference: str) -> Call:
    rows = Call.objects.visible_to(request.actor).select_related("agency", "officer")
    return get_object_or_404(rows, reference=reference)


def _page_of(call: Call) -> str:
    return reverse("agreements:call_detail", args=[call.reference]) + "#questions"


@require_http_methods(["GET", "POST"])
def question_create(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask; when it is too late meanwhile, the way back with the time of the cut-off."""
    call = _find(request, reference)
    rule = rule_to_ask(call)
    if request.method == "GET" and (answer := not_yet(request, call, rule, _page_of(call))):
        return answer
    copy = copy_key(request, call.reference, "question")
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"done": _("The question was sent. You are told by e-mail when it is answered."), "copy": copy}
        if run_action(request, form, ask_question, call=call, **told, **form.facts).ok:
            return redirect(_page_of(call))
    until = show_moment(call.questions_until or call.closes_at)
    context = {
        "form": form,
        "kept": copy,
        "call": call,
        "heading": _("Ask a question"),
        "lead": _("%(title)s. Questions until %(until)s.") % {"title": call.title, "until": until},
        "submit": _("Send the question"),
        "cancel": _page_of(call),
    }
    return render(request, "agreements/call_form.html", context)


@require_safe
def question_list(request: HttpRequest, reference: str) -> HttpResponse:
    """The agency's list: what waits for an answer first. Who asked is named to those who do not judge the call."""
    call = _find(request, reference)
    if not may_see_questions(call, request.actor):
        raise PermissionDenied
    context = {"call": call, "questions": list(questions_of(call, request.actor))}
    context["why_apart"] = why_judge_runs_not(call, request.actor)
    context["may_answer"] = works_for(call.agency_id, request.actor, Role.OFFICER) and not context["why_apart"]
    return render(request, "agreements/question_list.html", context)


@require_http_methods(["GET", "POST"])
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one question to everybody."""
    question = get_object_or_404(questions_visible_to(request.actor), pk=pk)
    back = reverse("agreements:question_list", args=[question.call.reference])
    if answer := not_yet(request, question, ANSWER, back):
        return answer
    copy = copy_key(request, f"question-{question.pk}", "answer")
    form = AnswerForm(request.POST or None, root=question.call)
    if request.method == "POST" and form.is_valid():
        told = {"done": _("The answer is published."), "copy": copy}
        if run_action(request, form, answer_question, question=question, **told, **form.facts).ok:
            return redirect(back)
    context = {"form": form, "kept": copy, "question": question, "call": question.call, "cancel": back}
    return render(request, "agreements/question_answer.html", context)
