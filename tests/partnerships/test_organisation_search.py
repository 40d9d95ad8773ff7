"""Finding an organisation among many: by words as people type them, place, field and target group; by index."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from partnerships.enums import OrganisationKind
from partnerships.models import FieldOfWork, Organisation, TargetGroup
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

NAME = "มูลนิธิน้ำใจเพื่อเด็กแม่แฝก (สมมติ)"


def names(rows: Any) -> set[str]:
    return {row.name_th for row in rows}


@pytest.mark.parametrize(
    "typed",
    [
        "น้ำใจ",
        "  มูลนิธิ   น้ำใจ ",
        "เด็ก มูลนิธิ",  # in another order
        "นํ้าใจ",  # sara am typed as two signs, tone mark last
        "เเม่แฝก",  # two sara e for sara ae
        "MERCY",
        "mercy foundation",
        "(สมมติ)",
    ],
)
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    OrganisationFactory(name_th=NAME, name_en="Mercy Foundation (fictitious)")
    OrganisationFactory(name_th="สมาคมอื่น", name_en="Another Association")

    assert names(Organisation.objects.search(typed)) == {NAME}


@pytest.mark.parametrize("typed", ["", "   ", "...", "()", "%", "_", "ไม่มีชื่อนี้", "มูลนิธิ สมาคม"])
def test_nothing_is_found_by_what_no_name_has(typed: str) -> None:
    OrganisationFactory(name_th=NAME)

    assert not Organisation.objects.search(typed)


def test_many_words_are_no_burden() -> None:
    OrganisationFactory(name_th=NAME)

    assert names(Organisation.objects.search("เด็ก " * 500)) == {NAME}


def test_field_target_group_and_province_narrow_together() -> None:
    field, other = FieldOfWork.objects.all()[:2]
    group = TargetGroup.objects.all()[0]
    both = OrganisationFactory(province_code="50")
    both.fields_of_work.add(field, other)
    both.target_groups.add(group)
    OrganisationFactory(province_code="50").fields_of_work.add(other)
    OrganisationFactory(province_code="10").fields_of_work.add(field)

    found = Organisation.objects.in_province("50").with_field(field.pk).with_target_group(group.pk)

    assert list(found) == [both]
    assert Organisation.objects.with_field(other.pk).count() == 2


def test_what_is_stored_in_bulk_is_found_and_sorted_too() -> None:
    Organisation.objects.bulk_create([Organisation(kind=OrganisationKind.CHARITY, name_th="เพื่อนเด็ก")])

    assert Organisation.objects.search("เด็ก").get().sort_key.startswith("พเ")


@pytest.mark.postgres
def test_the_index_serves_the_search_as_django_writes_it() -> None:
    OrganisationFactory(name_th=NAME)
    with connection.cursor() as cursor:  # so few rows would be read without any index
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")

    plan = Organisation.objects.search("เด็กแม่แฝก").explain()

    assert "Bitmap Index Scan on organisation_search_trigrams" in plan
    assert "Index Cond: ((search_text)::text ~~ '%เด็กแม่แฝก%'::text)" in plan
