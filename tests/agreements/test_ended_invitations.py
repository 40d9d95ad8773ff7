"""Ending a judge's invitation: after a look at what becomes free, with a reason that the chain keeps."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError

from agreements.actions.reviewers import dismiss_reviewer
from agreements.actions.reviews import save_review
from core.models import AuditEvent
from tests.agreements.test_reviews import logged_in, scores, scoring, url
from tests.html_tools import page_of
from tests.world import World

pytestmark = pytest.mark.django_db
REASON = "ย้ายไปปฏิบัติราชการที่อื่น"


@pytest.fixture
def world(cast):
    return World(cast)


def page_to_end(call, user) -> str:
    return url("call_reviewer_dismiss", call, call.capacities.get(user=user).pk)


def test_a_click_opens_a_page_that_says_what_becomes_free_and_ends_nothing(world, cast):
    call, mine, rival = scoring(world)
    world.score(mine)
    client, page = logged_in(cast, "officer"), page_to_end(call, cast.reviewer.user)
    listed = page_of(client.get(url("call_reviewers", call)).text)
    assert [link.words for link in listed.all("a") if link.get("href") == page]
    assert page not in {form.get("action") for form in listed.all("form")}
    drawn = client.get(page)
    main = page_of(drawn.text).one("main")
    assert cast.reviewer.user.get_full_name() in main.words
    assert rival.reference in main.words and mine.reference not in main.words, "the finished review stays"
    assert call.capacities.current().count() == 2
    mild = page_of(logged_in(cast, "officer").get(page_to_end(call, cast.second_reviewer.user)).text).one("main")
    assert rival.reference in mild.words and mine.reference in mild.words


def test_the_reason_is_asked_for_and_kept_in_the_chain_with_what_became_free(world, cast):
    call, mine, rival = scoring(world)
    save_review(proposal=mine, scores=scores(mine), comment="", by=world.act("reviewer"))
    client, page = logged_in(cast, "officer"), page_to_end(call, cast.reviewer.user)
    stamp = {"version": world.again(call).version, "key": "k"}
    empty = client.post(page, {**stamp, "reason": "  "})
    assert list(empty.context["form"].errors) == ["reason"] and call.capacities.current().count() == 2
    with pytest.raises(ValidationError):
        capacity = call.capacities.get(user=cast.reviewer.user)
        dismiss_reviewer(call=world.again(call), capacity=capacity, reason=" ", by=world.act("officer"))

    done = client.post(page, {**stamp, "reason": REASON})
    assert done.url == url("call_reviewers", call)
    assert [row.user for row in call.capacities.current()] == [cast.second_reviewer.user]
    event = AuditEvent.objects.filter(kind="call.dismiss_reviewer").latest("pk")
    told = json.loads(event.payload)
    assert told["reason"] == REASON and told["freed"] == sorted([mine.pk, rival.pk])

    before = AuditEvent.objects.count()
    for again in (client.get(page), client.post(page, {**stamp, "reason": REASON})):
        assert again.url == url("call_reviewers", call)
    assert AuditEvent.objects.count() == before, "ended once"


def test_whoever_has_finished_every_review_stays_and_the_page_says_so(world, cast):
    call, mine, rival = scoring(world)
    for proposal in (mine, rival):
        world.score(proposal)
    answer = logged_in(cast, "officer").get(page_to_end(call, cast.reviewer.user), follow=True)
    assert answer.redirect_chain[0][0] == url("call_reviewers", call)
    assert [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize(("name", "status"), [("executive", 403), ("opdc", 403), ("reviewer", 403), ("stranger", 404)])
def test_the_page_is_the_officers_alone(name, status, world, cast):
    call, _mine, _rival = scoring(world)
    call.__class__.objects.filter(pk=call.pk).update(procedure="direct", procedure_reason="เชิญเฉพาะ")
    assert logged_in(cast, name).get(page_to_end(call, cast.reviewer.user)).status_code == status


# --- a review that is finished --------------------------------------------------------------------------------------


def test_going_back_to_a_finished_review_leads_to_the_proposal_with_the_reason(world, cast):
    _call, mine, _rival = scoring(world)
    world.score(mine)
    client = logged_in(cast, "reviewer")
    for answer in (
        client.get(url("proposal_review", mine), follow=True),
        client.post(url("proposal_review", mine), {}, follow=True),
    ):
        assert answer.redirect_chain == [(url("proposal_detail", mine), 302)]
        assert [message.message for message in answer.context["messages"]]
    for name in ("officer", "executive"):
        assert logged_in(cast, name).get(url("proposal_review", mine)).status_code == 403, name
