"""Chapters before there is an agreement: mission and form, call, proposals, judging and award (§4 1-3, §3.1 1-2, §3.2 1-4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from agreements.actions.awards import propose_selection
from agreements.actions.calls import begin_selection, close_submissions, open_call, propose_publication
from agreements.actions.conflicts import declare_conflicts
from agreements.actions.decisions import endorse_decision
from agreements.actions.presentations import record_presentation
from agreements.actions.proposals import attach_file, begin_proposal
from agreements.actions.resolutions import Verdict, record_resolution
from agreements.actions.reviewers import name_reviewer
from agreements.actions.reviews import finish_review, save_review
from agreements.actions.screening import screen_proposal
from agreements.actions.selection_committee import Member, appoint_committee
from agreements.actions.submission import submit_proposal
from agreements.enums import CriterionKind, MemberRole, Outcome
from agreements.models import Agreement, Call, Decision, Proposal
from core.thai import be_year
from demo.heard import invite_and_book, make_times, room_of
from demo.people import PHONE
from demo.proposals import write_proposal
from demo.story import FICTITIOUS, Story, again, paper
from partnerships.actions.approach import record_approach
from partnerships.actions.form_choice import choose_form
from partnerships.actions.missions import create_mission
from partnerships.enums import Form
from partnerships.models import FieldOfWork, Mission


@dataclass(frozen=True)
class Giver:
    """The three hands of a giving agency, by the keys of the demonstration's people."""

    officer: str
    executive: str
    finance: str


DCY_TEAM = Giver("officer_dcy", "executive_dcy", "finance_dcy")
DOP_TEAM = Giver("officer_dop", "executive_dop", "finance_dop")
FIELD_OF = {DCY_TEAM.officer: "child_development", DOP_TEAM.officer: "elderly_care"}
REVIEWERS = ("reviewer", "reviewer_two")
COMMITTEE_MEMBER = "committee_member"


def write_mission(
    story: Story, giver: Giver, ago: int, facts: Mapping[str, Any], choice: Mapping[str, Any] | None
) -> Mission:
    """Recorded that many days ago, approach and form some days later (not at all where `choice` is None).

    `choice`: what `choose_form` takes, and "approach" with what `record_approach` takes.
    """
    with story.on(ago):
        fields = FieldOfWork.objects.filter(code=FIELD_OF[giver.officer])
        mission = create_mission(by=story.act(giver.officer), **{"fields_of_work": list(fields), **facts})
    if choice:
        by, rest = story.act(giver.officer), {name: value for name, value in choice.items() if name != "approach"}
        with story.on(ago - 4):
            record_approach(mission=again(mission), by=by, **choice["approach"])
        with story.on(ago - 10):
            mission = choose_form(mission=again(mission), by=by, **rest)
    return mission


def draft_call(story: Story, mission: Mission, giver: Giver, ago: int, closes: int, facts: Mapping[str, Any]) -> Call:
    """Written that many days ago; `closes` in days ago (negative: ahead)."""
    values = {
        "title": mission.title,
        "background": mission.problem,
        "objectives": mission.objectives,
        "target_group": mission.target_group,
        "area": mission.area,
        "contact_phone": PHONE,
        "publish_on": story.day(ago - 4),
        "questions_until": story.end_of(closes + 5),
        "closes_at": story.end_of(closes),
        "screening_by": story.day(closes - 14),
        "presentation_on": story.day(closes - 20) if mission.form == Form.PBC else None,
        "decision_by": story.day(closes - 40),
    }
    with story.on(ago):
        return open_call(mission=mission, by=story.act(giver.officer), facts={**values, **facts})


def propose_call(
    story: Story, mission: Mission, giver: Giver, ago: int, closes: int, facts: Mapping[str, Any]
) -> Decision:
    """Drafted, and put before the executive two days later; `closes` in days ago (negative: ahead)."""
    return propose_draft(story, draft_call(story, mission, giver, ago, closes, facts), giver, ago - 2)


def propose_draft(story: Story, call: Call, giver: Giver, ago: int) -> Decision:
    with story.on(ago):
        return propose_publication(call=again(call), by=story.act(giver.officer), comment="เสนอเพื่อโปรดพิจารณาเผยแพร่")


