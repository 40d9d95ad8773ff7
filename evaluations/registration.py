"""What this floor hangs on the floors below: a panel, words for history, and who may read a round's files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.files import register_access
from core.models import StoredFile
from core.registry import register_history_labels, register_panel
from evaluations import document_kinds
from evaluations.models import Round
from evaluations.panels import evaluations_panel


def may_read_round_file(file: StoredFile, actor: Any) -> bool:
    """Whoever may read the round may read its files."""
    return Round.objects.visible_to(actor).filter(pk=file.root_id).exists()


def register() -> None:
    document_kinds.register()
    register_panel(
        "agreement_detail",
        "evaluations",
        "evaluations/_panel_evaluations.html",
        context=evaluations_panel,
        order=80,
    )
    register_access("evaluations.round", may_read_round_file)
    register_history_labels(
        {
            "agreement.open_round": _("Opened an evaluation round"),
            "agreement.record_verdict": _("Recorded the verdict of an evaluation"),
            "agreement.record_lesson": _("Recorded a lesson"),
            "agreement.conclude_lessons": _("Concluded the lessons"),
            "round.invite_evaluator": _("Invited an external evaluator"),
            "round.record_finding": _("Recorded findings"),
            "round.record_visit": _("Recorded a site visit"),
            "round.report_results": _("Reported actual figures"),
            "round.propose_verdict": _("Proposed the verdict"),
            "round.return_verdict": _("Sent the verdict back"),
            "round.accept": _("Accepted the evaluation"),
        }
    )
