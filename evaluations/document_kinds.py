"""The kinds of documents that can be rendered by name: `mou` and `evaluation_report`."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from core.registry import register_document_kind


def register() -> None:
    """Tell core what `render_document` can print."""
    register_document_kind("mou", _("Agreement"), find=_find, references=_agreements, render=render_mou)
    register_document_kind(
        "evaluation_report",
        _("Evaluation report"),
        find=_find,
        references=_evaluated,
        render=render_evaluation_report,
    )


def _find(reference: str) -> Agreement:
    return Agreement.objects.select_related("agency", "officer").get(reference=reference)


def _agreements() -> Iterable[str]:
    return Agreement.objects.order_by("reference").values_list("reference", flat=True)


def _evaluated() -> Iterable[str]:
    evaluated = Agreement.objects.filter(rounds__isnull=False).order_by("reference")
    return evaluated.values_list("reference", flat=True).distinct()


def render_mou(agreement: Agreement) -> bytes:
    """MOU, contract or joint contract. A signed one is stored first if it is not yet, and served as stored."""
    from agreements.actions.texts import current_text, store_signed_pdf
    from agreements.documents.signed import agreement_pdf

    text = current_text(agreement)
    if text is not None and agreement.signed_at and not text.signed_pdf_id:
        store_signed_pdf.call(text.pk)
    return agreement_pdf(agreement)


def render_evaluation_report(agreement: Agreement) -> bytes:
    """The report up to now; a draft until its last round is accepted."""
    from agreements.documents.render import render_evaluation
    from evaluations.documents import build_evaluation_document, is_draft

    return render_evaluation(build_evaluation_document(agreement), draft=is_draft(agreement))