def publish_call(story: Story, mission: Mission, giver: Giver, ago: int, closes: int, facts: Mapping[str, Any]) -> Call:
    """Proposed, and published by the executive after two more days."""
    return publish(story, propose_call(story, mission, giver, ago, closes, facts), giver, ago - 4)


def publish(story: Story, decision: Decision, giver: Giver, ago: int) -> Call:
    with story.on(ago):
        endorse_decision(decision=decision, by=story.act(giver.executive), comment="อนุมัติให้เผยแพร่")
    return again(decision.call)


def submit(
    story: Story, call: Call, staff: str, representative: str, ago: int, title: str, facts: Mapping[str, Any]
) -> Proposal:
    """Begun by the staff, with a file, and submitted by the representative three days later."""
    with story.on(ago):
        by = story.act(staff)
        proposal = begin_proposal(call=call, title=title, by=by)
        write_proposal(again(proposal), facts, by)
        for wanted in call.documents.filter(is_required=True):
            attach_file(proposal=again(proposal), upload=paper(wanted.title[:80]), wanted=wanted, by=by)
        attach_file(proposal=again(proposal), upload=paper("รายละเอียดโครงการและงบประมาณ"), by=by)
    with story.on(ago - 3):
        submit_proposal(proposal=again(proposal), by=story.act(representative))
    return again(proposal)


# --- judging --------------------------------------------------------------------------------------------------------


def screen(story: Story, call: Call, giver: Giver, ago: int, unmet: Mapping[int, str] | None = None) -> None:
    """Close submissions, screen every proposal (`unmet`: id → reason), hear the eligible of a PBC call."""
    unmet = unmet or {}
    officer = giver.officer
    with story.on(ago):
        close_submissions(call=again(call), by=story.act(officer))
        if call.form == Form.PBC:
            make_times(story, call, officer, ago - 7)
    for proposal in call.proposals.order_by("pk"):
        criteria = list(call.criteria.filter(kind=CriterionKind.ELIGIBILITY))
        checks = {one.pk: (True, f"ตรวจจากเอกสารแล้ว ({FICTITIOUS})") for one in criteria}
        if proposal.pk in unmet:
            checks[criteria[-1].pk] = (False, unmet[proposal.pk])
        with story.on(ago - 3):
            screen_proposal(proposal=again(proposal), checks=checks, by=story.act(officer))
        if call.form == Form.PBC and proposal.pk not in unmet:
            with story.on(ago - 3):
                invite_and_book(story, again(proposal), officer)
            with story.on(ago - 7):
                record_presentation(
                    proposal=again(proposal),
                    held_on=story.day(ago - 7),
                    place=room_of(call),
                    attendees="ผู้แทนผู้ยื่นข้อเสนอ 2 คน และผู้พิจารณาข้อเสนอ (สมมติ)",
                    questions=f"ถาม: แผนสำรองเมื่อผู้รับบริการเข้าร่วมไม่ครบ ตอบ: ประสานผู้นำชุมชนล่วงหน้า ({FICTITIOUS})",
                    minutes=f"ผู้ยื่นข้อเสนอนำเสนอแผนการดำเนินโครงการและตอบข้อซักถามครบทุกประเด็น ({FICTITIOUS})",
                    by=story.act(officer),
                )


def declare(story: Story, call: Call, reviewer: str) -> None:
    """No conflict of interest with any applicant."""
    applicants = call.proposals.received().values_list("organisation_id", flat=True)
    declare_conflicts(call=again(call), declarations=dict.fromkeys(applicants, (False, "")), by=story.act(reviewer))


