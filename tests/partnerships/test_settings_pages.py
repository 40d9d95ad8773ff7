"""Settings in the interface: OPDC sees what holds, changes it with a day and a reason, and reads its history."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import clock, settings_history
from core.audit import history_of
from core.models import Setting
from core.registry import admin_cards_for, nav_for
from core.settings_catalogue import Kind, entries, entry_of, pack, register_setting, value_of
from core.workflow import NotYou, Stale, Stamp
from partnerships.actions.settings import change_setting
from partnerships.forms.settings import SettingForm
from partnerships.queries.settings import SettingHead, in_words
from tests.cast import Cast
from tests.races import at_once, refusals

pytestmark = pytest.mark.django_db

SUM, MONTHS, ROLES, DAYS = (
    "agreements.sla_min_baht",
    "agreements.sla_min_months",
    "identity.mfa_roles",
    "verification.reminder_days",
)


@pytest.fixture
def opdc(cast: Cast, client: Client) -> Client:
    client.force_login(cast.opdc.user)
    return client


def be(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year + 543}"


def send(client: Client, name: str, /, **data: Any) -> Any:
    stamp = {"version": str(SettingHead(name).version), "key": str(uuid.uuid4())}
    values = {"valid_from": be(clock.today()), "reason": "มติ ก.พ.ร. 1/2569", **stamp, **data}
    return client.post(reverse("partnerships:setting_change", args=[name]), values, follow=True)


# --- seeing and changing


def test_opdc_sees_every_setting_with_what_holds_today(opdc: Client) -> None:
    page = opdc.get(reverse("partnerships:setting_list")).content.decode()
    for entry in entries():
        assert str(entry.label) in page
    assert "500,000.00 บาท" in page and "12 เดือน" in page and "60, 30 วัน" in page


def test_a_change_holds_from_its_day_and_is_an_event(opdc: Client, cast: Cast) -> None:
    day = clock.today() + timedelta(days=30)
    page = send(opdc, SUM, value="๑,๐๐๐,๐๐๐", valid_from=be(day)).content.decode()
    assert "เปลี่ยนค่าแล้ว" in page and "1,000,000.00 บาท" in page
    assert value_of(SUM) == Decimal("500000.00")
    assert value_of(SUM, day) == Decimal("1000000.00")
    row = Setting.objects.get(key=SUM)
    assert (row.changed_by_id, row.reason) == (cast.opdc.user.pk, "มติ ก.พ.ร. 1/2569")
    event = history_of(row).get()
    assert (event.kind, event.actor_id) == ("setting.change", cast.opdc.user.pk)
    assert event.facts == {"key": SUM, "valid_from": day.isoformat(), "value": "1000000.00"}


def test_the_history_tells_who_when_from_when_and_why(opdc: Client) -> None:
    send(opdc, MONTHS, value="18", reason="ทดลองใช้หนึ่งปี")
    page = opdc.get(reverse("partnerships:setting_history", args=[MONTHS])).content.decode()
    for words in ("18 เดือน", "ทดลองใช้หนึ่งปี", "นางสาวเจ้าหน้าที่ ก.พ.ร.", "ค่าเดิมของระบบก่อนการเปลี่ยนแปลง: 12 เดือน"):
        assert words in page


def test_codes_and_days_are_kept_in_their_order(opdc: Client) -> None:
    send(opdc, ROLES, value=["opdc:opdc_staff", "agency:finance"])
    send(opdc, DAYS, value="๗, 90,30, 30")
    assert value_of(ROLES) == ("agency:finance", "opdc:opdc_staff")
    assert value_of(DAYS) == (90, 30, 7)
    assert settings_history.get("identity.mfa_roles", ()) == ["agency:finance", "opdc:opdc_staff"]


# --- bad input: the message stands at the field, what was typed stays

BAD: list[tuple[str, dict[str, Any], str, str]] = [
    (SUM, {"value": "หนึ่งล้าน"}, "value", "จำนวนเงินเป็นตัวเลข"),
    (SUM, {"value": "0"}, "value", "มากกว่า 0"),
    (SUM, {"value": "-5"}, "value", "ติดลบ"),
    (SUM, {"value": ""}, "value", "โปรดกรอก"),
    (MONTHS, {"value": "สิบสอง"}, "value", "จำนวนเต็ม"),
    (MONTHS, {"value": "1.5"}, "value", "จำนวนเต็ม"),
    (MONTHS, {"value": "0"}, "value", "ไม่น้อยกว่า 1"),
    (MONTHS, {"value": "999"}, "value", "ไม่เกิน 120"),
    (MONTHS, {"value": "9" * 5000}, "value", ""),
    (MONTHS, {"value": "12"}, "value", "อยู่แล้ว"),
    (MONTHS, {"value": "18", "valid_from": "1/10/2560"}, "valid_from", "ไม่ก่อนวันที่"),
    (MONTHS, {"value": "18", "valid_from": "พรุ่งนี้"}, "valid_from", "วันที่"),
    (MONTHS, {"value": "18", "reason": "  "}, "reason", "โปรดกรอก"),
    (MONTHS, {"value": "18", "reason": "ก" * 501}, "reason", "500"),
    (DAYS, {"value": "หกสิบ"}, "value", "จุลภาค"),
    (DAYS, {"value": "0, 30"}, "value", "ระหว่าง 1 ถึง 365"),
    (DAYS, {"value": "1,2,3,4,5,6,7"}, "value", "ไม่เกิน 6"),
    (ROLES, {"value": ["king"]}, "value", ""),
    (ROLES, {"value": []}, "value", "โปรดเลือก"),
]


@pytest.mark.parametrize(("key", "data", "field", "words"), BAD)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(
    opdc: Client, key: str, data: dict[str, Any], field: str, words: str
) -> None:
    answer = send(opdc, key, **data)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert form.errors[field], form.errors
    assert words in " ".join(form.errors[field])
    assert not Setting.objects.exists()
    for name, value in data.items():
        typed = form.data.getlist(name) if isinstance(value, list) else form.data[name]
        assert typed == value


def test_two_at_once_the_second_is_told_and_keeps_the_input(opdc: Client, cast: Cast) -> None:
    early = {"version": "0", "key": str(uuid.uuid4())}
    send(opdc, MONTHS, value="18")
    answer = send(opdc, MONTHS, value="24", **early)
    assert "มีผู้อื่นแก้ไขข้อมูลนี้" in answer.content.decode()
    assert value_of(MONTHS) == 18
    renewed = answer.context["form"].data["version"]
    send(opdc, MONTHS, value="24", version=renewed)
    assert value_of(MONTHS) == 24
    with pytest.raises(Stale):
        change_setting(
            key=MONTHS, value=30, valid_from=clock.today(), reason="x", by=cast.opdc.actor, stamp=Stamp(version=0)
        )


def test_a_double_post_changes_once(opdc: Client) -> None:
    same = {"version": "0", "key": str(uuid.uuid4())}
    send(opdc, MONTHS, value="18", **same)
    send(opdc, MONTHS, value="18", **same)
    assert Setting.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_changes_at_the_same_moment_are_told_apart(cast: Cast) -> None:
    def change(value: int) -> Setting:
        return change_setting(
            key=MONTHS,
            value=value,
            valid_from=clock.today(),
            reason="r",
            by=cast.opdc.actor,
            stamp=Stamp(version=0, key=f"key-{value}"),
        )

    answers = at_once(lambda: change(18), lambda: change(24))
    assert refusals(answers) == [Stale]
    assert Setting.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "more", "typed", "value"),
    [
        (Kind.YES_NO, {}, {"value": "no"}, False),
        (Kind.YES_NO, {}, {"value": "yes"}, True),
        (Kind.CHOICE, {"choices": (("a", "A"), ("b", "B"))}, {"value": "b"}, "b"),
        (Kind.COUNT, {}, {"value": "1,000"}, 1000),
        (Kind.TEXT, {}, {"value_th": "ก", "value_en": "a"}, {"th": "ก", "en": "a"}),
    ],
)
def test_every_kind_has_its_field(monkeypatch: Any, kind: Kind, more: Any, typed: Any, value: Any) -> None:
    monkeypatch.setattr("core.settings_catalogue._entries", {})
    default: Any = {Kind.TEXT: {"th": "", "en": ""}, Kind.YES_NO: True, Kind.CHOICE: "a"}.get(kind, 1)
    entry = register_setting("x.y", "y", help="", kind=kind, default=default, section="s", **more)
    data = {**typed, "valid_from": be(clock.today()), "reason": "r", "version": "0"}
    form = SettingForm(data, entry=entry, root=SettingHead("x.y"))
    assert form.is_valid(), form.errors
    assert form.facts["value"] == value
    assert in_words(entry, value)


def test_every_default_could_be_set_by_hand(cast: Cast) -> None:
    """What came with the system is within the limits that the page asks for."""
    for entry in entries():
        form = SettingForm(None, entry=entry, root=SettingHead(entry.key))
        bound = {name: form[name].value() for name in form.fields}
        if entry.kind == Kind.CODES:
            bound["value"] = list(entry.default)
        bound |= {"reason": "r", "version": "0", "valid_from": be(clock.today())}
        again = SettingForm(bound, entry=entry, root=SettingHead(entry.key))
        assert again.is_valid(), (entry.key, again.errors)
        assert pack(entry, again.facts["value"]) == pack(entry, entry.default)


# --- who


@pytest.mark.parametrize("who", ["officer", "executive", "partner_rep", "agency_admin", "reviewer", "stranger"])
def test_others_are_refused_and_see_no_way_there(cast: Cast, client: Client, who: str) -> None:
    client.force_login(cast.people[who].user)
    for name, arguments in (
        ("system", []),
        ("setting_list", []),
        ("setting_change", [SUM]),
        ("setting_history", [SUM]),
    ):
        assert client.get(reverse(f"partnerships:{name}", args=arguments)).status_code == 403
    assert send(client, SUM, value="1").status_code == 403
    with pytest.raises(NotYou):
        change_setting(key=SUM, value=1, valid_from=clock.today(), reason="x", by=cast.people[who].actor)
    actor = cast.people[who].actor
    assert not [entry for entry in nav_for(actor) if entry.url_name == "partnerships:system"]
    assert admin_cards_for(actor) == [] or who == "agency_admin"


def test_the_hub_leads_to_everything(opdc: Client, cast: Cast) -> None:
    page = opdc.get(reverse("partnerships:system")).content.decode()
    cards = admin_cards_for(cast.opdc.actor)
    assert len(cards) >= 5
    for card in cards:
        assert f'href="{card.url}"' in page
        assert opdc.get(card.url).status_code == 200
    assert "ตั้งค่าระบบ" in opdc.get("/").content.decode()


def test_a_setting_that_does_not_exist_is_not_found(opdc: Client) -> None:
    assert opdc.get(reverse("partnerships:setting_change", args=["x.unknown"])).status_code == 404


def test_lists_cost_the_same_however_long_the_history(opdc: Client, django_assert_num_queries: Any, cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(name: str, *arguments: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            opdc.get(reverse(f"partnerships:{name}", args=arguments))
        return len(queries)

    def change(number: int) -> None:
        for n in range(number):
            entry = entry_of(MONTHS)
            settings_history.change_setting(key=entry.key, value=n, by=cast.opdc.actor, reason="r")

    change(1)
    once = cost("setting_list"), cost("setting_history", MONTHS), cost("notice_list")
    change(30)
    assert (cost("setting_list"), cost("setting_history", MONTHS), cost("notice_list")) == once
