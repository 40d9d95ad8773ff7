"""Several proposals at once from the desk: what is refused loses no tick, what is left out is told why."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages

from agreements.models import Call, Proposal, ReviewAssignment
from core.ui import show_moment
from tests.agreements.after_world import presenting
from tests.agreements.test_desk import DESK, closed, logged_in, many
from tests.html_tools import page_of
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


# --- several at once, refused ---------------------------------------------------------------------------------------


def test_ticks_and_choice_stay_when_the_reviewer_was_forgotten(cast, world):
    call, mine, rival = presenting(world)
    world.name_reviewers(call, "reviewer")
    client = logged_in(cast, "officer")
    answer = client.post(f"{DESK}?call={call.reference}&sort=oldest", {"act": "assign", "pick": [mine.pk]})
    page = page_of(answer.text)
    ticked = {box.get("value") for box in page.all("input[name=pick]") if box.get("checked") is not None}
    assert answer.status_code == 200 and ticked == {str(mine.pk)}
    assert page.one("#id_act option[selected]").get("value") == "assign"
    assert page.one(".error-summary a").get("href") == "#id_reviewer"
    assert page.one("#div_id_reviewer .field-error")
    assert answer.context["filters"]["sort"].value() == "oldest"
    assert not page.all("#div_id_reviewer label .optional")

    answer = client.post(DESK, {"act": "assign", "all": "1"})
    assert page_of(answer.text).one("#desk-all").get("checked") is not None
    assert not ReviewAssignment.objects.exists(), rival


def test_an_action_without_a_tick_keeps_what_was_chosen(cast, world):
    call, _mine, _rival = presenting(world)
    world.name_reviewers(call, "reviewer")
    reviewer = cast.people["reviewer"].user.pk
    answer = logged_in(cast, "officer").post(DESK, {"act": "assign", "reviewer": reviewer})
    page = page_of(answer.text)
    assert page.one("#id_reviewer option[selected]").get("value") == str(reviewer)
    assert page.one(".error-summary li")
    assert not ReviewAssignment.objects.exists() and not list(get_messages(answer.wsgi_request))


def test_a_refused_action_shows_the_page_of_the_list_on_which_the_ticks_are(cast, world):
    many(closed(cast), 30)
    client = logged_in(cast, "officer")
    first = client.get(DESK)
    following = DESK + first.context["page"].next_url
    second = client.get(following)
    ticked = second.context["rows"][0][0]
    answer = client.post(following, {"act": "assign", "pick": [ticked.pk]})
    assert [row for row, _cells in answer.context["rows"]] == [row for row, _cells in second.context["rows"]]
    assert page_of(answer.text).one(f'input[name="pick"][value="{ticked.pk}"]').get("checked") is not None


def test_the_tick_for_the_whole_page_is_shown_by_the_script_alone(cast):
    many(closed(cast), 2)
    box = page_of(logged_in(cast, "officer").get(DESK).text).one("[data-tick-all]")
    assert box.get("hidden") is not None and box.one("input").get("name") is None
    assert not page_of(logged_in(cast, "executive").get(DESK).text).all("[data-tick-all]")


# --- invited or left out --------------------------------------------------------------------------------------------


def test_each_that_is_left_out_of_the_invitations_is_told_its_own_reason(cast, world):
    _call, mine, rival = presenting(world)
    client = logged_in(cast, "officer")
    client.post(DESK, {"act": "invite", "pick": [mine.pk]})
    Proposal._base_manager.filter(pk=rival.pk).update(state="ineligible")
    (grant,) = many(closed(cast, form="grant"), 1, state="eligible")
    past = closed(cast)
    Call._base_manager.filter(pk=past.pk).update(state="selection")
    (late,) = many(past, 1, state="eligible")
    answer = client.post(DESK, {"act": "invite", "pick": [mine.pk, rival.pk, grant.pk, late.pk]})
    reasons = {row.pk: str(reason) for row, reason in answer.context["handled"].skipped}
    assert len(set(reasons.values())) == len(reasons) == 4
    invited_at = Proposal.objects.get(pk=mine.pk).presentation_invited_at
    assert "เชิญไว้แล้ว" in reasons[mine.pk] and show_moment(invited_at) in reasons[mine.pk]
    assert "ไม่ผ่านคุณสมบัติ" in reasons[rival.pk]
    assert "เงินอุดหนุน" in reasons[grant.pk]
    assert "ไม่ได้อยู่ในขั้นตอนการนำเสนอ" in reasons[late.pk]
