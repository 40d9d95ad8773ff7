"""Ranking, committee, resolution, reopening, separation of duties, the reserve list (§3.1 step 2, §3.2 step 4)."""

import io
import zipfile
from datetime import time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.agreements import end_agreement
from agreements.actions.awards import propose_selection
from agreements.actions.calls import begin_selection, close_submissions
from agreements.actions.decisions import endorse_decision
from agreements.actions.promotion import propose_promotion
from agreements.actions.reviews import finish_review, reopen_review, save_review
from agreements.actions.selection_committee import Member, appoint_committee
from agreements.documents.minutes import build_minutes
from agreements.enums import CapacityKind, DecisionKind
from agreements.models import (
    Agreement,
    ConflictDeclaration,
    ProposalVersion,
    Resolution,
    Review,
    ReviewAssignment,
    ReviewScore,
    SelectionMember,
)
from agreements.queries.ranking import whole_ranking
from core import clock
from core.models import OutboxMessage
from core.workflow import Missing, NotNow, NotYou
from tests.built_once import built_once
from tests.factories import OrganisationFactory, UserFactory
from tests.pdfs import PDF
from tests.world import World

pytestmark = pytest.mark.django_db
JUDGES = ("reviewer", "second_reviewer")


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
def scoring(world, **call_facts):
    """A Grant call with two eligible proposals of 600,000 and 700,000 baht, and two reviewers who can begin."""
    call = world.published_call("grant", budget_ceiling=Decimal(1_000_000), **call_facts)
    partner = world.submitted_proposal(call, budget=Decimal(600_000))
    rival = world.submitted_proposal(call, by="rival", budget=Decimal(700_000))
    world.pass_deadline(call)
    close_submissions(call=call, by=world.act("officer"))
    for proposal in (partner, rival):
        world.screen(proposal)
    world.name_reviewers(call, *JUDGES)
    begin_selection(call=world.again(call), by=world.act("officer"))
    return world.again(call), world.again(partner), world.again(rival)


@built_once
def scored(world, points=((5, 4), (3, 4))):
    """`points`: of each proposal, by each reviewer."""
    call, partner, rival = scoring(world)
    for proposal, given in zip((partner, rival), points, strict=True):
        for name, each in zip(JUDGES, given, strict=True):
            world.score(proposal, points=each, by=name)
    return world.again(call), world.again(partner), world.again(rival)


def told(cast, name: str) -> list[str]:
    rows = OutboxMessage.objects.filter(to_user_id=cast.people[name].user.pk)
    return list(rows.order_by("pk").values_list("kind", flat=True))


# --- scores ---------------------------------------------------------------------------------------------------------


def test_what_is_written_without_points_is_kept_and_is_not_a_nought(world):
    call, partner, _rival = scoring(world)
    first, *_others = partner.call.criteria.filter(kind="scoring")
    save_review(
        proposal=partner, scores={first.pk: (None, "ยังคิดอยู่")}, comment="", feedback="ขอบคุณ", by=world.act("reviewer")
    )
    assert ReviewScore.objects.get().points is None
    everything = {row.pk: (4, "เหมาะสม") for row in partner.call.criteria.filter(kind="scoring")}
    with pytest.raises(ValidationError):
        finish_review(
            proposal=partner, scores=everything | {first.pk: (None, "ยังคิดอยู่")}, comment="", by=world.act("reviewer")
        )
    row = next(row for row in whole_ranking(call, world.act("officer")).rows if row.proposal == partner)
    assert (row.mean, row.place.place, row.place.final) == (None, None, None)
    page = logged_in(world.cast, "reviewer").get(url("proposal_review", partner)).text
    assert "ยังคิดอยู่" in page
    assert "ขอบคุณ" in page


