"""From a mission to a form and an answered invitation, and a mission that a partner proposes: §3.0, §4 steps 1-3.

In an agency with chains of its own for choosing the form and inviting, four positions decide on both.
"""

from __future__ import annotations

from agreements.models import Decision
from partnerships.actions.endorsement import Wanted, set_chain
from partnerships.actions.missions import create_mission
from partnerships.actions.shortlist import add_to_shortlist
from partnerships.models import FieldOfWork, Mission, MissionSuggestion, ReadinessRequest, ShortlistEntry
from tests.cast import Person
from tests.chains import NAMES, TITLES, person
from tests.journeys.papers import picture, today
from tests.journeys.stage import Stage
from tests.partnerships.test_advisor import EXAMPLES, answers_of
from tests.second_factors import give_second_factor

ABOUT = {
    "title": "บ้านพักฉุกเฉินในจังหวัด",
    "problem": "เด็กต้องเดินทางไกล",
    "objectives": "เด็กได้ที่พักที่ปลอดภัย",
    "target_group": "เด็กที่ถูกละเมิด",
    "area": "จังหวัดราชบุรี",
    "legal_basis": "พระราชบัญญัติคุ้มครองเด็ก พ.ศ. 2546",
}
FOUR = ("group", "division", "deputy_head", "head")
ANSWERS = answers_of(EXAMPLES["บ้านพักฉุกเฉินและสถานสงเคราะห์"][1])


def written_up(stage: Stage) -> Mission:
    """Begun with little, completed part by part; what is missing is told and nothing lost."""
    officer = stage.officer.open("partnerships:mission_list").follow("partnerships:mission_create")
    officer.send_wrong({**ABOUT, "legal_basis": ""})
    assert officer.kept("problem") == ABOUT["problem"]
    officer.send({"legal_basis": ABOUT["legal_basis"]})
    mission = Mission.objects.latest("pk")
    officer.follow("partnerships:mission_edit_part", mission.reference, "people")
    officer.send({"provinces-0-province_code": "70"}).sees("ราชบุรี")
    officer.follow("partnerships:mission_edit_part", mission.reference, "means").send(
        {"time_frame": "18 เดือน", "funding-0-source": "state_budget", "funding-0-amount": "1,800,000"}
    )
    officer.sees("1,800,000.00")
    officer.follow("partnerships:mission_edit_part", mission.reference, "law")
    officer.send({"procurement_screening": "subsidy"})
    return mission


def chosen(stage: Stage, mission: Mission) -> None:
    """The advisor is asked, an answer changed, and the officer chooses with the reason."""
    officer = stage.officer.at("partnerships:mission_detail", mission.reference)
    officer.follow("partnerships:mission_advisor", mission.reference)
    officer.fill({**ANSWERS, "work": "project"})._send("show")
    officer.look("advice")
    officer.choose("แก้ไขคำตอบ").fill({"work": "routine"})._send("show")
    officer.sees("การทำสัญญาข้อตกลง", "การให้เงินอุดหนุนไม่ใช้กับงานประจำ")
    officer.choose("เลือกรูปแบบและระบุเหตุผล").send({"form": "pbc", "form_reason": "เป็นบริการที่ต้องมีตลอดปี"})
    officer.sees("เป็นบริการที่ต้องมีตลอดปี", "ตัวช่วยแนะนำ")
    assert stage.fresh(mission).form == "pbc"


def won_from_inside(stage: Stage, mission: Mission) -> None:
    officer = stage.officer.at("partnerships:mission_detail", mission.reference)
    officer.follow("partnerships:approach_edit", mission.reference).send_wrong({"origin": "outside"})
    assert officer.error_at("third_party")
    officer.send(
        {"origin": "inside", "idea": "กองศึกษาแล้ว", "policy_kind": "yearly_plan", "policy_title": "แผนปฏิบัติราชการ 2570"}
    )
    officer.follow("partnerships:meeting_create", mission.reference)
    meeting = {"held_on": today(), "participants": "ผู้อำนวยการกอง", "result": "เห็นชอบ", "file": picture("บันทึก.png")}
    officer.send(meeting).sees("บันทึก.png")


