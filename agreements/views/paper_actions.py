"""What the page of a proposal on paper offers and tells: comparing it, taking it back by letter, entering it again."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.actions.paper import CORRECT_PAPER, FORMER_SCAN, PAPER_SCAN, REPLACED_SCAN
from agreements.actions.paper_objections import OBJECT_TO_PAPER
from agreements.actions.paper_returns import REPORT_CORRECTED, RETURN_PAPER
from agreements.actions.paper_withdrawal import RECORD_WITHDRAWAL, RETURN_WITHDRAWAL
from agreements.enums import ProposalSource, ProposalState
from agreements.models import Proposal
from core.files import files_of
from core.workflow import judge

OFFERED: tuple[tuple[Any, str, Any, str, str], ...] = (
    (RETURN_PAPER, "proposal_paper", _("Compare with the paper and confirm"), "get", "primary"),
    (REPORT_CORRECTED, "proposal_paper_corrected", REPORT_CORRECTED.title, "post", "primary"),
    (CORRECT_PAPER, "proposal_paper_correct", CORRECT_PAPER.title, "get", "outline-primary"),
    (RETURN_WITHDRAWAL, "proposal_paper_withdrawal", _("Compare with the letter and confirm"), "get", "primary"),
    ("enter_again", "proposal_paper_again", _("Enter the proposal on paper again"), "get", "primary"),
    ("continue_online", "proposal_paper_online", _("Continue online"), "post", "primary"),
    (OBJECT_TO_PAPER, "proposal_paper_object", OBJECT_TO_PAPER.title, "get", "outline-primary"),
    (RECORD_WITHDRAWAL, "proposal_paper_withdraw", _("Record a withdrawal by letter"), "get", "outline-danger"),
)


def paper_actions(proposal: Proposal, actor: Any) -> list[dict[str, Any]]:
    """Whichever is this person's now; nothing, and no query, for a proposal that was sent in online."""
    if proposal.source != ProposalSource.PAPER:
        return []
    return [
        {
            "name": name,
            "label": label,
            "url": reverse(f"agreements:{name}", args=[proposal.reference]),
            "method": method,
            "tone": tone,
        }
        for rule, name, label, method, tone in OFFERED
        if judge(proposal, rule, actor).open
    ]


def paper_context(proposal: Proposal, actor: Any) -> dict[str, Any]:
    """The scan, and every letter that was recorded, for the applicant and the agency; also once it went on online.

    Of a draft that was set aside: the paper that took its place, what was said of it, and whether it may still be said.
    """
    if proposal.state == ProposalState.SET_ASIDE:
        return {"paper_scans": [], **_paper_instead(proposal, actor)}
    if proposal.received_at is None:
        return {"paper_scans": []}
    letters = proposal.paper_withdrawals.select_related("letter", "recorded_by", "judged_by")
    return {
        "paper_scans": list(files_of(proposal, PAPER_SCAN)),
        "paper_returned": proposal.open_return if proposal.state == ProposalState.DRAFT else None,
        "replaced_scans": list(files_of(proposal, REPLACED_SCAN)),
        "former_scans": list(files_of(proposal, FORMER_SCAN)),
        "paper_withdrawals": list(letters),
        "objection": proposal.open_objection if proposal.state == ProposalState.DRAFT else None,
    }


def _paper_instead(draft: Proposal, actor: Any) -> dict[str, Any]:
    rows = Proposal.objects.in_place().filter(call=draft.call_id, organisation=draft.organisation_id)
    paper = rows.filter(source=ProposalSource.PAPER).select_related("call").first()
    if paper is None:
        return {}
    may_object = judge(paper, OBJECT_TO_PAPER, actor).open
    return {"paper_instead": paper, "objection": paper.open_objection, "may_object": may_object}