def test_the_rubric_stands_beside_each_choice(world, cast):
    call, partner, _rival = scoring(world)
    first = call.criteria.filter(kind="scoring").first()
    first.levels = [[5, "ผลงานเด่นชัด"], [0, "ไม่มีผลงาน"]]
    first.save()
    page = logged_in(cast, "reviewer").get(url("proposal_review", partner)).text
    assert page.count('type="radio" name="points_') == 7 * call.criteria.filter(kind="scoring").count()
    assert "ผลงานเด่นชัด" in page
    assert page.index("ผลงานเด่นชัด") < page.index("ไม่มีผลงาน")


def test_a_finished_review_is_opened_again_with_a_reason_and_asks_the_committee_for_another_look(world, cast):
    call, partner, rival = scored(world)
    world.resolve(call, {partner.pk: ("selected", "ก"), rival.pk: ("reserve", "ข")})
    review = partner.reviews.get(reviewer=cast.reviewer.user)
    page = url("proposal_review_reopen", partner, review.pk)
    officer = logged_in(cast, "officer")
    empty = officer.post(page, {"reason": " ", "version": world.again(partner).version, "key": "a"})
    assert list(empty.context["form"].errors) == ["reason"]
    done = officer.post(page, {"reason": "ให้คะแนนสลับช่อง", "version": world.again(partner).version, "key": "b"})
    assert done.status_code == 302
    review = world.again(review)
    assert (review.total, review.finished_at, review.scores.count()) == (None, None, 5)
    assert (review.reopenings.get().total_before, review.reopenings.get().reopened_by) == (100, cast.officer.user)
    assert told(cast, "reviewer")[-1] == "review.reopened"
    assert "ให้คะแนนสลับช่อง" in logged_in(cast, "reviewer").get(url("proposal_review", partner)).text
    with pytest.raises(NotNow):
        reopen_review(review=review, reason="อีกครั้ง", by=world.act("officer"))
    with pytest.raises(Missing):
        world.decide(DecisionKind.SELECT_PROPOSALS, world.again(call))
    world.score(partner, points=4)
    with pytest.raises(Missing) as error:
        world.decide(DecisionKind.SELECT_PROPOSALS, world.again(call))
    assert [item.name for item in error.value.items] == ["resolution_complete"]


def test_nothing_is_opened_again_while_the_selection_is_decided_and_never_by_outsiders(world, cast):
    call, partner, rival = scored(world)
    review = partner.reviews.first()
    for name in ("executive", "partner_rep", "reviewer", "opdc", "other_officer"):
        with pytest.raises(NotYou):
            reopen_review(review=review, reason="เหตุผล", by=world.act(name))
    world.resolve(call, {partner.pk: ("selected", "ก"), rival.pk: ("reserve", "ข")})
    propose_selection(call=world.again(call), by=world.act("officer"))
    with pytest.raises(NotNow):
        reopen_review(review=review, reason="เหตุผล", by=world.act("officer"))


# --- the ranking ----------------------------------------------------------------------------------------------------


def test_the_ranking_is_for_those_who_judge_once_they_have_finished(world, cast):
    call, partner, _rival = scoring(world)
    world.score(partner, points=5, by="reviewer")
    page = url("call_ranking", call)
    assert logged_in(cast, "reviewer").get(page).status_code == 403
    for name in ("partner_rep", "rival_staff", "other_officer", "stranger"):
        assert logged_in(cast, name).get(page).status_code in (403, 404), name
        assert logged_in(cast, name).get(url("call_ranking_xlsx", call)).status_code in (403, 404), name
    world.score(_rival, points=2, by="reviewer")
    assert logged_in(cast, "reviewer").get(page).status_code == 200
    assert logged_in(cast, "second_reviewer").get(page).status_code == 403
    for name in ("officer", "executive", "opdc"):
        assert logged_in(cast, name).get(page).status_code == 200


