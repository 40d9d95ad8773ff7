"""Judging proposals: screening, presentation, reviewers kept apart, scores, the committee's resolution (§3.1-3.2)."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from agreements.actions.assignments import assign_reviewers
from agreements.actions.calls import begin_selection, close_submissions
from agreements.actions.presentations import record_presentation
from agreements.actions.resolutions import Verdict, record_resolution
from agreements.actions.reviewers import dismiss_reviewer, name_reviewer
from agreements.actions.reviews import finish_review, save_review
from agreements.actions.screening import screen_proposal
from agreements.enums import CriterionKind, ProposalState
from agreements.models import Review
from agreements.queries.calls import proposals_for
from agreements.queries.ranking import ranking
from agreements.ranking import mean, weighted_total
from core import clock
from core.workflow import AlreadyDone, Missing, NotNow, NotYou, Stamp
from tests.built_once import built_once
from tests.factories import UserFactory
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


def logged_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


def url(page: str, record, *args) -> str:
    return reverse(f"agreements:{page}", args=[record.reference, *args])


@built_once
def screening(world, form: str = "pbc"):
    """A closed call with two submitted proposals."""
    call = world.published_call(form)
    partner, rival = world.submitted_proposal(call), world.submitted_proposal(call, by="rival")
    world.pass_deadline(call)
    close_submissions(call=call, by=world.act("officer"))
    return world.again(call), world.again(partner), world.again(rival)


@built_once
def scoring(world, form: str = "pbc"):
    """Two eligible proposals and two reviewers who can begin."""
    call, partner, rival = screening(world, form)
    for proposal in (partner, rival):
        world.screen(proposal)
    world.name_reviewers(call, "reviewer", "second_reviewer")
    begin_selection(call=world.again(call), by=world.act("officer"))
    return world.again(call), world.again(partner), world.again(rival)


def everyone(cast):
    return [cast.reviewer.user.pk, cast.second_reviewer.user.pk]


def scores(proposal, points: int = 4, reason: str = "เหมาะสม"):
    return {row.pk: (points, reason) for row in proposal.call.criteria.filter(kind=CriterionKind.SCORING)}


def checks(proposal, met: bool = True, reason: str = ""):
    return {row.pk: (met, reason) for row in proposal.call.criteria.filter(kind=CriterionKind.ELIGIBILITY)}


# --- screening ------------------------------------------------------------------------------------------------------


def test_all_qualifications_met_makes_eligible_and_one_not_met_makes_ineligible_with_the_reason(world):
    _call, partner, rival = screening(world)
    screen_proposal(proposal=partner, checks=checks(partner), by=world.act("officer"))
    mixed = checks(rival)
    first = next(iter(mixed))
    screen_proposal(proposal=rival, checks=mixed | {first: (False, "ไม่มีผลงาน")}, by=world.act("officer"))
    partner, rival = world.again(partner), world.again(rival)
    assert (partner.state, rival.state) == (ProposalState.ELIGIBLE, ProposalState.INELIGIBLE)
    assert "ไม่มีผลงาน" in rival.result_reason
    assert rival.screening_checks.count() == 5


def test_screening_needs_every_answer_and_a_reason_for_each_no(world):
    _call, partner, _rival = screening(world)
    answers = checks(partner)
    with pytest.raises(ValidationError):
        screen_proposal(proposal=partner, checks=dict(list(answers.items())[1:]), by=world.act("officer"))
    with pytest.raises(ValidationError):
        screen_proposal(proposal=partner, checks=checks(partner, met=False, reason=" "), by=world.act("officer"))
    assert world.again(partner).state == ProposalState.SUBMITTED
    assert not partner.screening_checks.exists()


@pytest.mark.parametrize(
    "name", ["executive", "finance", "partner_rep", "rival_rep", "other_officer", "opdc", "stranger"]
)
def test_only_the_agencys_officer_screens(world, name):
    _call, partner, _rival = screening(world)
    with pytest.raises(NotYou):
        screen_proposal(proposal=partner, checks=checks(partner), by=world.act(name))


def test_nothing_is_screened_while_the_call_is_open(world):
    proposal = world.submitted_proposal(world.published_call())
    with pytest.raises(NotNow):
        screen_proposal(proposal=proposal, checks=checks(proposal), by=world.act("officer"))


def test_a_no_without_a_reason_is_said_at_its_field(world, cast):
    _call, partner, _rival = screening(world)
    rows = list(checks(partner))
    data = {f"met_{pk}": "yes" for pk in rows} | {f"met_{rows[0]}": "no", "version": partner.version, "key": "k"}
    answer = logged_in(cast, "officer").post(url("proposal_screen", partner), data)
    assert list(answer.context["form"].errors) == [f"reason_{rows[0]}"]
    assert world.again(partner).state == ProposalState.SUBMITTED


def test_a_grant_has_no_presentation(world):
    call, partner, rival = screening(world, "grant")
    for proposal in (partner, rival):
        screen_proposal(proposal=proposal, checks={}, by=world.act("officer"))
    facts = {"held_on": clock.today(), "place": "ห้อง 1", "minutes": "ครบถ้วน"}
    with pytest.raises(NotNow):
        record_presentation(proposal=world.again(partner), by=world.act("officer"), **facts)
    world.name_reviewers(call)
    assert begin_selection(call=world.again(call), by=world.act("officer")).state == "selection"


# --- reviewers ------------------------------------------------------------------------------------------------------


def test_whoever_belongs_to_an_applicant_cannot_review(world, cast):
    call, _partner, _rival = screening(world)
    with pytest.raises(ValidationError):
        name_reviewer(call=call, user=cast.rival_staff.user, by=world.act("officer"))
    assert not call.capacities.exists()


def test_a_reviewer_sees_nothing_before_and_after_the_invitation(world, cast):
    call, partner, _rival = scoring(world)
    client = logged_in(cast, "reviewer")
    assert client.get(url("proposal_detail", partner)).status_code == 200
    capacity = call.capacities.get(user=cast.reviewer.user)
    dismiss_reviewer(call=world.again(call), capacity=capacity, reason="ย้าย", by=world.act("officer"))
    assert client.get(url("proposal_detail", partner)).status_code == 404
    name_reviewer(call=world.again(call), user=cast.reviewer.user, by=world.act("officer"))
    assert client.get(url("proposal_detail", partner)).status_code == 404, "assigned anew first"
    assign_reviewers(call=world.again(call), assignments={partner.pk: everyone(cast)}, by=world.act("officer"))
    assert client.get(url("proposal_detail", partner)).status_code == 200


def test_a_reviewer_of_one_call_sees_nothing_of_another(world, cast):
    _call, mine, _rival = scoring(world)
    other = world.submitted_proposal(world.published_call())
    client = logged_in(cast, "reviewer")
    assert client.get(url("proposal_detail", mine)).status_code == 200
    assert client.get(url("proposal_detail", other)).status_code == 404
    assert client.get(url("proposal_review", other)).status_code == 404


def test_a_reviewer_who_has_finished_everything_is_not_dismissed(world, cast):
    call, partner, rival = scoring(world)
    for proposal in (partner, rival):
        world.score(proposal)
    capacity = call.capacities.get(user=cast.reviewer.user)
    with pytest.raises(NotNow):
        dismiss_reviewer(call=world.again(call), capacity=capacity, reason="ย้าย", by=world.act("officer"))


def test_a_wrong_e_mail_is_said_at_its_field_and_an_applicants_too(world, cast):
    call, _partner, _rival = screening(world)
    data = {"email": "nobody", "kind": "reviewer", "version": call.version, "key": "k"}
    answer = logged_in(cast, "officer").post(url("call_reviewers", call), data)
    assert list(answer.context["form"].errors) == ["email"]
    answer = logged_in(cast, "officer").post(url("call_reviewers", call), data | {"email": "RIVAL_REP@example.org"})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["email"]
    assert not call.capacities.exists()


# --- scores ---------------------------------------------------------------------------------------------------------


@st.composite
def weights_and_points(draw):
    """Weights that total 100, each at least 1, with points 0-5."""
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=9)))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    return [(weight, draw(st.integers(0, 5))) for weight in weights]


@given(weights_and_points())
def test_the_score_is_the_weighted_sum_of_100(rows):
    total = weighted_total(rows)
    assert total * 5 == sum(weight * points for weight, points in rows)
    assert Decimal(0) <= total <= Decimal(100)
    assert total.as_tuple().exponent == -2


@given(weights_and_points(), st.data())
def test_a_better_point_never_lowers_the_score(rows, data):
    index = data.draw(st.integers(0, len(rows) - 1))
    weight, points = rows[index]
    better = [*rows[:index], (weight, min(points + 1, 5)), *rows[index + 1 :]]
    assert weighted_total(better) >= weighted_total(rows)


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=9))
def test_the_mean_lies_between_the_least_and_the_greatest(totals):
    assert min(totals) <= mean(totals) <= max(totals)


def test_all_fives_are_100_and_all_noughts_0():
    assert weighted_total([(60, 5), (40, 5)]) == Decimal("100.00")
    assert weighted_total([(60, 0), (40, 0)]) == Decimal("0.00")
    assert weighted_total([(33, 4), (67, 1)]) == Decimal("39.80")
    assert mean([]) is None


@pytest.mark.parametrize("name", ["officer", "executive", "opdc", "partner_rep", "evaluator", "stranger"])
def test_only_invited_reviewers_score(world, name):
    _call, partner, _rival = scoring(world)
    with pytest.raises(NotYou):
        save_review(proposal=partner, scores=scores(partner), comment="", by=world.act(name))
    assert not Review.objects.exists()


def test_nothing_is_scored_before_the_selection(world, cast):
    call, partner, _rival = screening(world)
    name_reviewer(call=call, user=cast.reviewer.user, by=world.act("officer"))
    with pytest.raises(NotNow):
        save_review(proposal=partner, scores=scores(partner), comment="", by=world.act("reviewer"))


def test_work_is_saved_unfinished_and_counts_for_nothing(world, cast):
    call, partner, _rival = scoring(world)
    one = dict(list(scores(partner).items())[:1])
    save_review(proposal=partner, scores=one, comment="", by=world.act("reviewer"))
    row = ranking(call, world.act("officer"), proposals_for(call, world.act("officer")))[0]
    assert (row.mean, row.finished, row.wanted) == (None, 0, 2)
    with pytest.raises(ValidationError):
        finish_review(proposal=world.again(partner), scores=one, comment="", by=world.act("reviewer"))
    assert Review.objects.get().finished_at is None


def test_a_finished_review_is_closed_and_counted_once(world):
    _call, partner, _rival = scoring(world)
    stamp = Stamp(key="finish")
    by = world.act("reviewer")
    review = finish_review(proposal=partner, scores=scores(partner), comment="ดี", by=by, stamp=stamp)
    assert review.total == Decimal("80.00")
    assert review.version == partner.latest_version
    with pytest.raises(AlreadyDone):
        finish_review(proposal=partner, scores=scores(partner), comment="ดี", by=by, stamp=stamp)
    with pytest.raises(NotYou):
        save_review(proposal=world.again(partner), scores=scores(partner, 0), comment="", by=by)
    assert Review.objects.get().total == Decimal("80.00")


@pytest.mark.parametrize("points", [-1, 6])
def test_points_outside_0_to_5_are_refused(world, points):
    _call, partner, _rival = scoring(world)
    with pytest.raises(ValidationError):
        save_review(proposal=partner, scores=scores(partner, points), comment="", by=world.act("reviewer"))


def test_nobody_sees_anothers_scores_before_finishing_the_own(world, cast):
    call, partner, rival = scoring(world)
    secret = "เหตุผลที่ยังเป็นความลับ"
    finish_review(proposal=partner, scores=scores(partner, 5, secret), comment="", by=world.act("reviewer"))
    client = logged_in(cast, "second_reviewer")
    for page in (url("proposal_detail", partner), url("proposal_review", partner), url("call_detail", call)):
        assert secret not in client.get(page).text
        assert "100.00" not in client.get(page).text
    assert secret in logged_in(cast, "officer").get(url("proposal_detail", partner)).text
    world.score(partner, points=3, by="second_reviewer")
    assert secret in client.get(url("proposal_detail", partner)).text
    row = next(
        row
        for row in ranking(call, world.act("second_reviewer"), proposals_for(call, world.act("second_reviewer")))
        if row.proposal == partner
    )
    assert (row.mean, row.finished, row.wanted) == (Decimal("80.00"), 2, 2)
    assert (
        ranking(call, world.act("second_reviewer"), proposals_for(call, world.act("second_reviewer")))[1].mean is None
    )
    assert rival.reviews.count() == 0


def test_the_applicants_never_see_scores_and_reviewers(world, cast):
    call, partner, rival = scoring(world)
    secret = "เหตุผลของผู้พิจารณา"
    finish_review(proposal=partner, scores=scores(partner, 5, secret), comment="", by=world.act("reviewer"))
    for name in ("partner_rep", "rival_rep"):
        own = partner if name == "partner_rep" else rival
        for page in (url("proposal_detail", own), url("call_detail", call)):
            text = logged_in(cast, name).get(page).text
            assert secret not in text
            assert cast.reviewer.user.full_name_th not in text


def test_reviewers_work_side_by_side(world):
    _call, partner, _rival = scoring(world)
    save_review(proposal=partner, scores=scores(partner), comment="", by=world.act("reviewer"), stamp=Stamp(key="a"))
    save_review(
        proposal=partner, scores=scores(partner), comment="", by=world.act("second_reviewer"), stamp=Stamp(key="b")
    )
    assert partner.reviews.count() == 2


def test_scoring_in_the_browser_keeps_what_was_given_and_says_what_is_missing(world, cast):
    _call, partner, _rival = scoring(world)
    client, page = logged_in(cast, "reviewer"), url("proposal_review", partner)
    first, *others = scores(partner)
    data = {f"points_{first}": "4", f"reason_{first}": "ดีมาก", "version": partner.version, "key": "one", "save": "1"}
    assert client.post(page, data).status_code == 302
    drawn = client.get(page)
    assert "ดีมาก" in drawn.text
    data |= {name: drawn.context["form"][name].value() for name in ("part_version", "drawn")}
    answer = client.post(page, data | {"key": "two", "finish": "1"})
    assert answer.status_code == 200
    wanted = {f"{part}_{pk}" for pk in others for part in ("points", "reason")}
    assert set(answer.context["form"].errors) == wanted
    everything = {f"points_{pk}": "5" for pk in others} | {f"reason_{pk}": "ครบถ้วน" for pk in others}
    done = client.post(page, data | everything | {"key": "three", "finish": "1"})
    assert done.status_code == 302
    assert Review.objects.get().total == Decimal("96.00")


# --- the resolution -------------------------------------------------------------------------------------------------


def test_the_resolution_waits_for_committee_and_every_score(world):
    call, partner, rival = scoring(world)
    world.score(partner)
    meeting = {"meeting_number": "1/2569", "held_on": clock.today(), "minutes": "มีมติ", "attended": []}
    outcomes = {partner.pk: Verdict("selected", "ก"), rival.pk: Verdict("reserve", "ข", 1)}
    with pytest.raises(Missing) as error:
        record_resolution(call=call, outcomes=outcomes, by=world.act("officer"), **meeting)
    assert [item.name for item in error.value.items] == ["committee_appointed", "all_scored"]


@built_once
def scored(world):
    call, partner, rival = scoring(world)
    for proposal in (partner, rival):
        for name in ("reviewer", "second_reviewer"):
            world.score(proposal, by=name)
    return world.again(call), world.again(partner), world.again(rival)


def test_the_page_of_a_call_asks_the_same_number_of_queries_with_2_and_with_6_reviewers(
    world, cast, django_assert_max_num_queries, django_assert_num_queries
):
    call, partner, _rival = scoring(world)
    world.score(partner)
    client = logged_in(cast, "officer")
    client.get(url("call_detail", call))
    with django_assert_max_num_queries(40) as asked:
        client.get(url("call_detail", call))
    for _n in range(4):
        user = UserFactory()
        name_reviewer(call=world.again(call), user=user, by=world.act("officer"))
        Review.objects.create(
            proposal=partner,
            version=partner.latest_version,
            reviewer=user,
            total=Decimal("50"),
            finished_at=clock.now(),
        )
    with django_assert_num_queries(len(asked)):
        client.get(url("call_detail", call))


def test_a_ranking_hides_from_a_reviewer_what_is_not_his_or_hers_yet(world):
    call, partner, _rival = scoring(world)
    world.score(partner, points=5, by="reviewer")
    rows = ranking(call, world.act("second_reviewer"), proposals_for(call, world.act("second_reviewer")))
    assert [row.mean for row in rows] == [None, None]
