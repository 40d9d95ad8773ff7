"""Real histories for tests: calls and agreements that came where they are through the actions, never by hand.

world = World(cast)
call = world.published_call("pbc")
agreement = world.agreement("pbc", at="pbc_6_midterm_evaluation", instalments=3)
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from agreements.actions.account import check_account, draw_up_account
from agreements.actions.agreements import make_move, open_commissioning
from agreements.actions.budget import InstalmentRow, SourceRow, plan_instalments, set_budget_sources
from agreements.actions.committee import record_committee, waive_committee
from agreements.actions.decisions import endorse_decision
from agreements.actions.details import edit_details, edit_party
from agreements.actions.entries import record_entry
from agreements.actions.indicators import set_indicators
from agreements.actions.instalments import (
    check_instalment,
    confirm_instalment_receipt,
    pay_instalment,
    propose_payment,
    request_instalment,
)
from agreements.actions.notes import confirm_note, write_note
from agreements.actions.plan import approve_plan, draw_up_plan, propose_plan
from agreements.actions.signing import sign_on_screen
from agreements.actions.texts import make_public
from agreements.enums import DecisionKind, EntryKind, NoteKind, Side
from agreements.models import Agreement, Instalment
from agreements.sequences import steps_of
from core import clock
from evaluations.actions.findings import record_finding, record_visit, report_results
from evaluations.actions.lessons import conclude_lessons, record_lesson
from evaluations.actions.rounds import accept_round, invite_evaluator, open_round, propose_verdict
from evaluations.models import Round
from tests.built_once import built_once
from tests.calling_world import PNG, PROPOSAL, ROWS, TOTAL, CallingWorld, evidence, proposal_rows, row_data

__all__ = ["PNG", "PROPOSAL", "ROWS", "TOTAL", "World", "evidence", "last_step", "proposal_rows", "row_data"]


class World(CallingWorld):
    """The whole history: what comes before an agreement, and the agreement itself."""

    # --- the agreement ----------------------------------------------------------------------------------------------

    @built_once
    def agreement(self, form: str, at: str = "", instalments: int = 2, total: Decimal = TOTAL) -> Agreement:
        """An agreement of the form that has just come to the step `at` (by default the one it is born at)."""
        agreement = self.born(form, total=total)
        wanted = at or agreement.step
        self.instalment_count = instalments
        for _move in range(60):
            if agreement.step == wanted:
                return agreement
            agreement = self.go_on(agreement)
        raise AssertionError(f"{form} never came to {at}")

    @built_once
    def born(self, form: str, total: Decimal = TOTAL) -> Agreement:
        if form == "commissioning":
            partner = self.cast.organisations["partner"]
            agreement = open_commissioning(
                mission=self.mission(form), title="สัญญาร่วมคุ้มครองเด็ก", partner_ids=[partner.pk], by=self.act("officer")
            )
            return self.again(agreement)
        return Agreement.objects.get(proposal=self.selected_proposal(form, budget=total))

    @built_once
    def go_on(self, agreement: Agreement) -> Agreement:
        """Do what the present step needs and take the way that leads on."""
        getattr(self, f"_finish_{agreement.step}")(agreement)
        agreement = self.again(agreement)
        move = self.way_on(agreement)
        by = "partner_rep" if move == "begin_delivery" else "officer"
        make_move(agreement=agreement, move=move, by=self.act(by))
        return self.again(agreement)

    def way_on(self, agreement: Agreement) -> str:
        left = agreement.instalments.filter(state="planned").exists()
        after_money = "begin_midterm_evaluation" if left else "begin_final_evaluation"
        return {
            "grant_2_application": "allocate_subsidy",
            "grant_3_receipt": "begin_delivery",
            "pbc_4_selection": "allocate_first_instalment",
            "pbc_5_first_instalment": after_money,
            "pbc_6_midterm_evaluation": "allocate_next_instalment",
            "pbc_7_next_instalment": after_money,
            "pbc_8_final_evaluation": "begin_account_closing",
            "commissioning_1_priorities": "assess_needs",
            "commissioning_2_needs": "allocate_resources",
            "commissioning_3_resources": "design_service",
            "commissioning_4_design": "deliver_service",
            "commissioning_5_delivery": "evaluate_service",
        }[agreement.step]

    def _finish_grant_2_application(self, agreement: Agreement) -> None:
        self.prepare(agreement)
        self.sign(agreement)
        self.plan(agreement)

    _finish_pbc_4_selection = _finish_grant_2_application

    def _finish_grant_3_receipt(self, agreement: Agreement) -> None:
        self.pay_next(agreement)

    def _finish_pbc_5_first_instalment(self, agreement: Agreement) -> None:
        self.pay_next(agreement)
        if not agreement.instalments.filter(state="planned").exists():
            self.note(agreement, NoteKind.WORK_COMPLETED)

    _finish_pbc_7_next_instalment = _finish_pbc_5_first_instalment

    def _finish_pbc_6_midterm_evaluation(self, agreement: Agreement) -> None:
        self.evaluate(agreement, "pass")

    def _finish_pbc_8_final_evaluation(self, agreement: Agreement) -> None:
        self.evaluate(agreement, "pass")

    def _finish_commissioning_1_priorities(self, agreement: Agreement) -> None:
        if agreement.cycle == 1:
            self.prepare(agreement)
            self.sign(agreement)
        else:
            self.note(agreement, NoteKind.PRIORITIES)

    def _finish_commissioning_2_needs(self, agreement: Agreement) -> None:
        self.note(agreement, NoteKind.NEEDS)

    def _finish_commissioning_3_resources(self, agreement: Agreement) -> None:
        self.note(agreement, NoteKind.RESOURCES)
        rows = [SourceRow(agreement.agency_id, "state_budget", Decimal("500000.00"))]
        if agreement.cycle == 1:
            set_budget_sources(agreement=self.again(agreement), rows=rows, by=self.act("officer"))

    def _finish_commissioning_4_design(self, agreement: Agreement) -> None:
        self.note(agreement, NoteKind.SELECTION)
        self.note(agreement, NoteKind.DESIGN)
        self.plan(agreement)

    def _finish_commissioning_5_delivery(self, agreement: Agreement) -> None:
        self.note(agreement, NoteKind.DELIVERY)

    # --- what steps need --------------------------------------------------------------------------------------------

    @built_once
    def note(self, agreement: Agreement, kind: str) -> None:
        """Written by the giver, confirmed by the receiver."""
        agreement = self.again(agreement)
        note = write_note(
            agreement=agreement, kind=kind, held_on=clock.today(), decision="ที่ประชุมเห็นชอบร่วมกัน", by=self.act("officer")
        )
        confirm_note(note=note, by=self.act("partner_rep"))

    @built_once
    def prepare(self, agreement: Agreement) -> None:
        """Everything before the text is proposed: discussion, terms, parties, indicators, money, committee."""
        officer = self.act("officer")
        for kind in self._discussion(agreement):
            self.note(agreement, kind)
        edit_details(
            agreement=self.again(agreement),
            by=officer,
            objectives="ให้ผู้สูงอายุได้รับการดูแล",
            scope="ดูแลผู้สูงอายุในชุมชน",
            legal_basis="พระราชบัญญัติผู้สูงอายุ พ.ศ. 2546",
            procurement_screening="subsidy",
            starts_on=date(2026, 10, 1),
            ends_on=date(2027, 9, 30),
        )
        for party in agreement.parties.all():
            edit_party(
                party=party,
                by=officer,
                duties="ทำหน้าที่ตามข้อตกลง",
                signatory_name="นายผู้มีอำนาจ ลงนาม",
                signatory_title="หัวหน้าหน่วยงาน",
                authority="คำสั่งมอบอำนาจ ที่ 1/2569",
                witness_1="นายพยาน หนึ่ง",
                witness_2="นางพยาน สอง",
            )
        indicators = [
            {
                "statement": "จำนวนผู้สูงอายุที่ได้รับการดูแล",
                "unit": "คน",
                "direction": "up",
                "baseline": Decimal(0),
                "target": Decimal(200),
                "weight": 60,
            },
            {
                "statement": "อัตราการหกล้ม",
                "unit": "ร้อยละ",
                "direction": "down",
                "baseline": Decimal(20),
                "target": Decimal(10),
                "weight": 40,
            },
        ]
        set_indicators(agreement=self.again(agreement), indicators=indicators, by=officer)
        self._money_and_body(self.again(agreement))

    def _discussion(self, agreement: Agreement) -> list[str]:
        if agreement.form == "commissioning":
            return [NoteKind.VISION, NoteKind.PRIORITIES]
        return [NoteKind.VISION, NoteKind.PRIORITIES, NoteKind.SELECTION, NoteKind.DRAFT]

    def _money_and_body(self, agreement: Agreement) -> None:
        officer = self.act("officer")
        if agreement.form == "commissioning":
            members = [
                {
                    "name": "นายกรรมการ หนึ่ง",
                    "position": "ผู้แทนกรม",
                    "side": Side.GIVER,
                    "role": "chair",
                    "can_decide": True,
                },
                {
                    "name": "นางกรรมการ สอง",
                    "position": "ผู้แทนมูลนิธิ",
                    "side": Side.RECEIVER,
                    "role": "secretary",
                    "can_decide": True,
                },
            ]
            record_committee(
                agreement=agreement,
                name="คณะกรรมการคุ้มครองเด็ก",
                order_number="1/2569",
                ordered_on=clock.today(),
                ordered_by="อธิบดี",
                secretariat="สำนักงานเลขานุการ",
                members=members,
                by=officer,
            )
            return
        count = getattr(self, "instalment_count", 2)
        part = (agreement.total / count).quantize(Decimal("0.01"))
        amounts = [part] * (count - 1) + [agreement.total - part * (count - 1)]
        set_budget_sources(
            agreement=agreement, rows=[SourceRow(agreement.agency_id, "state_budget", agreement.total)], by=officer
        )
        plan_instalments(
            agreement=self.again(agreement), rows=[InstalmentRow(amount=amount) for amount in amounts], by=officer
        )
        waive_committee(agreement=self.again(agreement), reason="โครงการขนาดเล็ก สองฝ่ายประสานงานกันโดยตรง", by=officer)

    @built_once
    def ready_text(self, agreement: Agreement) -> str:
        """Freeze the text by the executive's decision; gives its SHA-256."""
        self.decide(DecisionKind.SIGN_AGREEMENT, self.again(agreement))
        return self.again(agreement).texts.get(superseded_at=None).sha256

    @built_once
    def sign(self, agreement: Agreement) -> None:
        """Freeze, sign on screen by both sides, make public."""
        sha256 = self.ready_text(agreement)
        signatories = {
            self.cast.organisations["agency"].pk: "executive",
            self.cast.organisations["partner"].pk: "partner_rep",
        }
        for party in agreement.parties.order_by("pk"):
            sign_on_screen(party=party, sha256=sha256, by=self.act(signatories[party.organisation_id]))
        make_public(agreement=self.again(agreement), by=self.act("officer"))

    @built_once
    def plan(self, agreement: Agreement) -> None:
        """Drawn up and proposed by the giver's officer, approved by the receiver's representative."""
        activities = [
            {
                "title": "สำรวจข้อมูล",
                "month_from": 1,
                "month_to": 3,
                "responsible": Side.RECEIVER,
                "budget": Decimal("300000.00"),
            },
            {
                "title": "จัดบริการ",
                "month_from": 3,
                "month_to": 12,
                "responsible": Side.RECEIVER,
                "budget": Decimal("600000.00"),
            },
        ]
        plan = draw_up_plan(agreement=self.again(agreement), activities=activities, by=self.act("officer"))
        propose_plan(plan=plan, by=self.act("officer"))
        approve_plan(plan=plan, by=self.act("partner_rep"))

    @built_once
    def pay_next(self, agreement: Agreement) -> Instalment:
        """The instalment whose turn it is, all the way to the receiver."""
        instalment = agreement.instalments.filter(state="planned").order_by("ordinal").first()
        request_instalment(instalment=self.again(instalment), by=self.act("partner_staff"))
        check_instalment(instalment=self.again(instalment), note="ตรวจรับแล้ว", by=self.act("officer"))
        decision = propose_payment(instalment=self.again(instalment), comment="", by=self.act("officer"))
        endorse_decision(decision=decision, by=self.act("executive"))
        pay_instalment(instalment=self.again(instalment), paid_on=clock.today(), by=self.act("finance"))
        confirm_instalment_receipt(
            instalment=self.again(instalment),
            received_on=clock.today(),
            receipt_number="บง 001",
            by=self.act("partner_finance"),
        )
        return self.again(instalment)

    @built_once
    def open_round(self, agreement: Agreement) -> Round:
        """A round with everything but the verdict."""
        evaluation_round = open_round(agreement=self.again(agreement), by=self.act("officer"))
        if not agreement.capacities.filter(kind="evaluator").exists():
            invite_evaluator(evaluation_round=evaluation_round, user=self.cast.evaluator.user, by=self.act("officer"))
        for name in ("officer", "evaluator", *(("partner_staff",) if evaluation_round.kind == "cycle" else ())):
            record_finding(evaluation_round=self.again(evaluation_round), text="ดำเนินงานได้ตามแผน", by=self.act(name))
        record_visit(
            evaluation_round=self.again(evaluation_round),
            visited_on=clock.today(),
            place="ศูนย์บริการ",
            participants="เจ้าหน้าที่สองฝ่าย",
            observations="ผู้รับบริการพอใจ",
            by=self.act("officer"),
        )
        results = {indicator.pk: (Decimal(100), "") for indicator in agreement.indicators.all()}
        report_results(evaluation_round=self.again(evaluation_round), results=results, by=self.act("partner_staff"))
        return self.again(evaluation_round)

    @built_once
    def evaluate(self, agreement: Agreement, verdict: str) -> Round:
        evaluation_round = self.open_round(agreement)
        propose_verdict(evaluation_round=evaluation_round, verdict=verdict, summary="สรุปผล", by=self.act("officer"))
        accept_round(evaluation_round=self.again(evaluation_round), by=self.act("executive"))
        return self.again(evaluation_round)

    @built_once
    def learn(self, agreement: Agreement) -> None:
        """A lesson of each side, concluded."""
        for name in ("officer", "partner_staff"):
            record_lesson(agreement=self.again(agreement), kind="problem", text="ระเบียบไม่เอื้อ", by=self.act(name))
        conclude_lessons(agreement=self.again(agreement), by=self.act("officer"))

    @built_once
    def settle_account(self, agreement: Agreement) -> None:
        """Everything spent, drawn up by the receiver's finance, checked by the giver's."""
        account = self.again(agreement).account
        if account.balance > 0:
            record_entry(
                agreement=self.again(agreement),
                kind=EntryKind.SPENDING,
                booked_on=clock.today(),
                amount=account.balance,
                description="ค่าใช้จ่ายโครงการ",
                evidence=evidence(),
                by=self.act("partner_finance"),
            )
        draw_up_account(agreement=self.again(agreement), statement="ใช้จ่ายครบถ้วน", by=self.act("partner_finance"))
        check_account(agreement=self.again(agreement), note="ถูกต้อง", by=self.act("finance"))

    @built_once
    def close(self, agreement: Agreement) -> Agreement:
        """From the last step of its form to the closed account and the closed agreement."""
        while agreement.instalments.filter(state="planned").exists():
            self.pay_next(agreement)
        if agreement.form == "grant":
            self.note(agreement, NoteKind.WORK_COMPLETED)
            self.evaluate(agreement, "pass")
        if agreement.form == "commissioning":
            self.evaluate(agreement, "conclude")
        self.learn(agreement)
        if agreement.total:
            self.settle_account(agreement)
        self.decide(DecisionKind.CLOSE_AGREEMENT, self.again(agreement))
        return self.again(agreement)


def last_step(form: str) -> str:
    """Code of the last step of a form."""
    return steps_of(form)[-1].code
