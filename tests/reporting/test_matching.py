"""Partners found and ranked for a mission, put on its shortlist; what fits a partner; who may look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from partnerships.models import (
    FieldOfWork,
    Mission,
    MissionArea,
    Organisation,
    ServiceArea,
    ShortlistEntry,
    TargetGroup,
)
from reporting.matching.partners import POOL, partners_for
from tests.factories import MissionFactory, OrganisationFactory
from tests.html_tools import page_of
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def mission(cast) -> Mission:
    """Elderly care for older persons in Nonthaburi."""
    mission = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user, form="pbc")
    mission.fields_of_work.add(FieldOfWork.objects.get(code="elderly_care"))
    mission.target_groups.add(TargetGroup.objects.get(code="older_persons"))
    MissionArea.objects.create(mission=mission, province_code="12")
    return mission


def partner(
    name: str, *, field: str = "", group: str = "", province: str = "50", verified: bool = False
) -> Organisation:
    until = clock.today() + timedelta(days=90) if verified else None
    organisation = OrganisationFactory(name_th=name, province_code=province, verified_until=until)
    if field:
        organisation.fields_of_work.add(FieldOfWork.objects.get(code=field))
    if group:
        organisation.target_groups.add(TargetGroup.objects.get(code=group))
    return organisation


def names(matches) -> list[str]:
    return [match.organisation.name_th for match in matches]


def logged_in(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def page(mission) -> str:
    return reverse("reporting:mission_matching", args=[mission.reference])


def test_the_better_fit_stands_before_the_worse(mission):
    partner("ค ตรงสาขาเท่านั้น (สมมติ)", field="elderly_care")
    partner("ข ตรงทุกอย่างแต่ยังไม่ตรวจสอบ (สมมติ)", field="elderly_care", group="older_persons", province="12")
    partner(
        "ก ตรงทุกอย่างและตรวจสอบแล้ว (สมมติ)", field="elderly_care", group="older_persons", province="12", verified=True
    )
    partner("ง ไม่ตรงเลย (สมมติ)", field="environment")
    found = partners_for(mission)
    assert [name[0] for name in names(found)] == ["ก", "ข", "ค"]
    assert [match.points for match in found] == [75, 65, 30]


def test_a_province_served_from_elsewhere_counts_like_ones_own(mission):
    away = partner("ไกลแต่ให้บริการถึง (สมมติ)", field="elderly_care", province="50")
    ServiceArea.objects.create(organisation=away, province_code="12")
    assert partners_for(mission)[0].parts[0].points == 25


def test_the_blocked_and_those_outside_the_register_are_left_out(mission):
    blocked = partner("ถูกระงับ (สมมติ)", field="elderly_care")
    Organisation.objects.filter(pk=blocked.pk).update(blocked_at=clock.real_now())
    draft = Organisation(kind="foundation", name_th="ร่าง (สมมติ)", province_code="12")
    from core.workflow import set_first_state

    set_first_state(draft, standing="draft")
    draft.save()
    assert partners_for(mission) == []


def test_a_mission_that_names_nothing_shows_the_verified(cast):
    bare = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user)
    partner("ตรวจสอบแล้ว (สมมติ)", verified=True)
    assert "ตรวจสอบแล้ว (สมมติ)" in names(partners_for(bare))


def test_the_number_of_queries_does_not_grow(mission, django_assert_num_queries, cast):
    client = logged_in(cast.officer)
    partner("หนึ่ง (สมมติ)", field="elderly_care", group="older_persons", province="12")
    ask = lambda: client.get(page(mission))
    ask()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        assert ask().status_code == 200
    for number in range(29):
        partner(f"อีก {number} (สมมติ)", field="elderly_care", group="older_persons", province="12")
    with CaptureQueriesContext(connection) as thirty:
        html = ask().content.decode()
    assert len(one) == len(thirty), "\n".join(query["sql"] for query in thirty.captured_queries)
    assert len(page_of(html).all("li.match")) == 20


def test_no_more_than_the_pool_are_looked_at(mission):
    field = FieldOfWork.objects.get(code="elderly_care")
    rows = [Organisation(kind="foundation", name_th=f"จำนวนมาก {n:04d} (สมมติ)") for n in range(POOL + 20)]
    for row in rows:
        row.set_derived()
    rows = Organisation.objects.bulk_create(rows)
    field.organisations.add(*rows)
    assert len(partners_for(mission)) == POOL


def test_the_officer_puts_candidates_on_the_shortlist_with_their_strongest_points(cast, mission):
    first = partner("หนึ่ง (สมมติ)", field="elderly_care", province="12")
    second = partner("สอง (สมมติ)", field="elderly_care")
    client = logged_in(cast.officer)
    answer = client.post(
        page(mission), {"organisations": [first.pk, second.pk], "reason": "", "version": mission.version, "key": "k1"}
    )
    assert answer.status_code == 302
    entries = {entry.organisation_id: entry for entry in ShortlistEntry.objects.filter(mission=mission)}
    assert set(entries) == {first.pk, second.pk}
    assert "นนทบุรี" in entries[first.pk].reason
    html = page_of(client.get(page(mission)).content.decode())
    assert len(html.all("li.match .status-good")) == 2


def test_choosing_nobody_is_told_in_thai_and_the_reason_typed_is_kept(cast, mission):
    partner("หนึ่ง (สมมติ)", field="elderly_care")
    answer = logged_in(cast.officer).post(
        page(mission), {"reason": "เหตุผลที่พิมพ์ไว้", "version": mission.version, "key": "k"}
    )
    html = page_of(answer.content.decode())
    assert "โปรดเลือกภาคีอย่างน้อยหนึ่งรายจากรายการ" in html.one(".error-summary").words
    assert "เหตุผลที่พิมพ์ไว้" in answer.content.decode()


def test_somebody_who_is_no_candidate_cannot_be_slipped_in(cast, mission):
    stranger = partner("นอกรายการ (สมมติ)", field="environment")
    partner("ในรายการ (สมมติ)", field="elderly_care")
    data = {"organisations": [stranger.pk], "reason": "", "version": mission.version, "key": "k"}
    assert logged_in(cast.officer).post(page(mission), data).status_code == 200
    assert not ShortlistEntry.objects.exists()


# Person → what the ranking page answers: written by hand from §2 and §4 step 3.
MAY_LOOK = {
    "officer": 200,
    "executive": 200,
    "finance": 200,
    "opdc": 200,
    "other_officer": 404,
    "partner_rep": 404,
    "reviewer": 404,
    "stranger": 404,
}


@pytest.mark.parametrize(("person", "status"), MAY_LOOK.items())
def test_who_may_look_for_partners(cast, mission, person, status):
    assert logged_in(cast.people[person]).get(page(mission)).status_code == status


@pytest.mark.parametrize("person", ["executive", "finance", "opdc"])
def test_only_the_officer_adds_to_the_shortlist(cast, mission, person):
    one = partner("หนึ่ง (สมมติ)", field="elderly_care")
    client = logged_in(cast.people[person])
    assert not page_of(client.get(page(mission)).content.decode()).all('input[name="organisations"]')
    data = {"organisations": [one.pk], "reason": "", "version": mission.version, "key": "k"}
    assert client.post(page(mission), data).status_code == 403
    assert not ShortlistEntry.objects.exists()


# --- what fits a partner --------------------------------------------------------------------------------------------


def fits(cast, field: str) -> None:
    cast.organisations["partner"].fields_of_work.add(FieldOfWork.objects.get(code=field))


def test_a_partner_finds_the_calls_that_fit_and_no_others(cast):
    call = World(cast).published_call("pbc")
    call.mission.fields_of_work.add(FieldOfWork.objects.get(code="elderly_care"))
    client = logged_in(cast.partner_staff)
    assert call.title not in client.get(reverse("reporting:own_offers")).content.decode()
    fits(cast, "elderly_care")
    html = client.get(reverse("reporting:own_offers")).content.decode()
    assert call.title in html
    assert reverse("agreements:call_detail", args=[call.reference]) in html


def test_a_mission_is_read_by_partners_only_while_it_is_shown(cast, mission):
    fits(cast, "elderly_care")
    officer, client = logged_in(cast.officer), logged_in(cast.partner_staff)
    address = reverse("reporting:offered_mission", args=[mission.reference])
    assert client.get(address).status_code == 404
    show = reverse("partnerships:mission_show", args=[mission.reference])
    assert officer.post(show, {"version": mission.version, "key": "a"}).status_code == 302
    html = client.get(address).content.decode()
    assert mission.title in html
    assert cast.officer.user.full_name_th in html
    assert mission.title in client.get(reverse("reporting:own_offers")).content.decode()
    mission.refresh_from_db()
    hide = reverse("partnerships:mission_hide", args=[mission.reference])
    officer.post(hide, {"version": mission.version, "key": "b"})
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("person", "status"), [("executive", 403), ("opdc", 403), ("other_officer", 404), ("partner_rep", 404)]
)
def test_only_the_officer_shows_a_mission(cast, mission, person, status):
    show = reverse("partnerships:mission_show", args=[mission.reference])
    answer = logged_in(cast.people[person]).post(show, {"version": mission.version, "key": "a"})
    assert answer.status_code == status
    mission.refresh_from_db()
    assert mission.shown_at is None


def test_opdc_sees_what_fits_any_partner_and_nobody_else_does(cast):
    address = reverse("reporting:partner_offers", args=[cast.organisations["partner"].pk])
    assert logged_in(cast.opdc).get(address).status_code == 200
    assert logged_in(cast.partner_rep).get(address).status_code == 200
    for person in ("officer", "rival_rep", "stranger"):
        assert logged_in(cast.people[person]).get(address).status_code == 404


def test_the_offers_page_asks_the_same_number_of_queries(cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    fits(cast, "elderly_care")
    word = FieldOfWork.objects.get(code="elderly_care")
    client, counts = logged_in(cast.partner_staff), []
    for more in (1, 29):
        for _number in range(more):
            mission = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user)
            Mission.objects.filter(pk=mission.pk).update(shown_at=clock.real_now())
            mission.fields_of_work.add(word)
        client.get(reverse("reporting:own_offers"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reporting:own_offers"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
