"""How the agency was won, meetings with minutes (§4 step 2), and OPDC's own log of talks."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from core import clock
from core.audit import history_of
from core.models import StoredFile
from partnerships.actions.approach import record_approach, record_meeting
from partnerships.actions.talks import edit_talk
from partnerships.models import Approach, ApproachMeeting, Mission, Talk
from reporting.worklist import work_of
from tests.cast import Cast
from tests.factories import OrganisationFactory
from tests.partnerships.mission_world import MissionWorld, browser, stamped, today_talk, url
from tests.world import evidence

DAY = timedelta(days=1)


@pytest.fixture
def world(cast: Cast) -> MissionWorld:
    return MissionWorld(cast)


@pytest.fixture
def mission(world: MissionWorld) -> Mission:
    return world.mission()


def frame_states(cast: Cast, mission: Mission) -> list[str]:
    page = browser(cast.officer).get(reverse("partnerships:mission_detail", args=[mission.reference]))
    return next(context["frame"] for context in page.context if "frame" in context)


def test_an_approach_is_recorded_stage_by_stage_and_the_frame_follows(cast: Cast, mission: Mission) -> None:
    client, address = browser(cast.officer), url("approach_edit", mission.reference)
    client.post(address, stamped(mission, origin="inside", idea="ศึกษาความเป็นไปได้แล้ว", idea_on="1/10/2568"))
    assert Approach.objects.get().stage == "idea"
    assert "partly" in [step.state for step in frame_states(cast, mission)][1]

    page = client.get(address)
    assert page.context["form"]["idea"].value() == "ศึกษาความเป็นไปได้แล้ว"
    sent = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    policy = {"policy_kind": "yearly_plan", "policy_title": "แผนปฏิบัติราชการ 2570", "policy_on": "1/10/2569"}
    client.post(address, stamped(mission, **{**sent, **policy}))

    assert Approach.objects.get().stage == "policy"
    assert [step.state for step in frame_states(cast, mission)][1] == "done"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"origin": "not_needed"}, "reason"),
        ({"origin": "outside"}, "third_party"),
        ({"origin": "inside", "policy_title": "แผน"}, "policy_kind"),
        ({"origin": "inside", "policy_kind": "yearly_plan"}, "policy_title"),
        ({"origin": "inside", "idea_on": "1/10/2690"}, "idea_on"),
        ({"origin": "inside", "idea_on": "1/10/2568", "awareness_on": "1/9/2568"}, "awareness_on"),
    ],
)
def test_what_is_missing_is_told_at_its_field_and_nothing_is_lost(
    cast: Cast, mission: Mission, facts: dict[str, Any], field: str
) -> None:
    sent = stamped(mission, note="บันทึกที่พิมพ์ไว้", **facts)
    response = browser(cast.officer, "th").post(url("approach_edit", mission.reference), sent)

    assert field in response.context["form"].errors
    assert "บันทึกที่พิมพ์ไว้" in response.content.decode()
    assert not Approach.objects.exists()


def test_minutes_of_a_meeting_are_read_by_the_agency_and_opdc_alone(cast: Cast, mission: Mission) -> None:
    sent = stamped(
        mission, held_on="1/10/2568", participants="ผู้อำนวยการกอง", result="เห็นชอบ", file=evidence("บันทึก.png")
    )
    browser(cast.officer).post(url("meeting_create", mission.reference), sent)

    meeting, file = ApproachMeeting.objects.get(), StoredFile.objects.get()
    assert meeting.file == file
    for person, status in (("officer", 200), ("opdc", 200), ("other_officer", 404), ("partner_rep", 404)):
        client = browser(cast.people[person])
        assert client.get(reverse("core:file_download", args=[file.pk])).status_code == status, person
    assert "เห็นชอบ" in browser(cast.opdc).get(url("mission_detail", mission.reference)).content.decode()


def test_a_meeting_cannot_lie_ahead_nor_its_next_step_before_it(cast: Cast, mission: Mission) -> None:
    words = {"participants": "ก", "result": "ข", "by": cast.officer.actor, "mission": mission}
    with pytest.raises(ValidationError):
        record_meeting(held_on=clock.today() + DAY, **words)
    with pytest.raises(ValidationError):
        record_meeting(held_on=clock.today(), next_on=clock.today() - DAY, **words)


def test_a_mission_taken_up_from_a_proposal_offers_who_brought_it(cast: Cast, world: MissionWorld) -> None:
    from partnerships.actions.suggestions import adopt_suggestion
    from tests.partnerships.mission_world import FACTS

    adopted = adopt_suggestion(suggestion=world.suggestion(), answer="รับไว้", by=cast.officer.actor, **FACTS)
    form = browser(cast.officer).get(url("approach_edit", adopted.mission.reference)).context["form"]

    assert (form["origin"].value(), form["third_party"].value()) == ("outside", "partner")
    assert form["third_party_name"].value() == cast.organisations["partner"].name_th


def test_the_record_is_changed_in_place_and_the_history_says_what(cast: Cast, mission: Mission) -> None:
    record_approach(mission=mission, by=cast.officer.actor, origin="not_needed", reason="มีนโยบายแล้ว")
    record_approach(mission=mission, by=cast.second_officer.actor, note="ยืนยันอีกครั้ง")

    events = history_of(mission).filter(kind="mission.record_approach").order_by("pk")
    assert [json.loads(event.payload)["changed"] for event in events] == [["origin", "reason"], ["note"]]


# --- OPDC's log


def test_opdc_logs_a_talk_about_a_mission_and_the_missions_page_shows_it_to_opdc_alone(
    cast: Cast, mission: Mission
) -> None:
    client = browser(cast.opdc)
    facts = today_talk(agency=cast.organisations["agency"].pk, mission=mission.reference.lower())
    facts |= {"held_on": "1/10/2568", "next_on": "1/12/2568", "partner": "มูลนิธิภาคี"}
    client.post(url("talk_create"), stamped(**facts))

    talk = Talk.objects.get()
    assert (talk.mission, talk.partner) == (mission, cast.organisations["partner"])
    assert talk.subject in client.get(url("mission_detail", mission.reference)).content.decode()
    own = browser(cast.officer).get(url("mission_detail", mission.reference)).content.decode()
    assert talk.subject not in own
    assert talk.result not in own


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"mission": "MIS-9999-00001"}, "mission"),
        ({"partner": "ไม่มีชื่อนี้"}, "partner"),
        ({"partner": "สมมติ"}, "partner"),
        ({"held_on": "1/10/2690"}, "held_on"),
        ({"agency": ""}, "agency"),
        ({"next_on": "1/9/2568"}, "next_on"),
    ],
)
def test_a_talk_that_cannot_be_is_refused_at_its_field(cast: Cast, wrong: dict[str, str], field: str) -> None:
    facts = {**today_talk(agency=cast.organisations["agency"].pk), "held_on": "1/10/2568", "next_on": "1/12/2568"}
    response = browser(cast.opdc, "th").post(url("talk_create"), stamped(**{**facts, **wrong}))

    assert field in response.context["form"].errors
    assert facts["result"] in response.content.decode()
    assert not Talk.objects.exists()


def test_a_mission_of_another_agency_is_refused(cast: Cast, world: MissionWorld, mission: Mission) -> None:
    with pytest.raises(ValidationError):
        edit_talk(talk=world.talk(), by=cast.opdc.actor, mission=mission, agency=cast.organisations["other_agency"])


def test_an_edit_keeps_what_was_there_before(cast: Cast, world: MissionWorld) -> None:
    talk = world.talk()
    edit_talk(talk=talk, by=cast.opdc.actor, outcome="agreed", result="กรมรับไปดำเนินการ")

    before = json.loads(history_of(talk).get(kind="talk.edit").payload)["before"]
    assert before == {"outcome": "ongoing", "result": "จะนำเข้าแผนปีหน้า"}


@pytest.mark.parametrize("name", ["talk_list", "talk_create"])
@pytest.mark.parametrize("person", ["officer", "executive", "partner_rep", "stranger"])
def test_the_log_is_opdcs_own(cast: Cast, name: str, person: str) -> None:
    assert browser(cast.people[person]).get(url(name)).status_code == 403


def test_the_log_is_filtered_by_agency_outcome_and_what_is_due(cast: Cast, world: MissionWorld) -> None:
    late = world.talk(subject="ครบกำหนด", held_on=clock.today() - 9 * DAY, next_on=clock.today())
    world.talk(subject="ยังไม่ถึงกำหนด")
    world.talk(subject="ตกลงแล้ว", outcome="agreed", next_on=clock.today())
    client = browser(cast.opdc)

    def shown(**query: Any) -> set[str]:
        return {row["talk"].subject for row in client.get(url("talk_list"), query).context["rows"]}

    assert shown(due="on") == {late.subject}
    assert shown(outcome="agreed") == {"ตกลงแล้ว"}
    assert shown(agency=cast.organisations["other_agency"].pk) == set()
    assert len(shown()) == 3


def test_the_next_step_of_an_open_talk_is_on_opdcs_work_list(cast: Cast, world: MissionWorld) -> None:
    talk = world.talk()
    world.talk(subject="จบแล้ว", outcome="declined")

    items = {item.matter: item for group in work_of(cast.opdc.actor).groups for item in group.items}
    assert set(items) == {talk.subject}
    assert items[talk.subject].due_on == talk.next_on
    assert not work_of(cast.officer.actor).groups


def test_the_log_costs_the_same_at_one_and_at_thirty(
    cast: Cast, world: MissionWorld, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client: Client = browser(cast.opdc)
    world.talk()
    with django_assert_max_num_queries(20) as counted:
        client.get(url("talk_list"))
    for _one in range(29):
        world.talk(partner=OrganisationFactory())
    with django_assert_num_queries(len(counted)):
        assert len(client.get(url("talk_list")).context["rows"]) == 25
