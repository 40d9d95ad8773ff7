"""Real histories for tests: calls and agreements that came where they are through the actions, never by hand.

world = World(cast)
call = world.published_call("pbc")
agreement = world.agreement("pbc", at="pbc_6_midterm_evaluation", instalments=3)
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from agreements.actions.account import check_account, draw_up_account
from agreements.actions.agreements import make_move, open_commissioning
from agreements.actions.budget import InstalmentRow, SourceRow, plan_instalments, set_budget_sources
from agreements.actions.calls import begin_selection, close_submissions, open_call, propose_publication, set_documents
from agreements.actions.committee import record_committee, waive_committee
from agreements.actions.conflicts import declare_conflicts
from agreements.actions.decisions import endorse_decision, propose_decision
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
from agreements.actions.presentations import record_presentation
from agreements.actions.proposals import begin_proposal, save_part
from agreements.actions.resolutions import Verdict, record_resolution
from agreements.actions.reviewers import name_reviewer
from agreements.actions.reviews import finish_review
from agreements.actions.screening import screen_proposal
from agreements.actions.selection_committee import Member, appoint_committee
from agreements.actions.signing import sign_on_screen
from agreements.actions.submission import submit_proposal
from agreements.actions.texts import make_public
from agreements.enums import DecisionKind, EntryKind, NoteKind, Side
from agreements.models import Agreement, Call, Decision, Instalment, Proposal, SelectionCommittee
from agreements.proposal_sections import SECTIONS
from agreements.sequences import steps_of
from core import clock
from evaluations.actions.findings import record_finding, record_visit, report_results
from evaluations.actions.lessons import conclude_lessons, record_lesson
from evaluations.actions.rounds import accept_round, invite_evaluator, open_round, propose_verdict
from evaluations.models import Round
from partnerships.models import Mission
from tests.cast import Cast
from tests.factories import MissionFactory

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005"
    "fe02fe0def46b80000000049454e44ae426082"
)
TOTAL = Decimal("900000.00")

# A whole proposal: the fields of its sections, and its rows by kind.
PROPOSAL = {
    "objectives": "พัฒนาคุณภาพชีวิตผู้สูงอายุ",
    "area": "จังหวัดนนทบุรี",
    "duration_months": 12,
    "activities": "สำรวจ อบรม และเยี่ยมบ้าน",
    "results": "ผู้สูงอายุได้รับการดูแล 200 คน",
    "budget_detail": "ค่าวิทยากร ค่าเดินทาง ค่าวัสดุ",
    "expertise": "ทำงานกับผู้สูงอายุมา 10 ปี",
    "network": "เครือข่ายอาสาสมัครในพื้นที่",
}
ROWS = {
    "beneficiaries": [{"description": "ผู้สูงอายุ", "number": 200}],
    "activities": [
        {"title": "สำรวจข้อมูล", "month_from": 1, "month_to": 3},
        {"title": "อบรมและเยี่ยมบ้าน", "detail": "ทุกเดือน", "month_from": 3, "month_to": 12},
    ],
    "indicators": [
        {
            "level": "output",
            "statement": "จำนวนผู้สูงอายุที่ได้รับการดูแล",
            "unit": "คน",
            "direction": "up",
            "baseline": None,
            "target": Decimal(200),
        },
        {
            "level": "outcome",
            "statement": "อัตราการหกล้ม",
            "unit": "ร้อยละ",
            "direction": "down",
            "baseline": Decimal(20),
            "target": Decimal(10),
        },
    ],
    "lines": [
        {
            "category": "operation",
            "title": "ค่าใช้จ่ายเยี่ยมบ้าน",
            "unit": "งาน",
            "quantity": Decimal(1),
            "unit_cost": TOTAL,
            "source": "state_budget",
            "is_own": False,
        }
    ],
    "members": [{"name": "นางผู้ประสาน งาน (สมมติ)", "duty": "ผู้จัดการโครงการ"}],
    "risks": [{"risk": "ฝนตกหนัก", "likelihood": 2, "impact": 1, "response": "เลื่อนวันลงพื้นที่"}],
}


def proposal_rows(budget: Decimal | None = TOTAL, beneficiaries: int | None = 200) -> dict[str, list[dict[str, Any]]]:
    """The rows of a whole proposal that asks for `budget` (baht) and serves so many people; None: no such rows."""
    groups = [{**ROWS["beneficiaries"][0], "number": beneficiaries}] if beneficiaries else []
    lines = [{**ROWS["lines"][0], "unit_cost": budget}] if budget else []
    return {**ROWS, "beneficiaries": groups, "lines": lines}


def row_data(kind: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows as a browser posts them in the formset of their kind."""
    data: dict[str, Any] = {f"{kind}-TOTAL_FORMS": len(rows), f"{kind}-INITIAL_FORMS": 0}
    for index, row in enumerate(rows):
        data |= {f"{kind}-{index}-{name}": value for name, value in row.items() if value not in (None, False)}
    return data


def evidence(name: str = "หลักฐาน.png") -> ContentFile:
    """A small real picture, as evidence of spending or a scan."""
    return ContentFile(PNG, name=name)


