"""Earlier states of a draft: one for what a person saves within ten minutes, compared by words and rows, put back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.actions.calls import close_submissions
from agreements.actions.restoring import restore_state
from agreements.actions.revisions import CLOSE_TOGETHER
from agreements.actions.submission import submit_proposal
from agreements.models import Proposal, ProposalPart, ProposalRevision
from agreements.queries.revisions import changes_between, content_of_state, states_of
from core.models import AuditEvent
from core.text_difference import ADDED, REMOVED, SAME
from core.workflow import NotNow, NotYou
from tests.agreements.drafting import address, logged_in, screen, send
from tests.html_tools import page_of
from tests.world import ROWS, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def proposal(world):
    """Written by the staff: one revision."""
    return world.draft_proposal(world.published_call())


def long_ago() -> None:
    """Let what was saved so far lie more than ten minutes back."""
    for revision in ProposalRevision.objects.all():
        revision.begun_at -= CLOSE_TOGETHER + timedelta(seconds=1)
        revision.save(update_fields=["begun_at"])


def test_savings_close_together_are_one_revision_of_each_person(world, proposal):
    first = ProposalRevision.objects.get()
    assert first.number == 1 and {"work", "budget", "team"} <= set(first.parts)
    world.write(proposal, network="ก")
    assert ProposalRevision.objects.get().content["fields"]["network"] == "ก"
    world.write(proposal, by="partner_rep", network="ข")
    world.write(proposal, network="ค")  # the staff again: the representative's stands between
    assert [(one.number, one.parts) for one in ProposalRevision.objects.all()] == [
        (3, ["network"]),
        (2, ["network"]),
        (1, first.parts),
    ]
    long_ago()
    world.write(proposal, network="ง")
    assert [one.content["fields"]["network"] for one in ProposalRevision.objects.all()] == ["ง", "ค", "ข", "ก"]


def test_words_numbers_and_rows_are_compared_as_what_they_are(cast, world, proposal):
    before = content_of_state(proposal, "now")
    lines = [
        {**ROWS["lines"][0], "title": "ค่าใช้จ่ายเยี่ยมบ้านผู้สูงอายุ", "unit_cost": Decimal("850000.50")},
        {**ROWS["lines"][0], "title": "ค่าวิทยากร", "unit_cost": Decimal(5000), "category": "personnel"},
    ]
    rows = {"lines": lines, "risks": []}
    after_text = "พัฒนาคุณภาพชีวิตและสุขภาพผู้สูงอายุ"
    world.write(proposal, objectives=after_text, duration_months=18, rows=rows)
    changes = {
        change.code: change for change in changes_between(before, content_of_state(world.again(proposal), "now"))
    }
    assert set(changes) == {"work", "budget", "risks"}
    text, months = changes["work"].fields
    assert [(piece.kind, piece.text) for piece in text.pieces] == [
        (SAME, "พัฒนาคุณภาพชีวิต"),
        (ADDED, "และสุขภาพ"),
        (SAME, "ผู้สูงอายุ"),
    ]
    assert [(piece.kind, piece.text) for piece in months.pieces] == [(REMOVED, "12"), (ADDED, "18")]
    ((_title, line_changes),) = changes["budget"].rows
    assert [change.kind for change in line_changes] == ["changed", ADDED]
    cells = {str(cell.label): [(piece.kind, piece.text) for piece in cell.pieces] for cell in line_changes[0].cells}
    costs = [pieces for pieces in cells.values() if (REMOVED, "900,000") in pieces]
    assert costs == [[(REMOVED, "900,000"), (ADDED, "850,000.50")]]
    assert [(piece.kind, piece.text) for piece in changes["budget"].fields[0].pieces] == [
        (REMOVED, "900,000"),
        (ADDED, "855,000.50"),
    ]
    ((_title, risk_changes),) = changes["risks"].rows
    assert [change.kind for change in risk_changes] == [REMOVED]
    assert changes_between(before, before) == []


def test_an_earlier_state_is_put_back_as_a_new_saving(cast, world, proposal):
    events = AuditEvent.objects.count()
    first = content_of_state(proposal, "r1")
    long_ago()
    world.write(proposal, network="เขียนใหม่", rows={"lines": [], "members": []})
    assert Proposal.objects.get().budget is None
    versions = dict(ProposalPart.objects.values_list("part", "version"))
    staff = logged_in(cast.partner_staff.user)
    mine = screen(proposal, "network")
    url = address("proposal_revision_restore", proposal, "r1")
    page = page_of(staff.get(url).content.decode())
    assert "เขียนใหม่" in page.one("main").words
    form = {field.get("name"): field.get("value") for field in page.all("main form.house-form input")}
    assert staff.post(url, form).status_code == 302
    stored = Proposal.objects.get()
    assert content_of_state(stored, "now") == first
    assert stored.budget == Decimal(900_000) and stored.team_rows.count() == 1
    latest = ProposalRevision.objects.first()
    assert latest.number == 3 and set(latest.parts) == {"network", "budget", "team"}
    assert ProposalRevision.objects.get(number=2).content["fields"]["network"] == "เขียนใหม่"  # nothing is lost
    after = dict(ProposalPart.objects.values_list("part", "version"))
    assert {part for part in after if after[part] != versions[part]} == {"network", "budget", "team"}
    assert AuditEvent.objects.count() == events
    # A page that was drawn before is told.
    assert send(staff, proposal, "network", mine, network="จากหน้าเก่า").status_code == 409


def test_submitted_versions_stand_among_the_states(cast, world, proposal):
    submit_proposal(proposal=proposal, by=cast.partner_rep.actor)
    proposal = world.again(proposal)
    assert [state.code for state in states_of(proposal)] == ["now", "v1", "r1"]
    assert changes_between(content_of_state(proposal, "v1"), content_of_state(proposal, "now")) == []
    assert all(content_of_state(proposal, code) is None for code in ("r9", "v9", "x1", "r", "r1x", "v-1"))
    staff = logged_in(cast.partner_staff.user)
    compared = staff.get(address("proposal_revision_compare", proposal), {"before": "r1", "after": "v1"})
    assert compared.status_code == 200
    assert staff.get(address("proposal_revision_compare", proposal), {"before": "r9", "after": "v1"}).status_code == 302
    assert staff.get(address("proposal_revision_restore", proposal, "r1")).status_code == 302  # submitted: not the time
    with pytest.raises(NotNow):
        restore_state(proposal=proposal, content=content_of_state(proposal, "v1"), by=cast.partner_staff.actor)


def test_who_reads_and_who_puts_back(cast, world, proposal):
    submit_proposal(proposal=proposal, by=cast.partner_rep.actor)
    world.pass_deadline(proposal.call)
    close_submissions(call=proposal.call, by=cast.officer.actor)  # before, the agency does not see that there is one
    pages = [
        address("proposal_revision_list", proposal),
        address("proposal_revision_compare", proposal) + "?before=r1&after=now",
    ]
    for who, status in {
        "partner_staff": 200, "partner_finance": 200, "officer": 403, "opdc": 403, "rival_staff": 404, "stranger": 404,
    }.items():  # fmt: skip
        client = logged_in(cast.people[who].user)
        assert [client.get(page).status_code for page in pages] == [status, status], who
    content = content_of_state(proposal, "r1")
    for who in ("officer", "partner_finance", "rival_staff", "opdc"):
        with pytest.raises((NotYou, NotNow)):
            restore_state(proposal=proposal, content=content, by=cast.people[who].actor)


def test_the_list_costs_the_same_with_one_and_with_thirty(cast, proposal):
    staff, page = logged_in(cast.partner_staff.user), address("proposal_revision_list", proposal)
    counts = []
    for more in (0, 29):
        first = ProposalRevision.objects.get(number=1)
        ProposalRevision.objects.bulk_create(
            ProposalRevision(
                proposal=proposal, number=2 + one, content=first.content, parts=["network"], saved_by=first.saved_by
            )
            for one in range(more)
        )
        staff.get(page)
        with CaptureQueriesContext(connection) as seen:
            assert staff.get(page).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1], counts
