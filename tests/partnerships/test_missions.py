"""Missions in the browser: who may write them up, who may read them, and the form chosen with its reason (§3.0)."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import AuditEvent
from core.workflow import NotNow, NotYou
from partnerships.actions.form_choice import choose_form
from partnerships.actions.missions import create_mission
from partnerships.models import Mission
from tests.cast import Cast
from tests.factories import CallFactory, MissionFactory

FACTS = {
    "title": "ศูนย์ดูแลเด็กเล็ก",
    "problem": "เด็กขาดพัฒนาการ",
    "objectives": "ให้เด็กมีพัฒนาการสมวัย",
    "target_group": "เด็กเล็ก",
    "area": "จังหวัดนครปฐม",
    "is_routine": True,
    "time_frame": "2 ปี",
    "legal_basis": "พระราชบัญญัติคุ้มครองเด็ก พ.ศ. 2546",
}
CHOICE = {
    "form": "pbc",
    "form_reason": "เป็นบริการต่อเนื่อง",
}


@pytest.fixture
def mission(cast: Cast) -> Mission:
    return create_mission(by=cast.officer.actor, **FACTS)


def browser(person: Any) -> Client:
    client = Client()
    client.force_login(person.user)
    client.cookies["django_language"] = "en"
    return client


def url(name: str, mission: Mission | None = None) -> str:
    return reverse(f"partnerships:{name}", args=[mission.reference] if mission else [])


def answers(mission: Mission, **fields: Any) -> dict[str, Any]:
    return {**CHOICE, **fields, "version": mission.version, "key": str(uuid.uuid4())}


def test_an_officer_records_a_mission_of_the_own_agency(cast: Cast) -> None:
    response = browser(cast.officer).post(url("mission_create"), {**FACTS, "key": "k1"})

    mission = Mission.objects.get()
    assert response.url == url("mission_detail", mission)
    assert (mission.agency, mission.officer) == (cast.organisations["agency"], cast.officer.user)
    assert AuditEvent.objects.filter(kind="mission.create").count() == 1


def test_posting_twice_records_one_mission(cast: Cast) -> None:
    client = browser(cast.officer)
    for _again in range(2):
        assert client.post(url("mission_create"), {**FACTS, "key": "same"}).status_code == 302

    assert Mission.objects.count() == 1


@pytest.mark.parametrize("person", ["executive", "finance", "partner_rep", "opdc", "stranger"])
def test_only_officers_of_an_agency_record_missions(cast: Cast, person: str) -> None:
    client = browser(getattr(cast, person))

    assert client.get(url("mission_create")).status_code == 403
    assert client.post(url("mission_create"), {**FACTS, "key": "k1"}).status_code == 403
    assert not Mission.objects.exists()


@pytest.mark.parametrize("name", ["mission_detail", "mission_edit", "mission_choose_form"])
@pytest.mark.parametrize("person", ["other_officer", "partner_rep", "rival_rep", "stranger"])
def test_others_do_not_learn_that_a_mission_exists(cast: Cast, mission: Mission, name: str, person: str) -> None:
    assert browser(getattr(cast, person)).get(url(name, mission)).status_code == 404


@pytest.mark.parametrize("name", ["mission_edit", "mission_choose_form"])
@pytest.mark.parametrize("person", ["opdc", "executive", "finance"])
def test_readers_without_the_right_are_told_so(cast: Cast, mission: Mission, name: str, person: str) -> None:
    client = browser(getattr(cast, person))

    assert client.get(url("mission_detail", mission)).status_code == 200
    assert client.get(url(name, mission)).status_code == 403
    assert client.post(url(name, mission), answers(mission)).status_code == 403


def test_nobody_reads_missions_without_a_log_in(mission: Mission) -> None:
    for address in (url("mission_list"), url("mission_detail", mission)):
        assert Client().get(address).status_code == 302


def test_an_edit_keeps_which_fields_changed(cast: Cast, mission: Mission) -> None:
    changed = {"title": "ชื่อใหม่", "problem": FACTS["problem"], "objectives": FACTS["objectives"]}
    browser(cast.officer).post(url("mission_edit", mission), {**changed, "version": mission.version, "key": "k2"})

    mission.refresh_from_db()
    assert mission.title == "ชื่อใหม่"
    assert json.loads(AuditEvent.objects.get(kind="mission.edit").payload)["changed"] == ["title"]


def test_an_edit_of_a_page_that_is_out_of_date_is_refused_with_its_input_kept(cast: Cast, mission: Mission) -> None:
    choose_form(mission=mission, by=cast.officer.actor, **CHOICE)
    late = {**FACTS, "title": "ชื่อที่มาช้า", "version": mission.version, "key": "k3"}
    response = browser(cast.second_officer).post(url("mission_edit", mission), late)

    assert "ชื่อที่มาช้า" in response.content.decode()
    mission.refresh_from_db()
    assert mission.title == FACTS["title"]


# --- the form of partnership


def test_the_form_is_kept_with_its_reason_and_the_day(cast: Cast, mission: Mission) -> None:
    browser(cast.officer).post(url("mission_choose_form", mission), answers(mission))

    mission.refresh_from_db()
    assert (mission.form, mission.form_reason) == ("pbc", CHOICE["form_reason"])
    assert mission.form_chosen_on is not None
    assert json.loads(AuditEvent.objects.get(kind="mission.choose_form").payload)["reason"] == CHOICE["form_reason"]
    assert CHOICE["form_reason"] in browser(cast.opdc).get(url("mission_detail", mission)).content.decode()


@pytest.mark.parametrize("field", ["form", "form_reason"])
def test_a_choice_without_its_reasons_is_not_kept(cast: Cast, mission: Mission, field: str) -> None:
    response = browser(cast.officer).post(url("mission_choose_form", mission), answers(mission, **{field: ""}))

    assert response.status_code == 200
    assert field in response.context["form"].errors
    mission.refresh_from_db()
    assert mission.form == ""


def test_the_choice_is_closed_once_a_call_has_been_opened(cast: Cast) -> None:
    mission = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user)
    CallFactory(mission=mission)

    with pytest.raises(NotNow):
        choose_form(mission=mission, by=cast.officer.actor, **CHOICE)
    client = browser(cast.officer)
    assert client.get(url("mission_choose_form", mission)).url == url("mission_detail", mission) + "#form"
    assert url("mission_advisor", mission) not in client.get(url("mission_detail", mission)).content.decode()


def test_a_partner_cannot_choose_the_form(cast: Cast, mission: Mission) -> None:
    with pytest.raises(NotYou):
        choose_form(mission=mission, by=cast.partner_rep.actor, **CHOICE)


def test_a_call_can_be_written_once_the_form_is_chosen(cast: Cast, mission: Mission) -> None:
    client, address = browser(cast.officer), reverse("agreements:call_create", args=[mission.reference])
    assert address not in client.get(url("mission_detail", mission)).content.decode()

    choose_form(mission=mission, by=cast.officer.actor, **CHOICE)
    assert address in client.get(url("mission_detail", mission)).content.decode()


# --- lists


def test_the_list_shows_own_missions_and_opdc_all(cast: Cast, mission: Mission) -> None:
    other = MissionFactory(agency=cast.organisations["other_agency"], officer=cast.other_officer.user, title="ภารกิจอื่น")

    def shown(person: Any) -> set[str]:
        return {row.reference for row in browser(person).get(url("mission_list")).context["page"]}

    assert shown(cast.officer) == {mission.reference}
    assert shown(cast.other_officer) == {other.reference}
    assert shown(cast.opdc) == {mission.reference, other.reference}
    assert shown(cast.partner_rep) == set()


def test_the_list_costs_the_same_at_one_and_at_thirty(
    cast: Cast, mission: Mission, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = browser(cast.officer)
    with django_assert_max_num_queries(20) as counted:
        client.get(url("mission_list"))
    for _one in range(29):
        MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user)
    with django_assert_num_queries(len(counted)):
        assert len(client.get(url("mission_list")).context["page"]) == 25


def test_a_joint_contract_is_opened_from_the_mission_without_a_call(cast: Cast, mission: Mission) -> None:
    choose_form(mission=mission, by=cast.officer.actor, **{**CHOICE, "form": "commissioning"})

    text = browser(cast.officer).get(url("mission_detail", mission)).content.decode()
    assert reverse("agreements:agreement_create", args=[mission.reference]) in text
    assert reverse("agreements:call_create", args=[mission.reference]) not in text
    assert reverse("agreements:agreement_create", args=[mission.reference]) not in (
        browser(cast.executive).get(url("mission_detail", mission)).content.decode()
    )
