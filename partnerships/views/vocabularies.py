"""The lists of words that OPDC keeps: fields of work and target groups."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.audit import latest_events
from core.views import run_action, run_move
from partnerships.actions.vocabularies import VOCABULARIES, WORD_MOVES, add_word, rename_word
from partnerships.forms.administration import WordForm
from partnerships.models.vocabularies import Word
from partnerships.views.system import refuse_outsiders


@require_GET
def word_list(request: HttpRequest, vocabulary: str) -> HttpResponse:
    """All words of a list in their order: in use first, then the retired ones."""
    refuse_outsiders(request)
    model = _model(vocabulary)
    words = list(model.objects.all())
    context = {
        "vocabulary": vocabulary,
        "title": model._meta.verbose_name_plural,
        "used": [word for word in words if word.is_active],
        "retired": [word for word in words if not word.is_active],
    }
    return render(request, "partnerships/word_list.html", context)


@require_http_methods(["GET", "POST"])
def word_create(request: HttpRequest, vocabulary: str) -> HttpResponse:
    refuse_outsiders(request)
    model = _model(vocabulary)
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = run_action(request, form, add_word, done=_("The word has been added."), model=model, **form.facts)
        if outcome.ok:
            return redirect("partnerships:word_list", vocabulary)
    context = {"form": form, "heading": _("Add a word"), "submit": _("Add the word"), **_frame(vocabulary, model)}
    return render(request, "partnerships/word_form.html", context)


@require_http_methods(["GET", "POST"])
def word_edit(request: HttpRequest, vocabulary: str, pk: int) -> HttpResponse:
    """Rename a word; its history stands below."""
    refuse_outsiders(request)
    model = _model(vocabulary)
    word = get_object_or_404(model, pk=pk)
    initial = {"name_th": word.name_th, "name_en": word.name_en}
    form = WordForm(request.POST or None, root=word, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = _("The word has been renamed.")
        if run_action(request, form, rename_word, done=done, word=word, **form.facts).ok:
            return redirect("partnerships:word_list", vocabulary)
    context = {"form": form, "heading": word.name, "submit": _("Save the names"), "events": latest_events(word)}
    return render(request, "partnerships/word_form.html", {**context, **_frame(vocabulary, model)})


@require_POST
def word_move(request: HttpRequest, vocabulary: str, pk: int, move: str) -> HttpResponse:
    """Retire, restore, up or down."""
    refuse_outsiders(request)
    word = get_object_or_404(_model(vocabulary), pk=pk)
    if move not in WORD_MOVES:
        raise Http404
    done = {"retire": _("The word has been retired."), "restore": _("The word is in use again.")}.get(move, "")
    return run_move(request, WORD_MOVES[move], back=_list_url(vocabulary), done=done, word=word)


def _frame(vocabulary: str, model: type[Word]) -> dict[str, object]:
    url = _list_url(vocabulary)
    return {"cancel": url, "list_url": url, "list_title": model._meta.verbose_name_plural}


def _list_url(vocabulary: str) -> str:
    return reverse("partnerships:word_list", args=[vocabulary])


def _model(vocabulary: str) -> type[Word]:
    if vocabulary not in VOCABULARIES:
        raise Http404
    return VOCABULARIES[vocabulary]