class World:
    """Builds through actions, with the people of the fixed cast."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def act(self, name: str) -> Any:
        """The actor of one of the cast."""
        return self.cast.people[name].actor

    # --- before the agreement ---------------------------------------------------------------------------------------

    def mission(self, form: str) -> Mission:
        return MissionFactory(agency=self.cast.organisations["agency"], officer=self.cast.officer.user, form=form)

    def draft_call(self, form: str = "pbc", **facts: Any) -> Call:
        values = {
            "title": "ประกาศเปิดรับข้อเสนอการดูแลผู้สูงอายุ",
            "background": "ผู้สูงอายุเพิ่มขึ้นทุกปี",
            "scope": "ดูแลผู้สูงอายุในชุมชน",
            "objectives": "ให้ผู้สูงอายุได้รับการดูแล",
            "target_group": "ผู้สูงอายุ",
            "area": "จังหวัดนนทบุรี",
            "duration_months": 12,
            "budget_ceiling": Decimal("1000000.00"),
            "allocation": "แบ่งเป็นงวด",
            "evaluation_plan": "ประเมินระยะกลางและสิ้นสุดโครงการ",
            "contact_phone": "02 000 0000",
            "closes_at": clock.real_now() + timedelta(days=30),
        }
        return open_call(mission=self.mission(form), by=self.act("officer"), facts={**values, **facts})

    def published_call(self, form: str = "pbc", documents: Any = (), **facts: Any) -> Call:
        """Wants no documents with a proposal, unless they are given (title, description, is_required)."""
        call = self.draft_call(form, **facts)
        set_documents(call=call, documents=documents, by=self.act("officer"))
        decision = propose_publication(call=self.again(call), by=self.act("officer"))
        endorse_decision(decision=decision, by=self.act("executive"))
        return Call.objects.get(pk=call.pk)

    def draft_proposal(self, call: Call, by: str = "partner_staff", **facts: Any) -> Proposal:
        """Every section written. `facts`: fields; `budget` (baht), `beneficiaries` (None: none); `rows` by kind."""
        totals = {name: facts.pop(name) for name in ("budget", "beneficiaries") if name in facts}
        proposal = begin_proposal(call=call, title="โครงการดูแลผู้สูงอายุในชุมชน", by=self.act(by))
        rows = {**proposal_rows(**totals), **facts.pop("rows", {})}
        return self.write(proposal, by=by, rows=rows, **{**PROPOSAL, **facts})

    def write(self, proposal: Proposal, by: str = "partner_staff", rows: Any = None, **facts: Any) -> Proposal:
        """Save fields and rows (by kind), each in the section it belongs to."""
        rows = rows or {}
        for section in SECTIONS.values():
            fields = {name: value for name, value in facts.items() if name in section.fields}
            own = {kind.code: rows[kind.code] for kind in section.rows if kind.code in rows}
            if fields or own:
                save_part(proposal=proposal, part=section.code, facts=fields, rows=own, by=self.act(by))
        return self.again(proposal)

    def submitted_proposal(self, call: Call, by: str = "partner", **facts: Any) -> Proposal:
        """`by` is partner or rival."""
        proposal = self.draft_proposal(call, by=f"{by}_staff", **facts)
        submit_proposal(proposal=proposal, by=self.act(f"{by}_rep"))
        return Proposal.objects.get(pk=proposal.pk)

    def selected_proposal(self, form: str = "pbc", **facts: Any) -> Proposal:
        """A proposal that went all the way: screened, presented (PBC), scored, resolved, decided."""
        call = self.published_call(form)
        proposal = self.submitted_proposal(call, **facts)
        self.closed_call(call)
        self.screen(proposal)
        self.name_reviewers(call)
        begin_selection(call=self.again(call), by=self.act("officer"))
        self.score(proposal)
        self.resolve(self.again(call), {proposal.pk: ("selected", "คะแนนสูงสุด")})
        self.decide(DecisionKind.SELECT_PROPOSALS, self.again(call))
        return self.again(proposal)

    def pass_deadline(self, call: Call) -> None:
        """Let the deadline lie in the past: deadlines are conditions on time, and tests do not wait."""
        Call.objects.filter(pk=call.pk).update(closes_at=clock.real_now() - timedelta(seconds=1))

    def closed_call(self, call: Call) -> Call:
        """Past its deadline, submissions closed: what was sent in is unsealed."""
        self.pass_deadline(call)
        return close_submissions(call=self.again(call), by=self.act("officer"))

    def screen(self, proposal: Proposal, met: bool = True) -> None:
        proposal = self.again(proposal)
        criteria = proposal.call.criteria.filter(kind="eligibility")
        checks = {criterion.pk: (met, "ตรวจจากเอกสารแล้ว") for criterion in criteria}
        screen_proposal(proposal=proposal, checks=checks, by=self.act("officer"))
        if met and proposal.call.form == "pbc":
            record_presentation(
                proposal=self.again(proposal),
                held_on=clock.today(),
                place="ห้องประชุม 1",
                minutes="นำเสนอครบถ้วน",
                by=self.act("officer"),
            )

    def name_reviewers(self, call: Call, *names: str) -> None:
        """Invite reviewers of the cast (by default one), who declare that they have no conflict with any applicant."""
        for name in names or ("reviewer",):
            name_reviewer(call=self.again(call), user=self.cast.people[name].user, by=self.act("officer"))
            self.declare(call, name)

    def declare(self, call: Call, by: str, conflicts: dict[int, str] | None = None) -> None:
        """Declare on every applicant; `conflicts`: organisation id → what the relation is."""
        conflicts = conflicts or {}
        applicants = self.again(call).proposals.received().values_list("organisation_id", flat=True)
        declarations = {pk: (pk in conflicts, conflicts.get(pk, "")) for pk in applicants}
        declare_conflicts(call=self.again(call), declarations=declarations, by=self.act(by))

    def score(self, proposal: Proposal, points: int = 4, by: str = "reviewer") -> None:
        proposal = self.again(proposal)
        criteria = proposal.call.criteria.filter(kind="scoring")
        scores = {criterion.pk: (points, "เหมาะสม") for criterion in criteria}
        finish_review(proposal=proposal, scores=scores, comment="ดี", by=self.act(by))

    def appoint(self, call: Call, *accounts: str) -> None:
        """The selection committee: a chair and a secretary without accounts, and members of the cast (or one without)."""
        people = [self.cast.people[name].user for name in accounts]
        members = [Member(user.full_name_th, "กรรมการผู้ทรงคุณวุฒิ", "member", user) for user in people]
        appoint_committee(
            call=self.again(call),
            order_number="1/2569",
            order_on=clock.today(),
            members=[
                Member("นางประธาน สมมติ", "รองอธิบดี", "chair"),
                *(members or [Member("นายกรรมการ สมมติ", "ผู้อำนวยการกอง")]),
                Member("นางเลขา สมมติ", "นักพัฒนาสังคม", "secretary"),
            ],
            by=self.act("officer"),
        )
        for name in accounts:
            self.declare(call, name)

    def resolve(self, call: Call, outcomes: dict[int, tuple[str, str]], **meeting: Any) -> None:
        """By the committee (appointed here where there is none); the reserve is ranked in the order given."""
        if not SelectionCommittee.objects.filter(call=call).exists():
            self.appoint(call)
        ranks = itertools.count(1)
        verdicts = {
            pk: Verdict(outcome, why, next(ranks) if outcome == "reserve" else None)
            for pk, (outcome, why) in outcomes.items()
        }
        facts = {
            "meeting_number": "1/2569",
            "held_on": clock.today(),
            "minutes": "ที่ประชุมมีมติเป็นเอกฉันท์",
            "attended": list(call.selection_committee.members.values_list("pk", flat=True)),
        }
        record_resolution(call=self.again(call), outcomes=verdicts, by=self.act("officer"), **{**facts, **meeting})

    def decide(self, kind: str, root: Any, **more: Any) -> Decision:
        """Propose by the officer, decide by the executive."""
        decision = propose_decision(kind=kind, root=root, by=self.act("officer"), **more)
        return endorse_decision(decision=decision, by=self.act("executive"))

    def again(self, record: Any) -> Any:
        """The record as it is stored now, on a fresh instance."""
        return type(record).objects.get(pk=record.pk)

    # --- the agreement ----------------------------------------------------------------------------------------------

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

    def born(self, form: str, total: Decimal = TOTAL) -> Agreement:
        if form == "commissioning":
            partner = self.cast.organisations["partner"]
            agreement = open_commissioning(
                mission=self.mission(form), title="สัญญาร่วมคุ้มครองเด็ก", partner_ids=[partner.pk], by=self.act("officer")
            )
            return self.again(agreement)
        return Agreement.objects.get(proposal=self.selected_proposal(form, budget=total))

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

    def note(self, agreement: Agreement, kind: str) -> None:
        """Written by the giver, confirmed by the receiver."""
        agreement = self.again(agreement)
        note = write_note(
            agreement=agreement, kind=kind, held_on=clock.today(), decision="ที่ประชุมเห็นชอบร่วมกัน", by=self.act("officer")
        )
        confirm_note(note=note, by=self.act("partner_rep"))

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

    def ready_text(self, agreement: Agreement) -> str:
        """Freeze the text by the executive's decision; gives its SHA-256."""
        self.decide(DecisionKind.SIGN_AGREEMENT, self.again(agreement))
        return self.again(agreement).texts.get(superseded_at=None).sha256

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

    def evaluate(self, agreement: Agreement, verdict: str) -> Round:
        evaluation_round = self.open_round(agreement)
        propose_verdict(evaluation_round=evaluation_round, verdict=verdict, summary="สรุปผล", by=self.act("officer"))
        accept_round(evaluation_round=self.again(evaluation_round), by=self.act("executive"))
        return self.again(evaluation_round)

    def learn(self, agreement: Agreement) -> None:
        """A lesson of each side, concluded."""
        for name in ("officer", "partner_staff"):
            record_lesson(agreement=self.again(agreement), kind="problem", text="ระเบียบไม่เอื้อ", by=self.act(name))
        conclude_lessons(agreement=self.again(agreement), by=self.act("officer"))

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
