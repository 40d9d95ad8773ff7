"""The mission's record part by part, its list with filters, and policies that rank missions (§3.3 steps 1 and 3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.workflow import NotNow
from partnerships.actions.missions import edit_mission
from partnerships.actions.policies import move_in_policy, put_under_policy, take_from_policy
from partnerships.models import FieldOfWork, Mission, Policy, TargetGroup
from partnerships.queries.policies import ranked_missions
from tests.cast import Cast
from tests.factories import MissionFactory
from tests.partnerships.mission_world import MissionWorld, browser, stamped, url
from tests.races import at_once


@pytest.fixture
def world(cast: Cast) -> MissionWorld:
    return MissionWorld(cast)


def rows(prefix: str, given: list[dict[str, Any]], initial: int = 0) -> dict[str, Any]:
    """A formset as the browser sends it."""
    sent: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": initial}
    sent |= {f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 100}
    for number, row in enumerate(given):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


# --- part by part


def test_each_part_is_saved_by_itself_and_shown(cast: Cast, world: MissionWorld) -> None:
    mission, client = world.mission(), browser(cast.officer)
    field, group = FieldOfWork.objects.first(), TargetGroup.objects.first()
    assert field is not None
    assert group is not None
    about = {"title": mission.title, "objectives": mission.objectives, "scope": "เฉพาะเด็กอายุ 2-5 ปี"}
    people = {"target_group": "เด็ก", "area": "สองจังหวัด", "target_groups": [group.pk]}
    people |= rows("provinces", [{"province_code": "73"}, {"province_code": "12"}, {"province_code": "73"}])
    means = {"time_frame": "3 ปี"}
    means |= rows(
        "funding", [{"source": "state_budget", "amount": "1,250,000.50"}, {"source": "fund", "note": "รอทราบ"}]
    )
    law = {"legal_basis": "พ.ร.บ.", "procurement_screening": "subsidy", "procurement_note": "เงินอุดหนุน"}
    parts = {"about": {**about, "fields_of_work": [field.pk]}, "people": people, "means": means, "law": law}
    for part, sent in parts.items():
        response = client.post(url("mission_edit_part", mission.reference, part), stamped(mission, **sent))
        assert response.status_code == 302, response.context["form"].errors

    mission.refresh_from_db()
    assert (mission.scope, mission.time_frame, mission.procurement_screening) == ("เฉพาะเด็กอายุ 2-5 ปี", "3 ปี", "subsidy")
    assert list(mission.areas.values_list("province_code", flat=True)) == ["12", "73"]
    assert list(mission.funding.values_list("source", "amount")) == [
        ("state_budget", Decimal("1250000.50")),
        ("fund", None),
    ]
    text = client.get(url("mission_detail", mission.reference)).content.decode()
    for shown in ("1,250,000.50", "amount not known yet", field.name_en, group.name_en, "Nakhon Pathom"):
        assert shown in text


def test_sources_that_are_not_touched_stay_and_removed_ones_go(cast: Cast, world: MissionWorld) -> None:
    mission = world.mission(
        funding=[{"source": "state_budget", "amount": Decimal(100), "note": ""}, {"source": "donation", "note": ""}]
    )
    given = [{"source": "state_budget", "amount": "100.00"}, {"source": "donation", "DELETE": "on"}]
    sent = stamped(mission, time_frame="1 ปี", **rows("funding", given, initial=2))
    browser(cast.officer).post(url("mission_edit_part", mission.reference, "means"), sent)

    assert list(mission.funding.values_list("source", "amount")) == [("state_budget", Decimal(100))]


@pytest.mark.parametrize(
    "row",
    [{"amount": "100"}, {"source": "fund", "amount": "-5"}, {"source": "fund", "amount": "สิบบาท"}, {"source": "gold"}],
)
def test_a_source_that_cannot_be_is_refused_with_the_input_kept(
    cast: Cast, world: MissionWorld, row: dict[str, str]
) -> None:
    mission = world.mission()
    sent = stamped(mission, time_frame="กรอบเวลาที่พิมพ์ไว้", **rows("funding", [row]))
    response = browser(cast.officer, "th").post(url("mission_edit_part", mission.reference, "means"), sent)

    assert response.status_code == 200
    assert response.context["formsets"][0].errors[0]
    assert "กรอบเวลาที่พิมพ์ไว้" in response.content.decode()
    assert not mission.funding.exists()


def test_there_is_no_part_of_another_name(cast: Cast, world: MissionWorld) -> None:
    assert browser(cast.officer).get(url("mission_edit_part", world.mission().reference, "secrets")).status_code == 404


# --- the list


def test_the_list_is_narrowed_by_words_form_and_field_and_for_opdc_by_agency(cast: Cast, world: MissionWorld) -> None:
    chosen, open_one = world.mission(title="ศูนย์เด็ก"), world.mission(form="", title="บ้านพักฉุกเฉิน")
    other = MissionFactory(agency=cast.organisations["other_agency"], officer=cast.other_officer.user)
    field = FieldOfWork.objects.first()
    edit_mission(mission=open_one, by=cast.officer.actor, fields_of_work=[field])

    def shown(person: str, **query: Any) -> set[str]:
        page = browser(cast.people[person]).get(url("mission_list"), query).context["page"]
        return {row.reference for row in page}

    assert shown("officer") == {chosen.reference, open_one.reference}
    assert shown("officer", q="ฉุกเฉิน") == {open_one.reference}
    assert shown("officer", form="none") == {open_one.reference}
    assert shown("officer", form="pbc") == {chosen.reference}
    assert shown("officer", field=field.pk) == {open_one.reference}
    assert shown("officer", q="ไม่มีแบบนี้") == set()
    assert shown("opdc", agency=cast.organisations["other_agency"].pk) == {other.reference}
    assert shown("officer", agency=cast.organisations["other_agency"].pk) == shown("officer")
    assert shown("officer", form="nonsense") == shown("officer")


# --- policies


def order(policy: Policy) -> list[tuple[int, str]]:
    return list(Mission.objects.filter(policy=policy).order_by("rank").values_list("rank", "title"))


def test_missions_are_moved_by_buttons_and_the_ranks_have_no_gaps(cast: Cast, world: MissionWorld) -> None:
    one, two, three = (world.mission(title=title) for title in ("ก", "ข", "ค"))
    policy, client = world.policy(one, two, three), browser(cast.officer)
    client.post(url("policy_move", policy.pk, three.reference, "up"), stamped(policy))
    assert order(policy) == [(1, "ก"), (2, "ค"), (3, "ข")]
    client.post(url("policy_move", policy.pk, one.reference, "down"), stamped(policy))
    assert order(policy) == [(1, "ค"), (2, "ก"), (3, "ข")]
    client.post(url("policy_remove", policy.pk, one.reference), stamped(policy))
    assert order(policy) == [(1, "ค"), (2, "ข")]
    one.refresh_from_db()
    assert (one.policy, one.rank) == (None, None)


def test_the_first_cannot_go_further_up(cast: Cast, world: MissionWorld) -> None:
    mission = world.mission()
    policy = world.policy(mission, world.mission())
    browser(cast.officer).post(url("policy_move", policy.pk, mission.reference, "up"), stamped(policy))
    assert order(policy)[0] == (1, mission.title)
    with pytest.raises(ValidationError):
        move_in_policy(policy=policy, mission=mission, rank=3, by=cast.officer.actor)


def test_money_known_and_not_known_and_the_fallback_are_said_in_words(cast: Cast, world: MissionWorld) -> None:
    rich = world.mission(title="มีเงิน", funding=[{"source": "state_budget", "amount": Decimal(500)}])
    half = world.mission(title="รู้บางส่วน", funding=[{"source": "fund", "amount": Decimal(200)}, {"source": "donation"}])
    none = world.mission(title="ยังไม่มี")
    policy = world.policy(rich, half, none)

    money = ranked_missions(policy)
    assert [(row.known, row.unknown, row.running) for row in money.rows] == [
        (Decimal(500), 0, Decimal(500)),
        (Decimal(200), 1, Decimal(700)),
        (None, 0, Decimal(700)),
    ]
    assert [row.fallback.title if row.fallback else None for row in money.rows] == ["รู้บางส่วน", "ยังไม่มี", None]
    assert (money.known, money.open_missions) == (Decimal(700), 2)
    text = browser(cast.opdc).get(url("policy_detail", policy.pk)).content.decode()
    assert "If money falls short, the next to be considered is: รู้บางส่วน" in text
    assert "No source of money has been named yet." in text
    assert "Move up" not in text, "OPDC reads, the agency ranks"


def test_a_mission_stands_under_one_policy_of_its_own_agency(cast: Cast, world: MissionWorld) -> None:
    mission = world.mission()
    policy = world.policy(mission)
    foreign = MissionFactory(agency=cast.organisations["other_agency"], officer=cast.other_officer.user)
    for wrong in (mission, foreign):
        with pytest.raises(ValidationError):
            put_under_policy(policy=policy, mission=wrong, by=cast.officer.actor)
    with pytest.raises(NotNow):
        take_from_policy(policy=policy, mission=foreign, by=cast.officer.actor)
    assert browser(cast.other_officer).get(url("policy_detail", policy.pk)).status_code == 404


def test_a_policy_costs_the_same_at_one_and_at_thirty(
    cast: Cast, world: MissionWorld, django_assert_num_queries: Any
) -> None:
    policy, client = world.policy(world.mission()), browser(cast.opdc)
    client.get(url("policy_detail", policy.pk))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as counted:
        client.get(url("policy_detail", policy.pk))
    MissionFactory.reset_sequence(500)
    for rank in range(2, 31):
        MissionFactory(agency=policy.agency, officer=cast.officer.user, policy=policy, rank=rank)
    with django_assert_num_queries(len(counted)):
        assert len(client.get(url("policy_detail", policy.pk)).context["money"].rows) == 30


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_officers_who_move_at_once_leave_each_rank_once(cast: Cast, world: MissionWorld) -> None:
    missions = [world.mission(title=title) for title in ("ก", "ข", "ค")]
    policy = world.policy(*missions)

    def act(name: str, mission: Mission, rank: int) -> Any:
        by = cast.people[name].actor
        return lambda: move_in_policy(policy=policy, mission=mission, rank=rank, by=by)

    at_once(act("officer", missions[2], 1), act("second_officer", missions[0], 3))
    assert [rank for rank, _title in order(policy)] == [1, 2, 3]
