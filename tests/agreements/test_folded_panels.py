"""What is folded on an agreement's page: settled parts only, and never a button that moves the matter on."""

import pytest
from django.urls import reverse

from agreements.enums import DecisionKind
from agreements.models import Decision
from agreements.queries.decisions import decision_answers
from tests.html_tools import page_of
from tests.world import World

pytestmark = pytest.mark.django_db
SETTLED = {"details", "text", "committee", "indicators", "documents", "history"}


@pytest.fixture
def world(cast):
    return World(cast)


def drawn(client, world, agreement, person="officer", **query):
    client.force_login(world.cast.people[person].user)
    url = reverse("agreements:agreement_detail", args=[agreement.reference])
    return page_of(client.get(url, query).content.decode())


def folded(page) -> set[str]:
    return {part.get("id") for part in page.all("details.panel[id]")}


def test_before_signing_only_the_history_is_folded(client, world):
    assert folded(drawn(client, world, world.born("pbc"))) == {"history"}


def test_in_force_the_settled_parts_are_folded_and_the_work_is_not(client, world):
    page = drawn(client, world, world.agreement("pbc", at="pbc_5_first_instalment"))
    assert folded(page) == SETTLED
    assert {"notes", "plan", "money", "evaluations"} <= {part.get("id") for part in page.all("section.panel[id]")}


@pytest.mark.parametrize("person", ["officer", "executive", "partner_rep", "partner_staff"])
def test_no_button_that_moves_the_matter_on_is_folded_away(client, world, person):
    agreement = world.agreement("pbc", at="pbc_5_first_instalment")
    page = drawn(client, world, agreement, person)
    assert not page.all("details.panel form, details.panel .btn-primary")


def test_older_confirmed_notes_are_folded_and_the_newest_stay(client, world):
    page = drawn(client, world, world.agreement("pbc", at="pbc_5_first_instalment"))
    assert len(page.all("#notes > ol.notes > li")) == 2
    assert page.all("#notes details.more li.note")


def test_the_whole_history_is_open_when_it_was_asked_for(client, world):
    agreement = world.agreement("pbc", at="pbc_5_first_instalment")
    assert "history" not in folded(drawn(client, world, agreement, history="all"))


def test_the_executive_reads_whom_the_committee_resolved_on(world):
    proposal = world.selected_proposal("pbc")
    decision = Decision.objects.get(kind=DecisionKind.SELECT_PROPOSALS)
    answers = [value for _label, value in decision_answers(decision)]
    assert any(str(proposal.organisation) in str(value) for value in answers)