def score(
    story: Story, call: Call, giver: Giver, ago: int, points: Mapping[int, tuple[int, ...]], unfinished: str = ""
) -> None:
    """Name the reviewers, who declare, and let them score (id → points by reviewer, 0-5); `unfinished` has only begun."""
    with story.on(ago):
        for reviewer in REVIEWERS:
            name_reviewer(call=again(call), user=story.cast.users[reviewer], by=story.act(giver.officer))
            declare(story, call, reviewer)
        begin_selection(call=again(call), by=story.act(giver.officer))
    criteria = list(call.criteria.filter(kind=CriterionKind.SCORING))
    for proposal_id, given in points.items():
        for reviewer, point in zip(REVIEWERS, given, strict=True):
            scores = {one.pk: (point, f"สอดคล้องกับเกณฑ์ ({FICTITIOUS})") for one in criteria}
            act, known = finish_review, scores
            if reviewer == unfinished:
                act, known = save_review, dict(list(scores.items())[:2])
            with story.on(ago - 4):
                act(
                    proposal=Proposal.objects.get(pk=proposal_id),
                    scores=known,
                    comment=f"ความเห็นของผู้พิจารณา ({FICTITIOUS})",
                    by=story.act(reviewer),
                )


def appoint(story: Story, call: Call, giver: Giver, ago: int, *, declared: bool = True) -> None:
    """The selection committee: chair and secretary of the agency, and an expert with an account, who declares or has yet to."""
    expert = story.cast.users[COMMITTEE_MEMBER]
    day = story.day(ago)
    with story.on(ago):
        appoint_committee(
            call=again(call),
            order_number=f"99/{be_year(day)} (สมมติ)",
            order_on=day,
            members=[
                Member("นางสาวประภา ประธานสมมติ", f"รองอธิบดี{call.agency.name_th}", MemberRole.CHAIR),
                Member(expert.full_name_th, "ผู้ทรงคุณวุฒิ", MemberRole.MEMBER, expert),
                Member("นายสมชาย กรรมการสมมติ", "ผู้อำนวยการกองแผนงาน", MemberRole.MEMBER),
                Member("นางสุดา เลขาสมมติ", "นักพัฒนาสังคมชำนาญการ", MemberRole.SECRETARY),
            ],
            by=story.act(giver.officer),
        )
        if declared:
            declare(story, call, COMMITTEE_MEMBER)


def resolve(story: Story, call: Call, giver: Giver, ago: int, selected: Proposal) -> Decision:
    """The committee's resolution, put before the executive two days later; returns the decision that waits."""
    appoint(story, call, giver, ago + 3)
    meeting = story.day(ago)
    eligible = call.proposals.filter(state="eligible").order_by("pk")
    others = [pk for pk in eligible.values_list("pk", flat=True) if pk != selected.pk]
    outcomes = {selected.pk: Verdict(Outcome.SELECTED, "ได้คะแนนสูงสุดและสอดคล้องกับวัตถุประสงค์ของภารกิจ")}
    for rank, pk in enumerate(others, start=1):
        outcomes[pk] = Verdict(Outcome.RESERVE, "มีความเหมาะสมรองลงมา จึงขึ้นบัญชีสำรอง", rank)
    with story.on(ago):
        record_resolution(
            call=again(call),
            meeting_number=f"1/{be_year(meeting)}",
            held_on=meeting,
            began_at=time(13, 30),
            ended_at=time(15, 45),
            minutes=f"ที่ประชุมพิจารณาคะแนนตามเกณฑ์ที่ประกาศแล้วมีมติเป็นเอกฉันท์ ({FICTITIOUS})",
            attended=list(call.selection_committee.members.values_list("pk", flat=True)),
            outcomes=outcomes,
            by=story.act(giver.officer),
        )
    with story.on(ago - 2):
        return propose_selection(call=again(call), by=story.act(giver.officer), comment="เสนอตามมติคณะกรรมการ")


def award(story: Story, decision: Decision, giver: Giver, ago: int, selected: Proposal) -> Agreement:
    """The executive decides, and the agreement is born."""
    with story.on(ago):
        endorse_decision(decision=decision, by=story.act(giver.executive), comment="เห็นชอบตามเสนอ")
    return Agreement.objects.get(proposal=selected)


def judged_and_awarded(story: Story, call: Call, giver: Giver, ago: int, selected: Proposal) -> Agreement:
    """From the closed call to the agreement, in some three weeks."""
    screen(story, call, giver, ago)
    score(story, call, giver, ago - 9, {selected.pk: (5, 4)})
    decision = resolve(story, call, giver, ago - 15, selected)
    return award(story, decision, giver, ago - 20, selected)
