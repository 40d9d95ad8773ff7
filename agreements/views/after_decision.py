"""The presentation, the result letter and the appeal on a proposal's page, and the buttons that go with them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from agreements.actions.appeals import FILE_APPEAL, why_no_appeal
from agreements.actions.presentations import INVITE_TO_PRESENT, SCORE_PRESENTATION
from agreements.actions.slots import BOOK_SLOT
from agreements.enums import CallState, CapacityKind
from agreements.judges import judged_calls
from agreements.models import PresentationScore, Proposal
from agreements.permissions.proposals import presentation_booker, proposal_submitter
from agreements.queries.results import MAY_APPEAL, appeal_of, letters_of, opened_until
from agreements.queries.slots import slot_of
from core import clock
from core.workflow import is_open


def after_context(proposal: Proposal, actor: Any) -> dict[str, Any]:
    """What the applicant and the agency see beyond the proposal; to a reviewer only his or her own points."""
    context: dict[str, Any] = {"points_given": _points(proposal, actor)}
    inside = actor.organisation_id is not None and actor.organisation_id in (
        proposal.organisation_id,
        proposal.call.agency_id,
    )
    if not (inside or actor.is_opdc):
        return context
    if proposal.presentation_invited_at is not None:
        slot = slot_of(proposal)
        to_come = slot is not None and slot.ends_at > clock.now()
        context |= {"slot": slot, "sees_file": to_come and presentation_booker(proposal, actor)}
    if proposal.call.state == CallState.DECIDED:
        context |= _decided(proposal, actor)
    return context


def _decided(proposal: Proposal, actor: Any) -> dict[str, Any]:
    letters, appeal = list(letters_of(proposal)), appeal_of(proposal)
    waits = appeal is None and proposal.state in MAY_APPEAL and proposal_submitter(proposal, actor)
    return {
        "letters": letters,
        "appeal": appeal,
        "may_appeal_until": opened_until(letters) if appeal is None else None,
        "why_no_appeal": why_no_appeal(proposal) if waits and letters else None,
    }


def _points(proposal: Proposal, actor: Any) -> list[PresentationScore]:
    """Points for the presentation: all of them to the agency and OPDC, one's own to a reviewer.

    Whoever of the agency reviews the call sees the others' once his or her own scores on the proposal are in.
    """
    presentation = getattr(proposal, "presentation", None)
    if presentation is None:
        return []
    rows = presentation.scores.select_related("reviewer").order_by("pk")
    inside = actor.organisation_id is not None and actor.organisation_id == proposal.call.agency_id
    if (actor.is_opdc or inside) and not _still_scores(proposal, actor):
        return list(rows)
    return list(rows.filter(reviewer_id=actor.user_id)) if actor.user_id else []


def _still_scores(proposal: Proposal, actor: Any) -> bool:
    if CapacityKind.REVIEWER not in judged_calls(actor).get(proposal.call_id, ()):
        return False
    if not proposal.reviews.finished().filter(reviewer_id=actor.user_id).exists():
        return True
    return proposal.assignments.owing_points().filter(reviewer_id=actor.user_id).exists()


def after_actions(proposal: Proposal, actor: Any) -> list[dict[str, Any]]:
    """Buttons: invite, choose a time, give points, appeal."""
    offered = (
        (INVITE_TO_PRESENT, "proposal_invite", "post"),
        (BOOK_SLOT, "proposal_slots", "get"),
        (SCORE_PRESENTATION, "presentation_points", "get"),
        (FILE_APPEAL, "appeal_create", "get"),
    )
    shown = []
    for rule, name, method in offered:
        if is_open(proposal, rule, actor):
            url = reverse(f"agreements:{name}", args=[proposal.reference])
            tone = "outline-primary" if name == "appeal_create" else "primary"
            shown.append({"label": rule.title, "url": url, "method": method, "tone": tone})
    return shown