def test_page_and_spreadsheet_show_places_spread_budget_and_what_one_reviewer_changes(world, cast):
    call, partner, rival = scored(world, points=((5, 1), (3, 4)))
    partner.organisation.name_th = "=HYPERLINK(1)"
    partner.organisation.save()
    page = logged_in(cast, "officer").get(url("call_ranking", call))
    assert [(one.row.proposal, one.row.place.place) for one in page.context["complete"]] == [(rival, 1), (partner, 2)]
    by_rank = {one.row.proposal: one.row for one in page.context["complete"]}
    assert (by_rank[rival].place.cumulated, by_rank[rival].place.within) == (700_000, True)
    assert (by_rank[partner].place.cumulated, by_rank[partner].place.within) == (1_300_000, False)
    assert len(by_rank[partner].far) == 2
    assert not by_rank[rival].far
    changes = {one.name: one.sentences for one in page.context["changes"]}
    assert changes[cast.second_reviewer.user.full_name_th]
    assert not changes[cast.reviewer.user.full_name_th]
    answer = logged_in(cast, "officer").get(url("call_ranking_xlsx", call))
    parts = zipfile.ZipFile(io.BytesIO(answer.content))
    sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    texts = parts.read("xl/sharedStrings.xml").decode()
    assert len(sheets) == 3
    assert not any("<f>" in sheet for sheet in sheets)
    assert "=HYPERLINK(1)" in texts
    assert "ข้อเสนอโครงการ" in texts
    assert cast.reviewer.user.full_name_th in texts


def test_a_ranking_of_three_costs_as_many_queries_as_one_of_two(world, cast, django_assert_num_queries):
    call, partner, _rival = scored(world)
    client = logged_in(cast, "officer")
    client.get(url("call_ranking", call))
    with CaptureQueriesContext(connection) as asked:
        client.get(url("call_ranking", call))
    reviewers = [UserFactory() for _n in range(8)]
    criteria = list(call.criteria.filter(kind="scoring"))
    for number in range(28):
        proposal = world.again(partner)
        proposal.pk, proposal._state.adding = None, True
        proposal.reference, proposal.organisation = f"P-{number}", OrganisationFactory(kind="foundation")
        proposal.save()
        version = ProposalVersion.objects.create(
            proposal=proposal, number=1, content="{}", sha256="0" * 64, submitted_at=clock.now(),
            submitted_by=cast.partner_rep.user, submitted_by_name="ผู้แทน",
        )  # fmt: skip
        for user in reviewers:
            ReviewAssignment.objects.create(proposal=proposal, reviewer=user)
            review = Review.objects.create(
                proposal=proposal, version=version, reviewer=user, total=Decimal(number), finished_at=clock.now()
            )
            ReviewScore.objects.bulk_create(ReviewScore(review=review, criterion=one, points=3) for one in criteria)
    with django_assert_num_queries(len(asked)):
        page = client.get(url("call_ranking", call))
    assert len(page.context["complete"]) == 30
    assert len(asked) <= 30


# --- committee and resolution ---------------------------------------------------------------------------------------


def test_the_officer_appoints_the_committee_in_the_browser(world, cast):
    call, _partner, _rival = scored(world)
    client, page = logged_in(cast, "officer"), url("call_committee", call)
    rows = [("นางประธาน", "chair", ""), ("นายกรรมการ", "member", "nobody@example.org"), ("นางเลขา", "secretary", "")]
    data = {"order_number": "12/2569", "order_on": "1/10/2568", "version": call.version, "key": "a"}
    data |= {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 0}
    for number, (name, role, email) in enumerate(rows):
        data |= {f"form-{number}-name": name, f"form-{number}-role": role, f"form-{number}-email": email}
    wrong = client.post(page, data)
    assert "email" in wrong.context["formsets"][0].forms[1].errors
    email = cast.evaluator.user.email
    no_chair = client.post(page, data | {"form-0-role": "member", "form-1-email": email})
    assert no_chair.context["form"].non_field_errors()
    applicant = client.post(page, data | {"form-1-email": cast.rival_staff.user.email, "key": "b"})
    assert applicant.context["form"].non_field_errors()
    assert not SelectionMember.objects.exists()
    paper = SimpleUploadedFile("คำสั่ง.pdf", PDF, content_type="application/pdf")
    assert client.post(page, data | {"form-1-email": email, "key": "c", "order_file": paper}).status_code == 302
    members = SelectionMember.objects.filter(committee__call=call)
    assert [(row.name, row.role) for row in members] == [(name, role) for name, role, _email in rows]
    assert call.has_capacity(cast.evaluator.user.pk, CapacityKind.COMMITTEE_MEMBER)
    assert told(cast, "evaluator")[-1] == "call.committee"
    order = world.again(call).selection_committee.order_file
    assert client.get(order.get_absolute_url()).status_code == 200
    assert logged_in(cast, "partner_rep").get(order.get_absolute_url()).status_code in (403, 404)
    appoint_committee(
        call=world.again(call),
        order_number="13/2569",
        order_on=clock.today(),
        members=[Member("นางประธาน", role="chair"), Member("นายใหม่"), Member("นางเลขา", role="secretary")],
        by=world.act("officer"),
    )
    assert not call.has_capacity(cast.evaluator.user.pk, CapacityKind.COMMITTEE_MEMBER)


