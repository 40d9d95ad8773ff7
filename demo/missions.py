"""What comes before an agreement: candidates of a mission, a policy that ranks, proposed missions, OPDC's talks (§4 1-3).

The missions are the manual's own examples; people, places, scores, sums and words are invented and marked so.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from demo.before import DCY_TEAM, write_mission
from demo.examples import ANSWERS
from demo.others import CHILD_LAW, JOINT, PLACE
from demo.people import DCY, DOP
from demo.pilots import TITLE_A
from demo.story import FICTITIOUS, Story, again, paper
from partnerships.actions.approach import record_meeting
from partnerships.actions.missions import edit_mission
from partnerships.actions.policies import create_policy, put_under_policy
from partnerships.actions.readiness import ask_for_self_assessment, assess_readiness, rate_itself
from partnerships.actions.shortlist import add_to_shortlist, answer_invitation, invite_shortlist
from partnerships.actions.showing import show_mission
from partnerships.actions.suggestions import send_suggestion, talk_over_suggestion
from partnerships.actions.talks import log_talk
from partnerships.enums import ApproachOrigin, Form, MoneySource, PolicyKind, ProcurementScreening, TalkOutcome
from partnerships.models import FieldOfWork, Mission, TargetGroup

SHELTER = {
    "title": f"การจัดบ้านพักฉุกเฉินสำหรับเด็กที่ถูกละเมิด {PLACE}",
    "problem": f"เด็กที่ถูกละเมิดต้องเดินทางไกลเพื่อเข้ารับการคุ้มครอง และหน่วยงานมีบุคลากรไม่เพียงพอ ({FICTITIOUS})",
    "objectives": f"เด็กที่ถูกละเมิดได้รับที่พักพิงที่ปลอดภัยและการฟื้นฟูภายใน 24 ชั่วโมง ({FICTITIOUS})",
    "scope": f"ที่พักพิง อาหาร การดูแลเบื้องต้น และการประสานส่งต่อ ส่วนการพิจารณาตามกฎหมายยังเป็นหน้าที่ของกรม ({FICTITIOUS})",
    "target_group": "เด็กที่ถูกละเมิดและครอบครัว",
    "area": PLACE,
    "is_routine": True,
    "time_frame": f"บริการต่อเนื่อง ทำสัญญาข้อตกลงคราวละ 18 เดือน ({FICTITIOUS})",
    "legal_basis": CHILD_LAW,
    "procurement_screening": ProcurementScreening.SUBSIDY,
    "procurement_note": f"เป็นเงินอุดหนุน ไม่ใช่การจ้างเหมา ({FICTITIOUS})",
}


def tell_missions(story: Story) -> None:
    shelter = tell_candidates(story)
    with story.on(44):
        show_mission(mission=Mission.objects.get(pk=shelter.pk), by=story.act("officer_dcy"))
    tell_policy(story, shelter)
    tell_pilot_readiness(story)
    tell_suggestions(story)
    tell_talks(story, shelter)


def _words(model: Any, *codes: str) -> list[Any]:
    return list(model.objects.filter(code__in=codes))


def tell_candidates(story: Story) -> Mission:
    """A mission on its way to a call: won from inside, three partners on the shortlist, two invited, one interested."""
    approach = {
        "origin": ApproachOrigin.INSIDE,
        "idea": f"กองคุ้มครองเด็กศึกษาความเป็นไปได้และต้นทุนต่อหน่วยของบ้านพัก ({FICTITIOUS})",
        "idea_on": story.day(190),
        "awareness": f"นำเสนอต่อที่ประชุมผู้บริหารและชี้แจงเจ้าหน้าที่ในพื้นที่ ({FICTITIOUS})",
        "awareness_on": story.day(150),
        "policy_kind": PolicyKind.YEARLY_PLAN,
        "policy_title": f"แผนปฏิบัติราชการประจำปีของกรม ({FICTITIOUS})",
        "policy_on": story.day(110),
    }
    choice = {
        "form": Form.PBC,
        "answers": {**ANSWERS[Form.PBC], "wishes": "support", "ready": "growing"},
        "form_reason": "เป็นบริการต่อเนื่องที่หน่วยงานมีบุคลากรไม่เพียงพอ กำหนดผลลัพธ์และกลุ่มเป้าหมายได้ชัดเจน และมอบได้โดยไม่ต้องขยายหน่วยงาน",
        "approach": approach,
    }
    funding = [
        {"source": MoneySource.STATE_BUDGET, "amount": Decimal(1_800_000), "note": FICTITIOUS},
        {"source": MoneySource.FUND, "amount": None, "note": f"อยู่ระหว่างขอรับการสนับสนุน ({FICTITIOUS})"},
    ]
    facts = {
        **SHELTER,
        "fields_of_work": _words(FieldOfWork, "child_protection", "shelter_housing"),
        "target_groups": _words(TargetGroup, "children", "vulnerable_children", "families"),
        "provinces": ["70"],
        "funding": funding,
    }
    mission = write_mission(story, DCY_TEAM, 95, facts, choice)
    by = story.act("officer_dcy")
    with story.on(80):
        record_meeting(
            mission=again(mission),
            by=by,
            held_on=story.day(80),
            place=f"ห้องประชุม {DCY}",
            participants=f"กองคุ้มครองเด็ก สำนักงาน ก.พ.ร. และผู้แทนภาคประชาสังคม ({FICTITIOUS})",
            result=f"เห็นชอบให้แสวงหาองค์กรในพื้นที่ที่มีสถานที่พร้อม ({FICTITIOUS})",
            next_step=f"ประเมินความพร้อมขององค์กรสามแห่ง ({FICTITIOUS})",
            next_on=story.day(60),
            file=paper("รายงานการประชุมหารือ"),
        )
    _assess_candidates(story, mission)
    _shortlist(story, mission)
    return again(mission)


def _assess_candidates(story: Story, mission: Mission) -> None:
    organisations = story.cast.organisations
    foundation, network = organisations["foundation"], organisations["network"]
    with story.on(70):
        asked = ask_for_self_assessment(mission=again(mission), organisation=foundation, by=story.act("officer_dcy"))
        ask_for_self_assessment(mission=again(mission), organisation=network, by=story.act("officer_dcy"))
    with story.on(66):
        rate_itself(
            request=again(asked),
            scores=_scores(similarity=5, staff=3, tools=4, experience=5, trust=5),
            by=story.act("rep_foundation"),
            note=FICTITIOUS,
        )
    views = (
        (
            "officer_dcy",
            foundation,
            {"similarity": 5, "stance": 4, "staff": 3, "money": 3, "experience": 4, "trust": 4},
        ),
        ("executive_dcy", foundation, {"stance": 5, "capacity": 3, "trust": 4}),
        ("opdc", foundation, {"similarity": 4, "experience": 4, "trust": 5}),
        ("officer_dcy", network, {"similarity": 3, "stance": 4, "staff": 2, "experience": 3}),
    )
    with story.on(62):
        for who, organisation, scores in views:
            assess_readiness(
                mission=again(mission), organisation=organisation, scores=_scores(**scores), by=story.act(who)
            )


def _scores(**scores: int) -> dict[str, tuple[int, str]]:
    return {code: (score, f"พิจารณาจากเอกสารและการลงพื้นที่ ({FICTITIOUS})") for code, score in scores.items()}


def _shortlist(story: Story, mission: Mission) -> None:
    by, organisations = story.act("officer_dcy"), story.cast.organisations
    with story.on(58):
        entries = [
            add_to_shortlist(
                mission=again(mission),
                organisation=organisations[key],
                reason=f"มีสถานที่และเครือข่ายในพื้นที่ ({FICTITIOUS})",
                by=by,
            )
            for key in ("foundation", "network", "municipality")
        ]
    with story.on(52):
        words = f"กรมขอเชิญท่านพิจารณารับมอบภารกิจนี้ และยินดีหารือรายละเอียดร่วมกัน ({FICTITIOUS})"
        invite_shortlist(mission=again(mission), entries=entries[:2], invitation=words, by=by)
    with story.on(45):
        answer = f"มูลนิธิสนใจ มีบ้านพักพร้อมใช้หนึ่งหลัง ({FICTITIOUS})"
        answer_invitation(entry=again(entries[0]), interested=True, answer=answer, by=story.act("rep_foundation"))


def tell_policy(story: Story, shelter: Mission) -> None:
    """Three missions ranked under one policy; of one the money is known in part, of another not at all."""
    by = story.act("officer_dcy")
    joint = Mission.objects.get(title=JOINT["title"])
    report = Mission.objects.filter(form="", agency=shelter.agency).order_by("pk").last()
    with story.on(40):
        amount = [{"source": MoneySource.STATE_BUDGET, "amount": Decimal(750_000), "note": FICTITIOUS}]
        edit_mission(mission=joint, by=by, funding=amount)
        policy = create_policy(
            title=f"นโยบายคุ้มครองเด็กแบบครบวงจรระดับจังหวัด ({FICTITIOUS})",
            description=f"รวมภารกิจคุ้มครองเด็กในพื้นที่ไว้ภายใต้นโยบายเดียวกันและจัดลำดับร่วมกับภาคี ({FICTITIOUS})",
            by=by,
        )
        for mission in (joint, shelter, report):
            if mission is not None:
                put_under_policy(policy=again(policy), mission=again(mission), by=by)


def tell_pilot_readiness(story: Story) -> None:
    """The manual's pilot with children: its receiver was looked at before it was invited (scores invented)."""
    mission = Mission.objects.get(title=TITLE_A)
    scores = _scores(similarity=5, stance=5, staff=4, money=4, tools=4, capacity=4, experience=5, trust=5)
    with story.on(30):
        edit_mission(
            mission=again(mission),
            by=story.act("officer_dcy"),
            fields_of_work=_words(FieldOfWork, "child_development"),
            target_groups=_words(TargetGroup, "vulnerable_children"),
        )
        assess_readiness(
            mission=again(mission),
            organisation=story.cast.organisations["nicfd"],
            scores=scores,
            by=story.act("officer_dcy"),
            note=f"บันทึกย้อนหลังเพื่อเป็นบทเรียน ({FICTITIOUS})",
        )


