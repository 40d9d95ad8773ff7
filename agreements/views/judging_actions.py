"""Buttons and notices of judging on the pages of a call and of a proposal."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.actions.conflicts import DECLARE, is_being_judged
from agreements.actions.cure import CURE, is_being_cured
from agreements.enums import CallState, ProposalState
from agreements.judges import ready_invitations
from agreements.models import Call, Proposal
from core.workflow import judge


def declaration_of(call: Call, actor: Any) -> dict[str, Any]:
    """What the call's page tells a judge: whether the declaration is due, and where it is changed; {} for others."""
    if not is_being_judged(call) or not judge(call, DECLARE, actor).open:
        return {}
    ready = ready_invitations(actor.user_id).filter(call=call).exists()
    url = reverse("agreements:call_conflicts", args=[call.reference])
    return {"judging": True, "declaration": {"due": not ready, "url": url}}


def cure_actions(proposal: Proposal, actor: Any) -> list[dict[str, Any]]:
    """To ask for what is missing, to complete it, or to go on without: whichever is this person's now."""
    if proposal.state == ProposalState.CURING:
        if judge(proposal, CURE, actor).open:
            return [_button(proposal, "proposal_cure", _("Send further documents"))]
        lapse = judge(proposal, "lapse_cure", actor)
        return [_button(proposal, "proposal_cure_lapse", lapse.title, "post")] if lapse.open else []
    asking = proposal.call.state == CallState.SCREENING and proposal.call.cure_days > 0
    if proposal.state != ProposalState.SUBMITTED or not asking or not judge(proposal, "ask_cure", actor).open:
        return []
    return [{**_button(proposal, "proposal_cure_ask", _("Ask to complete formal gaps")), "tone": "outline-primary"}]


def cure_of(proposal: Proposal, own: bool, own_agency: bool) -> dict[str, Any]:
    """What was asked and answered, for the applicant and the agency alone."""
    request = getattr(proposal, "cure_request", None) if own or own_agency else None
    if request is None:
        return {}
    return {"cure": request, "cure_open": proposal.state == ProposalState.CURING and is_being_cured(proposal)}


def _button(proposal: Proposal, url_name: str, label: Any, method: str = "get") -> dict[str, Any]:
    url = reverse(f"agreements:{url_name}", args=[proposal.reference])
    return {"label": label, "url": url, "method": method, "tone": "primary"}