def typed(day) -> str:
    return f"{day.day}/{day.month}/{day.year + 543}"


def resolution(call, **verdicts):
    members = list(SelectionMember.objects.filter(committee__call=call).values_list("pk", flat=True))
    data = {"meeting_number": "1/2569", "held_on": typed(clock.today()), "minutes": "มีมติ", "attended": members}
    return data | {"version": call.version, "key": "k", **verdicts}


def test_the_resolution_in_the_browser_says_at_each_field_what_is_wrong(world, cast):
    call, partner, rival = scored(world)
    world.appoint(call)
    call = world.again(call)
    client, page = logged_in(cast, "officer"), url("call_resolution", call)
    both = {f"outcome_{one.pk}": "selected" for one in (partner, rival)}
    reasons = {f"reason_{one.pk}": "คะแนนสูง" for one in (partner, rival)}
    reserve = {f"outcome_{partner.pk}": "selected", f"outcome_{rival.pk}": "reserve"}

    def wrong(**data) -> list[str]:
        answer = client.post(page, resolution(call, **data))
        assert answer.status_code == 200
        assert "มีมติ" in answer.text
        return sorted(answer.context["form"].errors)

    assert wrong(**both) == sorted(reasons)
    assert wrong(**both, **reasons) == ["over_ceiling_reason"]
    assert wrong(**reserve, **reasons) == [f"reserve_rank_{rival.pk}"]
    assert wrong(**reserve, **reasons, **{f"reserve_rank_{rival.pk}": "2"}) == [f"reserve_rank_{rival.pk}"]
    assert wrong(**reserve, **reasons, **{f"reserve_rank_{rival.pk}": "9" * 30}) == [f"reserve_rank_{rival.pk}"]
    first, *others = SelectionMember.objects.filter(committee__call=call).order_by("ordinal")
    good = {**reserve, **reasons, f"reserve_rank_{rival.pk}": "1"}
    assert wrong(**good, attended=[first.pk]) == ["attended"]
    assert wrong(**good, began_at="16.30", ended_at="๑๓.๐๐ น.") == ["ended_at"]
    assert wrong(**good, began_at="บ่าย") == ["began_at"]
    assert wrong(**good, attended=["x"]) == ["attended"]
    assert wrong(**good, attended=[one.pk for one in others]) == ["presided_by"]
    presided = {"attended": [one.pk for one in others], "presided_by": others[0].pk}
    presided |= {"began_at": "๑๓.๓๐ น.", "ended_at": "16:05"}
    assert client.post(page, resolution(call, **{**good, **presided})).status_code == 302
    kept = Resolution.objects.get()
    assert (kept.presided_by, kept.attended.count(), kept.outcomes.get(proposal=rival).reserve_rank) == (
        others[0],
        2,
        1,
    )
    assert (kept.began_at, kept.ended_at) == (time(13, 30), time(16, 5))
    told = build_minutes(kept)
    assert (told.began_at, told.ended_at) == ("13.30 น.", "16.05 น.")
    assert first.name not in kept.members
    assert "12/2569" not in kept.appointment_order
    above = {**both, **reasons, "over_ceiling_reason": "มีเงินเหลือจากประกาศก่อน", "version": world.again(call).version}
    assert client.post(page, resolution(call, **{**above, "key": "z"})).status_code == 302
    answer = client.get(url("call_minutes", call))
    assert answer["Content-Type"] == "application/pdf"
    assert logged_in(cast, "partner_rep").get(url("call_minutes", call)).status_code in (403, 404)
    assert logged_in(cast, "reviewer").get(url("call_minutes", call)).status_code == 403


