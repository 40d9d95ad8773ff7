"""Before there is an agreement: mission and form, call, proposals, judging, selection (§3.1 1-2, §3.2 1-4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from agreements.models import Agreement, Call, Decision, Proposal, ResultLetter, SelectionMember
from core import clock
from partnerships.models import Mission
from tests.cast import PASSWORD
from tests.journeys.papers import PROPOSAL_PARTS, in_days, picture, today
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor


def record_mission(stage: Stage, form: str) -> Mission:
    """The officer writes the mission up and chooses its form with the reason."""
    officer = stage.officer.open("partnerships:mission_list").follow("partnerships:mission_create")
    officer.send(
        {
            "title": "การดูแลผู้สูงอายุในชุมชน",
            "problem": "ผู้สูงอายุที่อยู่ลำพังเพิ่มขึ้นทุกปี",
            "objectives": "ให้ผู้สูงอายุได้รับการดูแลที่บ้าน",
            "target_group": "ผู้สูงอายุที่อยู่ลำพัง",
            "area": "จังหวัดนนทบุรี",
            "legal_basis": "พระราชบัญญัติผู้สูงอายุ พ.ศ. 2546",
        }
    )
    mission = Mission.objects.latest("pk")
    officer.follow("partnerships:mission_advisor", mission.reference)
    officer.follow("partnerships:mission_choose_form", mission.reference).send(
        {"form": form, "form_reason": "เป็นบริการต่อเนื่องที่ภาคีทำได้ดีกว่า"}
    )
    officer.sees("เป็นบริการต่อเนื่องที่ภาคีทำได้ดีกว่า")
    return stage.fresh(mission)


def write_call(stage: Stage, mission: Mission, **judging: int) -> Call:
    """The officer begins the call with its deadline in the Buddhist Era, writes its parts and proposes publication."""
    officer = stage.officer.open("partnerships:mission_detail", mission.reference)
    officer.follow("agreements:call_create", mission.reference).send(
        {
            "title": "ประกาศเปิดรับข้อเสนอการดูแลผู้สูงอายุ",
            "budget_ceiling": "1,000,000.00",
            "closes_on": in_days(30),
            "closes_time": "16:30",
        }
    )
    call = Call.objects.get(mission=mission)
    closes = call.closes_at.astimezone(clock.BANGKOK)
    assert (closes.date(), f"{closes:%H:%M}") == (clock.today() + timedelta(days=30), "16:30")
    write_parts(officer, call, **judging)
    officer.follow("agreements:call_criteria", call.reference).send({"scoring-0-weight": 30, "scoring-1-weight": 10})
    officer.follow("agreements:call_propose_publication", call.reference).send({"comment": "เพื่อโปรดพิจารณา"})
    return call


def write_parts(officer: Visitor, call: Call, **judging: int) -> None:
    """From the task list on the call's page, and back to it; what the template says is replaced or kept."""
    content = {
        "scope": "เยี่ยมบ้านผู้สูงอายุอย่างน้อยเดือนละครั้ง",
        "evaluation_plan": "ประเมินระยะกลางและเมื่อสิ้นสุดโครงการ",
        "provinces-0-province_code": "12",
    }
    officer.follow("agreements:call_edit_part", call.reference, "content").send(content)
    money = {"allocation_method": "instalments", "instalment_count": 2, "allocation": "จ่ายเป็นงวดตามผลงาน"}
    officer.follow("agreements:call_edit_part", call.reference, "money").send(money)
    dates = {"questions_on": in_days(20), "questions_time": "16:30", "decision_by": in_days(60)}
    officer.follow("agreements:call_edit_part", call.reference, "dates").send(dates)
    officer.follow("agreements:call_documents", call.reference).send({"documents-0-title": "แผนการดำเนินงาน"})
    officer.follow("agreements:call_edit_part", call.reference, "judging").send({"cure_days": 5, **judging})
    officer.follow("agreements:call_preview", call.reference).sees("เยี่ยมบ้านผู้สูงอายุ", "แผนการดำเนินงาน")
    officer.follow("agreements:call_detail", call.reference)


