"""The list of agreements: whose it holds, how it is narrowed, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.agreements import open_commissioning
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def joint(world):
    return world.born("commissioning")


# --- the list -------------------------------------------------------------------------------------------------------


def listed(client, world, person, **query):
    client.force_login(world.cast.people[person].user)
    response = client.get(reverse("agreements:agreement_list"), query)
    assert response.status_code == 200
    return [row["agreement"].reference for row in response.context["rows"]]


def test_the_list_holds_ones_own_and_all_to_opdc(world, joint, client):
    for person, count in (
        ("officer", 1),
        ("partner_staff", 1),
        ("opdc", 1),
        ("rival_rep", 0),
        ("other_officer", 0),
        ("stranger", 0),
    ):
        assert len(listed(client, world, person)) == count, person


def test_the_list_is_narrowed_by_form_standing_and_words(world, joint, client):
    assert listed(client, world, "officer", form="commissioning") == [joint.reference]
    assert listed(client, world, "officer", form="grant") == []
    assert listed(client, world, "officer", standing="in_force") == []
    assert listed(client, world, "officer", q=joint.reference[:9]) == [joint.reference]
    assert listed(client, world, "officer", q="ไม่มีชื่อนี้") == []


def test_the_list_costs_the_same_at_1_and_at_30_rows_and_goes_on(world, client):
    mission, partner = world.mission("commissioning"), world.cast.organisations["partner"]

    def open_one() -> None:
        open_commissioning(mission=mission, title="สัญญาร่วม", partner_ids=[partner.pk], by=world.act("officer"))

    open_one()
    listed(client, world, "officer")
    with CaptureQueriesContext(connection) as at_one:
        listed(client, world, "officer")
    for _number in range(29):
        open_one()
    with CaptureQueriesContext(connection) as at_thirty:
        first = listed(client, world, "officer")
    assert len(at_one) == len(at_thirty)

    response = client.get(reverse("agreements:agreement_list"))
    following = client.get(reverse("agreements:agreement_list") + response.context["page"].next_url)
    seen = first + [row["agreement"].reference for row in following.context["rows"]]
    assert len(seen) == len(set(seen)) == 30
