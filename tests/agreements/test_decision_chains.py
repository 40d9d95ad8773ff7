"""Decisions on their way through an agency's own chain: who acts in which position, and what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from agreements.actions.calls import propose_publication
from agreements.actions.decisions import endorse_decision, return_decision
from agreements.enums import CallState, DecisionKind, DecisionState
from agreements.models import Call, Decision
from core.audit import history_of
from core.workflow import NotNow, NotYou, pass_door
from partnerships import endorsement_hooks
from partnerships.actions.endorsement import Wanted, end_deputy, remove_chain, set_chain
from partnerships.actors import Actor
from partnerships.enums import Role
from partnerships.models import EndorsementPosition, Membership, Mission, User
from reporting.worklist.decisions import decisions_to_take
from tests.cast import Cast
from tests.chains import (
    TITLES,
    acting,
    again,
    chain_of_four,
    deputy_for,
    draft_call,
    in_days,
    matter_of_mission,
    mission_of,
    person,
)
from tests.second_factors import give_second_factor

pytestmark = pytest.mark.django_db


def proposed(cast: Cast) -> Decision:
    return propose_publication(call=draft_call(cast), by=cast.officer.actor, comment="ขอความเห็นชอบ")


def waits_for(user: User) -> list[str]:
    return [item.reference for item in decisions_to_take(acting(user))]


def endorse(decision: Decision, *users: User) -> Decision:
    for user in users:
        decision = endorse_decision(decision=again(decision), by=acting(user), comment="เห็นชอบ")
    return again(decision)


# --- the way through ------------------------------------------------------------------------------------------------


def test_a_chain_of_four_endorses_in_order_and_the_last_decides_without_the_executive_role(cast: Cast) -> None:
    holders = chain_of_four(cast)
    assert not any(acting(user).holds(Role.EXECUTIVE) for user in holders)
    decision = proposed(cast)
    for turn, holder in enumerate(holders):
        for other in [*holders, cast.executive.user, cast.agency_admin.user]:
            if other != holder:
                with pytest.raises(NotYou):
                    endorse_decision(decision=again(decision), by=acting(other))
            assert bool(waits_for(other)) == (other == holder)
        assert Call.objects.get().state == CallState.DRAFT
        endorse(decision, holder)
        assert again(decision).reached == turn + 1
    assert Call.objects.get().state == CallState.PUBLISHED
    steps = list(again(decision).steps.all())
    assert [step.position for step in steps[1:]] == list(TITLES)
    assert [step.act for step in steps] == ["proposed", "endorsed", "endorsed", "endorsed", "decided"]
    assert history_of(Call.objects.get()).filter(kind="call.publish").get().actor_id == holders[-1].pk


def test_each_position_may_return_with_a_comment(cast: Cast) -> None:
    holders = chain_of_four(cast)
    decision = endorse(proposed(cast), *holders[:2])
    return_decision(decision=decision, by=acting(holders[2]), comment="แก้วงเงิน")
    assert again(decision).state == DecisionState.RETURNED
    assert again(decision).steps.last().position == TITLES[2]
    assert not any(waits_for(user) for user in holders)
    assert propose_publication(call=Call.objects.get(), by=cast.officer.actor).reached == 0


def test_a_kind_with_a_chain_of_its_own_takes_that_and_others_the_general_one(cast: Cast) -> None:
    chain_of_four(cast)
    own = person(cast, "นายเฉพาะเรื่อง")
    agency, admin = cast.organisations["agency"], cast.agency_admin.actor
    publish = DecisionKind.PUBLISH_CALL
    set_chain(organisation=agency, kind=publish, positions=[Wanted("ผู้อำนวยการกอง", own.pk)], by=admin)
    assert [one["holder_id"] for one in proposed(cast).positions] == [own.pk]
    remove_chain(organisation=agency, kind=publish, by=admin)
    assert [one["title"] for one in proposed(cast).positions] == list(TITLES)
    remove_chain(organisation=agency, kind="", by=admin)
    assert proposed(cast).positions == [{"title": "", "holder_id": None}]


def test_changing_the_chain_does_not_touch_what_is_on_its_way(cast: Cast) -> None:
    holders = chain_of_four(cast)
    decision = endorse(proposed(cast), holders[0])
    before = again(decision).positions
    new = person(cast, "นายใหม่")
    set_chain(
        organisation=cast.organisations["agency"],
        kind="",
        positions=[Wanted("ปลัดกรม", new.pk)],
        by=cast.agency_admin.actor,
    )
    with pytest.raises(NotYou):
        endorse_decision(decision=again(decision), by=acting(new))
    assert not waits_for(new)
    assert endorse(decision, *holders[1:]).state == DecisionState.DECIDED
    assert again(decision).positions == before
    assert [one["title"] for one in proposed(cast).positions] == ["ปลัดกรม"]


def test_what_a_decision_carries_out_is_done_by_nobody_by_hand(cast: Cast) -> None:
    call = draft_call(cast)
    for name in ("executive", "officer", "agency_admin", "opdc"):
        with pytest.raises(NotYou), pass_door(call, "publish", by=cast.people[name].actor):
            pass


def test_a_mandate_reaches_no_further_than_its_decision(cast: Cast) -> None:
    decided = endorse_decision(decision=proposed(cast), by=cast.executive.actor)
    other = draft_call(cast)
    with pytest.raises(NotYou), pass_door(other, "publish", by=replace(cast.executive.actor, mandate=decided)):
        pass
    pending = propose_publication(call=other, by=cast.officer.actor)
    with pytest.raises(NotYou), pass_door(other, "publish", by=replace(cast.executive.actor, mandate=pending)):
        pass


def test_who_decides_last_by_the_page_needs_the_second_factor_of_an_executive(cast: Cast) -> None:
    holders = chain_of_four(cast)
    decision = endorse(proposed(cast), *holders[:3])
    client, url = Client(), reverse("agreements:decision_endorse", args=[decision.pk])
    client.force_login(holders[3])
    sent = {"version": decision.root.version, "key": "", "comment": ""}
    for answer in (client.get(url), client.post(url, sent)):
        assert answer.status_code == 302 and answer["Location"].startswith(reverse("account_second_factor"))
    assert again(decision).state == DecisionState.PENDING
    give_second_factor(holders[3])
    assert client.get(url).status_code == 200
    assert client.post(url, sent).status_code == 302
    assert again(decision).state == DecisionState.DECIDED


# --- own work -------------------------------------------------------------------------------------------------------


def test_the_proposer_never_endorses_even_as_holder_or_deputy(cast: Cast) -> None:
    agency, admin = cast.organisations["agency"], cast.agency_admin.actor
    rows = [Wanted("ผู้อำนวยการกลุ่ม", cast.officer.user.pk), Wanted("อธิบดี", cast.executive.user.pk)]
    set_chain(organisation=agency, kind="", positions=rows, by=admin)
    deputy_for(cast, 2, cast.officer.user)
    decision = proposed(cast)
    assert not waits_for(cast.officer.user)
    with pytest.raises(NotYou):
        endorse_decision(decision=decision, by=cast.officer.actor)
    stands_in = person(cast, "นายช่วย")
    deputy_for(cast, 1, stands_in)
    endorse(decision, stands_in)
    with pytest.raises(NotYou):
        endorse_decision(decision=again(decision), by=cast.officer.actor)


def test_nobody_acts_twice_in_a_row(cast: Cast) -> None:
    holders = chain_of_four(cast)
    deputy_for(cast, 2, holders[0])
    decision = endorse(proposed(cast), holders[0])
    assert not waits_for(holders[0])
    with pytest.raises(NotYou):
        endorse_decision(decision=decision, by=acting(holders[0]))
    with pytest.raises(NotYou):
        return_decision(decision=decision, by=acting(holders[0]), comment="ไม่ควรได้")
    deputy_for(cast, 3, holders[0])
    decision = endorse(decision, holders[1])
    assert waits_for(holders[0])  # another has acted meanwhile
    assert endorse(decision, holders[0]).reached == 3


# --- deputies -------------------------------------------------------------------------------------------------------


def test_what_a_deputy_did_is_kept_with_the_words(cast: Cast) -> None:
    holders = chain_of_four(cast)
    deputy = person(cast, "นายรองอธิบดี คนที่สอง")
    deputy_for(cast, 4, deputy, title="รองอธิบดี", order_number="คำสั่งกรมทดสอบ ที่ 7/2569")
    decision = endorse(proposed(cast), *holders[:3])
    assert waits_for(deputy) and waits_for(holders[3])
    endorse(decision, deputy)
    step = again(decision).steps.last()
    assert step.position == "รองอธิบดี ปฏิบัติราชการแทน อธิบดีกรมทดสอบ"
    assert (step.by_name, step.capacity) == (deputy.full_name_th, "on_behalf")
    assert step.order_number == "คำสั่งกรมทดสอบ ที่ 7/2569"
    assert Call.objects.get().state == CallState.PUBLISHED
    client = Client()
    client.force_login(cast.officer.user)
    page = client.get(reverse("agreements:decision_detail", args=[decision.pk])).content.decode()
    assert "รองอธิบดี ปฏิบัติราชการแทน อธิบดีกรมทดสอบ" in page


@pytest.mark.parametrize(
    ("starts", "ends", "may"),
    [(0, None, True), (0, 0, True), (-5, 0, True), (1, 9, False), (-9, -1, False)],
)
def test_deputies_are_judged_by_the_day_on_which_they_act(cast: Cast, starts: int, ends: int | None, may: bool) -> None:
    chain_of_four(cast)
    user = person(cast, "นายรักษาการ")
    decision = proposed(cast)
    deputy = deputy_for(cast, 1, user, capacity="acting", order_number="", starts_on=in_days(min(starts, 0)))
    type(deputy).objects.filter(pk=deputy.pk).update(
        starts_on=in_days(starts), ends_on=None if ends is None else in_days(ends)
    )
    assert bool(waits_for(user)) is may
    if may:
        assert endorse(decision, user).steps.last().position == "ผู้ช่วยผู้อำนวยการ รักษาราชการแทน ผู้อำนวยการกลุ่ม"
    else:
        with pytest.raises(NotYou):
            endorse_decision(decision=decision, by=acting(user))


def test_a_deputy_named_later_serves_what_is_on_its_way_and_one_ended_does_not(cast: Cast) -> None:
    holders = chain_of_four(cast)
    decision, user = proposed(cast), person(cast, "นายมาทีหลัง")
    new = person(cast, "นายใหม่")
    rows = [Wanted("ผู้อำนวยการกลุ่ม", new.pk), *[Wanted(t, h.pk) for t, h in zip(TITLES[1:], holders[1:], strict=True)]]
    first = EndorsementPosition.objects.of_chain(cast.organisations["agency"].pk, "").get(ordinal=1)
    rows[0] = Wanted(rows[0].title, new.pk, first.seat_id)
    set_chain(organisation=cast.organisations["agency"], kind="", positions=rows, by=cast.agency_admin.actor)
    deputy = deputy_for(cast, 1, user)  # of the new row: the seat is the same
    assert waits_for(user)
    end_deputy(deputy=deputy, by=cast.agency_admin.actor)
    assert not waits_for(user)
    with pytest.raises(NotYou):
        endorse_decision(decision=decision, by=acting(user))


def test_a_deputy_who_left_the_organisation_cannot_act(cast: Cast) -> None:
    chain_of_four(cast)
    user = person(cast, "นายลาออก")
    deputy_for(cast, 1, user)
    decision = proposed(cast)
    Membership.objects.filter(user=user).update(ends_on=in_days(-1), starts_on=in_days(-9))
    assert not waits_for(user)
    with pytest.raises(NotYou):
        endorse_decision(decision=decision, by=acting(user))


def test_a_deputy_can_be_named_for_a_position_that_only_running_matters_wait_for(cast: Cast) -> None:
    chain_of_four(cast)
    decision, new, user = proposed(cast), person(cast, "นายใหม่"), person(cast, "นายแทนผู้ย้าย")
    agency, admin = cast.organisations["agency"], cast.agency_admin
    client = Client()
    client.force_login(admin.user)
    page = reverse("partnerships:endorsement_chains", args=[agency.pk])
    name = reverse("partnerships:deputy_create", args=[decision.positions[0]["position_id"]])
    matter = reverse("agreements:decision_detail", args=[decision.pk])
    assert matter not in client.get(page).content.decode()
    set_chain(organisation=agency, kind="", positions=[Wanted("ปลัดกรม", new.pk)], by=admin.actor)
    shown = client.get(page).content.decode()
    assert matter in shown and name in shown
    agency.refresh_from_db()
    facts = {"person": user.pk, "title": "รองผู้อำนวยการ", "capacity": "acting", "starts_on": "", "order_number": ""}
    today = in_days(0)
    facts |= {"starts_on": f"{today.day}/{today.month}/{today.year + 543}", "ends_on": "", "key": ""}
    assert client.post(name, {**facts, "version": agency.version}).status_code == 302
    assert "นายแทนผู้ย้าย" in client.get(page).content.decode()
    assert endorse(decision, user).steps.last().position == "รองผู้อำนวยการ รักษาราชการแทน ผู้อำนวยการกลุ่ม"


# --- matters of a mission -------------------------------------------------------------------------------------------

CHOICE = {"form": "grant", "reason": "เป็นโครงการที่มีกำหนดเวลา"}
KIND = DecisionKind.CHOOSE_FORM


@pytest.fixture
def matter() -> Iterator[None]:
    with matter_of_mission(KIND):
        yield


def propose_to_choose(mission: Mission, by: Actor) -> Decision:
    return endorsement_hooks.propose(kind=KIND, root=mission, by=by, proposal=CHOICE, comment="ขอความเห็นชอบ")


@pytest.mark.usefixtures("matter")
def test_a_matter_of_a_mission_goes_only_by_a_chain_for_that_very_kind(cast: Cast) -> None:
    chain_of_four(cast)  # the general chain is not asked
    mission = mission_of(cast)
    assert not endorsement_hooks.goes_by_chain(mission, KIND)
    with pytest.raises(NotNow):
        propose_to_choose(mission, cast.officer.actor)
    chain_of_four(cast, KIND)
    assert endorsement_hooks.goes_by_chain(mission, KIND)
    assert propose_to_choose(mission, cast.officer.actor).state == DecisionState.PENDING


@pytest.mark.usefixtures("matter")
def test_exactly_what_was_proposed_about_a_mission_is_carried_out_by_the_last_position(cast: Cast) -> None:
    holders = chain_of_four(cast, KIND)
    mission = mission_of(cast)
    decision = propose_to_choose(mission, cast.officer.actor)
    with pytest.raises(NotNow):
        propose_to_choose(Mission.objects.get(), cast.second_officer.actor)
    assert endorsement_hooks.url_of_pending(mission, KIND).endswith(f"/decisions/{decision.pk}/")
    endorse(decision, *holders[:3])
    assert Mission.objects.get().form == ""
    endorse(decision, holders[3])
    decided = Mission.objects.get()
    assert (decided.form, decided.form_reason) == (CHOICE["form"], CHOICE["reason"])
    event = history_of(mission).get(kind="mission.choose_form")
    assert (json.loads(event.payload)["decision"], event.actor_id) == (decision.pk, holders[-1].pk)
    assert endorsement_hooks.url_of_pending(mission, KIND) == ""


@pytest.mark.usefixtures("matter")
def test_a_missions_matter_is_read_by_its_agency_and_opdc_and_shows_what_is_proposed(cast: Cast) -> None:
    holders = chain_of_four(cast, KIND)
    decision = propose_to_choose(mission_of(cast), cast.officer.actor)
    url = reverse("agreements:decision_detail", args=[decision.pk])
    for user, status in (
        (holders[0], 200),
        (cast.officer.user, 200),
        (cast.opdc.user, 200),
        (cast.other_officer.user, 404),
        (cast.partner_rep.user, 404),
    ):
        client = Client()
        client.force_login(user)
        answer = client.get(url)
        assert answer.status_code == status
        if status == 200:
            assert CHOICE["reason"] in answer.content.decode()
            assert client.get(reverse("agreements:decision_list")).status_code == 200
            assert client.get(reverse("agreements:decision_memo", args=[decision.pk])).status_code == 200
    assert waits_for(holders[0]) == [decision.mission.reference]
    client = Client()
    client.force_login(holders[0])
    act = reverse("agreements:decision_endorse", args=[decision.pk])
    assert client.get(act).status_code == 200
    assert client.post(act, {"version": decision.root.version, "key": "", "comment": "เห็นชอบ"}).status_code == 302
    assert again(decision).reached == 1


def test_a_matter_of_a_mission_is_pending_once_and_has_one_root(cast: Cast) -> None:
    mission = mission_of(cast)
    common: dict[str, Any] = {"kind": KIND, "organisation": mission.agency, "proposed_by": cast.officer.user}
    Decision.objects.create(mission=mission, **common)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(mission=mission, **common)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(mission=mission, call=draft_call(cast), **common)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**common)


@pytest.mark.usefixtures("matter")
def test_proposing_about_a_mission_asks_for_its_agencys_officer(cast: Cast) -> None:
    chain_of_four(cast, KIND)
    mission = mission_of(cast)
    for name in ("executive", "agency_admin", "other_officer", "partner_rep", "opdc"):
        with pytest.raises(NotYou):
            propose_to_choose(mission, cast.people[name].actor)