def tell_suggestions(story: Story) -> None:
    """One waits for its agency's answer, one for an agency, one is being talked over."""
    organisations = story.cast.organisations
    cases = (
        ("rep_elders", DOP, 12, "การเยี่ยมบ้านและดูแลผู้สูงอายุที่อยู่ลำพัง"),
        ("rep_community", "", 6, "ศูนย์รับเรื่องร้องเรียนของผู้บริโภคในตำบล"),
        ("rep_university", DOP, 30, "ฐานข้อมูลผู้ดูแลผู้สูงอายุระดับอำเภอ"),
    )
    for who, agency, ago, title in cases:
        with story.on(ago):
            sent = send_suggestion(
                by=story.act(who),
                agency=organisations[agency] if agency else None,
                title=f"{title} (สมมติ)",
                problem=f"ประชาชนในพื้นที่เข้าถึงบริการได้ยาก ({FICTITIOUS})",
                idea=f"องค์กรมีอาสาสมัครและสถานที่พร้อม ทดลองทำแล้วสามเดือนได้ผลดี ({FICTITIOUS})",
                awareness=f"ที่ประชุมสมาชิกเห็นชอบ ({FICTITIOUS})",
                area="จังหวัดธารสมมติ (สมมติ)",
            )
    with story.on(20):
        words = f"ขอนัดหารือรายละเอียดและแหล่งงบประมาณในเดือนหน้า ({FICTITIOUS})"
        talk_over_suggestion(suggestion=again(sent), answer=words, by=story.act("officer_dop"))