def decide(stage: Stage, kind: str) -> Decision:
    """The executive finds the matter in the work list, reads it and approves."""
    decision = Decision.objects.get(kind=kind, state="pending")
    executive = stage.executive.open("reporting:home").follow("agreements:decision_detail", decision.pk)
    executive.follow("agreements:decision_endorse", decision.pk).send({"comment": "เห็นชอบ"})
    return stage.fresh(decision)


def published_call(stage: Stage, form: str) -> Call:
    call = write_call(stage, record_mission(stage, form))
    decide(stage, "publish_call")
    public = stage.public.open("agreements:public_calls").follow("agreements:call_detail", call.reference)
    public.sees(call.title, "1,000,000.00")
    return stage.fresh(call)


# --- proposals ------------------------------------------------------------------------------------------------------


def write_proposal(stage: Stage, call: Call, side: str, **changed: dict[str, Any]) -> Proposal:
    """The staff writes part by part, comes back to what was left unfinished, and attaches a file. `changed`: by part."""
    staff = getattr(stage, f"{side}_staff").open("agreements:call_detail", call.reference)
    staff.follow("agreements:proposal_create", call.reference).send({"title": "โครงการเพื่อนบ้านดูแลผู้สูงอายุ"})
    proposal = Proposal.objects.get(call=call, organisation=stage.cast.organisations[side])
    staff.follow("agreements:proposal_edit", proposal.reference, "work").send({"area": "จังหวัดนนทบุรี"})
    staff.open("reporting:home").follow("agreements:proposal_detail", proposal.reference)
    for part, answers in PROPOSAL_PARTS.items():
        staff.follow("agreements:proposal_edit", proposal.reference, part).send({**answers, **changed.get(part, {})})
    staff.follow("agreements:proposal_files", proposal.reference).send({"file": picture("ผลงาน.png")})
    for wanted in call.documents.filter(is_required=True):
        staff.send({"wanted": wanted.pk, "file": picture(f"{wanted.title}.png")})
    return proposal


def submit_proposal(stage: Stage, proposal: Proposal, side: str) -> None:
    """The authorised representative checks the answers, submits, and gets a receipt with the number."""
    rep = getattr(stage, f"{side}_rep").open("agreements:proposal_detail", proposal.reference)
    rep.follow("agreements:proposal_check", proposal.reference).sees("900,000.00", "ผลงาน.png")
    rep.confirm_again(PASSWORD).press("agreements:proposal_submit", proposal.reference).sees(proposal.reference)
    assert rep.path.endswith("/receipt/")
    assert stage.fresh(proposal).state == "submitted"


def proposed(stage: Stage, call: Call, side: str) -> Proposal:
    proposal = write_proposal(stage, call, side)
    submit_proposal(stage, proposal, side)
    return proposal


# --- judging --------------------------------------------------------------------------------------------------------


def close_call(stage: Stage, call: Call) -> None:
    """The deadline lies in the past (tests do not wait); the officer closes."""
    passed = clock.real_now() - timedelta(seconds=1)
    Call.objects.filter(pk=call.pk).update(closes_at=passed, questions_until=passed)
    stage.officer.open("agreements:call_detail", call.reference).press("agreements:call_close", call.reference)


def screen(stage: Stage, proposal: Proposal) -> None:
    """Every qualification met, and (PBC) the presentation recorded."""
    officer = stage.officer.at("agreements:call_detail", proposal.call.reference)
    officer.follow("agreements:proposal_detail", proposal.reference)
    asked = proposal.call.criteria.filter(kind="eligibility")
    officer.follow("agreements:proposal_screen", proposal.reference)
    officer.send({f"met_{each.pk}": "yes" for each in asked})
    if proposal.call.form == "pbc":
        presentation = {"held_on": today(), "place": "ห้องประชุม 1", "minutes": "นำเสนอครบถ้วนทุกประเด็น"}
        officer.follow("agreements:proposal_present", proposal.reference).send(presentation)


