"""A call with many applicants and judges: questions, addendum, paper, conflicts, calendar, ranking, appeal (§3.2 1-4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import ngettext, override

from agreements.actions.presentations import record_presentation
from agreements.actions.proposals import attach_file
from agreements.enums import Outcome
from agreements.models import Appeal, Call, CallQuestion, PresentationSlot, Proposal, ReviewAssignment, SelectionMember
from core import clock
from tests.journeys import before
from tests.journeys.papers import in_days, picture, today
from tests.journeys.stage import Stage
from tests.journeys.visitor import thai
from tests.world import PROPOSAL, World, evidence, proposal_rows

QUESTION, ANSWER = "ค่าพาหนะของอาสาสมัครเบิกได้หรือไม่", "เบิกได้ตามจริง โดยแนบหลักฐานการเดินทาง"
REVIEWERS = ("reviewer", "second_reviewer", "evaluator", "stranger", "once_member", "sixth_reviewer")


# --- while the call is open -----------------------------------------------------------------------------------------


def published(stage: Stage) -> Call:
    """Written from the template, published through the chain, read by anyone."""
    call = before.write_call(stage, before.record_mission(stage, "pbc"), reviewers_per_proposal=2)
    before.decide(stage, "publish_call")
    stage.public.open("agreements:public_calls").follow("agreements:call_detail", call.reference).sees(call.title)
    two_days_ago = clock.real_now() - timedelta(days=2)  # a paper cannot have come before (tests do not wait)
    Call.objects.filter(pk=call.pk).update(published_at=two_days_ago)
    return stage.fresh(call)


def asked_and_answered(stage: Stage, call: Call) -> None:
    """One partner asks, the officer answers, another one reads it and does not learn who asked."""
    asks = stage.partner_staff.open("agreements:call_detail", call.reference)
    asks.follow("agreements:question_create", call.reference).send({"text": QUESTION})
    question = CallQuestion.objects.get(call=call)
    stage.officer.open("agreements:call_detail", call.reference)
    officer = stage.officer.follow("agreements:question_list", call.reference)
    officer.sees(QUESTION, stage.cast.partner_staff.user.full_name_th)
    officer.follow("agreements:question_answer", question.pk).send({"answer": ANSWER})
    rival = stage.rival_staff.open("agreements:call_detail", call.reference).sees(QUESTION, ANSWER)
    for name in (stage.cast.partner_staff.user.full_name_th, stage.cast.organisations["partner"].name_th):
        assert name not in rival.text()


def extended(stage: Stage, call: Call) -> None:
    """An addendum moves the deadline, through the chain; the public page says old and new."""
    officer = stage.officer.open("agreements:call_detail", call.reference)
    answers = {"summary": "ขยายเวลารับข้อเสนอเพราะน้ำท่วมในพื้นที่", "closes_on": in_days(40)}
    officer.follow("agreements:addendum_create", call.reference).send(answers)
    assert stage.fresh(call).closes_at == call.closes_at, "an addendum changes nothing before it is decided"
    before.decide(stage, "publish_addendum")
    assert stage.fresh(call).closes_at == call.closes_at + timedelta(days=10)
    stage.public.open("agreements:call_detail", call.reference).sees("ขยายเวลารับข้อเสนอเพราะน้ำท่วมในพื้นที่")


def on_paper(stage: Stage, call: Call) -> Proposal:
    """One officer enters what was handed in yesterday, cannot confirm it, and another does."""
    officer = stage.officer.open("agreements:call_detail", call.reference)
    paper = {
        "organisation": stage.cast.organisations["fifth"].name_th,
        "title": "โครงการที่ส่งเป็นกระดาษ",
        "received_on": in_days(-1),
        "received_time": "10.15",
        "scan": picture("สำเนาข้อเสนอ.png"),
    }
    officer.follow("agreements:paper_create", call.reference).send(paper)
    proposal = Proposal.objects.get(call=call, source="paper")
    written_by_the_officer(stage, proposal)
    officer.open("agreements:proposal_detail", proposal.reference)
    assert not officer.offers("agreements:proposal_paper", proposal.reference)
    second = stage.second_officer.open("reporting:home")
    second.follow("agreements:proposal_paper", proposal.reference).sees("โครงการที่ส่งเป็นกระดาษ")
    second.press("agreements:proposal_paper_confirm", proposal.reference)
    return stage.fresh(proposal)


def written_by_the_officer(stage: Stage, proposal: Proposal) -> None:
    """The parts of the paper, through the actions: the forms are those of any proposal."""
    world = World(stage.cast)
    world.write(proposal, by="officer", rows=proposal_rows(), **PROPOSAL)
    for wanted in proposal.call.documents.filter(is_required=True):
        facts: dict[str, Any] = {"proposal": stage.fresh(proposal), "wanted": wanted, "by": world.act("officer")}
        attach_file(upload=evidence(), **facts)


def is_sealed(stage: Stage, call: Call, proposal: Proposal) -> None:
    """Before the deadline the agency learns how many there are, and nothing else."""
    officer = stage.officer.open("agreements:call_detail", call.reference)
    officer.sees(how_many(call.proposals.received().count()))
    assert proposal.title not in officer.text() and proposal.organisation.name_th not in officer.text()
    with officer.watch.expecting(403, 404):
        officer.open("agreements:proposal_detail", proposal.reference)
    assert proposal.title not in officer.page.content()


def how_many(number: int) -> str:
    """What the Thai page says of so many sealed proposals."""
    one = "%(number)s proposal was submitted. It can be read when submissions have been closed."
    many = "%(number)s proposals were submitted. They can be read when submissions have been closed."
    with override("th"):
        return ngettext(one, many, number) % {"number": number}


# --- judging --------------------------------------------------------------------------------------------------------


def cured(stage: Stage, proposal: Proposal, side: str) -> None:
    """The officer names the formal gap, the applicant mends it once; both versions are kept."""
    officer = stage.officer.open("agreements:proposal_detail", proposal.reference)
    officer.follow("agreements:proposal_cure_ask", proposal.reference).send({"gaps": "ขาดลายมือชื่อในแผนการดำเนินงาน"})
    rep = getattr(stage, f"{side}_rep").open("reporting:home").follow("agreements:proposal_cure", proposal.reference)
    rep.sees("ขาดลายมือชื่อในแผนการดำเนินงาน")
    rep.send({"answer": "ลงนามและแนบแล้ว", "file": picture("ผิดฉบับ.png")}, button="go_on")
    assert (rep.kept("answer"), rep.kept("file")) == ("ลงนามและแนบแล้ว", ""), "attached once, the words stay"
    rep.choose(thai("Remove"), role="button").sees(thai("Nothing has been added yet."))
    rep.send({"file": picture("แผนลงนามแล้ว.png")})
    rep.sees("แผนลงนามแล้ว.png").sees("ลงนามและแนบแล้ว")
    rep.choose(thai("Send what was completed"), role="button")
    assert (stage.fresh(proposal).state, proposal.versions.count()) == ("submitted", 2)


def invited(stage: Stage, call: Call) -> None:
    """The officer names all six by e-mail; none sees a proposal before declaring."""
    officer = stage.officer.open("agreements:call_detail", call.reference)
    officer.follow("agreements:call_reviewers", call.reference)
    for name in REVIEWERS:
        officer.send({"email": stage.cast.people[name].user.email})
    officer.sees(*(stage.cast.people[name].user.full_name_th for name in REVIEWERS))


def declared(stage: Stage, call: Call) -> None:
    """One says it, of one the system knows it, four have none; the conflicted open nothing of that applicant."""
    organisations = stage.cast.organisations
    applicants = list(call.proposals.received().values_list("organisation_id", flat=True))
    free = {f"conflict_{pk}": "no" for pk in applicants}
    rival = organisations["rival"].pk
    says = stage.second_reviewer.open("reporting:home").follow("agreements:call_conflicts", call.reference)
    says.send_wrong({**free, f"conflict_{rival}": "yes"})
    assert says.error_at(f"relation_{rival}")
    says.send({f"relation_{rival}": "คู่สมรสเป็นกรรมการของสมาคม"})
    fourth = organisations["fourth"].pk
    known = stage.once_member.open("reporting:home").follow("agreements:call_conflicts", call.reference)
    known.sees(thai("You were a member of this organisation."))
    del free[f"conflict_{fourth}"]  # the system has answered it, and it cannot be changed
    known.send(free)
    for name in ("reviewer", "evaluator", "stranger", "sixth_reviewer"):
        World(stage.cast).declare(call, name)
    for name, side in (("second_reviewer", "rival"), ("once_member", "fourth")):
        shut_out(stage, name, call.proposals.get(organisation=organisations[side]))


def shut_out(stage: Stage, who: str, proposal: Proposal) -> None:
    visitor = getattr(stage, who)
    with visitor.watch.expecting(403, 404):
        visitor.open("agreements:proposal_detail", proposal.reference)
    assert proposal.title not in visitor.page.content()


def presented(stage: Stage, call: Call, proposal: Proposal, side: str) -> None:
    """Six times, all invited, one chosen by the applicant and then recorded."""
    officer = stage.officer.open("agreements:call_detail", call.reference)
    officer.follow("agreements:call_slots", call.reference).follow("agreements:call_slots_add", call.reference)
    row = {"on": in_days(5), "begins": "09.00", "ends": "12.00", "minutes": 30, "place": "ห้องประชุม 1"}
    officer.send(row)
    officer.at("agreements:call_slots", call.reference).press("agreements:call_invite_all", call.reference)
    slot = PresentationSlot.objects.filter(call=call).order_by("starts_at")[1]
    staff = getattr(stage, f"{side}_staff").open("agreements:proposal_detail", proposal.reference)
    staff.follow("agreements:proposal_slots", proposal.reference)
    staff.press("agreements:slot_book", proposal.reference, slot.pk).sees("09:30")
    officer.open("agreements:call_slots", call.reference).sees(proposal.organisation.name_th)
    officer.follow("agreements:proposal_detail", proposal.reference)
    minutes = {"held_on": today(), "place": "ห้องประชุม 1", "minutes": "นำเสนอครบถ้วน", "questions": "ถาม: เริ่มเมื่อใด"}
    officer.follow("agreements:proposal_present", proposal.reference).send(minutes)


def heard(stage: Stage, proposal: Proposal) -> None:
    """Presented as well, through the action."""
    facts: dict[str, Any] = {"held_on": clock.today(), "place": "ห้องประชุม 1", "minutes": "นำเสนอครบถ้วน"}
    record_presentation(proposal=stage.fresh(proposal), by=World(stage.cast).act("officer"), **facts)


def drawn(stage: Stage, call: Call) -> None:
    """The draw gives each proposal two reviewers and nobody a conflict; then scoring begins."""
    officer = stage.officer.open("agreements:call_detail", call.reference)
    officer.follow("agreements:call_assignments", call.reference)
    officer.press("agreements:call_assignments_draw", call.reference)
    officer.open("agreements:call_assignments", call.reference).look("drawn").sees(thai("Conflict"))
    pairs = set(ReviewAssignment.objects.of_call(call.pk).values_list("proposal__organisation", "reviewer"))
    assert len(pairs) == 2 * call.proposals.received().count()
    for side, name in (("rival", "second_reviewer"), ("fourth", "once_member")):
        assert (stage.cast.organisations[side].pk, stage.cast.people[name].user.pk) not in pairs
    officer.open("agreements:call_detail", call.reference).press("agreements:call_begin_selection", call.reference)


def scored(stage: Stage, points: dict[Proposal, tuple[int, int]]) -> None:
    """Each proposal's two reviewers give these points for every criterion; the first of all does it at the window."""
    names = {person.user.pk: name for name, person in stage.cast.people.items()}
    at_the_window = True
    for proposal, given in points.items():
        reviewers = ReviewAssignment.objects.filter(proposal=proposal).order_by("reviewer_id")
        for assignment, each in zip(reviewers, given, strict=True):
            if at_the_window:
                before.score(stage, proposal, each, who=names[assignment.reviewer_id])
            else:
                World(stage.cast).score(proposal, each, by=names[assignment.reviewer_id])
            at_the_window = False


