"""Texts of notices: the system's own until OPDC puts another in its place, in each reader's language."""

from __future__ import annotations

import ast
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from agreements.actions.notes import write_note
from agreements.enums import NoteKind
from core import clock
from core.models import OutboxMessage, Setting
from core.notice_texts import (
    NoticeTexts,
    fill,
    is_registered,
    notice_kind,
    notice_kinds,
    put_in,
    setting_key,
    texts_in_force,
    unknown_placeholders,
)
from partnerships.actions.settings import change_notice
from partnerships.queries.settings import SettingHead
from tests.cast import Cast
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

KIND = "agreement.note"
OWN: NoticeTexts = {
    "th": {"subject": "โปรดยืนยัน {reference}", "body": "เรื่อง {title}\nกรุณาเข้าสู่ระบบ"},
    "en": {"subject": "Please confirm {reference}", "body": "About {title}"},
}
FIELDS = {
    "subject_th": OWN["th"]["subject"],
    "body_th": OWN["th"]["body"],
    "subject_en": OWN["en"]["subject"],
    "body_en": OWN["en"]["body"],
    "reason": "ให้อ่านง่ายขึ้น",
}


@pytest.fixture
def opdc(cast: Cast, client: Client) -> Client:
    client.force_login(cast.opdc.user)
    return client


def send(client: Client, page: str = "notice_change", kind: str = KIND, **data: Any) -> Any:
    stamp = {"version": str(SettingHead(setting_key(kind)).version), "key": str(uuid.uuid4())}
    return client.post(reverse(f"partnerships:{page}", args=[kind]), {**stamp, **data}, follow=True)


def told(cast: Cast) -> OutboxMessage:
    """The notice that the other side gets of a note."""
    agreement = World(cast).agreement("grant", at="grant_2_application")
    OutboxMessage.objects.all().delete()
    write_note(agreement=agreement, kind=NoteKind.OTHER, held_on=clock.today(), decision="ตกลง", by=cast.officer.actor)
    return OutboxMessage.objects.filter(kind=KIND).order_by("pk").first()


# --- what people get


def test_the_systems_text_is_told_until_another_is_set(cast: Cast) -> None:
    note = told(cast)
    assert note.subject == "มีบันทึกร่วมรอการยืนยันจากฝ่ายของท่าน"
    assert note.body.endswith(")") and "{" not in note.body


def test_another_text_is_told_with_its_placeholders_filled_in_each_ones_language(cast: Cast) -> None:
    change_notice(kind=KIND, texts=OWN, reason="r", by=cast.opdc.actor)
    for person in ("partner_staff", "partner_rep"):
        user = cast.people[person].user
        user.language = "en" if person == "partner_rep" else "th"
        user.save()
    told(cast)
    texts = dict(OutboxMessage.objects.filter(kind=KIND).values_list("to_user_id", "subject"))
    assert texts[cast.partner_staff.user.pk].startswith("โปรดยืนยัน ")
    assert texts[cast.partner_rep.user.pk].startswith("Please confirm ")
    assert "{" not in "".join(texts.values())
    assert any("กรุณาเข้าสู่ระบบ" in message.body for message in mail.outbox)


def test_what_was_sent_stays_as_it_was(cast: Cast) -> None:
    before = told(cast)
    change_notice(kind=KIND, texts=OWN, reason="r", by=cast.opdc.actor)
    assert OutboxMessage.objects.get(pk=before.pk).subject == before.subject


def test_a_text_to_hold_later_does_not_hold_yet(cast: Cast) -> None:
    from datetime import timedelta

    day = clock.today() + timedelta(days=3)
    change_notice(kind=KIND, texts=OWN, reason="r", by=cast.opdc.actor, valid_from=day)
    assert texts_in_force(KIND) != OWN
    with clock.acting_on(day):
        assert texts_in_force(KIND) == OWN


# --- nothing in a text is carried out


@given(st.text(), st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.text()))
def test_filling_in_never_fails_and_puts_nothing_in_twice(text: str, context: dict[str, str]) -> None:
    filled = put_in(text, context)
    if not any(f"{{{name}}}" in text for name in context):
        assert filled == text


@pytest.mark.parametrize(
    "text", ["{title.__class__}", "{0}", "{title!r}", "{title:>9}", "{{title}}", "{% now %}", "{", "{unknown}", "{}"]
)
def test_what_means_nothing_in_braces_is_told_of(text: str) -> None:
    assert unknown_placeholders(text, notice_kind(KIND))


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert put_in("{title}", {"title": "{reference}", "reference": "x"}) == "{reference}"