def name_reviewer(stage: Stage, call: Call) -> None:
    officer = stage.officer.at("agreements:call_detail", call.reference)
    reviewer = stage.cast.reviewer.user
    officer.follow("agreements:call_reviewers", call.reference).send({"email": reviewer.email})
    officer.sees(reviewer.full_name_th)
    declare(stage, call)
    officer.open("agreements:call_detail", call.reference)
    officer.press("agreements:call_begin_selection", call.reference)


def declare(stage: Stage, call: Call) -> None:
    """The reviewer answers for every applicant before anything is shown."""
    reviewer = stage.reviewer.open("reporting:home").follow("agreements:call_conflicts", call.reference)
    applicants = call.proposals.received().values_list("organisation_id", flat=True)
    reviewer.send({f"conflict_{pk}": "no" for pk in applicants})


def score(stage: Stage, proposal: Proposal, points: int, who: str = "reviewer") -> None:
    """The reviewer keeps a first thought, comes back and finishes."""
    reviewer = getattr(stage, who).open("reporting:home").follow("agreements:proposal_review", proposal.reference)
    criteria = list(proposal.call.criteria.filter(kind="scoring"))
    first = criteria[0].pk
    reviewer.send({f"points_{first}": points, f"reason_{first}": "ตอบโจทย์ภารกิจ"}, button="save")
    assert reviewer.kept(f"points_{first}") == str(points)
    scores = {f"points_{each.pk}": points for each in criteria} | {f"reason_{each.pk}": "เหมาะสม" for each in criteria}
    reviewer.send({**scores, "comment": "เห็นควรสนับสนุน", "feedback": "ขอบคุณที่ยื่นข้อเสนอ"}, button="finish")


def appoint(stage: Stage, call: Call) -> None:
    """The committee by its order: three members without accounts."""
    officer = stage.officer.at("agreements:call_detail", call.reference)
    answers = {"order_number": "1/2569", "order_on": today()}
    for number, (name, role) in enumerate((("นางประธาน", "chair"), ("นายกรรมการ", "member"), ("นางเลขา", "secretary"))):
        answers |= {f"form-{number}-name": name, f"form-{number}-role": role}
    officer.follow("agreements:call_committee", call.reference).send(answers)


def select(stage: Stage, call: Call, best: Proposal, others: list[Proposal]) -> Agreement:
    """The committee's resolution, put before the executive, opens the agreement."""
    appoint(stage, call)
    officer = stage.officer.at("agreements:call_detail", call.reference)
    outcomes = {f"outcome_{best.pk}": "selected", f"reason_{best.pk}": "คะแนนสูงสุด"}
    for each in others:
        outcomes |= {f"outcome_{each.pk}": "not_selected", f"reason_{each.pk}": "คะแนนน้อยกว่า"}
    members = SelectionMember.objects.filter(committee__call=call).values_list("pk", flat=True)
    meeting = {
        "meeting_number": "1/2569",
        "held_on": today(),
        "attended": [str(pk) for pk in members],
        "minutes": "ที่ประชุมมีมติเป็นเอกฉันท์",
    }
    officer.follow("agreements:call_resolution", call.reference).send({**meeting, **outcomes})
    officer.follow("agreements:call_propose_selection", call.reference).send({"comment": "ตามมติที่ประชุม"})
    decide(stage, "select_proposals")
    if others:
        tell_results(stage, call)
    return Agreement.objects.get(call=call, proposal=best)


def tell_results(stage: Stage, call: Call) -> None:
    """Every applicant gets its letter; the days to appeal lie in the past (tests do not wait)."""
    officer = stage.officer.open("agreements:call_detail", call.reference)
    officer.follow("agreements:call_letters", call.reference).press("agreements:call_letters_issue", call.reference)
    passed = clock.real_now() - timedelta(seconds=1)
    ResultLetter._base_manager.filter(proposal__call=call, appeal_until__isnull=False).update(appeal_until=passed)
