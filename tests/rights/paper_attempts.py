"""How each action about a proposal on paper is tried."""

from __future__ import annotations

from collections.abc import Callable

from agreements.actions import paper as actions
from agreements.actions.proposals import save_part
from agreements.actions.submission import submit_proposal, withdraw_proposal
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
    "return": lambda proposal, by: actions.return_paper(proposal=proposal, reason="ไม่ตรง", by=by),
    "submit": lambda proposal, by: submit_proposal(proposal=proposal, by=by),
    "withdraw": lambda proposal, by: withdraw_proposal(proposal=proposal, by=by),
}