# --- in the interface


def test_opdc_changes_a_text_and_reads_its_history(opdc: Client, cast: Cast) -> None:
    page = send(opdc, **FIELDS).content.decode()
    assert "เปลี่ยนข้อความแล้ว" in page and "กำหนดโดยสำนักงาน ก.พ.ร." in page
    assert texts_in_force(KIND) == OWN
    history = opdc.get(reverse("partnerships:notice_history", args=[KIND])).content.decode()
    assert "โปรดยืนยัน {reference}" in history and "ให้อ่านง่ายขึ้น" in history and "ก.พ.ร." in history


def test_a_preview_shows_both_languages_and_saves_nothing(opdc: Client) -> None:
    page = send(opdc, preview="1", **FIELDS).content.decode()
    assert "เรื่อง [ชื่อเรื่อง]" in page and "About [ชื่อเรื่อง]" in page
    assert FIELDS["reason"] in page
    assert not Setting.objects.exists()


def test_going_back_to_the_systems_text_is_a_change_of_its_own(opdc: Client) -> None:
    send(opdc, **FIELDS)
    before = notice_kind(KIND)
    page = send(opdc, "notice_reset", reason="สั้นกว่า").content.decode()
    assert "กลับไปใช้ข้อความเดิมของระบบแล้ว" in page
    assert texts_in_force(KIND) == {language: before.default(language) for language in ("th", "en")}
    assert Setting.objects.filter(key=setting_key(KIND)).count() == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("subject_th", "", "โปรดกรอก"),
        ("body_en", "Hello {name}", "{name} ใช้ในข้อความนี้ไม่ได้ ใช้ได้เฉพาะ {title}, {reference}"),
        ("subject_en", "{title.__class__}", "ใช้ในข้อความนี้ไม่ได้"),
        ("body_th", "วงเล็บเปิด {", "ใช้ในข้อความนี้ไม่ได้"),
        ("subject_th", "ก" * 201, "200"),
        ("reason", " ", "โปรดกรอก"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(opdc: Client, field: str, value: str, words: str) -> None:
    answer = send(opdc, **{**FIELDS, field: value})
    form = answer.context["form"]
    assert words in " ".join(form.errors[field])
    assert form.data["body_th"] == {**FIELDS, field: value}["body_th"]
    assert not Setting.objects.exists()


def test_two_at_once_the_second_is_told(opdc: Client) -> None:
    send(opdc, **FIELDS)
    answer = send(opdc, **{**FIELDS, "version": "0", "subject_th": "อื่น"})
    assert "มีผู้อื่นแก้ไขข้อมูลนี้" in answer.content.decode()
    assert texts_in_force(KIND) == OWN


@pytest.mark.parametrize("who", ["officer", "executive", "partner_rep", "stranger"])
def test_others_are_refused(cast: Cast, client: Client, who: str) -> None:
    client.force_login(cast.people[who].user)
    for name in ("notice_change", "notice_reset", "notice_history"):
        assert client.get(reverse(f"partnerships:{name}", args=[KIND])).status_code == 403
    assert client.get(reverse("partnerships:notice_list")).status_code == 403
    assert send(client, **FIELDS).status_code == 403


def test_a_kind_that_does_not_exist_is_not_found(opdc: Client) -> None:
    assert opdc.get(reverse("partnerships:notice_change", args=["x.y"])).status_code == 404


# --- every kind


def test_every_kind_has_words_in_both_languages_and_only_placeholders_it_knows() -> None:
    assert len(notice_kinds()) > 20
    for kind in notice_kinds():
        for language in ("th", "en"):
            words = kind.default(language)
            assert not unknown_placeholders(words["subject"] + words["body"], kind), kind.kind
            assert words["subject"] and words["body"]
            with override(language):
                filled = fill(texts_in_force(kind.kind), dict.fromkeys(kind.placeholders, "x"))
            assert "{" not in filled["subject"] + filled["body"]


def kinds_told() -> set[str]:
    """Kinds that some action tells, read from the sources."""
    found = set()
    for app in ("partnerships", "agreements", "evaluations", "reporting"):
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("tell", "tell_side"):
                    given = {keyword.arg: keyword.value for keyword in node.keywords}
                    if isinstance(given.get("kind"), ast.Constant):
                        found.add(given["kind"].value)
    return found


def test_every_kind_that_is_told_is_registered_so_that_opdc_can_put_it_into_other_words() -> None:
    kinds = kinds_told()
    assert KIND in kinds
    assert not {kind for kind in kinds if not is_registered(kind)}
