"""Who judges a call reads its applicants as a judge alone, whoever else he or she is: every page is asked, not a list of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, reverse
from django.utils.html import strip_tags

from agreements.actions.appeals import file_appeal
from agreements.actions.assignments import assign_reviewers
from agreements.actions.calls import begin_selection
from agreements.actions.decisions import endorse_decision, propose_decision
from agreements.actions.result_letters import issue_result_letters
from agreements.actions.reviewers import name_reviewer
from agreements.actions.selection_committee import Member, appoint_committee
from agreements.enums import DecisionKind
from agreements.judges import half_seen_calls
from agreements.models import Appeal, Decision, PresentationSlot, Proposal, ResultLetter
from agreements.queries.decisions import decisions_visible_to
from core import clock
from partnerships.enums import Role
from tests.agreements.test_conflicts import logged_in, url
from tests.agreements.test_judges_apart import given
from tests.agreements.test_judges_papers import everything_in
from tests.documents.reading import normal
from tests.test_strangers import named_addresses
from tests.world import World

pytestmark = pytest.mark.django_db
SECRET = "งานที่กรรมการผู้นี้ไม่ควรรู้"
DECLARES = ("agreements:call_conflicts",)
# Who judges, and in which capacity.
JUDGES_WITH_A_CONFLICT = [
    ("second_officer", "reviewer"),
    ("executive", "committee_member"),
    ("opdc", "reviewer"),
    ("second_reviewer", "committee_member"),
]


@pytest.fixture
def world(cast):
    return World(cast)


def judged(world, judge: str, kind: str, *, conflicted: bool = True):
    """A call in its selection with two applicants; the judge has declared, with a conflict against the rival or without."""
    call = world.published_call("grant")
    partner, rival = world.submitted_proposal(call), world.submitted_proposal(call, by="rival", title=SECRET)
    world.closed_call(call)
    for proposal in (partner, rival):
        world.screen(proposal)
    world.name_reviewers(call)
    name_reviewer(call=world.again(call), user=world.cast.people[judge].user, kind=kind, by=world.act("officer"))
    world.declare(call, judge, {rival.organisation_id: "พี่สาวเป็นประธาน"} if conflicted else None)
    begin_selection(call=world.again(call), by=world.act("officer"))
    scorers = [world.cast.reviewer.user.pk]
    own = [*scorers, world.cast.people[judge].user.pk] if kind == "reviewer" else scorers
    plan = {partner.pk: own, rival.pk: scorers if conflicted else own}
    assign_reviewers(call=world.again(call), assignments=plan, by=world.act("officer"))
    for proposal in (partner, rival):
        world.score(proposal)
    if kind == "reviewer":
        world.score(partner, by=judge)
    return world.again(call), world.again(partner), world.again(rival)


def decided(world, call, partner, rival, *, member: str = "") -> None:
    """Resolved (by a committee on which the `member` sits), decided, letters issued, and an appeal of the rival."""
    if member:
        user = world.cast.people[member].user
        chair, secretary = Member("นางประธาน สมมติ", "รองอธิบดี", "chair"), Member("นางเลขา สมมติ", "นักวิชาการ", "secretary")
        members = [chair, Member(user.full_name_th, "กรรมการ", "member", user), secretary]
        order = {"order_number": "1/2569", "order_on": clock.today()}
        appoint_committee(call=world.again(call), members=members, by=world.act("officer"), **order)
    world.resolve(world.again(call), {partner.pk: ("selected", "คะแนนสูงสุด"), rival.pk: ("not_selected", "คะแนนต่ำกว่า")})
    decision = propose_decision(kind=DecisionKind.SELECT_PROPOSALS, root=world.again(call), by=world.act("officer"))
    executive = given(world.cast, "finance", Role.EXECUTIVE)  # one who judged nothing
    endorse_decision(decision=decision, by=executive)
    issue_result_letters(call=world.again(call), by=world.act("officer"))
    file_appeal(proposal=world.again(rival), grounds=f"ขอให้ทบทวน {SECRET}", by=world.act("rival_rep"))


def addresses(call, *proposals) -> Iterator[tuple[str, str]]:
    """Every address of the floor that takes a reference or a number, with each record it could be asked with."""
    numbers = [
        pk
        for model in (Decision, ResultLetter, Appeal, PresentationSlot)
        for pk in model.objects.values_list("pk", flat=True)
    ]
    for name in sorted(set(named_addresses())):
        if not name.startswith("agreements:") or name in DECLARES:
            continue
        for kind, records in (("calls", [call]), ("public", [call]), ("proposals", proposals)):
            for record in records:
                for more in ({}, {"part": "work"}, *({"pk": pk} for pk in numbers)):
                    found = list(_reversed(name, {"reference": record.reference, **more}))
                    yield from [one for one in found if one[1].startswith(f"/{kind}/")]
        for pk in numbers:
            yield from _reversed(name, {"pk": pk})
    yield "home", "/"
    yield "agreements:decision_list", reverse("agreements:decision_list")
    yield "agreements:desk_list", reverse("agreements:desk_list")
    yield "agreements:desk_csv", reverse("agreements:desk_csv")
    yield "agreements:call_list", reverse("agreements:call_list")


def _reversed(name: str, arguments: dict) -> Iterator[tuple[str, str]]:
    try:
        yield name, reverse(name, kwargs=arguments)
    except NoReverseMatch:  # takes other arguments
        return


def read(answer) -> str:
    """What a person, or a program, reads out of an answer: a page, a PDF, a calendar, an archive."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"%PDF"):
        return everything_in(body)
    if body.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(body))
        return normal(" ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist()))
    return normal(body.decode("utf-8", "replace")) + normal(strip_tags(body.decode("utf-8", "replace")))


def telling(user, call, *proposals, words: list[str]) -> set[str]:
    """The names of the addresses at which one of the words can be read."""
    client, wanted, found, asked = logged_in(user), [normal(word) for word in words], set(), set()
    for name, address in addresses(call, *proposals):
        if address in asked:
            continue
        asked.add(address)
        answer = client.get(address)
        if answer.status_code == 200 and any(word in read(answer) for word in wanted):
            found.add(name)
    return found


@pytest.mark.parametrize(("judge", "kind"), JUDGES_WITH_A_CONFLICT)
def test_nothing_of_a_barred_applicant_can_be_read_anywhere(cast, world, judge, kind):
    call, partner, rival = judged(world, judge, kind)
    words = [SECRET, rival.organisation.name, rival.reference]
    user = cast.people[judge].user
    if (judge, kind) == JUDGES_WITH_A_CONFLICT[0]:  # a walk through all pages takes seconds
        assert telling(user, call, partner, rival, words=words) == set(), "while it is judged"
    decided(world, call, partner, rival, member=judge if kind == "committee_member" else "")
    assert telling(user, call, partner, rival, words=words) == set(), "once it is decided"


def test_the_same_search_finds_what_others_of_the_agency_read(cast, world):
    call, partner, rival = judged(world, "second_officer", "reviewer")
    decided(world, call, partner, rival)
    found = telling(cast.officer.user, call, partner, rival, words=[SECRET, rival.organisation.name])
    assert {
        "agreements:call_detail", "agreements:call_letters", "agreements:letter_file", "agreements:decision_detail",
        "agreements:decision_memo", "agreements:call_minutes", "agreements:appeal_detail", "agreements:proposal_detail",
    } <= found  # fmt: skip


def test_a_blind_call_keeps_its_names_from_a_reviewer_who_joined_the_agency_later(cast, world):
    call, partner, rival = judged(world, "second_reviewer", "reviewer", conflicted=False)
    type(call).objects.filter(pk=call.pk).update(is_blind=True)
    member = cast.second_reviewer.user.memberships.create(
        organisation=call.agency, starts_on="2026-01-01", title="นักวิเคราะห์"
    )
    member.roles.create(role="officer")
    world.score(rival, by="second_reviewer")
    words = [name for proposal in (partner, rival) for name in (proposal.organisation.name, proposal.reference)]
    PresentationSlot.objects.create(
        call=call, starts_at="2027-01-04T02:00Z", ends_at="2027-01-04T03:00Z", place="ห้อง", proposal=rival
    )
    decided(world, call, partner, rival)
    urls = {
        "agreements:call_letters",
        "agreements:call_slots",
        "agreements:call_slots_file",
        "agreements:decision_detail",
    }
    found = telling(cast.second_reviewer.user, call, partner, rival, words=words)
    assert not urls & found, found


def test_who_knows_every_applicant_reads_on(cast, world):
    call, partner, rival = judged(world, "executive", "committee_member", conflicted=False)
    assert half_seen_calls(cast.executive.actor) == []
    decided(world, call, partner, rival, member="executive")
    client = logged_in(cast.executive.user)
    assert client.get(url("call_letters", call)).status_code == 200
    assert client.get(url("call_minutes", call)).status_code == 200
    assert decisions_visible_to(cast.executive.actor).filter(call=call).exists()


@pytest.mark.parametrize("name", ["officer", "finance", "agency_admin", "opdc"])
def test_letters_have_no_page_before_the_decision(cast, world, name):
    call = world.published_call("grant")
    proposal = world.submitted_proposal(call)
    client = logged_in(cast.people[name].user)
    assert client.get(url("call_letters", call)).status_code == 404, "who proposed is sealed"
    world.closed_call(call)
    world.screen(proposal)
    assert client.get(url("call_letters", call)).status_code == 404


@pytest.mark.parametrize("name", ["officer", "second_officer", "executive", "finance", "opdc"])
def test_nobody_who_can_open_the_names_reviews_a_blind_call(cast, world, name):
    call = world.published_call("grant")
    type(call).objects.filter(pk=call.pk).update(is_blind=True)
    world.closed_call(call)
    with pytest.raises(ValidationError):
        name_reviewer(call=world.again(call), user=cast.people[name].user, by=world.act("officer"))
    name_reviewer(call=world.again(call), user=cast.reviewer.user, by=world.act("officer"))


def test_opdc_reads_other_calls_as_before(cast, world):
    _call, _partner, rival = judged(world, "opdc", "reviewer")
    other = world.published_call("grant")
    apart = world.submitted_proposal(other, by="rival")
    world.closed_call(other)
    seen = Proposal.objects.visible_to(cast.opdc.actor)
    assert seen.filter(pk=apart.pk).exists() and not seen.filter(pk=rival.pk).exists()
