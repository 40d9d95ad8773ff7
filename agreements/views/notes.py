"""Writing step notes, and confirming the other side's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements.actions.notes import WRITE_NOTE, confirm_note, note_kinds, write_note
from agreements.forms.notes import NoteForm
from agreements.models import Agreement, StepNote
from agreements.views.agreements import agreement_url, find_agreement
from agreements.views.form_page import form_page
from agreements.views.guards import not_yet
from core.views import run_action, run_move


@require_http_methods(["GET", "POST"])
def note_create(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = find_agreement(request, reference)
    back = agreement_url(agreement, "notes")
    if answer := not_yet(request, agreement, WRITE_NOTE, back):
        return answer
    wanted = request.GET.get("kind", "")
    initial = {"kind": wanted} if wanted in note_kinds(agreement) else {}
    form = NoteForm(request.POST or None, request.FILES or None, root=agreement, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = _("The note has been recorded. It counts when the other side has confirmed it.")
        if run_action(request, form, write_note, done=done, agreement=agreement, **form.facts).ok:
            return redirect(back)
    words = {"heading": _("Write a note"), "submit": _("Record the note")}
    words["lead"] = _("The step rests on what both sides confirm: write it so that the other side can agree.")
    return form_page(request, form, agreement, back, **words)


@require_POST
def note_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Agreement.objects.visible_to(request.actor)
    note = get_object_or_404(StepNote.objects.select_related("agreement"), pk=pk, agreement__in=visible)
    back = agreement_url(note.agreement, "notes")
    return run_move(request, confirm_note, back=back, done=_("The note has been confirmed."), note=note)