def ranked(stage: Stage, call: Call) -> None:
    """The tie is told as one, and what would change if one reviewer were left out."""
    officer = stage.officer.open("agreements:call_detail", call.reference)
    officer.follow("agreements:call_ranking", call.reference)
    equal = thai("Equal with another on every criterion: the same place, and the committee decides.")
    assert officer.text().count(equal) == 2
    officer.sees(thai("What would be another if one reviewer were left out:"))


# --- decision and after ---------------------------------------------------------------------------------------------


def resolved(stage: Stage, call: Call, verdicts: dict[Proposal, Outcome]) -> None:
    """The committee's resolution with a reserve; the executive, who judges nothing, decides."""
    before.appoint(stage, call)
    members = SelectionMember.objects.filter(committee__call=call).values_list("pk", flat=True)
    answers: dict[str, Any] = {"meeting_number": "1/2569", "held_on": today(), "minutes": "ที่ประชุมมีมติเป็นเอกฉันท์"}
    answers["attended"] = [str(pk) for pk in members]
    for proposal, outcome in verdicts.items():
        answers |= {f"outcome_{proposal.pk}": outcome.value, f"reason_{proposal.pk}": "ตามลำดับคะแนนและมติที่ประชุม"}
        if outcome == Outcome.RESERVE:
            answers[f"reserve_rank_{proposal.pk}"] = 1
    officer = stage.officer.at("agreements:call_detail", call.reference)
    officer.follow("agreements:call_resolution", call.reference).send(answers)
    officer.follow("agreements:call_propose_selection", call.reference).send({"comment": "ตามมติที่ประชุม"})
    before.decide(stage, "select_proposals")
    for proposal, outcome in verdicts.items():
        assert stage.fresh(proposal).state == outcome.value


