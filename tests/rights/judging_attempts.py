"""How each action of judging before the scores is tried."""

from __future__ import annotations

from collections.abc import Callable

from agreements.actions import assignments, conflicts, cure, judge_invitations, reviewers
from partnerships.models import User
from tests.rights.attempts import PROPOSAL
from tests.world import evidence


def _somebody() -> User:
    """One of the cast who belongs to no applicant."""
    return User.objects.get(email="evaluator@example.org")


CALL: dict[str, Callable] = {
    "name_reviewer": lambda c, by: reviewers.name_reviewer(call=c, user=_somebody(), by=by),
    "name_committee_member": lambda c, by: reviewers.name_reviewer(
        call=c, user=_somebody(), kind="committee_member", by=by
    ),
    "dismiss_reviewer": lambda c, by: reviewers.dismiss_reviewer(
        call=c, capacity=c.capacities.earliest("pk"), reason="ย้าย", by=by
    ),
    "invite_judge": lambda c, by: judge_invitations.invite_judge(
        call=c, email="nobody@example.org", kind="reviewer", base="https://example.org/", by=by
    ),
    "declare_conflicts": lambda c, by: conflicts.declare_conflicts(
        call=c, declarations={p.organisation_id: (False, "") for p in c.proposals.all()}, by=by
    ),
    "assign_reviewers": lambda c, by: assignments.assign_reviewers(call=c, assignments={}, by=by),
    "draw_assignments": lambda c, by: assignments.draw_assignments(call=c, by=by),
}

REVIEWER: dict[str, Callable] = {name: PROPOSAL[name] for name in ("review", "save_review")}

GAPS: dict[str, Callable] = {
    "ask_cure": lambda p, by: cure.ask_cure(proposal=p, gaps="ขาดสำเนา", by=by),
    "attach_to_cure": lambda p, by: cure.attach_to_cure(proposal=p, upload=evidence(), by=by),
    "answer_cure": lambda p, by: cure.answer_cure(proposal=p, answer="แนบแล้ว", by=by),
    "lapse_cure": lambda p, by: cure.lapse_cure(proposal=p, by=by),
    "screen": PROPOSAL["screen"],
    "screen_again": PROPOSAL["screen_again"],
}
PAPER: dict[str, Callable] = {name: GAPS[name] for name in ("attach_to_cure", "answer_cure", "lapse_cure")}

INVITATION: dict[str, Callable] = {
    "accept": lambda i, by: judge_invitations.accept_judge_invitation(invitation=i, by=by),
    "decline": lambda i, by: judge_invitations.decline_judge_invitation(invitation=i, by=by),
    "cancel": lambda i, by: judge_invitations.cancel_judge_invitation(invitation=i, by=by),
}
