"""Hiding who proposes, where criteria weigh just that: asked about once, nothing lost, saved when confirmed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from agreements.actions.calls import edit_call, set_criteria
from agreements.enums import CriterionKind
from agreements.models import CallTemplate
from agreements.weighing import weighing_who
from tests.world import World

pytestmark = pytest.mark.django_db
BLIND = {"cure_days": 7, "presentation_weight": 10, "reviewers_per_proposal": 3, "is_blind": "on"}


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def send(world):
    client = Client(headers={"accept-language": "th"})
    client.force_login(world.cast.people["officer"].user)

    def send(name: str, call, *args, **data):
        call.refresh_from_db()
        address = reverse(f"agreements:{name}", args=[call.reference, *args])
        return client.post(address, {**data, "version": call.version, "key": f"{name}-{len(data)}-{call.version}"})

    return send


def criteria(world, call, *titles: str) -> None:
    weights = [100 - 10 * (len(titles) - 1), *[10] * (len(titles) - 1)]
    rows = [{"title": title, "weight": weight} for title, weight in zip(titles, weights, strict=True)]
    set_criteria(call=world.again(call), qualifications=[], scoring=rows, by=world.act("officer"))


def rows_of(*titles: str) -> dict:
    data = {"qualifications-TOTAL_FORMS": 0, "qualifications-INITIAL_FORMS": 0}
    data |= {"scoring-TOTAL_FORMS": len(titles), "scoring-INITIAL_FORMS": 0}
    weights = [100 - 10 * (len(titles) - 1), *[10] * (len(titles) - 1)]
    for number, (title, weight) in enumerate(zip(titles, weights, strict=True)):
        data |= {f"scoring-{number}-title": title, f"scoring-{number}-weight": weight}
    return data


def test_the_starting_sets_of_the_manual_are_known():
    known = {
        template.form: weighing_who(
            template.criteria.filter(kind=CriterionKind.SCORING).values_list("title", flat=True)
        )
        for template in CallTemplate.objects.all()
    }
    assert known == {
        "grant": ["ความเชี่ยวชาญและทักษะ", "มาตรฐานขององค์กร", "ผลงานและชื่อเสียง"],
        "pbc": ["ความเชี่ยวชาญ"],
    }


def test_a_blind_call_with_such_criteria_is_asked_about_once_with_everything_kept(world, send):
    call = world.draft_call("pbc")
    criteria(world, call, "ความคุ้มค่า", "ประสบการณ์ของทีมงาน")
    asked = send("call_edit_part", call, "judging", **BLIND)
    form = asked.context["form"]
    assert asked.status_code == 200 and set(form.errors) == {"is_blind"} and "despite" in form.fields
    assert "ประสบการณ์ของทีมงาน" in form.errors["is_blind"][0] and "ความคุ้มค่า" not in form.errors["is_blind"][0]
    assert form["reviewers_per_proposal"].value() == "3" and form["is_blind"].value()
    assert world.again(call).is_blind is False and world.again(call).cure_days != 7
    assert send("call_edit_part", call, "judging", **BLIND, despite="on").status_code == 302
    assert (world.again(call).is_blind, world.again(call).cure_days) == (True, 7)
    changed = send("call_edit_part", call, "judging", **{**BLIND, "cure_days": 9})
    assert changed.status_code == 302 and world.again(call).cure_days == 9, "it was answered"


def test_nobody_is_asked_where_names_are_shown_or_no_such_criterion_is_there(world, send):
    call = world.draft_call("pbc")
    criteria(world, call, "ความเชี่ยวชาญ")
    shown = {name: value for name, value in BLIND.items() if name != "is_blind"}
    assert send("call_edit_part", call, "judging", **shown).status_code == 302
    criteria(world, call, "ความคุ้มค่า")
    assert send("call_edit_part", call, "judging", **BLIND).status_code == 302
    assert world.again(call).is_blind


def test_adding_such_a_criterion_to_a_blind_call_asks_too(world, send):
    call = world.draft_call("pbc")
    criteria(world, call, "ความคุ้มค่า")
    edit_call(call=world.again(call), by=world.act("officer"), facts={"is_blind": True})
    asked = send("call_criteria", call, **rows_of("ความคุ้มค่า", "ผลงานที่ผ่านมา"))
    assert asked.status_code == 200 and set(asked.context["form"].errors) == {"despite"}
    assert "ผลงานที่ผ่านมา" in asked.context["form"].errors["despite"][0]
    assert 'name="despite"' in asked.text and 'value="ผลงานที่ผ่านมา"' in asked.text
    assert call.criteria.count() == 1
    both = rows_of("ความคุ้มค่า", "ผลงานที่ผ่านมา")
    assert send("call_criteria", call, **both, despite="on").status_code == 302
    assert call.criteria.count() == 2
    stored = both | {"scoring-INITIAL_FORMS": 2}
    assert send("call_criteria", call, **stored).status_code == 302, "what was there is not asked about again"
