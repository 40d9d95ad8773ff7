"""Which names are hinted at as one organisation, by a literal table; and that a hint costs a province, not the register."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.workflow import set_first_state
from partnerships.enums import OrganisationKind, OrganisationStanding
from partnerships.models import NotDuplicate, Organisation
from partnerships.queries.duplicates import (
    ENOUGH,
    SAME_FORM,
    SAME_NAME,
    SAME_PROVINCE,
    likeness,
    pairs_by_name,
    pairs_by_number,
    similar_to,
)
from tests.factories import OrganisationFactory, UserFactory

ONE = [
    ("มูลนิธิร่มเงาเด็ก (สมมติ)", "มูลนิธิ ร่มเงาเด็ก"),
    ("มูลนิธิร่มเงาเด็กบ้านแสงตะวัน", "มูลนิธิร่มเงาเด็กบ้านแสงตะวัณ"),  # one letter
    ("มูลนิธิเพื่อเด็กและเยาวชนริมธาร", "มูลนิธิเด็กและเยาวชนริมธาร"),  # a joining word
    ("มูลนิธิเเม่ธารทอง", "มูลนิธิแม่ธารทอง"),  # two เ for one แ
    ("มูลนิธิน้ําใจริมธาร", "มูลนิธิน้ำใจริมธาร"),  # split ำ
    ("มูลนิธิริมธารเพื่อผู้สูงอายุ ในพระบรมราชูปถัมภ์", "มูลนิธิริมธารเพื่อผู้สูงอายุฯ"),
    ("มูลนิธิธารน้ำใจ จังหวัดน่าน", "มูลนิธิธารน้ำใจ"),
    ("มูลนิธิธารน้ำใจ จ.น่าน", "มูลนิธิธารน้ำใจ จังหวัดน่าน"),
    ("สมาคมผู้สูงอายุอำเภอริมธาร", "สมาคมผู้สูงอายุ อ.ริมธาร"),
    ("สมาคมคนพิการทุ่งสมมติ", "สมาคมคนพิการทุงสมมติ"),  # a tone mark left out
    ("สมาคมสตรีนาฝันแห่งประเทศไทย", "สมาคมสตรีนาฝัน"),
    ("บริษัท ธารสมมติ จำกัด", "บจก.ธารสมมติ"),
    ("บริษัท ธารสมมติพัฒนา จำกัด (มหาชน)", "บมจ. ธารสมมติพัฒนา"),
    ("ห้างหุ้นส่วนจำกัด ธารสมมติการช่าง", "หจก.ธารสมมติการช่าง"),
    ("องค์การบริหารส่วนตำบลนาฝัน", "อบต.นาฝัน"),
    ("องค์การบริหารส่วนตำบลนาฝัน", "อบต. นาฝัน จังหวัดน่าน"),
    ("องค์การบริหารส่วนจังหวัดนครสมมติ", "อบจ.นครสมมติ"),
    ("เทศบาลตำบลทุ่งสมมติ", "ทต.ทุ่งสมมติ"),
    ("เทศบาลเมืองทุ่งสมมติ", "ทม. ทุ่งสมมติ"),
    ("เทศบาลนครสมมติ", "ทน.สมมติ"),
    ("กลุ่มจิตอาสาตำบลนาฝัน", "ชมรมจิตอาสาตำบลนาฝัน"),  # informal words change freely
    ("กลุ่มแม่บ้านหมู่ที่ ๕ ตำบลนาฝัน", "กลุ่มแม่บ้านหมู่ที่ 5 ตำบลนาฝัน"),
    ("เครือข่ายพิทักษ์สิทธิเด็ก นครสมมติ", "เครือข่ายนครสมมติ พิทักษ์สิทธิเด็ก"),  # words in another order
    ("ศูนย์วิจัยสังคมสูงวัยธารสมมติ", "ศูนย์วิจัยสังคมสูงวัย ธารสมมติ"),
    ("สถาบันพัฒนาครอบครัวริมธาร", "สถาบันพัฒนาครอบครัวริมทาร"),
]
TWO = [
    ("มูลนิธิร่มเงาเด็ก", "สมาคมร่มเงาเด็ก"),  # two legal persons
    ("มูลนิธิร่มเงาเด็ก", "มูลนิธิร่มเงาผู้สูงอายุ"),
    ("มูลนิธิร่มเงาเด็ก", "ร่มเงาเด็ก จำกัด"),
    ("มูลนิธิธารน้ำใจ จังหวัดน่าน", "มูลนิธิธารน้ำใจ จังหวัดแพร่"),
    ("สมาคมผู้สูงอายุอำเภอริมธาร", "สมาคมผู้สูงอายุอำเภอปลายธาร"),
    ("สมาคมผู้สูงอายุจังหวัดน่าน", "สมาคมผู้สูงอายุจังหวัดแพร่"),
    ("สมาคมสตรีตำบลนาฝัน", "สมาคมสตรีตำบลนาดี"),
    ("องค์การบริหารส่วนตำบลนาฝัน", "เทศบาลตำบลนาฝัน"),  # both may stand side by side
    ("เทศบาลเมืองทุ่งสมมติ", "เทศบาลตำบลทุ่งสมมติ"),
    ("อบต.บ้านใหม่", "อบต.บ้านใหญ่"),
    ("อบต.หนองบัว", "อบต.หนองบอน"),
    ("อบต.ทุ่งสมมติเหนือ", "อบต.ทุ่งสมมติใต้"),
    ("อบจ.นครสมมติ", "ทน.นครสมมติ"),
    ("กลุ่มแม่บ้านหมู่ที่ 5 ตำบลนาฝัน", "กลุ่มแม่บ้านหมู่ที่ 6 ตำบลนาฝัน"),
    ("กลุ่มออมทรัพย์บ้านหนองบัว", "กลุ่มออมทรัพย์บ้านหนองบอน"),
    ("ชมรมผู้สูงอายุบ้านธารเหนือ", "ชมรมผู้สูงอายุบ้านธารใต้"),
    ("เครือข่ายเด็กชายริมธาร", "เครือข่ายเด็กหญิงริมธาร"),
    ("ศูนย์พัฒนาเด็กเล็กริมธาร 1", "ศูนย์พัฒนาเด็กเล็กริมธาร 2"),
    ("สถาบันพัฒนาครอบครัวริมธาร", "สถาบันวิจัยครอบครัวริมธาร"),
    ("บริษัท ธารสมมติ จำกัด", "ห้างหุ้นส่วนจำกัด ธารสมมติ"),
]


@pytest.mark.parametrize(("first", "second"), ONE)
def test_names_that_may_be_one(first, second):
    assert likeness(first, second) >= ENOUGH
    assert likeness(second, first) >= ENOUGH


@pytest.mark.parametrize(("first", "second"), TWO)
def test_names_that_are_two(first, second):
    assert likeness(first, second) < ENOUGH
    assert likeness(second, first) < ENOUGH


# --- in the register ----------------------------------------------------------------------------------------------------


def partner(name: str, province: str = "55", **facts: object) -> Organisation:
    return OrganisationFactory(name_th=name, province_code=province, **facts)


def hinted(name: str, province: str = "55", **more: object) -> list[str]:
    return [organisation.name_th for organisation, _likeness, _reasons in similar_to(name, province, **more)]


@pytest.mark.django_db
def test_the_likest_comes_first_with_its_reasons():
    near, same = partner("มูลนิธิธารน้ำใจดี"), partner("มูลนิธิธารน้ำใจ")
    partner("มูลนิธิอื่น")
    found = similar_to("มูลนิธิ ธารน้ำใจ", "55")
    assert [organisation for organisation, _l, _r in found] == [same, near]
    assert found[0][1] == 100
    assert found[0][2] == [SAME_NAME, SAME_FORM, SAME_PROVINCE]


@pytest.mark.django_db
def test_a_subdistrict_of_the_same_name_in_another_province_is_another_one():
    partner("องค์การบริหารส่วนตำบลนาฝัน", "55", kind=OrganisationKind.LOCAL_GOVERNMENT)
    assert hinted("อบต.นาฝัน", "54") == []
    assert hinted("อบต.นาฝัน", "55") == ["องค์การบริหารส่วนตำบลนาฝัน"]


@pytest.mark.django_db
def test_the_very_name_of_a_foundation_is_hinted_at_in_another_province_too():
    partner("มูลนิธิธารน้ำใจ", "54")
    partner("มูลนิธิธารน้ำใจดี", "54")
    assert hinted("มูลนิธิธารน้ำใจ", "55") == ["มูลนิธิธารน้ำใจ"]


@pytest.mark.django_db
def test_an_organisation_is_no_duplicate_of_itself_nor_of_a_draft_or_a_merged_one():
    own = partner("มูลนิธิธารน้ำใจ")
    draft = OrganisationFactory.build(name_th="มูลนิธิธารน้ำใจ", province_code="55")
    set_first_state(draft, standing=OrganisationStanding.DRAFT)
    draft.save()
    assert hinted("มูลนิธิธารน้ำใจ", exclude_pk=own.pk) == []


@pytest.mark.django_db
def test_pairs_of_a_province_without_those_found_to_be_two():
    first, second = partner("มูลนิธิธารน้ำใจ"), partner("มูลนิธิธารนํ้าใจ (สมมติ)")
    third = partner("มูลนิธิธารน้ำใจดี")
    partner("มูลนิธิธารน้ำใจ", "54")
    found = {(pair.first.pk, pair.second.pk) for pair in pairs_by_name("55")}
    assert found == {(first.pk, second.pk), (first.pk, third.pk), (second.pk, third.pk)}
    NotDuplicate.objects.create(first=first, second=third, decided_by=UserFactory(), decided_at=clock.now())
    assert (first.pk, third.pk) not in {(pair.first.pk, pair.second.pk) for pair in pairs_by_name("55")}


@pytest.mark.django_db
def test_pairs_that_gave_the_same_number_under_different_kinds():
    first = partner("มูลนิธิหนึ่ง", registration_number="ก 1/2569")
    second = partner("สมาคมสอง", registration_number="ก 1/2569", kind=OrganisationKind.ASSOCIATION)
    partner("มูลนิธิสาม", registration_number="ก 2/2569")
    assert [(pair.first, pair.second) for pair in pairs_by_number()] == [(first, second)]


@pytest.mark.django_db
def test_a_hint_looks_at_one_province_in_two_or_three_queries():
    """5,000 in the register, 100 in the province: what is fetched is the province."""
    rows = [
        OrganisationFactory.build(name_th=f"มูลนิธิทดสอบที่ {n} นครสมมติ", province_code=f"{10 + n % 50}")
        for n in range(5_000)
    ]
    for row in rows:
        row.set_derived()
    Organisation.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as asked:
        found = similar_to("มูลนิธิทดสอบที่ 45 นครสมมติ", "55")
    assert found[0][0].name_th == "มูลนิธิทดสอบที่ 45 นครสมมติ"
    assert len(asked) <= 3
    assert all("province_code" in query["sql"] for query in asked), "the register is not read, the province is"
