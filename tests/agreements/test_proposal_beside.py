"""What a proposal's forms tell of what is written: the amount of each budget line, the plan by month."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.agreements.drafting import screen, send
from tests.world import ROWS, World, row_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


def test_each_budget_line_tells_what_it_comes_to_as_far_as_it_is_written(world, cast, client):
    line = {**ROWS["lines"][0], "quantity": Decimal("12.5"), "unit_cost": Decimal("1000.01")}
    proposal = world.draft_proposal(world.published_call(), rows={"lines": [line]})
    client.force_login(cast.partner_staff.user)
    page = reverse("agreements:proposal_edit", args=[proposal.reference, "budget"])
    assert "<strong data-line-amount>12,500.13</strong>" in client.get(page).text
    wrong = row_data("lines", [{**line, "quantity": "สิบ"}])
    refused = client.post(page, {"version": world.again(proposal).version, "key": "b", **wrong}).text
    assert (
        "<strong data-line-amount>–</strong>" in refused and "12,500.13" not in refused.split("data-proposal-totals")[0]
    )


def test_each_saving_of_the_activities_answers_with_the_plan_by_month_as_it_is_then(world, cast, client):
    proposal = world.draft_proposal(world.published_call(), rows={"activities": []})
    client.force_login(cast.partner_staff.user)
    said = send(client, proposal, "activities", screen(proposal, "activities")).json()
    assert said["state"] == "saved" and "month-plan" not in said["beside"]
    rows = row_data("activities", [{"title": "อบรมอาสาสมัคร", "month_from": 1, "month_to": 3}])
    said = send(client, proposal, "activities", {**screen(proposal, "activities"), **rows}).json()
    assert "อบรมอาสาสมัคร" in said["beside"] and "1 ถึง 3" in said["beside"]
    assert "beside" not in send(client, proposal, "work", screen(proposal, "work")).json()
