"""Committee or waiver, action plan and indicators: who records, who approves, and what is refused at the field."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.actions.committee import record_committee, waive_committee
from agreements.actions.indicators import set_indicators
from agreements.actions.plan import approve_plan, draw_up_plan, propose_plan
from agreements.models import Committee, Indicator, Plan, PlanActivity
from agreements.queries.panels import months_of
from core import clock
from core.workflow import NotNow, NotYou
from tests.world import World

pytestmark = pytest.mark.django_db

ACTIVITY = {"title": "สำรวจข้อมูล", "month_from": 1, "month_to": 3, "responsible": "receiver", "budget": Decimal(0)}
INDICATOR = {
    "statement": "จำนวนผู้รับบริการ",
    "unit": "คน",
    "direction": "up",
    "baseline": Decimal(0),
    "target": Decimal(9),
}
BODY = {"name": "คณะกรรมการร่วม", "order_number": "1/2569", "ordered_by": "อธิบดี", "secretariat": "สำนักงานเลขานุการ"}
GIVER = {"name": "นายหนึ่ง", "position": "ผู้อำนวยการ", "side": "giver", "role": "chair", "can_decide": True}
RECEIVER = {"name": "นางสอง", "position": "ผู้จัดการ", "side": "receiver", "role": "secretary", "can_decide": True}


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def joint(world):
    return world.born("commissioning")


@pytest.fixture
def grant(world):
    return world.born("grant")


def draw_up(world, agreement, by="officer", activities=(ACTIVITY,)):
    return draw_up_plan(agreement=world.again(agreement), activities=list(activities), by=world.act(by))


def proposed(world, agreement, by="officer"):
    return propose_plan(plan=draw_up(world, agreement, by=by), by=world.act(by))


# --- plan -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("drawn_up_by", "approver"), [("officer", "partner_rep"), ("partner_staff", "executive")])
def test_the_other_sides_head_approves(world, joint, drawn_up_by, approver):
    plan = proposed(world, joint, by=drawn_up_by)
    approve_plan(plan=plan, by=world.act(approver))

    plan = world.again(plan)
    assert plan.approved_by == world.cast.people[approver].user
    assert world.again(joint).plan_approved_at == plan.approved_at


@pytest.mark.parametrize(
    "person", ["officer", "executive", "finance", "partner_staff", "rival_rep", "opdc", "stranger"]
)
def test_nobody_else_approves_the_givers_plan(world, joint, person):
    plan = proposed(world, joint)

    with pytest.raises(NotYou):
        approve_plan(plan=plan, by=world.act(person))
    assert world.again(joint).plan_approved_at is None


@pytest.mark.parametrize("person", ["officer", "partner_staff", "partner_rep", "rival_rep", "opdc", "stranger"])
def test_nobody_else_approves_the_receivers_plan(world, joint, person):
    plan = proposed(world, joint, by="partner_staff")

    with pytest.raises(NotYou):
        approve_plan(plan=plan, by=world.act(person))


def test_a_plan_is_proposed_before_it_is_approved(world, joint):
    plan = draw_up(world, joint)

    with pytest.raises(NotNow):
        approve_plan(plan=plan, by=world.act("partner_rep"))


def test_the_other_side_may_draw_it_up_anew_and_then_approval_turns_round(world, joint):
    proposed(world, joint, by="officer")
    plan = draw_up(world, joint, by="partner_staff")

    assert (plan.side, plan.proposed_at, Plan.objects.count()) == ("receiver", None, 1)
    with pytest.raises(NotYou):
        propose_plan(plan=plan, by=world.act("officer"))
    propose_plan(plan=plan, by=world.act("partner_staff"))
    approve_plan(plan=world.again(plan), by=world.act("executive"))


def test_an_approved_plan_stands(world, joint):
    plan = proposed(world, joint)
    approve_plan(plan=plan, by=world.act("partner_rep"))

    for act in (
        lambda: draw_up(world, joint),
        lambda: approve_plan(plan=world.again(plan), by=world.act("partner_rep")),
    ):
        with pytest.raises(NotNow):
            act()


@pytest.mark.parametrize("person", ["executive", "finance", "partner_finance", "rival_staff", "opdc", "stranger"])
def test_only_writers_of_a_side_draw_it_up(world, joint, person):
    with pytest.raises(NotYou):
        draw_up(world, joint, by=person)
    assert not Plan.objects.exists()


def test_the_activities_do_not_cost_more_than_the_agreement(world, grant):
    dear = {**ACTIVITY, "budget": grant.total + 1}

    with pytest.raises(ValidationError):
        draw_up(world, grant, activities=[dear])
    assert not PlanActivity.objects.filter(budget__gt=0).exists()


def formset(rows, **extra):
    data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0, "form-MIN_NUM_FORMS": 1, "form-MAX_NUM_FORMS": 100}
    for number, row in enumerate(rows):
        data.update({f"form-{number}-{name}": value for name, value in row.items()})
    return {**data, **extra}


def test_months_out_of_order_are_said_at_the_field(world, joint, client):
    client.force_login(world.cast.officer.user)
    row = {**ACTIVITY, "month_from": 5, "month_to": 2, "budget": "-1"}
    url = reverse("agreements:plan_edit", args=[joint.reference])

    response = client.post(url, formset([row], version=joint.version, key="k"))

    errors = response.context["formsets"][0].forms[0].errors
    assert set(errors) == {"month_to", "budget"}
    assert 'value="สำรวจข้อมูล"' in response.content.decode()
    assert not Plan.objects.exists()


def test_the_plan_page_saves_rows_in_order(world, joint, client):
    client.force_login(world.cast.partner_staff.user)
    rows = [{**ACTIVITY, "title": title, "budget": ""} for title in ("หนึ่ง", "สอง")]
    url = reverse("agreements:plan_edit", args=[joint.reference])

    assert client.post(url, formset(rows, version=joint.version, key="k")).status_code == 302
    plan = Plan.objects.get()
    assert [(row.ordinal, row.title) for row in plan.activities.all()] == [(1, "หนึ่ง"), (2, "สอง")]
    page = client.get(url)
    assert [form.initial["title"] for form in page.context["formsets"][0].forms[:2]] == ["หนึ่ง", "สอง"]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [("2026-10-01", "2027-09-30", 12), ("2026-10-15", "2026-10-31", 1), ("2026-10-01", "2026-11-01", 2)],
)
def test_months_of_the_period(joint, first, last, months):
    joint.starts_on, joint.ends_on = date.fromisoformat(first), date.fromisoformat(last)

    assert months_of(joint) == months


# --- indicators -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weights", [(60, 30), (60, 50), ()])
def test_weights_total_100(world, joint, weights):
    rows = [{**INDICATOR, "weight": weight} for weight in weights]

    with pytest.raises(ValidationError):
        set_indicators(agreement=joint, indicators=rows, by=world.act("officer"))
    assert not Indicator.objects.exists()


def test_weights_that_do_not_total_100_are_said_at_each_weight(world, joint, client):
    client.force_login(world.cast.officer.user)
    rows = [{**INDICATOR, "weight": weight} for weight in (60, 30)]
    url = reverse("agreements:indicator_edit", args=[joint.reference])

    response = client.post(url, formset(rows, version=joint.version, key="k"))

    assert [list(form.errors) for form in response.context["formsets"][0].forms] == [["weight"], ["weight"]]
    assert 'value="60"' in response.content.decode()
    assert not Indicator.objects.exists()


@pytest.mark.parametrize(("direction", "target"), [("up", "-5"), ("down", "9"), ("up", "0")])
def test_a_target_lies_where_its_direction_says(world, joint, client, direction, target):
    client.force_login(world.cast.officer.user)
    row = {**INDICATOR, "weight": 100, "direction": direction, "target": target}
    url = reverse("agreements:indicator_edit", args=[joint.reference])

    response = client.post(url, formset([row], version=joint.version, key="k"))

    assert list(response.context["formsets"][0].forms[0].errors) == ["target"]


@pytest.mark.parametrize("person", ["executive", "partner_rep", "rival_rep", "opdc", "stranger"])
def test_only_the_givers_officer_sets_indicators(world, joint, person):
    with pytest.raises(NotYou):
        set_indicators(agreement=joint, indicators=[{**INDICATOR, "weight": 100}], by=world.act(person))


# --- committee ------------------------------------------------------------------------------------------------------


def record(world, agreement, by="officer", **facts):
    values = {**BODY, "ordered_on": clock.today(), "members": [GIVER, RECEIVER], **facts}
    return record_committee(agreement=world.again(agreement), by=world.act(by), **values)


def test_a_later_order_replaces_the_committee(world, grant):
    record(world, grant)
    record(world, grant, order_number="2/2569", members=[GIVER], by="partner_rep")

    committee = Committee.objects.get()
    assert (committee.order_number, committee.members.count()) == ("2/2569", 1)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"secretariat": ""}, "secretariat"),
        ({"members": [GIVER]}, "__all__"),
        ({"members": []}, "__all__"),
        ({"ordered_on": clock.today() + timedelta(days=3)}, "ordered_on"),
    ],
)
def test_a_joint_contract_needs_its_formal_body(world, joint, facts, field):
    with pytest.raises(ValidationError) as refused:
        record(world, joint, **facts)
    assert field in refused.value.message_dict
    assert not Committee.objects.exists()


def test_a_grant_may_go_without_a_committee_with_the_reason(world, grant):
    waive_committee(agreement=grant, reason="โครงการขนาดเล็ก", by=world.act("officer"))

    assert Committee.objects.get().is_waived


def test_a_joint_contract_cannot(world, joint):
    with pytest.raises(NotNow):
        waive_committee(agreement=joint, reason="โครงการขนาดเล็ก", by=world.act("officer"))


@pytest.mark.parametrize("person", ["partner_rep", "executive", "rival_rep", "opdc"])
def test_only_the_givers_officer_waives(world, grant, person):
    with pytest.raises(NotYou):
        waive_committee(agreement=world.again(grant), reason="x", by=world.act(person))


def test_29_february_2568_is_refused_at_the_field_with_the_input_kept(world, joint, client):
    client.force_login(world.cast.officer.user)
    url = reverse("agreements:committee_edit", args=[joint.reference])
    data = formset([GIVER, RECEIVER], version=joint.version, key="k", **BODY, ordered_on="29/2/2568")

    response = client.post(url, data)

    assert list(response.context["form"].errors) == ["ordered_on"]
    assert 'value="29/2/2568"' in response.content.decode()
    assert not Committee.objects.exists()
