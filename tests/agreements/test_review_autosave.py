"""A review saves itself while it is written: nothing typed is lost, nobody else sees it, and null is not 0."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import gettext, override

from agreements.actions.conflicts import declare_conflicts
from agreements.actions.review_drafts import OtherWindow, finish_review_draft, save_review_draft, values_of_review
from agreements.actions.reviewers import dismiss_reviewer
from agreements.actions.reviews import reopen_review
from agreements.blind import code_of
from agreements.enums import CriterionKind
from agreements.forms.reviews import review_form
from agreements.models import Review
from core.drafts import Written, digests
from core.models import AuditEvent
from core.workflow import NotYou
from partnerships.models import Membership
from tests.agreements.test_reviews import logged_in, scoring, url
from tests.html_tools import page_of
from tests.races import at_once, refusals
from tests.world import World

pytestmark = pytest.mark.django_db
SECRET = "เหตุผลที่ยังเขียนไม่จบ"


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def judged(world):
    """A call in its selection, one of its proposals, and the ids of the criteria."""
    call, partner, _rival = scoring(world)
    criteria = [row.pk for row in call.criteria.filter(kind=CriterionKind.SCORING)]
    return call, partner, criteria


def thai(message: str) -> str:
    with override("th"):
        return gettext(message)


def screen(world, proposal, by: str = "reviewer") -> dict[str, Any]:
    """Everything that a window of the reviewer would send of the page as it is drawn now."""
    form = review_form(world.again(proposal), world.act(by))
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def send(client: Client, proposal, data: dict[str, Any], query: str = "", **more: Any) -> Any:
    address = url("proposal_review_draft", proposal) + query
    return client.post(address, {**data, **more}, headers={"Accept": "application/json"})


def test_what_is_typed_is_saved_with_its_time_without_an_event_and_null_is_not_0(cast, world, judged):
    _call, proposal, (first, second, *others) = judged
    client, events = logged_in(cast, "reviewer"), AuditEvent.objects.count()
    data = screen(world, proposal)
    answer = send(client, proposal, data, **{f"points_{first}": "0", f"reason_{second}": SECRET, "comment": "ในนี้"})
    assert answer.status_code == 200
    said = answer.json()
    assert (said["state"], said["version"], said["errors"]) == ("saved", 1, {})
    assert said["time"].endswith("น.") and said["time"].count(":") == 2
    review = Review.objects.get()
    stored = {score.criterion_id: (score.points, score.reason) for score in review.scores.all()}
    assert stored == {first: (0, ""), second: (None, SECRET)}, "what is not scored has no points, what is 0 has 0"
    assert (review.comment, review.feedback, review.finished_at, review.total) == ("ในนี้", "", None, None)
    assert review.reviewer == cast.reviewer.user and review.saved_at
    assert AuditEvent.objects.count() == events
    # Taken back to "not scored yet" is null again, also on the page; the answer is what the next saving starts from.
    data |= {f"points_{first}": "", f"reason_{second}": SECRET, "comment": "ในนี้"}
    again = send(client, proposal, data, part_version=said["version"], drawn=json.dumps(said["drawn"])).json()
    assert again["version"] == 2
    assert {score.criterion_id for score in Review.objects.get().scores.all()} == {second}
    page = page_of(client.get(url("proposal_review", proposal)).text)
    assert [one.get("value") for one in page.all(f"[name=points_{first}][checked]")] == [""]
    frame = page.one("[data-autosave]")
    kept_as = f"draft:{cast.reviewer.user.pk}:{proposal.call_id}-{code_of(proposal)}:review"
    assert frame.get("data-autosave-copy") == kept_as
    assert frame.get("data-autosave-time") and len(others) == 3


def test_nobody_else_sees_what_is_unfinished(cast, world, judged):
    call, proposal, (first, second, *_others) = judged
    more = {f"points_{first}": "5", f"reason_{first}": SECRET, f"reason_{second}": SECRET}
    more |= {"comment": SECRET, "feedback": SECRET}
    assert send(logged_in(cast, "reviewer"), proposal, screen(world, proposal), **more).status_code == 200
    pages = [url("proposal_detail", proposal), url("call_detail", call), url("call_ranking", call)]
    pages += [url("proposal_review", proposal), url("call_ranking_xlsx", call), url("proposal_print", proposal)]
    pages += [url("proposal_review_draft", proposal)]
    seen = 0
    for name in ("officer", "second_officer", "executive", "opdc", "second_reviewer", "partner_rep", "rival_rep"):
        client = logged_in(cast, name)
        for page in pages:
            answer = client.get(page)
            seen += answer.status_code == 200
            assert SECRET.encode() not in answer.content, (name, page)
    assert seen > 15, "the pages were there to be looked at"
    assert SECRET in logged_in(cast, "reviewer").get(url("proposal_review", proposal)).text
    world.score(proposal, by="second_reviewer")
    assert SECRET not in logged_in(cast, "second_reviewer").get(url("proposal_detail", proposal)).text


def test_wrong_input_stops_nothing_else_and_destroys_nothing(cast, world, judged):
    _call, proposal, (first, second, *_others) = judged
    client = logged_in(cast, "reviewer")
    send(client, proposal, screen(world, proposal), **{f"points_{first}": "4", f"reason_{first}": "เหตุผลเดิม"})
    wrong = {f"reason_{first}": "ก" * 2001, f"points_{second}": "9", f"reason_{second}": "เขียนถูก"}
    answer = send(client, proposal, screen(world, proposal), **wrong)
    said = answer.json()
    assert answer.status_code == 200 and set(said["errors"]) == {f"reason_{first}", f"points_{second}"}
    stored = {score.criterion_id: (score.points, score.reason) for score in Review.objects.get().scores.all()}
    assert stored == {first: (4, "เหตุผลเดิม"), second: (None, "เขียนถูก")}
    # Without a script: the page comes back with all of it, and with what is wrong.
    page = client.post(url("proposal_review", proposal), {**screen(world, proposal), **wrong, "save": "1"})
    assert page.status_code == 200 and "ก" * 2001 in page.text
    assert set(page.context["form"].errors) == {f"reason_{first}", f"points_{second}"}


def test_after_finishing_was_tried_savings_go_on_saying_what_is_missing(cast, world, judged):
    _call, proposal, (first, *others) = judged
    client, given = logged_in(cast, "reviewer"), {f"points_{judged[2][0]}": "4", f"reason_{judged[2][0]}": "ดี"}
    tried = client.post(url("proposal_review", proposal), {**screen(world, proposal), **given, "finish": "1"})
    address = page_of(tried.text).one("[data-autosave]").get("data-autosave-url")
    assert address.endswith("?tried=1")
    said = send(client, proposal, screen(world, proposal), "?tried=1", **given).json()
    assert set(said["errors"]) == {f"{part}_{pk}" for pk in others for part in ("points", "reason")}
    # Missing is no wrong input: it is saved, also where a reason is taken away again.
    assert Review.objects.get().scores.get().reason == "ดี"
    said = send(client, proposal, screen(world, proposal), "?tried=1", **{f"reason_{first}": ""}).json()
    assert f"reason_{first}" in said["errors"]
    assert [(score.points, score.reason) for score in Review.objects.get().scores.all()] == [(4, "")]


def test_two_windows_of_one_reviewer_overwrite_nothing(cast, world, judged):
    _call, proposal, (first, second, *_others) = judged
    client, name, other = logged_in(cast, "reviewer"), f"reason_{judged[2][0]}", f"reason_{judged[2][1]}"
    here, there = screen(world, proposal), screen(world, proposal)
    send(client, proposal, there, **{name: "ในหน้าต่างที่สอง", f"points_{second}": "3"})
    merged = send(client, proposal, here, **{other: "ในหน้าต่างแรก"})
    assert merged.json()["taken"]["fields"] == {name: "ในหน้าต่างที่สอง", f"points_{second}": ["3"]}
    clash = send(client, proposal, here, **{name: "ในหน้าต่างแรก"})
    assert clash.status_code == 409
    row = next(row for row in clash.json()["fields"] if row["name"] == name)
    assert (row["mine"], row["theirs"]) == ("ในหน้าต่างแรก", "ในหน้าต่างที่สอง")
    kept = values_of_review(proposal, Review.objects.get())
    assert (kept[name], kept[other], kept[f"points_{second}"]) == ("ในหน้าต่างที่สอง", "ในหน้าต่างแรก", 3)
    # Without a script, saving and finishing: both texts on a page, and the choice goes on.
    page = client.post(url("proposal_review", proposal), {**here, name: "ในหน้าต่างแรก", "save": "1"})
    assert page.status_code == 409 and thai("You changed the same in another window") in page.text
    everything = {f"points_{pk}": "5" for pk in judged[2]} | {f"reason_{pk}": "ครบ" for pk in judged[2]}
    page = client.post(url("proposal_review", proposal), {**here, **everything, "finish": "1"})
    assert page.status_code == 409 and Review.objects.get().finished_at is None, "never with what was not on the page"
    fields = {one.get("name"): one.get("value") for one in page_of(page.text).all("main form.house-form [type=hidden]")}
    chosen = dict.fromkeys({one.get("name") for one in page_of(page.text).all("main [type=radio]")}, "mine")
    assert f"choose-{name}" in chosen and fields["finish"] == "1"
    done = client.post(url("proposal_review", proposal), {**fields, **chosen, f"choose-{name}": "theirs"})
    assert done.status_code == 302
    review = Review.objects.get()
    assert str(review.total) == "100.00" and review.finished_at
    assert dict(review.scores.values_list("criterion", "reason"))[first] == "ในหน้าต่างที่สอง"


def test_a_finished_review_is_shut_and_one_opened_again_saves_itself_again(cast, world, judged):
    _call, proposal, (first, *_others) = judged
    client, old = logged_in(cast, "reviewer"), screen(world, proposal)
    world.score(proposal)
    answer = send(client, proposal, old, **{f"reason_{first}": "ช้าไป"})
    assert (answer.status_code, answer.json()["state"]) == (403, "refused")
    assert thai("Your review of this proposal is finished and can no longer be changed.") == answer.json()["message"]
    assert "ช้าไป" not in str(list(Review.objects.get().scores.values_list("reason", flat=True)))
    reopen_review(review=Review.objects.get(), reason="ตรวจใหม่", by=world.act("second_officer"))
    assert send(client, proposal, old, **{f"reason_{first}": "จากหน้าเก่า"}).status_code == 409, "of before the finishing"
    new = screen(world, proposal)
    assert send(client, proposal, new, **{f"reason_{first}": "แก้แล้ว"}).status_code == 200
    assert Review.objects.get().scores.get(criterion=first).reason == "แก้แล้ว"


def test_the_door_is_for_whom_the_proposal_is_assigned_to(cast, world, judged):
    call, proposal, (first, *_others) = judged
    data = screen(world, proposal) | {f"reason_{first}": "ของคนอื่น"}
    assert send(Client(), proposal, data).json() == {"state": "login"}
    statuses = {"officer": 403, "opdc": 403, "executive": 403, "partner_rep": 403, "rival_rep": 404, "stranger": 404}
    for who, status in statuses.items():
        assert send(logged_in(cast, who), proposal, data).status_code == status, who
        assert logged_in(cast, who).get(url("proposal_review_draft", proposal)).status_code == status, who
        with pytest.raises(NotYou):
            finish_review_draft(proposal=proposal, written=_finished(proposal), by=world.act(who))
    another = send(logged_in(cast, "reviewer"), proposal, data, writer=str(cast.second_reviewer.user.pk))
    assert (another.status_code, another.json()["state"]) == (403, "stranger")
    assert not Review.objects.exists()
    # Whoever belongs to the applicant by now, declares a conflict or is dismissed: shut at once.
    client, second = logged_in(cast, "reviewer"), logged_in(cast, "second_reviewer")
    own = Membership.objects.create(user=cast.reviewer.user, organisation=proposal.organisation)
    assert send(client, proposal, data).status_code == 403, (
        "an applicant's own, who sees the proposal and may not score"
    )
    own.delete()
    assert send(client, proposal, data).status_code == 200
    declared = {proposal.organisation_id: (True, "ญาติ")}
    declare_conflicts(call=world.again(call), declarations=declared, by=world.act("reviewer"))
    assert send(client, proposal, screen(world, proposal)).status_code == 404
    capacity = call.capacities.get(user=cast.second_reviewer.user)
    assert send(second, proposal, screen(world, proposal, "second_reviewer"), comment="ก").status_code == 200
    dismiss_reviewer(call=world.again(call), capacity=capacity, reason="ย้าย", by=world.act("officer"))
    assert send(second, proposal, data).status_code == 404


def test_without_the_token_nothing_is_saved(cast, world, judged):
    _call, proposal, _criteria = judged
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.reviewer.user)
    data = screen(world, proposal)
    assert send(strict, proposal, data, comment="ปลอม").status_code == 403
    token = strict.get(url("proposal_review_draft", proposal)).json()["csrf"]
    assert send(strict, proposal, data, comment="จริง", csrfmiddlewaretoken=token).status_code == 200
    assert Review.objects.get().comment == "จริง"


def test_reviewers_save_side_by_side(cast, world, judged):
    _call, proposal, (first, *_others) = judged
    both = {name: screen(world, proposal, name) for name in ("reviewer", "second_reviewer")}
    for name, data in both.items():
        assert send(logged_in(cast, name), proposal, data, **{f"reason_{first}": name}).status_code == 200
    reasons = {row.reviewer_id: row.scores.get().reason for row in Review.objects.all()}
    assert reasons == {cast.reviewer.user.pk: "reviewer", cast.second_reviewer.user.pk: "second_reviewer"}


def _finished(proposal) -> Written:
    rows = [row.pk for row in proposal.call.criteria.filter(kind=CriterionKind.SCORING)]
    points = {f"points_{pk}": 4 for pk in rows} | {f"reason_{pk}": "ดี" for pk in rows}
    return Written({**points, "feedback": "", "comment": ""}, drawn=digests(values_of_review(proposal, None)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_windows_at_the_same_moment_one_is_told(cast):
    world = World(cast)
    _call, proposal, _rival = scoring(world)
    drawn, by = digests(values_of_review(proposal, None)), world.act("reviewer")

    def written(**values: str) -> Any:
        return lambda: save_review_draft(proposal=proposal, written=Written(values, drawn=drawn), by=by)

    answers = at_once(written(comment="หนึ่ง"), written(comment="สอง"))
    assert refusals(answers) == [OtherWindow] and Review.objects.count() == 1
    assert refusals(at_once(written(feedback="ก"), lambda: finish_unready(proposal, by))) == [ValidationError]
    assert Review.objects.get().feedback == "ก"


def finish_unready(proposal, by) -> Review:
    empty = values_of_review(proposal, None)
    return finish_review_draft(proposal=proposal, written=Written({}, drawn=digests(empty)), by=by)
