"""Partners and the organisation one acts for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from partnerships.enums import OrganisationKind, Role
from partnerships.middleware import SESSION_KEY
from tests.cast import Cast
from tests.factories import OrganisationFactory, member_of

LIST = "partnerships:organisation_list"


def browser(person: Any) -> Client:
    client = Client()
    client.force_login(person.user)
    client.cookies["django_language"] = "en"
    return client


def detail(cast: Cast, name: str) -> str:
    return reverse("partnerships:organisation_detail", args=[cast.organisations[name].pk])


@pytest.mark.parametrize("person", ["officer", "executive", "opdc"])
def test_agencies_and_opdc_look_for_partners(cast: Cast, person: str) -> None:
    page = browser(getattr(cast, person)).get(reverse(LIST)).context["page"]

    assert {row.name_th for row in page} == {"มูลนิธิภาคี (สมมติ)", "สมาคมคู่แข่ง (สมมติ)"}


@pytest.mark.parametrize("person", ["partner_rep", "stranger"])
def test_others_do_not_look_for_partners_and_see_only_what_is_public(cast: Cast, person: str) -> None:
    client = browser(getattr(cast, person))

    assert client.get(reverse(LIST)).status_code == 403
    assert client.get(detail(cast, "agency")).status_code == 404
    shown = client.get(detail(cast, "rival"))
    assert shown.status_code == 200
    assert shown.context["profile"].professional is None


def test_the_own_organisation_leads_to_its_people(cast: Cast) -> None:
    people = reverse("partnerships:people", args=[cast.organisations["partner"].pk])
    client = browser(cast.partner_rep)

    assert people in client.get(detail(cast, "partner")).content.decode()
    assert cast.partner_finance.user.full_name_th in client.get(people).content.decode()


def test_an_agency_sees_a_partner_without_its_people(cast: Cast) -> None:
    text = browser(cast.officer).get(detail(cast, "partner")).content.decode()

    assert "มูลนิธิภาคี (สมมติ)" in text
    assert cast.partner_finance.user.full_name_th not in text


@pytest.mark.parametrize(("query", "found"), [({"q": "มูลนิธิ"}, 1), ({"q": "Rival"}, 1), ({"kind": "private"}, 0)])
def test_partners_are_found_by_name_in_either_language_and_by_kind(
    cast: Cast, query: dict[str, str], found: int
) -> None:
    assert len(browser(cast.opdc).get(reverse(LIST), query).context["page"]) == found


@pytest.mark.parametrize("query", [{}, {"q": "กลุ่ม คนรักถิ่น"}, {"kind": "community"}, {"q": "กลุ่ม", "kind": "community"}])
def test_the_list_costs_the_same_at_one_and_at_thirty(
    cast: Cast, query: dict[str, str], django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = browser(cast.opdc)
    OrganisationFactory(kind=OrganisationKind.COMMUNITY, name_th="กลุ่มคนรักถิ่น (สมมติ)")
    with django_assert_max_num_queries(20) as counted:
        assert len(client.get(reverse(LIST), query).context["page"]) >= 1
    for number in range(29):
        OrganisationFactory(kind=OrganisationKind.COMMUNITY, name_th=f"กลุ่มคนรักถิ่น {number} (สมมติ)")
    with django_assert_num_queries(len(counted)):
        assert len(client.get(reverse(LIST), query).context["page"]) == 25


def test_a_page_reads_the_memberships_of_its_reader_once(cast: Cast) -> None:
    client = browser(cast.officer)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse(LIST))

    assert sum('FROM "partnerships_membership"' in query["sql"] for query in captured) == 1


# --- for whom one acts


def switch(client: Client, value: Any) -> int | None:
    client.post(reverse("partnerships:acting_switch"), {"membership": value})
    return client.session.get(SESSION_KEY)


def test_a_person_of_two_organisations_switches_between_them(cast: Cast) -> None:
    member_of(cast.organisations["rival"], Role.STAFF, user=cast.partner_rep.user)
    client = browser(cast.partner_rep)

    assert switch(client, cast.organisations["rival"].pk) == cast.organisations["rival"].pk
    assert client.get(detail(cast, "rival")).context["own"]
    assert not client.get(detail(cast, "partner")).context["own"]


@pytest.mark.parametrize("value", ["", "nobody", "²", "99999999999999999999999"])
def test_a_switch_to_nothing_changes_nothing(cast: Cast, value: str) -> None:
    assert switch(browser(cast.partner_rep), value) is None


def test_nobody_acts_for_a_foreign_organisation(cast: Cast) -> None:
    client = browser(cast.partner_rep)
    assert switch(client, cast.organisations["agency"].pk) is None

    session = client.session
    session[SESSION_KEY] = cast.organisations["agency"].pk  # even where a session says so
    session.save()
    assert client.get(reverse("partnerships:mission_create")).status_code == 403


def test_a_membership_that_has_ended_gives_nothing(cast: Cast) -> None:
    user = cast.partner_rep.user
    user.memberships.update(ends_on=clock.today() - timedelta(days=1))

    shown = browser(cast.partner_rep).get(detail(cast, "partner"))
    assert not shown.context["own"]
    assert shown.context["profile"].professional is None
