"""The page of a call shows the first proposals and leads to the rest; what a page has asked of the actor it asks once."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from agreements.enums import CapacityKind, ProposalState
from agreements.judges import judged_calls
from agreements.models import Capacity, Proposal
from agreements.views.call_page import SHOWN
from partnerships.actors import Actor
from partnerships.middleware import ActorMiddleware
from tests.agreements.test_desk import closed, logged_in, many

pytestmark = pytest.mark.django_db
MORE = SHOWN + 2


def proposals_in(client: Client, call, **query) -> list[str]:
    answer = client.get(f"/calls/{call.reference}/", query)
    assert answer.status_code == 200
    return [one.reference for one in answer.context["proposals"]]


def test_the_first_are_shown_and_all_of_them_a_click_away(cast):
    call = closed(cast)
    drawn = many(call, MORE)
    client = logged_in(cast, "officer")

    page = client.get(f"/calls/{call.reference}/")
    text = page.content.decode()

    assert "?proposals=all#proposals" in text
    assert str(MORE) in text
    assert len(page.context["proposals"]) == SHOWN
    assert set(proposals_in(client, call, proposals="all")) == {one.reference for one in drawn}


def test_a_short_list_leads_nowhere_else(cast):
    call = closed(cast)
    many(call, SHOWN)
    page = logged_in(cast, "officer").get(f"/calls/{call.reference}/")
    assert len(page.context["proposals"]) == SHOWN
    assert "proposals=all" not in page.content.decode()


def test_scores_are_cut_short_for_the_agency_and_never_for_a_reviewer(cast, world_with_reviews):
    call, reviewer = world_with_reviews
    officers = logged_in(cast, "officer").get(f"/calls/{call.reference}/")
    own = logged_in(cast, reviewer).get(f"/calls/{call.reference}/")
    assert (len(officers.context["ranking"]), officers.context["number_of_proposals"]) == (SHOWN, MORE)
    assert officers.content.decode().count("proposals=all") == 1
    assert len(own.context["ranking"]) == MORE


@pytest.fixture
def world_with_reviews(cast):
    """A call being judged whose proposals are all assigned to one reviewer, who has declared on every applicant."""
    from agreements.models import Call, ConflictDeclaration, ReviewAssignment

    call = closed(cast)
    drawn = many(call, MORE, state="eligible")
    Call._base_manager.filter(pk=call.pk).update(state="selection")
    user = cast.people["reviewer"].user
    Capacity.objects.create(user=user, call=call, kind=CapacityKind.REVIEWER)
    for one in drawn:
        ReviewAssignment._base_manager.create(proposal=one, reviewer=user)
        ConflictDeclaration._base_manager.create(
            call=call, organisation=one.organisation, user=user, is_conflicted=False
        )
    return call, "reviewer"


def test_a_page_asks_once_what_an_actor_judges_and_an_action_always_anew(cast, django_assert_num_queries):
    user = cast.people["officer"].user
    reading, acting = Actor(user=user, memo={}), Actor(user=user)
    with django_assert_num_queries(1):
        assert judged_calls(reading) == judged_calls(reading) == {}
    with django_assert_num_queries(2):
        assert judged_calls(acting) == judged_calls(acting) == {}


@pytest.mark.parametrize(("method", "remembers"), [("GET", True), ("HEAD", True), ("POST", False), ("DELETE", False)])
def test_only_requests_that_change_nothing_remember(cast, method, remembers):
    request = RequestFactory().generic(method, "/")
    request.user, request.session = cast.people["officer"].user, {}
    ActorMiddleware(lambda _request: None)(request)
    assert (request.actor.memo is not None) is remembers


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_state_is_named_as_its_label_says_in_the_readers_language(language):
    with translation.override(language):
        for state in ProposalState:
            proposal = Proposal()
            proposal.__dict__["state"] = state.value
            assert proposal.get_state_display() == str(state.label)