def test_a_member_with_a_conflict_is_noted_as_having_left_and_the_minutes_say_so(world, cast):
    call, partner, rival = scored(world)
    world.appoint(call, "evaluator")
    outcomes = {partner.pk: ("selected", "ก"), rival.pk: ("reserve", "ข")}
    ConflictDeclaration.objects.filter(call=call, user=cast.evaluator.user).delete()
    with pytest.raises(ValidationError):
        world.resolve(world.again(call), outcomes)
    world.declare(call, "evaluator", {rival.organisation_id: "เคยเป็นที่ปรึกษา"})
    world.resolve(world.again(call), outcomes)
    name = cast.evaluator.user.full_name_th
    kept = Resolution.objects.get()
    assert kept.outcomes.get(proposal=rival).stepped_out == name
    assert kept.outcomes.get(proposal=partner).stepped_out == ""
    assert [row.left for row in build_minutes(kept).rows] == [(), (name,)]
    client = logged_in(cast, "evaluator")
    assert client.get(url("proposal_detail", partner)).status_code == 200
    assert client.get(url("proposal_detail", rival)).status_code == 404
    page = client.get(url("call_ranking", call))
    assert [one.row.proposal for one in page.context["complete"]] == [partner]
    assert rival.organisation.name_th not in page.text


# --- the decision and the reserve -----------------------------------------------------------------------------------


def test_nobody_who_judged_or_sat_on_the_committee_decides(world, cast):
    call, partner, rival = scored(world)
    world.appoint(call, "executive")
    world.resolve(world.again(call), {partner.pk: ("selected", "ก"), rival.pk: ("reserve", "ข")})
    decision = propose_selection(call=world.again(call), by=world.act("second_officer"))
    with pytest.raises(NotYou):
        endorse_decision(decision=decision, by=world.act("executive"))
    assert world.again(call).state == "selection"


@built_once
def decided(world):
    call, partner, rival = scored(world)
    world.resolve(call, {partner.pk: ("selected", "คะแนนสูงสุด"), rival.pk: ("reserve", "ลำดับรอง")})
    world.decide(DecisionKind.SELECT_PROPOSALS, world.again(call))
    return world.again(call), world.again(partner), world.again(rival)


def test_the_first_in_reserve_takes_the_place_of_a_partner_that_fell_out(world, cast):
    call, partner, rival = decided(world)
    with pytest.raises(NotNow):
        propose_promotion(call=call, proposal=rival, by=world.act("officer"))
    end_agreement(agreement=partner.agreement, move="cancel", reason="ถอนตัว", by=world.act("partner_rep"))
    client, page = logged_in(cast, "officer"), url("call_propose_promotion", call)
    assert client.get(page).status_code == 200
    done = client.post(page, {"proposal": rival.pk, "comment": "", "version": world.again(call).version, "key": "a"})
    assert done.status_code == 302
    decision = call.decisions.get(kind=DecisionKind.PROMOTE_RESERVE)
    for name in ("officer", "partner_rep"):
        with pytest.raises(NotYou):
            endorse_decision(decision=decision, by=world.act(name))
    detail = logged_in(cast, "executive").get(reverse("agreements:decision_detail", args=[decision.pk]))
    assert rival.organisation.name_th in detail.text
    endorse_decision(decision=decision, by=world.act("executive"))
    assert world.again(rival).state == "selected"
    assert Agreement.objects.get(proposal=rival).standing == "preparing"
    assert "proposal.promoted" in told(cast, "rival_rep")
    with pytest.raises(NotNow):
        propose_promotion(call=world.again(call), proposal=rival, by=world.act("officer"))