def candidates_looked_at(stage: Stage, mission: Mission) -> None:
    """Two are found by name and listed; one rates itself; officer and executive assess."""
    for name, word in (("partner", "มูลนิธิภาคี"), ("rival", "คู่แข่ง")):
        officer = stage.officer.at("partnerships:mission_detail", mission.reference)
        officer.follow("partnerships:mission_candidates", mission.reference)
        officer.page.get_by_label("ชื่อภาคี").fill(word)
        officer.choose("ค้นหา", role="button")
        organisation = stage.cast.organisations[name]
        officer.follow("partnerships:shortlist_add", mission.reference, organisation.pk)
        officer.send({"reason": "มีสถานที่ในพื้นที่"}).open("partnerships:mission_detail", mission.reference)
    partner = stage.cast.organisations["partner"]
    officer.follow("partnerships:candidate_detail", mission.reference, partner.pk)
    officer.press("partnerships:candidate_ask", mission.reference, partner.pk)
    asked = ReadinessRequest.objects.get()
    staff = stage.partner_staff.open("reporting:home").follow("partnerships:self_assessment", asked.pk)
    staff.send({"score_experience": "5", "reason_experience": "ดูแลเด็กมาสิบปี"})
    for who, score in (("officer", "4"), ("executive", "3")):
        visitor = getattr(stage, who).open("partnerships:candidate_detail", mission.reference, partner.pk)
        visitor.sees("ดูแลเด็กมาสิบปี").follow("partnerships:candidate_assess", mission.reference, partner.pk)
        visitor.send({"score_experience": score, "reason_experience": "ดูจากผลงานที่ผ่านมา"})
    visitor.sees("3.5")


def invited_and_answered(stage: Stage, mission: Mission) -> None:
    entries = list(ShortlistEntry.objects.order_by("pk"))
    officer = stage.officer.open("partnerships:mission_candidates", mission.reference)
    officer.follow("partnerships:shortlist_invite", mission.reference)
    officer.send({"entries": [entry.pk for entry in entries], "invitation": "ขอเชิญหารือวันศุกร์"})
    for who, entry, answer, words in (
        ("partner_rep", entries[0], "yes", "ยินดีร่วมงาน"),
        ("rival_rep", entries[1], "no", "ปีนี้บุคลากรไม่พอ"),
    ):
        visitor = getattr(stage, who).open("reporting:home")
        visitor.follow("partnerships:mission_invitation", entry.pk).sees("ขอเชิญหารือวันศุกร์", ABOUT["objectives"])
        visitor.send({"interested": answer, "answer": words})
    officer = stage.officer.open("partnerships:mission_detail", mission.reference)
    officer.sees("ยินดีร่วมงาน", "ปีนี้บุคลากรไม่พอ")


def test_a_department_takes_a_mission_to_a_form_and_partners_answer(stage: Stage) -> None:
    mission = written_up(stage)
    chosen(stage, mission)
    won_from_inside(stage, mission)
    candidates_looked_at(stage, mission)
    invited_and_answered(stage, mission)
    opdc = stage.opdc.open("partnerships:mission_detail", mission.reference)
    opdc.follow("partnerships:talk_create").send(
        {
            "agency": stage.cast.organisations["agency"].pk,
            "subject": "ติดตามภารกิจบ้านพัก",
            "held_on": today(),
            "participants": "ผู้อำนวยการกอง",
            "result": "พร้อมเปิดประกาศ",
            "outcome": "agreed",
        }
    )
    opdc.sees("ติดตามภารกิจบ้านพัก")


def chains_set(stage: Stage) -> None:
    """Chains of four for choosing the form and for inviting, held by the same people."""
    agency, by = stage.cast.organisations["agency"], stage.cast.agency_admin.actor
    for key, name in zip(FOUR, NAMES, strict=False):
        stage.cast.people[key] = Person(person(stage.cast, name), agency)
    give_second_factor(stage.cast.people[FOUR[-1]].user)  # who decides last needs it
    wanted = [Wanted(title, stage.cast.people[key].user.pk) for title, key in zip(TITLES, FOUR, strict=True)]
    for kind in ("choose_form", "invite_shortlist"):
        set_chain(organisation=agency, kind=kind, positions=wanted, by=by)


def decided(stage: Stage, kind: str) -> None:
    """Each of the four finds the matter in his or her work list, reads it and endorses."""
    decision = Decision.objects.get(kind=kind)
    for key in FOUR:
        visitor = getattr(stage, key).open("reporting:home").follow("agreements:decision_detail", decision.pk)
        visitor.follow("agreements:decision_endorse", decision.pk).send({"comment": "เห็นชอบ"})


