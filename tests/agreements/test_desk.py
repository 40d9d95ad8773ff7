"""The officer's desk: what is on it and for whom, how it is narrowed, and what is done with several at once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.actions.desk import assign_to_several, draw_for_several
from agreements.models import Call, Proposal, ReviewAssignment
from agreements.queries.desk_columns import COLUMNS, FIRST_CHOICE
from agreements.queries.proposal_desk import with_columns
from core import clock
from core.thai import be_year
from core.workflow import set_first_state
from partnerships.models import FieldOfWork
from tests.agreements.after_world import presenting
from tests.factories import CallFactory, OrganisationFactory, UserFactory
from tests.world import World

pytestmark = pytest.mark.django_db
DESK = "/desk/proposals/"


@pytest.fixture
def world(cast):
    return World(cast)


def logged_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


def many(call: Call, count: int, state: str = "submitted", **facts) -> list[Proposal]:
    """Proposals as they lie on record, past the door: what is listed, not how it came about."""
    writer, begun = UserFactory(), Proposal.objects.count()
    drawn = []
    for number in range(begun, begun + count):
        values = {
            "title": f"โครงการ {number}",
            "budget": Decimal(number + 1) * 1000,
            "submitted_at": clock.now() - timedelta(minutes=number),
        }
        one = Proposal(
            call=call,
            organisation=OrganisationFactory(),
            reference=f"PROP-D-{number:04}",
            created_by=writer,
            **{**values, **facts},
        )
        set_first_state(one, state=state)
        one.set_derived()
        drawn.append(one)
    return Proposal._base_manager.bulk_create(drawn)


def closed(cast, agency: str = "agency", **facts) -> Call:
    call = CallFactory(agency=cast.organisations[agency], closed_at=clock.now(), published_at=clock.now(), **facts)
    Call._base_manager.filter(pk=call.pk).update(state="screening")
    return Call.objects.get(pk=call.pk)


def shown(client: Client, **query) -> set[str]:
    answer = client.get(DESK, query)
    assert answer.status_code == 200
    return {row.reference for row, _cells in answer.context["rows"]}


# --- what is on it --------------------------------------------------------------------------------------------------


def test_what_is_sealed_never_appears_and_each_sees_what_is_theirs(cast, world):
    call = world.published_call("grant")
    sent = world.submitted_proposal(call)
    draft = world.draft_proposal(call, by="rival_staff")
    (elsewhere,) = many(closed(cast, "other_agency"), 1)
    officer, opdc = logged_in(cast, "officer"), logged_in(cast, "opdc")

    assert shown(officer) == set()
    assert shown(opdc) == {elsewhere.reference}
    assert sent.title not in officer.get(DESK, {"q": sent.title}).content.decode().replace(f'value="{sent.title}"', "")

    world.closed_call(call)

    assert shown(officer) == {sent.reference}, draft.reference
    assert shown(logged_in(cast, "executive")) == {sent.reference}
    assert shown(opdc) == {sent.reference, elsewhere.reference}
    assert shown(logged_in(cast, "other_officer")) == {elsewhere.reference}
    for name in ("partner_staff", "reviewer", "finance", "verifier", "stranger"):
        assert logged_in(cast, name).get(DESK).status_code == 403, name


def test_an_officer_who_judges_a_call_does_not_find_its_proposals_on_the_desk(cast, world):
    call = world.published_call("grant")
    world.submitted_proposal(call)
    world.closed_call(call)
    world.name_reviewers(call, "second_officer")

    assert shown(logged_in(cast, "second_officer")) == set()
    assert len(shown(logged_in(cast, "officer"))) == 1


def test_every_filter_narrows(cast):
    call, grant = closed(cast, number="12/2569"), closed(cast, form="grant")
    field = FieldOfWork.objects.order_by("pk").first() or FieldOfWork.objects.create(code="x", name_th="ก", name_en="X")
    grant.fields_of_work.add(field)
    first, second = many(call, 2)
    (third,) = many(grant, 1, state="eligible", presentation_invited_at=clock.now())
    old = clock.now() - timedelta(days=400)
    (fourth,) = many(grant, 1, state="ineligible", submitted_at=old, title="สวนสมุนไพร ชุมชน")
    third.organisation.province_code = "55"
    third.organisation.save()
    ReviewAssignment.objects.create(proposal=first, reviewer=UserFactory(), assigned_at=clock.now())
    client = logged_in(cast, "officer")
    day = (clock.today() - timedelta(days=30)).strftime("%d/%m/") + str(be_year(clock.today() - timedelta(days=30)))

    def found(**query):
        names = {first.pk: 1, second.pk: 2, third.pk: 3, fourth.pk: 4}
        by_reference = {row.reference: names[row.pk] for row in (first, second, third, fourth)}
        return {by_reference[reference] for reference in shown(client, **query)}

    assert found() == {1, 2, 3, 4}
    assert found(call="12/2569") == found(call=call.reference) == found(form="pbc") == {1, 2}
    assert found(state="eligible") == found(province="55") == found(presentation="invited") == {3}
    assert found(presentation="held") == found(appealed="on") == set()
    assert found(field=field.pk) == {3, 4}
    assert found(received_to=day) == {4}
    assert found(received_from=day) == {1, 2, 3}
    assert found(budget_from="2,000", budget_to="3,000") == {2, 3}
    assert found(unassigned="on") == {2, 3, 4}
    assert found(q="สมุนไพรชุมชน") == found(q=f"{fourth.reference} สวน") == {4}
    assert found(q=third.organisation.name_th) == {3}
    assert found(q="...") == set()


def test_orders_and_pages_go_through_all_of_them_once(cast):
    call = closed(cast)
    everyone = {row.reference for row in many(call, 60)}
    client = logged_in(cast, "officer")
    for sort in ("", "oldest", "budget_down", "budget_up", "reference"):
        seen, address = [], f"{DESK}?sort={sort}"
        while address:
            context = client.get(address).context
            seen += [row.reference for row, _cells in context["rows"]]
            address = DESK + context["page"].next_url if context["page"].next_url else ""
        assert len(seen) == 60 and set(seen) == everyone, sort


def test_columns_are_chosen_in_the_address_and_remembered(cast):
    many(closed(cast), 1, beneficiaries=None)
    client = logged_in(cast, "officer")
    chosen = client.get(DESK, {"col": ["province", "title", "nonsense"]})
    assert tuple(column.code for column in chosen.context["columns"]) == FIRST_CHOICE  # what is not offered is refused
    client.get(DESK, {"col": ["beneficiaries", "title"]})
    again = client.get(DESK)
    assert [column.code for column in again.context["columns"]] == ["title", "beneficiaries"]
    assert "–" in again.content.decode()


def test_the_list_costs_the_same_at_1_and_30(cast, world):
    client = logged_in(cast, "officer")
    every = list(COLUMNS)
    counts = []
    for more in (1, 29):
        many(closed(cast), more)
        client.get(DESK, {"col": every})
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(DESK, {"col": every})
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("code", COLUMNS)
def test_a_column_is_read_with_the_list_and_never_row_by_row(code, cast, django_assert_num_queries):
    many(closed(cast), 2)
    rows = with_columns(Proposal.objects.all(), [COLUMNS[code]]).order_by("pk")
    with django_assert_num_queries(1):
        assert len([COLUMNS[code].read(row) for row in rows]) == 2


def test_a_renamed_organisation_is_found_by_its_new_name(cast):
    (one,) = many(closed(cast), 1)
    one.organisation.name_th = "มูลนิธิชื่อใหม่ (สมมติ)"
    one.organisation.save()
    client = logged_in(cast, "officer")
    assert shown(client, q="ชื่อใหม่") == {one.reference}


def test_an_organisation_saved_under_the_same_name_leaves_its_proposals_alone(cast):
    (one,) = many(closed(cast), 1)
    one.organisation.phone = "02 000 0000"
    for saved in ({}, {"update_fields": ["phone"]}):
        with CaptureQueriesContext(connection) as queries:
            one.organisation.save(**saved)
        assert not [query for query in queries if "agreements_proposal" in query["sql"]], saved


# --- several at once ------------------------------------------------------------------------------------------------


def test_reviewers_are_assigned_to_several_and_what_cannot_be_is_told(cast, world):
    call, mine, rival = presenting(world)
    world.name_reviewers(call, "reviewer", "second_reviewer")
    world.declare(world.again(call), "reviewer", {rival.organisation_id: "เคยเป็นกรรมการ"})
    world.declare(world.again(call), "second_reviewer")
    (foreign,) = many(closed(cast, "other_agency"), 1, state="eligible")
    chosen, by = [mine, rival, foreign], world.act("officer")
    reviewer = cast.people["reviewer"].user

    handled = assign_to_several(proposals=chosen, reviewer_id=reviewer.pk, by=by)

    assert handled.done == (mine,)
    assert [row for row, _reason in handled.skipped] == [rival, foreign]
    assert reviewer.get_full_name() in str(handled.skipped[0][1])
    again = assign_to_several(proposals=chosen, reviewer_id=reviewer.pk, by=by)
    assert again.done == () and len(again.skipped) == 3
    assert ReviewAssignment.objects.count() == 1

    assert draw_for_several(proposals=[mine], by=by).done == ()  # chosen by hand: the draw adds nothing
    drawn = draw_for_several(proposals=[rival, foreign], by=by)
    assert drawn.done == (rival,)
    second = cast.people["second_reviewer"].user
    pairs = set(ReviewAssignment.objects.values_list("proposal_id", "reviewer_id"))
    assert pairs == {(mine.pk, reviewer.pk), (rival.pk, second.pk)}
    for name in ("executive", "opdc", "partner_rep", "second_reviewer"):
        refused = assign_to_several(proposals=[mine], reviewer_id=reviewer.pk, by=world.act(name))
        assert refused.done == ()


def test_ticked_rows_are_invited_on_the_page_and_the_rest_is_told_why(cast, world):
    call, mine, rival = presenting(world)
    client = logged_in(cast, "officer")
    page = client.get(DESK)
    assert f'name="pick" value="{mine.pk}"' in page.content.decode()
    first = client.post(DESK, {"act": "invite", "pick": [mine.pk]})
    assert first.context["handled"].done == (mine,) and not first.context["handled"].skipped
    both = client.post(f"{DESK}?call={call.reference}", {"act": "invite", "all": "1"})
    assert both.context["handled"].done == (rival,)
    assert [row for row, _reason in both.context["handled"].skipped] == [mine]
    assert Proposal.objects.filter(presentation_invited_at=None).count() == 0

    for data in ({"act": "invite"}, {"pick": [mine.pk]}, {"act": "assign", "pick": [mine.pk]}):
        assert client.post(DESK, data).context["bulk"].errors, data
    (foreign,) = many(closed(cast, "other_agency"), 1, state="eligible")
    untouched = client.post(DESK, {"act": "invite", "pick": [foreign.pk, "x", "9" * 40]})
    assert untouched.context["bulk"].errors and not Proposal.objects.get(pk=foreign.pk).presentation_invited_at
    for name in ("executive", "opdc", "partner_rep", "reviewer"):
        assert logged_in(cast, name).post(DESK, {"act": "invite", "pick": [mine.pk]}).status_code == 403, name


def test_the_page_tells_what_was_typed_wrong_in_the_filter(cast):
    answer = logged_in(cast, "officer").get(DESK, {"received_from": "ไม่ใช่วัน"})
    assert answer.context["filters"].errors["received_from"]
    assert 'value="ไม่ใช่วัน"' in answer.content.decode()


# --- the list of calls ----------------------------------------------------------------------------------------------


def test_calls_are_listed_with_counts_by_state_and_sealed_ones_as_a_number(cast, world):
    sealed = world.published_call("grant")
    world.submitted_proposal(sealed)
    call = closed(cast)
    many(call, 3)
    many(call, 2, state="eligible")
    many(closed(cast, "other_agency"), 1)
    officer = logged_in(cast, "officer")
    told = {one.pk: one for one in officer.get("/calls/").context["page"].rows}
    assert [(state, number) for state, _label, number in told[call.pk].by_state] == [("submitted", 3), ("eligible", 2)]
    assert (told[sealed.pk].received, told[sealed.pk].by_state) == (1, [])
    assert f"call={call.reference}&amp;state=eligible" in officer.get("/calls/").content.decode()
    partner = logged_in(cast, "partner_rep").get("/calls/")
    assert not hasattr(partner.context["page"].rows[0], "by_state")
    counts = []
    for more in (1, 15):
        for _turn in range(more):
            many(closed(cast), 1)
        with CaptureQueriesContext(connection) as queries:
            officer.get("/calls/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
