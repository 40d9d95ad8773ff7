"""Who judges: declarations before anything is read, assignments, and every door shut by the query (§3.1-3.2)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from agreements.actions.assignments import assign_reviewers, draw_assignments
from agreements.actions.calls import begin_selection, close_submissions
from agreements.actions.conflicts import declare_conflicts
from agreements.actions.judge_invitations import accept_judge_invitation, invite_judge
from agreements.actions.proposals import attach_file, begin_proposal
from agreements.actions.reviewers import name_reviewer
from agreements.actions.submission import submit_proposal
from agreements.models import Call, ConflictDeclaration, JudgeInvitation, Proposal, ReviewAssignment
from agreements.queries.calls import proposals_for
from agreements.queries.ranking import ranking
from agreements.queries.relations import known_relations, name_parts
from agreements.requirements.call_facts import load
from core.files import can_read, files_of
from core.models import OutboxMessage
from core.workflow import Missing, NotNow, NotYou
from partnerships.models import Membership
from partnerships.queries.actors import actor_for
from reporting.worklist import work_of
from tests.built_once import built_once
from tests.factories import UserFactory
from tests.races import at_once, refusals
from tests.world import PROPOSAL, World, evidence, proposal_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(page: str, record, *args) -> str:
    return reverse(f"agreements:{page}", args=[record.reference, *args])


@built_once
def screened(world, wanted: int | None = None, **facts):
    """Two eligible proposals of a closed Grant call, each with a file."""
    call = world.published_call("grant")
    call.documents.update(is_required=False)  # which documents a call wants is tried elsewhere
    for by in ("partner", "rival"):
        proposal = begin_proposal(call=call, title=f"โครงการของ {by}", by=world.act(f"{by}_staff"))
        world.write(proposal, by=f"{by}_staff", rows=proposal_rows(), **PROPOSAL)
        attach_file(proposal=world.again(proposal), upload=evidence(f"{by}.png"), by=world.act(f"{by}_staff"))
        proposal.team_rows.create(name=f"ทีมงานของ {by}", duty="หัวหน้าโครงการ")
        submit_proposal(proposal=world.again(proposal), by=world.act(f"{by}_rep"))
    world.pass_deadline(call)
    Call.objects.filter(pk=call.pk).update(reviewers_per_proposal=wanted, **facts)
    close_submissions(call=world.again(call), by=world.act("officer"))
    partner, rival = call.proposals.order_by("pk")
    for proposal in (partner, rival):
        world.screen(proposal)
    return world.again(call), world.again(partner), world.again(rival)


def named(world, call, *names: str) -> None:
    for name in names:
        name_reviewer(call=world.again(call), user=world.cast.people[name].user, by=world.act("officer"))


def doors(call, proposal, actor) -> dict[str, bool]:
    """Every way to a proposal, and whether it is open."""
    client = logged_in(actor.user)
    file = files_of(proposal).get()
    listed = client.get(url("call_detail", call)).text
    return {
        "query": Proposal.objects.visible_to(actor).filter(pk=proposal.pk).exists(),
        "page": client.get(url("proposal_detail", proposal)).status_code == 200,
        "form": client.get(url("proposal_review", proposal)).status_code == 200,
        "receipt": client.get(url("proposal_receipt", proposal)).status_code == 200,
        "paper": client.get(url("proposal_print", proposal)).status_code == 200,
        "draft": client.get(url("proposal_review_draft", proposal)).status_code == 200,
        "file": client.get(file.get_absolute_url()).status_code == 200,
        "file rule": can_read(file, actor),
        "list": proposal.title in listed or proposal.organisation.name in listed,
        "ranking": any(row.proposal.pk == proposal.pk for row in ranking(call, actor, proposals_for(call, actor))),
        "work list": any(item.matter == proposal.title for group in work_of(actor).groups for item in group.items),
    }


SHUT = {
    "query": False, "page": False, "form": False, "receipt": False, "paper": False, "draft": False, "file": False, "file rule": False, "list": False,
    "ranking": False, "work list": False,
}  # fmt: skip
OPEN = {name: name != "receipt" for name in SHUT}


def test_each_door_is_shut_until_all_is_declared_and_stays_shut_for_a_conflict(world, cast):
    call, partner, rival = screened(world)
    named(world, call, "reviewer", "second_reviewer")
    reviewer = world.act("reviewer")
    for proposal in (partner, rival):
        assert doors(call, proposal, reviewer) == SHUT
    answers = {partner.organisation_id: (True, "เคยเป็นที่ปรึกษา"), rival.organisation_id: (False, "")}
    with pytest.raises(ValidationError):
        declare_conflicts(call=call, declarations={partner.organisation_id: (False, "")}, by=reviewer)
    declare_conflicts(call=call, declarations=answers, by=reviewer)
    world.declare(call, "second_reviewer")
    assert doors(call, rival, reviewer) == SHUT, "declared, and not assigned"
    with pytest.raises(ValidationError):
        assign_reviewers(call=world.again(call), assignments={partner.pk: [reviewer.user_id]}, by=world.act("officer"))
    begin_selection(call=world.again(call), by=world.act("officer"))
    call = world.again(call)
    assert doors(call, partner, reviewer) == SHUT
    assert doors(call, rival, reviewer) == OPEN
    assert doors(call, partner, world.act("second_reviewer")) == OPEN
    with pytest.raises(NotYou):
        world.score(partner)
    # However the row of an assignment came about, the conflict bars.
    ReviewAssignment.objects.create(proposal=partner, reviewer=reviewer.user)
    assert doors(call, partner, reviewer) == SHUT


def test_a_membership_now_or_in_the_past_is_a_conflict_whatever_is_declared(world, cast):
    call, partner, rival = screened(world)
    named(world, call, "reviewer")
    user = cast.reviewer.user
    past = Membership.objects.create(
        user=user, organisation=partner.organisation, starts_on="2020-01-01", ends_on="2021-01-01"
    )
    world.declare(call, "reviewer")
    row = ConflictDeclaration.objects.get(user=user, organisation=partner.organisation)
    assert row.is_conflicted
    assert row.relation
    begin = Missing
    with pytest.raises(begin) as told:
        begin_selection(call=world.again(call), by=world.act("officer"))
    assert [item.name for item in told.value.items] == ["reviewers_assigned"]
    # Who joins an applicant after declaring is shut out at once.
    named(world, call, "second_reviewer")
    world.declare(call, "second_reviewer")
    begin_selection(call=world.again(call), by=world.act("officer"))
    second = world.act("second_reviewer")
    assert Proposal.objects.visible_to(second).count() == 2
    Membership.objects.create(user=second.user, organisation=rival.organisation)
    assert list(Proposal.objects.visible_to(second)) == [partner]
    assert past.ends_on


def test_a_conflict_found_later_takes_the_proposal_away_and_the_finished_review_no_longer_counts(world, cast):
    call, partner, rival = screened(world)
    world.name_reviewers(call, "reviewer", "second_reviewer")
    begin_selection(call=world.again(call), by=world.act("officer"))
    for proposal in (partner, rival):
        world.score(proposal, points=5)
        world.score(proposal, points=1, by="second_reviewer")
    officer = world.act("officer")
    assert {str(row.mean) for row in ranking(world.again(call), officer, proposals_for(call, officer))} == {"60.00"}
    declared = {partner.organisation_id: (True, "ญาติเป็นกรรมการ")}
    declare_conflicts(call=world.again(call), declarations=declared, by=world.act("reviewer"))
    rows = {row.proposal.pk: row for row in ranking(world.again(call), officer, proposals_for(call, officer))}
    assert str(rows[partner.pk].mean) == "20.00"
    assert str(rows[rival.pk].mean) == "60.00"
    assert partner.reviews.count() == 2, "kept on record"
    assert list(partner.reviews.set_aside().values_list("reviewer", flat=True)) == [cast.reviewer.user.pk]
    assert not partner.assignments.filter(reviewer=cast.reviewer.user).exists()
    assert OutboxMessage.objects.filter(kind="call.conflict", to_user_id=cast.officer.user.pk).exists()
    with pytest.raises(ValidationError):  # it stays, now that scoring has begun
        declare_conflicts(
            call=world.again(call),
            declarations={partner.organisation_id: (False, "")},
            by=world.act("reviewer"),
        )


def test_the_draw_is_even_changed_by_hand_and_a_finished_review_keeps_its_reviewer(world, cast):
    call, partner, rival = screened(world, wanted=1)
    world.name_reviewers(call, "reviewer")
    named(world, call, "second_reviewer")
    first, second = cast.reviewer.user.pk, cast.second_reviewer.user.pk
    with pytest.raises(Missing) as told:
        begin_selection(call=world.again(call), by=world.act("officer"))
    assert [item.name for item in told.value.items] == ["conflicts_declared"]
    with pytest.raises(ValidationError):  # has not declared
        assign_reviewers(call=world.again(call), assignments={partner.pk: [second]}, by=world.act("officer"))
    world.declare(call, "second_reviewer")
    draw_assignments(call=world.again(call), by=world.act("officer"))
    assert sorted(ReviewAssignment.objects.values_list("reviewer", flat=True)) == sorted([first, second])
    client = logged_in(cast.officer.user)
    page = client.get(url("call_assignments", call))
    assert page.status_code == 200
    data = {f"proposal_{partner.pk}": [first, second], "version": world.again(call).version, "key": "by hand"}
    assert client.post(url("call_assignments", call), data).status_code == 302
    begin_selection(call=world.again(call), by=world.act("officer"))
    assert partner.assignments.count() == 2
    assert rival.assignments.count() == 1, "what was emptied by hand was drawn"
    world.score(partner, by="second_reviewer")
    with pytest.raises(ValidationError):
        assign_reviewers(call=world.again(call), assignments={partner.pk: [first]}, by=world.act("officer"))
    assert [fact.unscored for fact in load(world.again(call)).proposals] == [1, 1]


def test_the_declaration_names_the_applicants_points_out_relations_and_keeps_what_was_typed(world, cast):
    call, partner, rival = screened(world)
    named(world, call, "reviewer")
    user = cast.reviewer.user
    user.full_name_th = "รองศาสตราจารย์ ดร.สมมติ ทดสอบสกุล"
    user.save()
    partner.organisation.representatives.update(name="นางสาวใครคนหนึ่ง ทดสอบสกุล")
    client = logged_in(user)
    page = client.get(url("call_conflicts", call))
    assert page.status_code == 200
    assert partner.organisation.name in page.text
    assert partner.title not in page.text
    assert "ใครคนหนึ่ง" not in page.text
    field = page.context["form"].fields[f"conflict_{partner.organisation_id}"]
    assert str(field.help_text)
    assert not page.context["form"].fields[f"conflict_{rival.organisation_id}"].help_text
    data = {f"conflict_{partner.organisation_id}": "yes", f"conflict_{rival.organisation_id}": "no", "key": "a"}
    answer = client.post(url("call_conflicts", call), data)
    assert list(answer.context["form"].errors) == [f"relation_{partner.organisation_id}"]
    assert not ConflictDeclaration.objects.exists()
    data |= {f"relation_{partner.organisation_id}": "พี่น้อง", "key": "b"}
    assert client.post(url("call_conflicts", call), data).status_code == 302
    assert ConflictDeclaration.objects.get(is_conflicted=True).relation == "พี่น้อง"
    assert logged_in(cast.officer.user).get(url("call_conflicts", call)).status_code == 403


def test_relations_cost_the_same_at_two_and_at_many_applicants(world, cast, django_assert_num_queries):
    organisations = [cast.organisations[name] for name in ("partner", "rival")]
    user = cast.officer.user
    with django_assert_num_queries(8):
        two = known_relations(user, organisations)
    with django_assert_num_queries(8):
        many = known_relations(user, cast.organisations.values())
    assert two[organisations[0].pk] == []
    assert many[cast.organisations["agency"].pk], "the officer's own agency"
    assert many[cast.organisations["ministry"].pk], "its ministry"
    assert many[cast.organisations["other_agency"].pk], "under the same ministry"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("นางสาวสมหญิง ใจดี", ("สมหญิง", "ใจดี")),
        ("รองศาสตราจารย์ ดร.สมชาย  ใจ ดี", ("สมชาย", "ดี")),
        ("Somchai Jaidee", ("somchai", "jaidee")),
        ("สมชาย", ("สมชาย", "")),
        ("นายสมชาย ใจดี (ประธาน)", ("สมชาย", "ใจดี")),
    ],
)
def test_names_are_compared_without_titles(name, parts):
    assert name_parts(name) == parts


def test_a_person_without_an_account_is_written_to_and_answers_after_signing_up(world, cast):
    call, partner, _rival = screened(world)
    client = logged_in(cast.officer.user)
    data = {"email": "Expert@University.example", "kind": "committee_member", "version": call.version, "key": "k"}
    assert client.post(url("call_reviewers", call), data).status_code == 302
    invitation = JudgeInvitation.objects.get()
    letter = OutboxMessage.objects.get(kind="call.judge_invitation")
    address = reverse("agreements:judge_invitation", args=[invitation.pk])
    assert letter.to_email == invitation.email == "expert@university.example"
    assert address in letter.body
    assert logged_in(cast.reviewer.user).get(address).status_code == 404
    with pytest.raises(ValidationError):
        invite_judge(
            call=world.again(call), email=invitation.email, kind="committee_member", base="x", by=world.act("officer")
        )
    person = UserFactory(email="expert@university.example")
    with pytest.raises(NotYou):
        accept_judge_invitation(invitation=invitation, by=world.act("reviewer"))
    client = logged_in(person)
    assert client.get(address).status_code == 200
    assert client.post(address, {"accept": "1", "key": "yes"}).status_code == 302
    assert call.capacities.get().kind == "committee_member"
    # The committee reads at the selection, and declares first like everybody.
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=world.act("officer"))
    assert client.get(url("proposal_detail", partner)).status_code == 404
    applicants = call.proposals.values_list("organisation_id", flat=True)
    declare_conflicts(call=world.again(call), declarations=dict.fromkeys(applicants, (False, "")), by=actor_for(person))
    assert client.get(url("proposal_detail", partner)).status_code == 200
    with pytest.raises(NotNow):
        accept_judge_invitation(invitation=world.again(invitation), by=actor_for(person))


def test_who_judges_neither_works_for_the_agency_on_the_call_nor_decides_on_it(world, cast):
    call, partner, rival = screened(world)
    with pytest.raises(ValidationError):  # the responsible officer does not score
        named(world, call, "officer")
    named(world, call, "executive")
    world.name_reviewers(call, "second_officer")
    world.declare(call, "executive")
    assert not Proposal.objects.visible_to(world.act("second_officer")).exists(), "a judge, not the agency's officer"
    begin_selection(call=world.again(call), by=world.act("officer"))
    assert logged_in(cast.second_officer.user).get(url("proposal_screen", partner)).status_code in (302, 403)
    for proposal in call.proposals.all():
        for name in ("executive", "second_officer"):
            world.score(proposal, by=name)
    outcomes = {partner.pk: ("selected", "ดี"), rival.pk: ("not_selected", "รองลงมา")}
    world.resolve(world.again(call), outcomes)
    with pytest.raises(NotYou) as told:
        world.decide("select_proposals", world.again(call))
    assert str(told.value.message) != str(NotYou.message), "the reason is said"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_declaring_while_being_assigned_leaves_no_assignment_and_assigning_twice_makes_one(cast):
    world = World(cast)
    call, partner, rival = screened(world)
    world.name_reviewers(call)
    reviewer, officer = world.act("reviewer"), world.act("officer")
    call = world.again(call)
    everybody = {partner.pk: [reviewer.user_id], rival.pk: [reviewer.user_id]}
    conflict = {partner.organisation_id: (True, "ญาติ")}
    answers = at_once(
        lambda: assign_reviewers(call=call, assignments=everybody, by=officer),
        lambda: assign_reviewers(call=call, assignments=everybody, by=world.act("second_officer")),
        lambda: declare_conflicts(call=call, declarations=conflict, by=reviewer),
    )
    assert set(refusals(answers)) <= {ValidationError}
    assert not partner.assignments.exists()
    assert rival.assignments.count() <= 1
    assert not Proposal.objects.visible_to(reviewer).filter(pk=partner.pk).exists()