def test_form_and_invitations_go_through_a_chain_of_four(stage: Stage) -> None:
    chains_set(stage)
    mission = create_mission(by=stage.cast.officer.actor, **ABOUT)
    officer = stage.officer.open("partnerships:mission_detail", mission.reference)
    officer.follow("partnerships:mission_advisor", mission.reference)
    officer.follow("partnerships:mission_choose_form", mission.reference)
    officer.send({"form": "pbc", "form_reason": "เป็นบริการที่ต้องมีตลอดปี"})
    assert stage.fresh(mission).form == ""
    decided(stage, "choose_form")
    assert stage.fresh(mission).form == "pbc"
    partner = stage.cast.organisations["partner"]
    entry = add_to_shortlist(
        mission=stage.fresh(mission), organisation=partner, reason="มีสถานที่", by=stage.cast.officer.actor
    )
    officer = stage.officer.open("partnerships:mission_candidates", mission.reference)
    officer.follow("partnerships:shortlist_invite", mission.reference)
    officer.send({"entries": [entry.pk], "invitation": "ขอเชิญหารือ"})
    assert stage.fresh(entry).state == "listed"
    decided(stage, "invite_shortlist")
    rep = stage.partner_rep.open("reporting:home").follow("partnerships:mission_invitation", entry.pk)
    rep.send({"interested": "yes", "answer": "ยินดี"})
    assert stage.fresh(entry).state == "interested"


def test_a_partner_proposes_a_mission_which_is_taken_up_and_ranked(stage: Stage) -> None:
    """The partner does not know the agency: OPDC finds it, the officer takes it up, the partner reads the answer."""
    staff = stage.partner_staff.open("partnerships:partner_missions").follow("partnerships:suggestion_create")
    staff.send({"title": "เพื่อนบ้านดูแลผู้สูงอายุ", "problem": "อยู่ลำพังมากขึ้น", "idea": "อาสาสมัครเยี่ยมบ้าน"})
    suggestion = MissionSuggestion.objects.get()
    opdc = stage.opdc.open("reporting:home").follow("partnerships:suggestion_detail", suggestion.reference)
    opdc.follow("partnerships:suggestion_assign", suggestion.reference)
    opdc.send({"agency": stage.cast.organisations["agency"].pk})
    officer = stage.officer.open("reporting:home").follow("partnerships:suggestion_detail", suggestion.reference)
    officer.follow("partnerships:suggestion_adopt", suggestion.reference).send(
        {**{name: ABOUT[name] for name in ("objectives", "target_group", "area", "legal_basis")}, "answer": "กรมรับไว้"}
    )
    mission = Mission.objects.get()
    stage.partner_staff.open("partnerships:suggestion_detail", suggestion.reference).sees("กรมรับไว้", mission.reference)
    officer = stage.officer.open("partnerships:suggestion_list").open("partnerships:policy_list")
    officer.follow("partnerships:policy_create").send({"title": "นโยบายสังคมสูงวัย"})
    policy = mission.agency.policies.get()
    officer.follow("partnerships:policy_add", policy.pk).send({"mission": mission.pk})
    officer.sees(mission.title, "ยังไม่ได้ระบุแหล่งเงิน")
    stage.opdc.open("partnerships:talk_list").look()


def test_partners_who_fit_are_found_and_find_what_fits_them(stage: Stage) -> None:
    """The officer finds partners by points and reasons, puts one on the shortlist and shows the mission to all."""
    mission = create_mission(by=stage.cast.officer.actor, **ABOUT)
    word = FieldOfWork.objects.get(code="shelter_housing")
    mission.fields_of_work.add(word)
    partner = stage.cast.organisations["partner"]
    partner.fields_of_work.add(word)
    officer = stage.officer.open("partnerships:mission_detail", mission.reference)
    officer.follow("reporting:mission_matching", mission.reference).sees(partner.name_th, word.name_th)
    officer.send_wrong({"reason": "มีสถานที่พร้อม"})
    assert officer.kept("reason") == "มีสถานที่พร้อม"
    officer.send({"organisations": [partner.pk]})
    assert ShortlistEntry.objects.get(organisation=partner).reason == "มีสถานที่พร้อม"
    officer.open("partnerships:mission_detail", mission.reference).press("partnerships:mission_show", mission.reference)
    staff = stage.partner_staff.open("reporting:own_offers").sees(mission.title)
    staff.follow("reporting:offered_mission", mission.reference).sees(stage.cast.officer.user.full_name_th)
    stage.opdc.open("reporting:partner_offers", partner.pk).sees(mission.title)
