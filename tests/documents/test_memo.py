"""The memo on a decision: who may have it, what stands on it, and that it reads back as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from agreements.actions.calls import propose_publication
from agreements.actions.decisions import endorse_decision, return_decision
from agreements.actions.instalments import check_instalment, propose_payment, request_instalment
from agreements.documents.memo import build_memo, memo_pdf
from agreements.enums import DecisionKind
from agreements.models import Decision
from partnerships.endorsement_hooks import propose
from tests.cast import Cast
from tests.chains import (
    TITLES,
    acting,
    again,
    chain_of_four,
    deputy_for,
    draft_call,
    matter_of_mission,
    mission_of,
    person,
)
from tests.documents.reading import fonts_of, normal, page_texts, read_by_poppler
from tests.world import World

pytestmark = pytest.mark.django_db

COMMENT = "เห็นควรดำเนินการ ทั้งนี้ ขอให้กำกับติดตามผู้เชี่ยวชาญในพื้นที่อย่างใกล้ชิด"


def decided_by_four(cast: Cast) -> Decision:
    """The fourth position is acted in by a deputy."""
    holders = chain_of_four(cast)
    deputy = person(cast, "นายรองอธิบดี น้ำใจ")
    deputy_for(cast, 4, deputy, title="รองอธิบดี", order_number="คำสั่งกรมทดสอบ ที่ 7/2569")
    decision = propose_publication(call=draft_call(cast), by=cast.officer.actor, comment="เสนอตามแผนปฏิบัติราชการ")
    for user in (*holders[:3], deputy):
        endorse_decision(decision=again(decision), by=acting(user), comment=COMMENT)
    return again(decision)


def test_a_decided_memo_reads_back_with_every_position_and_capacity(cast: Cast, tmp_path: Path) -> None:
    decision = decided_by_four(cast)
    printed = memo_pdf(decision)
    text = normal(read_by_poppler(printed, tmp_path))
    for words in (
        "บันทึกข้อความ",
        "ส่วนราชการ",
        "กรมทดสอบ โทร. ๐๒ ๐๐๐ ๐๐๐๐",
        "ขออนุมัติเผยแพร่ประกาศเปิดรับข้อเสนอ",
        "เรียน อธิบดีกรมทดสอบ",
        "๑.เรื่องเดิม",
        "๒.ข้อเท็จจริง",
        "วงเงินไม่เกิน ๑,๐๐๐,๐๐๐.๐๐ บาท (หนึ่งล้านบาทถ้วน)",
        "เสนอตามแผนปฏิบัติราชการ",
        *TITLES[:3],
        "นายรองอธิบดี น้ำใจ",
        "ปฏิบัติราชการแทน อธิบดีกรมทดสอบ",
        "ตามคำสั่งกรมทดสอบ ที่ ๗/๒๕๖๙",
    ):
        assert normal(words) in text, words
    assert text.count(normal(COMMENT)) == 4
    assert text.count("เห็นชอบ") >= 3 and "ผลการพิจารณาอนุมัติ" in text
    assert not any("ร่าง" in page for page in page_texts(printed))
    assert {name for name, embedded in fonts_of(printed, tmp_path) if embedded} == {"Sarabun", "Sarabun-Bold"}


def test_a_pending_memo_is_a_draft_and_leaves_room_for_those_to_come(cast: Cast) -> None:
    chain_of_four(cast)
    decision = propose_publication(call=draft_call(cast), by=cast.officer.actor)
    memo = build_memo(decision)
    assert memo.is_draft
    assert [one.titles for one in memo.opinions] == [(title,) for title in TITLES[:3]]
    assert memo.verdict is not None and memo.verdict.signed_at is None
    assert all("ร่าง" in page for page in page_texts(memo_pdf(decision)))


def test_a_returned_memo_says_so_and_has_no_verdict(cast: Cast) -> None:
    holders = chain_of_four(cast)
    decision = propose_publication(call=draft_call(cast), by=cast.officer.actor)
    return_decision(decision=decision, by=acting(holders[0]), comment="แก้วงเงิน")
    memo = build_memo(again(decision))
    assert [one.opinion for one in memo.opinions] == ["ส่งคืนเพื่อแก้ไข"]
    assert memo.verdict is None and not memo.is_draft


def test_memos_are_numbered_per_agency_and_year(cast: Cast) -> None:
    numbers = [propose_publication(call=draft_call(cast), by=cast.officer.actor).number for _time in range(2)]
    first, second = (number.split("/") for number in numbers)
    assert int(second[0]) == int(first[0]) + 1 and first[1] == second[1]


def test_every_kind_of_decision_has_a_memo(cast: Cast) -> None:
    world = World(cast)
    agreement = world.agreement("pbc", at="pbc_5_first_instalment")
    one = agreement.instalments.order_by("ordinal").first()
    request_instalment(instalment=one, by=cast.partner_staff.actor)
    check_instalment(instalment=world.again(one), note="ตรวจรับครบถ้วน", by=cast.officer.actor)
    propose_payment(instalment=world.again(one), comment="", by=cast.officer.actor)
    chain_of_four(cast, DecisionKind.CHOOSE_FORM)
    with matter_of_mission():
        proposal = {"form": "grant", "reason": "มีกำหนดเวลา"}
        propose(kind="choose_form", root=mission_of(cast), by=cast.officer.actor, proposal=proposal)
        found = {decision.kind: build_memo(decision) for decision in Decision.objects.all()}
    assert set(found) == {"publish_call", "select_proposals", "sign_agreement", "pay_instalment", "choose_form"}
    assert any("ได้รับการคัดเลือก" in row for row in found["select_proposals"].facts)
    assert any("ตรวจรับครบถ้วน" in row for row in found["pay_instalment"].facts)
    assert any("มีกำหนดเวลา" in row for row in found["choose_form"].facts)
    assert found["pay_instalment"].to == "ผู้บริหารกรมทดสอบ"


def test_only_those_who_read_the_decision_get_its_memo(cast: Cast) -> None:
    decision = propose_publication(call=draft_call(cast), by=cast.officer.actor)
    url = reverse("agreements:decision_memo", args=[decision.pk])
    for name, status in (("officer", 200), ("executive", 200), ("opdc", 200), ("partner_rep", 404), ("stranger", 404)):
        client = Client()
        client.force_login(cast.people[name].user)
        answer = client.get(url)
        assert answer.status_code == status, name
        if status == 200:
            assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
            assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client().get(url).status_code == 302


def test_the_memo_can_be_rendered_by_name(cast: Cast, tmp_path: Path) -> None:
    decision = propose_publication(call=draft_call(cast), by=cast.officer.actor)
    call_command("render_document", "memo", str(decision.pk), str(tmp_path / "memo.pdf"))
    assert (tmp_path / "memo.pdf").read_bytes().startswith(b"%PDF")
