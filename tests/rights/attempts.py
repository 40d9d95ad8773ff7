"""How each action of the table is tried: one line each, with input that is sound as far as the rights go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from agreements.actions.account import check_account, draw_up_account
from agreements.actions.addenda import PUBLISH_ADDENDUM, propose_addendum
from agreements.actions.agreements import end_agreement, make_move
from agreements.actions.budget import InstalmentRow, SourceRow, plan_instalments, set_budget_sources
from agreements.actions.call_endings import cancel_call, declare_void
from agreements.actions.calls import begin_selection, close_submissions, edit_call, set_criteria, set_documents
from agreements.actions.committee import record_committee, waive_committee
from agreements.actions.decisions import endorse_decision, propose_decision, return_decision
from agreements.actions.details import edit_details, edit_party
from agreements.actions.drafts import save_draft
from agreements.actions.entries import record_entry
from agreements.actions.indicators import set_indicators
from agreements.actions.instalments import (
    check_instalment,
    confirm_instalment_receipt,
    pay_instalment,
    propose_payment,
    request_instalment,
    return_instalment,
)
from agreements.actions.notes import write_note
from agreements.actions.plan import draw_up_plan
from agreements.actions.presentations import record_presentation
from agreements.actions.proposal_content import part_content
from agreements.actions.proposals import begin_proposal, save_part
from agreements.actions.ready import tell_ready
from agreements.actions.resolutions import Verdict, record_resolution
from agreements.actions.restoring import restore_state
from agreements.actions.review_drafts import save_review_draft
from agreements.actions.reviews import finish_review
from agreements.actions.screening import screen_again, screen_proposal
from agreements.actions.signing import sign_on_screen
from agreements.actions.submission import submit_proposal, withdraw_proposal
from agreements.actions.texts import freeze_text, make_public, withdraw_text
from agreements.enums import DecisionKind, Side
from core import clock
from core.drafts import Written, digests
from core.workflow import pass_door
from evaluations.actions.findings import record_finding, record_visit, report_results
from evaluations.actions.lessons import conclude_lessons, record_lesson
from evaluations.actions.rounds import accept_round, invite_evaluator, open_round, propose_verdict
from tests.factories import UserFactory
from tests.rights.records import SHA
from tests.world import evidence

Attempt = Callable[[Any, Any], Any]

INDICATOR = {
    "statement": "จำนวน",
    "unit": "คน",
    "direction": "up",
    "baseline": Decimal(0),
    "target": Decimal(9),
    "weight": 100,
}
ACTIVITY = {"title": "กิจกรรม", "month_from": 1, "month_to": 2, "responsible": Side.RECEIVER}
MEMBERS = [{"name": "นายหนึ่ง", "side": Side.GIVER, "role": "chair"}, {"name": "นางสอง", "side": Side.RECEIVER}]
COMMITTEE = {"name": "คณะกรรมการ", "order_number": "1/2569", "ordered_by": "อธิบดี", "secretariat": "สำนักงาน"}
RESOLUTION = {"meeting_number": "1", "minutes": "มีมติ", "attended": ()}


def _party(side: str) -> Callable[[Any], Any]:
    return lambda agreement: agreement.parties.get(side=side)


def _decide_on(kind: str) -> Attempt:
    return lambda root, by: propose_decision(kind=kind, root=root, by=by)


def _through_the_door(move: Any, root: Callable[[Any], Any] = lambda record: record) -> Attempt:
    def attempt(record: Any, by: Any) -> None:
        with pass_door(record, move, by=by, root=root(record)):
            pass

    return attempt


def _move(name: str) -> Attempt:
    return lambda a, by: make_move(agreement=a, move=name, by=by)


MOVES = (
    "allocate_subsidy", "begin_delivery", "allocate_first_instalment", "begin_midterm_evaluation",
    "allocate_next_instalment", "begin_final_evaluation", "end_funding", "begin_account_closing", "assess_needs",
    "allocate_resources", "design_service", "deliver_service", "evaluate_service", "improve_service", "widen_service",
)  # fmt: skip

AGREEMENT: dict[str, Attempt] = {
    **{f"move {name}": _move(name) for name in MOVES},
    "cancel": lambda a, by: end_agreement(agreement=a, move="cancel", reason="เหตุผล", by=by),
    "terminate": lambda a, by: end_agreement(agreement=a, move="terminate", reason="เหตุผล", by=by),
    "write_note": lambda a, by: write_note(agreement=a, kind="other", held_on=clock.today(), decision="ตกลง", by=by),
    "edit_details": lambda a, by: edit_details(agreement=a, by=by, title="ชื่อ"),
    "edit_giver_party": lambda a, by: edit_party(party=_party(Side.GIVER)(a), by=by, duties="หน้าที่"),
    "edit_receiver_party": lambda a, by: edit_party(party=_party(Side.RECEIVER)(a), by=by, duties="หน้าที่"),
    "set_indicators": lambda a, by: set_indicators(agreement=a, indicators=[INDICATOR], by=by),
    "propose_text": _decide_on(DecisionKind.SIGN_AGREEMENT),
    "freeze_text": lambda a, by: freeze_text(agreement=a, by=by),
    "withdraw_text": lambda a, by: withdraw_text(agreement=a, reason="แก้ไข", by=by),
    "sign_giver": lambda a, by: sign_on_screen(party=_party(Side.GIVER)(a), sha256=SHA, by=by),
    "sign_receiver": lambda a, by: sign_on_screen(party=_party(Side.RECEIVER)(a), sha256=SHA, by=by),
    "make_public": lambda a, by: make_public(agreement=a, by=by),
    "waive_committee": lambda a, by: waive_committee(agreement=a, reason="เหตุผล", by=by),
    "record_committee": lambda a, by: record_committee(
        agreement=a, ordered_on=clock.today(), members=MEMBERS, by=by, **COMMITTEE
    ),
    "draw_up_plan": lambda a, by: draw_up_plan(agreement=a, activities=[ACTIVITY], by=by),
    "set_budget_sources": lambda a, by: set_budget_sources(
        agreement=a, rows=[SourceRow(a.agency_id, "state_budget", Decimal("900.00"))], by=by
    ),
    "plan_instalments": lambda a, by: plan_instalments(
        agreement=a, rows=[InstalmentRow(amount=Decimal("900.00"))], by=by
    ),
    "record_entry": lambda a, by: record_entry(
        agreement=a,
        kind="spending",
        booked_on=clock.today(),
        amount=Decimal(1),
        description="ค่า",
        evidence=evidence(),
        by=by,
    ),
    "draw_up_account": lambda a, by: draw_up_account(agreement=a, statement="ครบ", by=by),
    "check_account": lambda a, by: check_account(agreement=a, note="ถูกต้อง", by=by),
    "open_round": lambda a, by: open_round(agreement=a, by=by),
    "record_lesson": lambda a, by: record_lesson(agreement=a, kind="problem", text="ปัญหา", by=by),
    "conclude_lessons": lambda a, by: conclude_lessons(agreement=a, by=by),
    "propose_closing": _decide_on(DecisionKind.CLOSE_AGREEMENT),
}

INSTALMENT: dict[str, Attempt] = {
    "request": lambda i, by: request_instalment(instalment=i, by=by),
    "check": lambda i, by: check_instalment(instalment=i, note="ครบ", by=by),
    "return": lambda i, by: return_instalment(instalment=i, reason="แก้ไข", by=by),
    "propose_payment": lambda i, by: propose_payment(instalment=i, comment="", by=by),
    "pay": lambda i, by: pay_instalment(instalment=i, paid_on=clock.today(), by=by),
    "confirm_receipt": lambda i, by: confirm_instalment_receipt(
        instalment=i, received_on=clock.today(), receipt_number="1", by=by
    ),
}


def _lapse(decision: Any, by: Any) -> None:
    with pass_door(decision, "lapse", by=by, root=decision.call):
        pass


DECISION: dict[str, Attempt] = {
    "decide": lambda d, by: endorse_decision(decision=d, by=by),
    "return_decision": lambda d, by: return_decision(decision=d, by=by, comment="แก้ไข"),
    "lapse": _lapse,
}

CALL: dict[str, Attempt] = {
    "edit": lambda c, by: edit_call(call=c, by=by, facts={"title": "ชื่อ"}),
    "set_criteria": lambda c, by: set_criteria(
        call=c, by=by, qualifications=[], scoring=[{"title": "ความคุ้มค่า", "weight": 100, "description": ""}]
    ),
    "propose_publication": _decide_on(DecisionKind.PUBLISH_CALL),
    "publish": _through_the_door("publish"),
    "set_documents": lambda c, by: set_documents(call=c, documents=[{"title": "แผนงาน"}], by=by),
    "propose_addendum": lambda c, by: propose_addendum(call=c, summary="แก้ไข", changes={"scope": "ใหม่"}, by=by),
    "publish_addendum": _through_the_door(PUBLISH_ADDENDUM),
    "declare_void": lambda c, by: declare_void(call=c, reason="เหตุผล", by=by),
    "close_submissions": lambda c, by: close_submissions(call=c, by=by),
    "begin_selection": lambda c, by: begin_selection(call=c, by=by),
    "record_resolution": lambda c, by: record_resolution(
        call=c,
        by=by,
        held_on=clock.today(),
        outcomes={p.pk: Verdict("selected", "ดี") for p in c.proposals.all()},
        **RESOLUTION,
    ),
    "propose_selection": _decide_on(DecisionKind.SELECT_PROPOSALS),
    "decide": _through_the_door("decide"),
    "cancel": lambda c, by: cancel_call(call=c, reason="เหตุผล", by=by),
    "begin_proposal": lambda c, by: begin_proposal(call=c, title="โครงการ", by=by),
}

PROPOSAL: dict[str, Attempt] = {
    "edit": lambda p, by: save_part(proposal=p, part="work", facts={"objectives": "ใหม่"}, by=by),
    "save_draft": lambda p, by: save_draft(
        proposal=p, part="network", written=Written({"network": "ใหม่"}, drawn=digests({"network": p.network})), by=by
    ),
    "restore_state": lambda p, by: restore_state(proposal=p, content=part_content(p), by=by),
    "submit": lambda p, by: submit_proposal(proposal=p, by=by),
    "tell_ready": lambda p, by: tell_ready(proposal=p, by=by),
    "withdraw": lambda p, by: withdraw_proposal(proposal=p, by=by),
    "screen": lambda p, by: screen_proposal(
        proposal=p, by=by, checks={c.pk: (True, "ครบ") for c in p.call.criteria.filter(kind="eligibility")}
    ),
    "screen_again": lambda p, by: screen_again(proposal=p, reason="อ่านเอกสารผิดฉบับ", by=by),
    "present": lambda p, by: record_presentation(
        proposal=p, held_on=clock.today(), place="ห้องประชุม", minutes="นำเสนอแล้ว", by=by
    ),
    "review": lambda p, by: finish_review(
        proposal=p, by=by, comment="", scores={c.pk: (4, "ดี") for c in p.call.criteria.filter(kind="scoring")}
    ),
    "save_review": lambda p, by: save_review_draft(proposal=p, written=Written({"comment": "ดี"}), by=by),
}

ROUND: dict[str, Attempt] = {
    "record_finding": lambda r, by: record_finding(evaluation_round=r, text="พบว่า", by=by),
    "record_visit": lambda r, by: record_visit(
        evaluation_round=r,
        visited_on=clock.today() - timedelta(days=1),
        place="ศูนย์",
        participants="สองฝ่าย",
        observations="ดี",
        by=by,
    ),
    "report_results": lambda r, by: report_results(evaluation_round=r, results={}, by=by),
    "invite_evaluator": lambda r, by: invite_evaluator(evaluation_round=r, user=UserFactory(), by=by),
    "propose_verdict": lambda r, by: propose_verdict(evaluation_round=r, verdict="pass", summary="สรุป", by=by),
    "accept": lambda r, by: accept_round(evaluation_round=r, by=by),
}