def told(stage: Stage, call: Call) -> None:
    """Every applicant gets its letter; who lost reads its own, as PDF."""
    officer = stage.officer.open("agreements:call_detail", call.reference)
    officer.follow("agreements:call_letters", call.reference).press("agreements:call_letters_issue", call.reference)
    assert not call.proposals.received().filter(result_letters=None).exists()


def appealed(stage: Stage, proposal: Proposal, side: str) -> Appeal:
    rep = getattr(stage, f"{side}_rep").open("agreements:proposal_detail", proposal.reference)
    assert rep.pdf("agreements:letter_file", proposal.result_letters.get().pk).startswith(b"%PDF")
    rep.follow("agreements:appeal_create", proposal.reference)
    rep.send({"grounds": "คะแนนด้านเครือข่ายไม่ตรงกับเอกสารที่ยื่น", "wish": "ขอให้ทบทวนคะแนน"})
    return Appeal.objects.get(proposal=proposal)


def answered(stage: Stage, appeal: Appeal, side: str) -> None:
    """The officer proposes the answer, the chain decides, the applicant reads it."""
    officer = stage.officer.open("reporting:home").follow("agreements:appeal_detail", appeal.pk)
    answer = {"verdict": "dismissed", "remedy": "none", "answer": "ผู้พิจารณาให้คะแนนตามเอกสารครบถ้วนแล้ว"}
    officer.follow("agreements:appeal_answer", appeal.pk).send(answer)
    before.decide(stage, "answer_appeal")
    rep = getattr(stage, f"{side}_rep").open("agreements:proposal_detail", appeal.proposal.reference)
    rep.follow("agreements:appeal_detail", appeal.pk).look("answered").sees("ผู้พิจารณาให้คะแนนตามเอกสารครบถ้วนแล้ว")
