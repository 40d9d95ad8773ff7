"""Calls and proposals on their way to an agreement, for `tests.world`: all through the actions, never by hand."""

from __future__ import annotations

import itertools
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from agreements.actions.calls import begin_selection, close_submissions, open_call, propose_publication, set_documents
from agreements.actions.conflicts import declare_conflicts
from agreements.actions.decisions import endorse_decision, propose_decision
from agreements.actions.presentations import record_presentation
from agreements.actions.proposals import attach_file, begin_proposal, save_part
from agreements.actions.resolutions import Verdict, record_resolution
from agreements.actions.reviewers import name_reviewer
from agreements.actions.reviews import finish_review
from agreements.actions.screening import screen_proposal
from agreements.actions.selection_committee import Member, appoint_committee
from agreements.actions.submission import submit_proposal
from agreements.enums import DecisionKind
from agreements.models import Call, Decision, Proposal, SelectionCommittee
from agreements.proposal_sections import SECTIONS
from core import clock
from partnerships.models import Mission
from tests.built_once import built_once
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


class CallingWorld:
    """Builds through actions, with the people of the fixed cast."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def act(self, name: str) -> Any:
        """The actor of one of the cast."""
        return self.cast.people[name].actor

    # --- before the agreement ---------------------------------------------------------------------------------------

    @built_once
    def mission(self, form: str) -> Mission:
        return MissionFactory(agency=self.cast.organisations["agency"], officer=self.cast.officer.user, form=form)

    @built_once
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
        call = open_call(mission=self.mission(form), by=self.act("officer"), facts={**values, **facts})
        call.documents.update(is_required=False)  # the documents a template wants are tried where they are the matter
        return call

    @built_once
    def published_call(self, form: str = "pbc", documents: Any = (), **facts: Any) -> Call:
        """Wants no documents with a proposal, unless they are given (title, description, is_required)."""
        call = self.draft_call(form, **facts)
        set_documents(call=call, documents=documents, by=self.act("officer"))
        decision = propose_publication(call=self.again(call), by=self.act("officer"))
        endorse_decision(decision=decision, by=self.act("executive"))
        return Call.objects.get(pk=call.pk)

    @built_once
    def draft_proposal(self, call: Call, by: str = "partner_staff", **facts: Any) -> Proposal:
        """Every section written. `facts`: fields; `budget` (baht), `beneficiaries` (None: none); `rows` by kind."""
        totals = {name: facts.pop(name) for name in ("budget", "beneficiaries") if name in facts}
        proposal = begin_proposal(call=call, title="โครงการดูแลผู้สูงอายุในชุมชน", by=self.act(by))
        rows = {**proposal_rows(**totals), **facts.pop("rows", {})}
        return self.write(proposal, by=by, rows=rows, **{**PROPOSAL, **facts})

    @built_once
    def write(self, proposal: Proposal, by: str = "partner_staff", rows: Any = None, **facts: Any) -> Proposal:
        """Save fields and rows (by kind), each in the section it belongs to."""
        rows = rows or {}
        for section in SECTIONS.values():
            fields = {name: value for name, value in facts.items() if name in section.fields}
            own = {kind.code: rows[kind.code] for kind in section.rows if kind.code in rows}
            if fields or own:
                save_part(proposal=proposal, part=section.code, facts=fields, rows=own, by=self.act(by))
        return self.again(proposal)

    @built_once
    def submitted_proposal(self, call: Call, by: str = "partner", **facts: Any) -> Proposal:
        """`by` is partner or rival."""
        proposal = self.draft_proposal(call, by=f"{by}_staff", **facts)
        for wanted in call.documents.filter(is_required=True):
            attach_file(proposal=self.again(proposal), upload=evidence(), wanted=wanted, by=self.act(f"{by}_staff"))
        submit_proposal(proposal=proposal, by=self.act(f"{by}_rep"))
        return Proposal.objects.get(pk=proposal.pk)

    @built_once
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

    @built_once
    def pass_deadline(self, call: Call) -> None:
        """Let the deadline lie in the past: deadlines are conditions on time, and tests do not wait."""
        Call.objects.filter(pk=call.pk).update(closes_at=clock.real_now() - timedelta(seconds=1))

    @built_once
    def closed_call(self, call: Call) -> Call:
        """Past its deadline, submissions closed: what was sent in is unsealed."""
        self.pass_deadline(call)
        return close_submissions(call=self.again(call), by=self.act("officer"))

    @built_once
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

    @built_once
    def name_reviewers(self, call: Call, *names: str) -> None:
        """Invite reviewers of the cast (by default one), who declare that they have no conflict with any applicant."""
        for name in names or ("reviewer",):
            name_reviewer(call=self.again(call), user=self.cast.people[name].user, by=self.act("officer"))
            self.declare(call, name)

    @built_once
    def declare(self, call: Call, by: str, conflicts: dict[int, str] | None = None) -> None:
        """Declare on every applicant; `conflicts`: organisation id → what the relation is."""
        conflicts = conflicts or {}
        applicants = self.again(call).proposals.received().values_list("organisation_id", flat=True)
        declarations = {pk: (pk in conflicts, conflicts.get(pk, "")) for pk in applicants}
        declare_conflicts(call=self.again(call), declarations=declarations, by=self.act(by))

    @built_once
    def score(self, proposal: Proposal, points: int = 4, by: str = "reviewer") -> None:
        proposal = self.again(proposal)
        criteria = proposal.call.criteria.filter(kind="scoring")
        scores = {criterion.pk: (points, "เหมาะสม") for criterion in criteria}
        finish_review(proposal=proposal, scores=scores, comment="ดี", by=self.act(by))

    @built_once
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

    @built_once
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

    @built_once
    def decide(self, kind: str, root: Any, **more: Any) -> Decision:
        """Propose by the officer, decide by the executive."""
        decision = propose_decision(kind=kind, root=root, by=self.act("officer"), **more)
        return endorse_decision(decision=decision, by=self.act("executive"))

    def again(self, record: Any) -> Any:
        """The record as it is stored now, on a fresh instance."""
        return type(record).objects.get(pk=record.pk)
