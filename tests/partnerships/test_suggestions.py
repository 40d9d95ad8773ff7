"""Missions proposed unasked: they reach agency and OPDC, and are answered in words that the proposer sees (§4 step 3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.models import OutboxMessage
from core.workflow import NotNow, NotYou
from partnerships.actions.suggestions import (
    adopt_suggestion,
    assign_suggestion,
    decline_suggestion,
    talk_over_suggestion,
)
from partnerships.models import Mission, MissionSuggestion
from reporting.worklist import work_of
from tests.cast import Cast
from tests.partnerships.mission_world import FACTS, IDEA, MissionWorld, browser, stamped, url


@pytest.fixture
def world(cast: Cast) -> MissionWorld:
    return MissionWorld(cast)


def told(cast: Cast) -> set[str]:
    by_id = {person.user.pk: name for name, person in cast.people.items()}
    return {by_id[row.to_user_id] for row in OutboxMessage.objects.all()}


def waits_for(person: Any) -> list[str]:
    return [item.reference for group in work_of(person.actor).groups for item in group.items]


def test_a_partner_proposes_a_mission_to_an_agency_which_is_told_with_opdc(cast: Cast) -> None:
    sent = stamped(**IDEA, agency=cast.organisations["agency"].pk)
    response = browser(cast.partner_staff).post(url("suggestion_create"), sent)

    suggestion = MissionSuggestion.objects.get()
    assert response.url == url("suggestion_detail", suggestion.reference)
    assert (suggestion.suggested_by, suggestion.state) == (cast.organisations["partner"], "sent")
    assert told(cast) == {"officer", "second_officer", "opdc"}
    assert waits_for(cast.officer) == waits_for(cast.second_officer) == [suggestion.reference]
    assert waits_for(cast.opdc) == waits_for(cast.executive) == waits_for(cast.other_officer) == []


def test_opdc_finds_the_agency_where_the_partner_does_not_know_it(cast: Cast, world: MissionWorld) -> None:
    suggestion = world.suggestion(agency=None)
    assert browser(cast.officer).get(url("suggestion_detail", suggestion.reference)).status_code == 404
    assert waits_for(cast.opdc) == [suggestion.reference]

    sent = stamped(suggestion, agency=cast.organisations["agency"].pk)
    browser(cast.opdc).post(url("suggestion_assign", suggestion.reference), sent)

    assert browser(cast.officer).get(url("suggestion_detail", suggestion.reference)).status_code == 200
    assert waits_for(cast.opdc) == []
    assert waits_for(cast.officer) == [suggestion.reference]


def test_only_agencies_that_own_missions_can_be_asked(cast: Cast, world: MissionWorld) -> None:
    suggestion = world.suggestion(agency=None)
    for name in ("opdc", "rival"):
        with pytest.raises(ValidationError):
            assign_suggestion(suggestion=suggestion, agency=cast.organisations[name], by=cast.opdc.actor)


def test_taking_it_up_makes_a_mission_that_is_linked_and_the_proposer_sees_the_answer(
    cast: Cast, world: MissionWorld
) -> None:
    suggestion = world.suggestion()
    page = browser(cast.officer).get(url("suggestion_adopt", suggestion.reference))
    assert page.context["form"]["title"].value() == IDEA["title"]
    sent = stamped(suggestion, **FACTS, answer="กรมรับไว้เป็นภารกิจปี 2570")
    response = browser(cast.officer).post(url("suggestion_adopt", suggestion.reference), sent)

    assert response.status_code == 302
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.mission) == ("adopted", Mission.objects.get())
    text = browser(cast.partner_staff).get(url("suggestion_detail", suggestion.reference)).content.decode()
    assert "กรมรับไว้เป็นภารกิจปี 2570" in text
    assert suggestion.mission.reference in text
    assert url("mission_detail", suggestion.mission.reference) not in text, "a partner cannot open the mission's page"
    assert IDEA["title"] in browser(cast.opdc).get(url("suggestion_list")).content.decode()
    shown = browser(cast.officer).get(url("mission_detail", suggestion.mission.reference)).content.decode()
    assert url("suggestion_detail", suggestion.reference) in shown


def test_a_refused_mission_leaves_the_proposal_unanswered(cast: Cast, world: MissionWorld) -> None:
    suggestion = world.suggestion()
    sent = stamped(suggestion, **{**FACTS, "legal_basis": ""}, answer="คำตอบที่พิมพ์ไว้")
    response = browser(cast.officer, "th").post(url("suggestion_adopt", suggestion.reference), sent)

    assert "legal_basis" in response.context["form"].errors
    assert "คำตอบที่พิมพ์ไว้" in response.content.decode()
    assert (MissionSuggestion.objects.get().state, Mission.objects.count()) == ("sent", 0)


@pytest.mark.parametrize(("action", "state"), [(talk_over_suggestion, "talks"), (decline_suggestion, "declined")])
def test_other_answers_are_in_words_too(cast: Cast, world: MissionWorld, action: Any, state: str) -> None:
    suggestion = world.suggestion()
    with pytest.raises(ValidationError):
        action(suggestion=suggestion, answer="  ", by=cast.officer.actor)
    action(suggestion=suggestion, answer="นัดหารือเดือนหน้า", by=cast.officer.actor)

    assert MissionSuggestion.objects.get().state == state
    assert (
        "นัดหารือเดือนหน้า"
        in browser(cast.partner_rep).get(url("suggestion_detail", suggestion.reference)).content.decode()
    )


def test_what_was_talked_over_can_still_be_taken_up_and_what_was_declined_cannot(
    cast: Cast, world: MissionWorld
) -> None:
    suggestion = world.suggestion()
    talk_over_suggestion(suggestion=suggestion, answer="หารือก่อน", by=cast.officer.actor)
    assert waits_for(cast.officer) == [suggestion.reference]
    decline_suggestion(suggestion=suggestion, answer="ยังไม่พร้อม", by=cast.officer.actor)
    with pytest.raises(NotNow):
        adopt_suggestion(suggestion=suggestion, answer="รับ", by=cast.officer.actor, **FACTS)
    assert waits_for(cast.officer) == []


def test_opdc_answers_only_as_long_as_it_looks_for_the_agency(cast: Cast, world: MissionWorld) -> None:
    with pytest.raises(NotYou):
        decline_suggestion(suggestion=world.suggestion(), answer="ไม่", by=cast.opdc.actor)
    decline_suggestion(suggestion=world.suggestion(agency=None), answer="ไม่มีหน่วยงาน", by=cast.opdc.actor)


@pytest.mark.parametrize("person", ["partner_finance", "officer", "executive", "stranger"])
def test_others_do_not_propose(cast: Cast, person: str) -> None:
    assert browser(cast.people[person]).get(url("suggestion_create")).status_code == 403


def test_opdc_proposes_too(cast: Cast, world: MissionWorld) -> None:
    assert world.suggestion(by="opdc").suggested_by == cast.organisations["opdc"]


def test_a_rival_learns_nothing_of_a_proposal(cast: Cast, world: MissionWorld) -> None:
    suggestion = world.suggestion()
    client = browser(cast.rival_rep)

    assert client.get(url("suggestion_detail", suggestion.reference)).status_code == 404
    assert IDEA["title"] not in client.get(url("suggestion_list")).content.decode()
    assert IDEA["title"] not in client.get(url("partner_missions")).content.decode()


@pytest.mark.parametrize("field", ["title", "problem", "idea"])
def test_what_is_missing_is_told_at_its_field(cast: Cast, field: str) -> None:
    response = browser(cast.partner_rep, "th").post(url("suggestion_create"), stamped(**{**IDEA, field: ""}))

    assert field in response.context["form"].errors
    assert IDEA["awareness"] in response.content.decode()
    assert not MissionSuggestion.objects.exists()


def test_sending_twice_sends_once(cast: Cast) -> None:
    client, sent = browser(cast.partner_rep), stamped(**IDEA)
    for _again in range(2):
        assert client.post(url("suggestion_create"), sent).status_code == 302
    assert MissionSuggestion.objects.count() == 1


def test_the_list_costs_the_same_at_one_and_at_thirty(
    cast: Cast, world: MissionWorld, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = browser(cast.officer)
    world.suggestion()
    with django_assert_max_num_queries(20) as counted:
        client.get(url("suggestion_list"))
    for _one in range(29):
        world.suggestion()
    with django_assert_num_queries(len(counted)):
        assert len(client.get(url("suggestion_list")).context["rows"]) == 25
