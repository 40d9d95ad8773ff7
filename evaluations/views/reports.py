"""The evaluation report as a PDF: a draft until the round is accepted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from evaluations.enums import RoundState
from evaluations.models import Round


@require_safe
def evaluation_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of a round, for whoever may read the round."""
    from agreements.documents.render import render_evaluation
    from evaluations.documents import build_evaluation_document

    evaluation_round = get_object_or_404(Round.objects.visible_to(request.actor), pk=pk)
    pdf = render_evaluation(
        build_evaluation_document(evaluation_round), draft=evaluation_round.state != RoundState.ACCEPTED
    )
    name = f"{evaluation_round.agreement.reference}-{evaluation_round.kind}-{evaluation_round.ordinal}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
