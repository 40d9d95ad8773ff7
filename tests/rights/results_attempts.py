"""How each action about presentations, letters and appeals is tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from agreements.actions.appeals import file_appeal, propose_answer, withdraw_appeal
from agreements.actions.presentations import invite_one_to_present, record_presentation, score_presentation
from agreements.actions.result_letters import issue_result_letter, issue_result_letters
from agreements.actions.slots import add_slots, book_slot, change_slot, release_slot, remove_slot
from agreements.models import PresentationSlot
from core import clock
from core.workflow import pass_door


def _facts(slot: PresentationSlot) -> dict[str, Any]:
    later = timedelta(days=30)
    return {"starts_at": slot.starts_at + later, "ends_at": slot.ends_at + later, "place": "ห้อง", "link": ""}


def _answer(appeal: Any, by: Any) -> None:
    with pass_door(appeal, "answer_appeal", by=by):
        pass


PRESENTING: dict[str, Callable] = {
    "invite": lambda p, by: invite_one_to_present(proposal=p, by=by),
    "book": lambda p, by: book_slot(slot=p.call.slots.get(proposal=None), proposal=p, by=by),
    "release": lambda p, by: release_slot(proposal=p, by=by),
    "record": lambda p, by: record_presentation(
        proposal=p, held_on=clock.today(), place="ห้อง", minutes="นำเสนอแล้ว", by=by
    ),
    "points": lambda p, by: score_presentation(proposal=p, points=4, reason="ชัดเจน", by=by),
}
SLOT: dict[str, Callable] = {
    "add": lambda s, by: add_slots(call=s.call, slots=[_facts(s)], by=by),
    "change": lambda s, by: change_slot(slot=s, facts=_facts(s), by=by),
    "remove": lambda s, by: remove_slot(slot=s, by=by),
}
LETTER: dict[str, Callable] = {
    "issue": lambda p, by: issue_result_letter(proposal=p, by=by),
    "issue_all": lambda p, by: issue_result_letters(call=p.call, by=by),
    "appeal": lambda p, by: file_appeal(proposal=p, grounds="เหตุ", by=by),
}
APPEAL: dict[str, Callable] = {
    "withdraw": lambda a, by: withdraw_appeal(appeal=a, by=by),
    "propose_answer": lambda a, by: propose_answer(appeal=a, verdict="dismissed", remedy="none", answer="เหตุผล", by=by),
    "answer": _answer,
}
