"""A call's pages: what is said at which field, who sees it, and what its lists cost."""

import pytest
from django.test import Client
from django.urls import reverse

from agreements.enums import CallState, Procedure, ProposalState
from agreements.models import Call
from core import clock
from core.workflow import set_first_state
from tests.factories import CallFactory, MissionFactory, OrganisationFactory, ProposalFactory
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


def logged_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


# --- pages ----------------------------------------------------------------------------------------------------------


def test_weights_that_do_not_total_100_are_said_at_the_field_and_kept(world, cast):
    call = world.draft_call("grant")
    data = {"version": call.version, "key": "k", "qualifications-TOTAL_FORMS": 0, "qualifications-INITIAL_FORMS": 0}
    data |= {"scoring-TOTAL_FORMS": 2, "scoring-INITIAL_FORMS": 0}
    data |= {
        "scoring-0-title": "เกณฑ์หนึ่ง",
        "scoring-0-weight": 60,
        "scoring-0-description": "คำอธิบาย",
        "scoring-1-title": "เกณฑ์สอง",
        "scoring-1-weight": 30,
    }
    url = reverse("agreements:call_criteria", args=[call.reference])
    client = logged_in(cast, "officer")
    answer = client.post(url, data, headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert answer.context["formsets"][1].forms[1].errors["weight"]
    assert "เกณฑ์หนึ่ง" in answer.text and 'value="30"' in answer.text
    assert call.criteria.filter(weight=20).count() == 5
    assert client.post(url, data | {"scoring-1-weight": 40}).status_code == 302
    assert list(call.criteria.values_list("weight", "description")) == [(60, "คำอธิบาย"), (40, "")]


CALL_POST = {
    "title": "ประกาศเปิดรับข้อเสนอ", "budget_ceiling": "1,000,000", "closes_on": "1/10/2599", "closes_time": "16:30",
    "key": "x",
}  # fmt: skip


def test_the_officer_begins_a_call_in_the_browser_with_a_deadline_of_the_buddhist_era(world, cast):
    mission = world.mission("pbc")
    url = reverse("agreements:call_create", args=[mission.reference])
    answer = logged_in(cast, "officer").post(url, CALL_POST | {"version": mission.version})
    call = Call.objects.get()
    assert answer.status_code == 302
    assert call.closes_at.astimezone(clock.BANGKOK).isoformat() == "2056-10-01T16:30:00+07:00"


def test_bad_input_is_said_at_its_field_and_kept_and_nothing_is_stored(world, cast):
    mission = world.mission("pbc")
    url, client = reverse("agreements:call_create", args=[mission.reference]), logged_in(cast, "officer")
    for field, value in (
        ("closes_on", "29 ก.พ. 2568"),
        ("closes_on", "1/10/2560"),
        ("closes_time", "25:00"),
        ("budget_ceiling", "-5"),
        ("budget_ceiling", "0"),
        ("title", ""),
        ("title", "ก" * 301),
    ):
        answer = client.post(url, CALL_POST | {"version": mission.version, field: value})
        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == [field]
        assert value in answer.text
    assert not Call.objects.exists()


@pytest.mark.parametrize("name", ["partner_rep", "rival_rep", "other_officer", "reviewer", "stranger"])
def test_a_draft_call_does_not_exist_for_outsiders(world, cast, name):
    call = world.draft_call()
    client = logged_in(cast, name)
    for page in (
        "call_detail",
        "call_edit",
        "call_criteria",
        "call_propose_publication",
        "call_cancel",
        "call_reviewers",
    ):
        assert client.get(reverse(f"agreements:{page}", args=[call.reference])).status_code == 404, page


def test_insiders_without_the_right_are_told_so(world, cast):
    call = world.draft_call()
    assert logged_in(cast, "finance").get(reverse("agreements:call_edit", args=[call.reference])).status_code == 403
    assert logged_in(cast, "officer").get(reverse("agreements:call_cancel", args=[call.reference])).status_code == 403


def test_a_direct_call_is_seen_by_the_invited_only(world, cast):
    call = world.published_call(
        procedure=Procedure.DIRECT, procedure_reason="มีรายเดียว", invited=[cast.organisations["partner"]]
    )
    url = reverse("agreements:call_detail", args=[call.reference])
    assert logged_in(cast, "partner_staff").get(url).status_code == 200
    assert logged_in(cast, "rival_staff").get(url).status_code == 404
    assert "มีรายเดียว" not in logged_in(cast, "partner_staff").get(url).text


@pytest.mark.parametrize("name", ["officer", "partner_staff", "opdc"])
def test_the_list_of_calls_asks_the_same_number_of_queries_at_1_and_at_30(
    world, cast, name, django_assert_max_num_queries, django_assert_num_queries
):
    world.published_call()
    client, url = logged_in(cast, name), reverse("agreements:call_list")
    client.get(url)
    with django_assert_max_num_queries(20) as asked:
        client.get(url)
    for _n in range(29):
        published(cast)
    with django_assert_num_queries(len(asked)):
        assert len(client.get(url).context["page"]) == 25


def test_the_proposals_of_a_call_ask_the_same_number_of_queries_at_1_and_at_30(
    world, cast, django_assert_max_num_queries, django_assert_num_queries
):
    call = world.published_call()
    world.submitted_proposal(call)
    world.closed_call(call)
    client, url = (
        logged_in(cast, "officer"),
        reverse("agreements:call_detail", args=[call.reference]) + "?proposals=all",
    )
    client.get(url)
    with django_assert_max_num_queries(30) as asked:
        client.get(url)
    for _n in range(29):
        received(call)
    with django_assert_num_queries(len(asked)):
        assert len(client.get(url).context["proposals"]) == 30


def published(cast):
    """A published call, for numbers only."""
    call = CallFactory.build(
        mission=MissionFactory(agency=cast.organisations["agency"]), officer=cast.officer.user, published_at=clock.now()
    )
    set_first_state(call, state=CallState.PUBLISHED)
    call.save()


def received(call):
    """A submitted proposal of an organisation that nobody of the cast belongs to, for numbers only."""
    proposal = ProposalFactory.build(call=call, organisation=OrganisationFactory(), created_by=call.officer)
    set_first_state(proposal, state=ProposalState.SUBMITTED)
    proposal.submitted_at = clock.now()
    proposal.save()
    return proposal


def test_the_second_page_of_the_list_goes_on_where_the_first_ended(world, cast):
    mission = MissionFactory(agency=cast.organisations["agency"])
    CallFactory.create_batch(35, mission=mission)
    client, url = logged_in(cast, "officer"), reverse("agreements:call_list")
    first = client.get(url)
    second = client.get(url + first.context["page"].next_url)
    shown = [call.pk for page in (first, second) for call in page.context["page"]]
    assert len(shown) == len(set(shown)) == 35
    assert client.get(url, {"after": "٣"}).status_code == 200
