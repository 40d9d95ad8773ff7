"""The privacy notice: published version by version, never changed."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.audit import history_of
from partnerships.models import PrivacyAcceptance, PrivacyNotice
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def opdc(cast: Cast, client: Client) -> Client:
    PrivacyAcceptance.objects.all().delete()
    PrivacyNotice.objects.all().delete()
    client.force_login(cast.opdc.user)
    return client


def be(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year + 543}"


def publish(client: Client, *, version: str | None = None, **data: Any) -> Any:
    last = PrivacyNotice.objects.first()
    stamp = {"version": version or str(last.version if last else 0), "key": str(uuid.uuid4())}
    values = {"text_th": "ข้อความ", "text_en": "Text", "valid_from": be(clock.today()), **stamp, **data}
    return client.post(reverse("partnerships:privacy_notice_create"), values, follow=True)


def test_versions_are_counted_and_begin_from_the_text_before(opdc: Client, cast: Cast) -> None:
    assert "เผยแพร่ฉบับใหม่แล้ว" in publish(opdc).content.decode()
    day = clock.today() + timedelta(days=10)
    publish(opdc, text_th="ข้อความใหม่", valid_from=be(day))
    first, second = PrivacyNotice.objects.order_by("version")
    assert (first.version, second.version, second.valid_from) == (1, 2, day)
    assert second.published_by == cast.opdc.user
    assert history_of(second).get().kind == "privacynotice.publish"
    form = opdc.get(reverse("partnerships:privacy_notice_create")).context["form"]
    assert form["text_th"].value() == "ข้อความใหม่"
    page = opdc.get(reverse("partnerships:privacy_notice_list")).content.decode()
    assert page.count("มีผลในวันนี้") == 1
    assert "ข้อความใหม่" in opdc.get(reverse("partnerships:privacy_notice_detail", args=[2])).content.decode()


@pytest.mark.parametrize(
    ("data", "field", "told"),
    [
        ({"text_th": ""}, "text_th", "โปรดกรอก"),
        ({"text_th": "อื่น", "valid_from": "1/1/2560"}, "valid_from", "ก่อนวันที่เผยแพร่ไม่ได้"),
        ({"text_th": "อื่น", "valid_from": "today"}, "valid_from", "วันที่"),
        ({"text_th": "อื่น"}, "valid_from", "วันที่ช้ากว่านี้"),
    ],
)
def test_bad_input_is_told_at_its_field(opdc: Client, data: dict[str, str], field: str, told: str) -> None:
    publish(opdc, valid_from=be(clock.today() + timedelta(days=5)))
    answer = publish(opdc, **data)
    assert told in " ".join(answer.context["form"].errors[field])
    assert answer.context["form"].data["text_en"] == "Text"
    assert PrivacyNotice.objects.count() == 1


def test_the_same_text_is_no_new_version(opdc: Client) -> None:
    publish(opdc)
    assert "ข้อความตรงกับฉบับล่าสุด" in publish(opdc).content.decode()
    assert PrivacyNotice.objects.count() == 1


def test_two_at_once_the_second_is_told(opdc: Client) -> None:
    publish(opdc)
    answer = publish(opdc, version="0", text_th="อื่น")
    assert "มีผู้อื่นแก้ไขข้อมูลนี้" in answer.content.decode()
    assert PrivacyNotice.objects.count() == 1


def test_others_are_refused(cast: Cast, client: Client) -> None:
    for who in ("officer", "partner_rep", "stranger"):
        client.force_login(cast.people[who].user)
        for name in ("privacy_notice_list", "privacy_notice_create"):
            assert client.get(reverse(f"partnerships:{name}")).status_code == 403
        assert publish(client, text_th="อื่น").status_code == 403
