"""Synthetic data: the same for the same number, in the fixed mix, quickly, and only into an empty database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from stdnum.th import moa

from agreements.models import Agreement, Call
from demo.scale.load import load_scale
from partnerships.enums import OrganisationKind
from partnerships.models import Membership, MembershipRole, Mission, Organisation, ServiceArea, User
from tests.factories import OrganisationFactory

DAY = date(2026, 11, 26)
SIZE = 380
pytestmark = pytest.mark.django_db


def rows_of(size: int, day: date = DAY) -> dict[str, Any]:
    """What `size` stores, but for ids; nothing of it stays."""
    with transaction.atomic():
        load_scale(size, day)
        partners = Organisation.objects.partners()
        found = {
            "partners": list(
                partners.order_by("pk").values_list("name_th", "name_en", "kind", "tax_number", "address")
            ),
            "fields": list(partners.order_by("pk", "fields_of_work").values_list("fields_of_work__code", flat=True)),
            "areas": list(ServiceArea.objects.order_by("pk").values_list("organisation__name_th", "province_code")),
            "missions": list(
                Mission.objects.order_by("pk").values_list("reference", "title", "form", "agency__name_th")
            ),
            "calls": list(Call.objects.order_by("pk").values_list("reference", "state", "closes_at")),
            "agreements": list(Agreement.objects.order_by("pk").values_list("reference", "step", "standing", "total")),
        }
        transaction.set_rollback(True)
    return found


def test_the_same_number_gives_the_same_rows_and_another_gives_others() -> None:
    once = rows_of(SIZE)

    assert once == rows_of(SIZE)
    assert once["fields"] != rows_of(SIZE + 38)["fields"][: len(once["fields"])]


def test_eight_in_thirty_eight_are_local_governments_and_every_name_is_marked_and_single() -> None:
    load_scale(SIZE, DAY)
    partners = Organisation.objects.partners()

    assert partners.count() == SIZE
    assert partners.filter(kind=OrganisationKind.LOCAL_GOVERNMENT).exclude(local_type="").count() == 80
    names = set(partners.values_list("name_th", flat=True))
    assert len(names) == SIZE
    assert all("(สมมติ)" in name for name in names)
    assert partners.search("สมมติ").count() == SIZE  # searchable although stored in bulk


def test_numbers_and_places_are_sound() -> None:
    load_scale(SIZE, DAY)

    numbers = Organisation.objects.exclude(tax_number="").values_list("tax_number", flat=True)
    assert numbers and all(moa.is_valid(number) for number in numbers)
    for partner in Organisation.objects.partners():
        assert partner.subdistrict_code.startswith(partner.district_code)
        assert partner.district_code.startswith(partner.province_code)
        assert partner.province


def test_every_partner_has_a_person_and_nobody_can_log_in_by_password() -> None:
    load_scale(SIZE, DAY)

    assert Membership.objects.filter(organisation__in=Organisation.objects.partners()).count() == SIZE
    assert not MembershipRole.objects.filter(membership__isnull=True).exists()
    assert not any(user.has_usable_password() for user in User.objects.all()[:50])


def test_four_times_the_partners_take_less_than_twice_the_statements() -> None:
    """Rows are written in bulk: statements grow longer, and on SQLite, which takes some hundred rows at once, a few more."""
    asked = {}
    for size in (SIZE, 4 * SIZE):
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            load_scale(size, DAY)
            transaction.set_rollback(True)
        asked[size] = len(queries)
    assert asked[4 * SIZE] < 2 * asked[SIZE], asked


def test_data_that_are_there_are_left_alone() -> None:
    OrganisationFactory()

    with pytest.raises(CommandError, match="empty"):
        call_command("seed_scale", size=10)
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("size", [0, -1])
def test_a_size_below_one_is_refused(size: int) -> None:
    with pytest.raises(CommandError, match="1 or more"):
        call_command("seed_scale", size=size)
