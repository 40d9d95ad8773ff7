"""The manual's steps, written down by hand from its own pages (§3.1, §3.2, §3.3), against the sequence files."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

# number, code, Thai title, English title, who acts, what carries it, what may follow
STEPS = {
    "grant": [
        (1, "grant_1_preparation", "การเตรียมความพร้อม", "Preparation", "both", "call", [2]),
        (2, "grant_2_application", "การยื่นข้อเสนอ", "Application", "both", "call", [3]),
        (3, "grant_3_receipt", "การรับงบประมาณ", "Receipt", "both", "agreement", [4]),
        (
            4,
            "grant_4_delivery",
            "การจัดทำบริการสาธารณะตามที่ได้รับการจัดสรรเงินอุดหนุน",
            "Delivery on funded activity",
            "both",
            "agreement",
            [],
        ),
    ],
    "pbc": [
        (1, "pbc_1_call", "ภาครัฐประกาศรายการภารกิจเพื่อเปิดรับข้อเสนอ", "Call for proposals", "giver", "call", [2]),
        (
            2,
            "pbc_2_proposal",
            "ภาคส่วนอื่นยื่นข้อเสนอโครงการต่อหน่วยงานเจ้าของภารกิจ",
            "Proposals come in",
            "receiver",
            "call",
            [3],
        ),
        (3, "pbc_3_presentation", "ภาคส่วนอื่นนำเสนอรายละเอียด", "Presentation", "receiver", "call", [4]),
        (4, "pbc_4_selection", "ภาครัฐพิจารณาและคัดเลือกข้อเสนอโครงการที่ผ่านเกณฑ์", "Selection", "giver", "call", [5]),
        (5, "pbc_5_first_instalment", "ภาครัฐจัดสรรงบประมาณงวดที่ 1", "First instalment", "giver", "agreement", [6, 8]),
        (
            6,
            "pbc_6_midterm_evaluation",
            "การประเมินผลการดำเนินงานระยะกลาง",
            "Mid-term evaluation",
            "giver",
            "agreement",
            [7, 8],
        ),
        (7, "pbc_7_next_instalment", "ภาครัฐจัดสรรงบประมาณงวดที่ 2", "Next instalment", "giver", "agreement", [6, 8]),
        (8, "pbc_8_final_evaluation", "การประเมินผลหลังสิ้นสุดการดำเนินงาน", "Final evaluation", "giver", "agreement", [9]),
        (9, "pbc_9_account_closing", "การปิดบัญชีงบประมาณ", "Account closing", "both", "agreement", []),
    ],
    "commissioning": [
        (
            1,
            "commissioning_1_priorities",
            "การจัดลำดับความสำคัญของภารกิจและผลลัพธ์",
            "Priorities of missions and results",
            "both",
            "agreement",
            [2],
        ),
        (
            2,
            "commissioning_2_needs",
            "การประเมินความจำเป็นและความต้องการของกลุ่มเป้าหมาย",
            "Needs of the target group",
            "both",
            "agreement",
            [3],
        ),
        (
            3,
            "commissioning_3_resources",
            "การจัดสรรทรัพยากรเพื่อการจัดบริการสาธารณะ",
            "Allocation of resources",
            "both",
            "agreement",
            [4],
        ),
        (
            4,
            "commissioning_4_design",
            "การกำหนดรูปแบบการจัดบริการสาธารณะที่เหมาะสมกับกลุ่มเป้าหมาย",
            "Design of the service",
            "both",
            "agreement",
            [5],
        ),
        (5, "commissioning_5_delivery", "การจัดบริการสาธารณะ", "Delivery of the service", "receiver", "agreement", [6]),
        (
            6,
            "commissioning_6_evaluation",
            "การติดตามและประเมินผล",
            "Follow-up and evaluation",
            "both",
            "agreement",
            [1, 4],
        ),
    ],
}

KEYS = {
    "number", "code", "title_th", "title_en", "giver_duty", "receiver_duty", "actor", "carrier", "requirements", "next",
}  # fmt: skip


@pytest.fixture(scope="module")
def printed() -> dict:
    out = StringIO()
    call_command("sequences", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_there_are_three_forms_with_4_9_and_6_steps(printed):
    assert {form: len(steps) for form, steps in printed.items()} == {"grant": 4, "pbc": 9, "commissioning": 6}


@pytest.mark.parametrize("form", STEPS)
def test_every_step_is_the_manuals(printed, form):
    codes = {row[0]: row[1] for row in STEPS[form]}
    for told, (number, code, title_th, title_en, actor, carrier, following) in zip(
        printed[form], STEPS[form], strict=True
    ):
        assert set(told) == KEYS
        assert (told["number"], told["code"], told["title_th"], told["title_en"]) == (number, code, title_th, title_en)
        assert (told["actor"], told["carrier"]) == (actor, carrier)
        assert told["next"] == [codes[n] for n in following]
        assert told["giver_duty"] and told["receiver_duty"]


def test_every_named_requirement_is_known_to_the_door(printed):
    from agreements.requirements.agreement import BOOK as AGREEMENT
    from agreements.requirements.call import BOOK as CALL

    named = {name for steps in printed.values() for step in steps for name in step["requirements"]}
    assert named <= set(AGREEMENT.requirements) | set(CALL.requirements)


def test_the_page_in_docs_is_the_one_the_command_writes():
    from agreements.management.commands.sequences import markdown

    page = Path(settings.BASE_DIR) / "docs" / "sequences.md"
    assert page.read_text(encoding="utf-8") == markdown()
