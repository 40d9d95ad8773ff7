"""How each action about a proposal on paper is tried."""

from __future__ import annotations

from collections.abc import Callable

from agreements.actions import paper as actions
from agreements.actions import paper_mistakes as mistakes
from agreements.actions import paper_returns as returns
from agreements.actions import paper_withdrawal as letters
from agreements.actions.paper_objections import object_to_paper
from agreements.actions.proposals import save_part
from agreements.actions.submission import submit_proposal, withdraw_proposal
from core import clock
from partnerships.models import Organisation
from tests.world import evidence

PAPER: dict[str, Callable] = {
    "enter": lambda proposal, by: actions.enter_paper_proposal(
        call=proposal.call,
        organisation=Organisation.objects.get(name_en="Rival Association"),
        title="โครงการ",
        received_at=proposal.received_at,
        scan=evidence(),
        by=by,
    ),
    "write": lambda proposal, by: save_part(proposal=proposal, part="work", facts={"title": "ชื่อที่แก้"}, rows={}, by=by),
    "confirm": lambda proposal, by: actions.confirm_paper(proposal=proposal, by=by),
    "return": lambda proposal, by: returns.return_paper(proposal=proposal, reason="ไม่ตรง", by=by),
    "report_corrected": lambda proposal, by: returns.report_corrected(proposal=proposal, by=by),
    "correct": lambda proposal, by: actions.correct_paper(
        proposal=proposal, received_at=clock.now(), scan=evidence(), by=by
    ),
    "discard": lambda proposal, by: mistakes.discard_paper(proposal=proposal, reason="ผิดองค์กร", by=by),
    "record_withdrawal": lambda proposal, by: letters.record_withdrawal(
        proposal=proposal, reason="ขาดบุคลากร", received_at=proposal.received_at, letter=evidence(), by=by
    ),
    "confirm_withdrawal": lambda proposal, by: letters.confirm_withdrawal(proposal=proposal, by=by),
    "return_withdrawal": lambda proposal, by: letters.return_withdrawal(proposal=proposal, reason="ไม่ตรง", by=by),
    "enter_again": lambda proposal, by: actions.enter_paper_again(
        proposal=proposal, received_at=clock.now(), scan=evidence(), by=by
    ),
    "object": lambda proposal, by: object_to_paper(proposal=proposal, reason="ไม่ใช่ของเรา", by=by),
    "continue_online": lambda proposal, by: actions.continue_online(proposal=proposal, by=by),
    "submit": lambda proposal, by: submit_proposal(proposal=proposal, by=by),
    "withdraw": lambda proposal, by: withdraw_proposal(proposal=proposal, by=by),
}

ONLINE: dict[str, Callable] = {
    "enter_own": lambda proposal, by: actions.enter_paper_proposal(
        call=proposal.call,
        organisation=proposal.organisation,
        title="โครงการ",
        received_at=proposal.call.published_at,
        scan=evidence(),
        by=by,
    ),
    **{name: PAPER[name] for name in ("write", "submit", "withdraw", "discard")},
}
