"""The list of partners: every filter by itself and together, and its cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from partnerships.enums import OrganisationKind
from partnerships.models import FieldOfWork, Organisation, TargetGroup
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(cast) -> Client:
    Organisation.objects.partners().update(verified_until=None, province_code="")
    client = Client()
    client.force_login(cast.officer.user)
    return client


def found(client: Client, **wanted) -> set[str]:
    answer = client.get(reverse("partnerships:organisation_list"), wanted)
    assert answer.status_code == 200
    return {row["organisation"].name_th for row in answer.context["rows"]} - {"มูลนิธิภาคี (สมมติ)", "สมาคมคู่แข่ง (สมมติ)"}


def test_each_filter_narrows(officer):
    today = clock.today()
    field, group = FieldOfWork.objects.first(), TargetGroup.objects.first()
    one = OrganisationFactory(name_th="มูลนิธิหนึ่ง", province_code="55", verified_until=today)
    one.fields_of_work.add(field)
    two = OrganisationFactory(
        name_th="สมาคมสอง", kind=OrganisationKind.ASSOCIATION, verified_until=today - timedelta(days=1)
    )
    two.target_groups.add(group)
    OrganisationFactory(name_th="มูลนิธิสาม", verified_until=None, blocked_at=clock.now())
    for wanted, names in (
        ({}, {"มูลนิธิหนึ่ง", "สมาคมสอง", "มูลนิธิสาม"}),
        ({"q": "หนึ่ง"}, {"มูลนิธิหนึ่ง"}),
        ({"province": "55"}, {"มูลนิธิหนึ่ง"}),
        ({"kind": "association"}, {"สมาคมสอง"}),
        ({"field": field.pk}, {"มูลนิธิหนึ่ง"}),
        ({"group": group.pk}, {"สมาคมสอง"}),
        ({"standing": "verified"}, {"มูลนิธิหนึ่ง"}),
        ({"standing": "expired"}, {"สมาคมสอง"}),
        ({"standing": "blocked"}, {"มูลนิธิสาม"}),
        ({"standing": "verified", "kind": "association"}, set()),
        ({"province": "00", "kind": "nonsense", "field": "x"}, {"มูลนิธิหนึ่ง", "สมาคมสอง", "มูลนิธิสาม"}),
    ):
        assert found(officer, **wanted) == names, wanted
    assert "มูลนิธิสาม" in found(officer, standing="unverified")


@pytest.mark.parametrize("narrowed", ["", "q", "province", "kind", "field", "group", "standing"])
def test_the_list_costs_the_same_at_1_and_30(officer, narrowed):
    field, group = FieldOfWork.objects.first(), TargetGroup.objects.first()
    values = {
        "q": "มูลนิธิ", "province": "55", "kind": "foundation", "field": field.pk, "group": group.pk, "standing": "verified",
    }  # fmt: skip
    wanted, counts = {narrowed: values[narrowed]} if narrowed else {}, []
    for more in (1, 29):
        for _n in range(more):
            one = OrganisationFactory(province_code="55", verified_until=clock.today())
            one.fields_of_work.add(field)
            one.target_groups.add(group)
        with CaptureQueriesContext(connection) as asked:
            answer = officer.get(reverse("partnerships:organisation_list"), wanted)
        counts.append((len(answer.context["rows"]) > 0, len(asked)))
    assert counts[0] == counts[1]
    assert counts[0][0]