def tell_talks(story: Story, shelter: Mission) -> None:
    """OPDC's log: one agreed, one whose next step is due, one put off."""
    organisations = story.cast.organisations
    cases = (
        (DCY, 120, TalkOutcome.AGREED, "มอบภารกิจบ้านพักฉุกเฉินให้ภาคประชาสังคม", shelter, None),
        ("กรมสุขภาพจิต", 25, TalkOutcome.ONGOING, "การมอบบริการให้คำปรึกษาในชุมชน", None, 2),
        ("กรมการพัฒนาชุมชน", 60, TalkOutcome.DEFERRED, "การจัดทำข้อมูลอาชีพระดับตำบล", None, -40),
    )
    for agency, ago, outcome, subject, mission, due in cases:
        with story.on(ago):
            log_talk(
                by=story.act("opdc"),
                agency=organisations[agency],
                mission=mission and again(mission),
                subject=f"{subject} (สมมติ)",
                held_on=story.day(ago),
                participants=f"ผู้บริหารหน่วยงานและเจ้าหน้าที่สำนักงาน ก.พ.ร. ({FICTITIOUS})",
                result=f"หน่วยงานรับทราบแนวทางและขอศึกษาเพิ่มเติม ({FICTITIOUS})",
                outcome=outcome,
                next_step=f"ส่งตัวอย่างข้อตกลงและนัดหารืออีกครั้ง ({FICTITIOUS})" if due is not None else "",
                next_on=story.today - timedelta(days=due) if due is not None else None,
            )
