"""Flags: their trail, and what a block and a missing verification stop (§3.1, §3.2: who can apply and be selected)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from agreements.actions.agreements import open_commissioning
from agreements.actions.awards import propose_selection
from agreements.actions.calls import begin_selection, close_submissions
from agreements.actions.decisions import endorse_decision, return_decision
from agreements.actions.details import add_party
from agreements.actions.proposals import begin_proposal
from agreements.actions.signing import sign_on_screen
from agreements.actions.submission import submit_proposal
from agreements.enums import Side
from agreements.models import Agreement, Proposal
from core import clock
from core.models import OutboxMessage
from core.models.frozen import FrozenRecordError
from core.workflow import Missing, NotNow, NotYou
from partnerships.actions.flags import lift_flag, raise_flag
from partnerships.enums import FlagKind
from partnerships.models import Flag, FlagLifting, Organisation
from partnerships.queries.standing import why_blocked
from tests.world import World

pytestmark = pytest.mark.django_db

BLOCK = {
    "kind": FlagKind.BLOCKED,
    "reason": "ไม่ส่งคืนเงินเหลือจ่ายตามกำหนด",
    "legal_ground": "ระเบียบว่าด้วยเงินอุดหนุน (สมมติ) ข้อ 12",
    "hearing": "แจ้งให้ชี้แจงแล้ว ไม่ชี้แจงภายในกำหนด",
}


def block(cast, organisation: str = "partner") -> Flag:
    heard = {"heard_on": clock.today() - timedelta(days=7)}
    return raise_flag(organisation=fresh(cast, organisation), by=cast.opdc.actor, **BLOCK, **heard)


def fresh(cast, name: str) -> Organisation:
    return Organisation.objects.get(pk=cast.organisations[name].pk)


def unverify(cast, name: str = "partner") -> None:
    Organisation.objects.filter(pk=cast.organisations[name].pk).update(verified_until=clock.today() - timedelta(days=1))


# --- the trail ------------------------------------------------------------------------------------------------------


def test_a_block_needs_its_ground_and_a_hearing_before_it(cast):
    with pytest.raises(ValidationError) as told:
        raise_flag(organisation=fresh(cast, "partner"), kind=FlagKind.BLOCKED, reason="เหตุผล", by=cast.opdc.actor)
    assert set(told.value.message_dict) == {"legal_ground", "hearing", "heard_on"}
    with pytest.raises(ValidationError) as told:
        raise_flag(
            organisation=fresh(cast, "partner"), by=cast.opdc.actor, heard_on=clock.today() + timedelta(days=1), **BLOCK
        )
    assert set(told.value.message_dict) == {"heard_on"}
    raise_flag(organisation=fresh(cast, "partner"), kind=FlagKind.WARNING, reason="ส่งรายงานช้า", by=cast.opdc.actor)
    assert fresh(cast, "partner").blocked_at is None


def test_a_block_is_stamped_told_and_lifted_by_a_new_record(cast):
    flag = block(cast)
    assert fresh(cast, "partner").is_blocked
    told = OutboxMessage.objects.get(kind="organisation.flagged", to_user_id=cast.partner_rep.user.pk)
    assert BLOCK["reason"] in told.body
    assert BLOCK["legal_ground"] in told.body
    lift_flag(flag=flag, reason="คืนเงินครบแล้ว", by=cast.opdc.actor)
    assert not fresh(cast, "partner").is_blocked
    assert why_blocked(flag.organisation_id) is None
    with pytest.raises(NotNow):
        lift_flag(flag=flag, reason="อีกครั้ง", by=cast.opdc.actor)
    assert OutboxMessage.objects.filter(kind="organisation.flag_lifted", to_user_id=cast.partner_rep.user.pk).exists()


def test_of_two_blocks_the_other_still_holds(cast):
    first, second = block(cast), block(cast)
    lift_flag(flag=first, reason="แก้ไขแล้ว", by=cast.opdc.actor)
    assert fresh(cast, "partner").blocked_at == second.raised_at


def test_the_trail_is_never_changed_nor_deleted(cast):
    flag = block(cast)
    lifting = lift_flag(flag=flag, reason="แก้ไขแล้ว", by=cast.opdc.actor)
    for record in (flag, lifting):
        with pytest.raises(FrozenRecordError):
            record.save()
        with pytest.raises(FrozenRecordError):
            record.delete()
    for model in (Flag, FlagLifting):
        with pytest.raises(FrozenRecordError):
            model.objects.all().delete()
        with pytest.raises(FrozenRecordError):
            model.objects.update(reason="")


@pytest.mark.parametrize("person", ["officer", "executive", "partner_rep", "rival_rep", "stranger", "agency_admin"])
def test_only_opdc_flags(cast, person):
    with pytest.raises(NotYou):
        raise_flag(organisation=fresh(cast, "partner"), kind="warning", reason="เหตุผล", by=cast.people[person].actor)


# --- what a block stops -----------------------------------------------------------------------------------------------


def test_a_blocked_partner_begins_no_proposal_and_is_told_why(cast):
    call = World(cast).published_call()
    block(cast)
    with pytest.raises(NotYou) as told:
        begin_proposal(call=call, title="โครงการ", by=cast.partner_staff.actor)
    assert BLOCK["reason"] in str(told.value.message)
    client = Client()
    client.force_login(cast.partner_staff.user)
    answer = client.get(reverse("agreements:proposal_create", args=[call.reference]))
    assert answer.status_code == 403
    assert BLOCK["legal_ground"] in answer.content.decode()
    begin_proposal(call=call, title="โครงการ", by=cast.rival_staff.actor)


def test_a_blocked_partner_submits_nothing_and_reads_why_on_the_page(cast):
    world = World(cast)
    proposal = world.draft_proposal(world.published_call())
    block(cast)
    with pytest.raises(Missing) as told:
        submit_proposal(proposal=proposal, by=cast.partner_rep.actor)
    assert [item.name for item in told.value.items] == ["organisation_not_blocked"]
    client = Client()
    client.force_login(cast.partner_rep.user)
    for name in ("proposal_detail", "proposal_check"):
        text = client.get(reverse(f"agreements:{name}", args=[proposal.reference])).content.decode()
        assert BLOCK["reason"] in text, name
        assert reverse("agreements:proposal_submit", args=[proposal.reference]) not in text
    flag = Flag.objects.get()
    lift_flag(flag=flag, reason="แก้ไขแล้ว", by=cast.opdc.actor)
    submit_proposal(proposal=Proposal.objects.get(pk=proposal.pk), by=cast.partner_rep.actor)


def judged(world: World) -> Proposal:
    """A proposal that is scored, with the resolution still to come."""
    call = world.published_call()
    proposal = world.submitted_proposal(call)
    world.pass_deadline(call)
    close_submissions(call=call, by=world.act("officer"))
    world.screen(proposal)
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=world.act("officer"))
    world.score(proposal)
    return world.again(proposal)


@pytest.mark.parametrize("spoil", [block, unverify])
def test_a_resolution_selects_only_who_is_verified_and_not_blocked(cast, spoil):
    world = World(cast)
    proposal = judged(world)
    spoil(cast)
    with pytest.raises(ValidationError) as told:
        world.resolve(world.again(proposal.call), {proposal.pk: ("selected", "คะแนนสูงสุด")})
    [message] = told.value.message_dict[f"outcome_{proposal.pk}"]
    assert cast.organisations["partner"].name_th in message
    world.resolve(world.again(proposal.call), {proposal.pk: ("reserve", "รอผลการตรวจสอบ")})


@pytest.mark.parametrize("spoil", [block, unverify])
def test_who_lost_it_after_the_resolution_is_not_selected_by_the_decision(cast, spoil):
    world = World(cast)
    proposal = judged(world)
    world.resolve(world.again(proposal.call), {proposal.pk: ("selected", "คะแนนสูงสุด")})
    decision = propose_selection(call=world.again(proposal.call), by=world.act("officer"))
    spoil(cast)
    with pytest.raises(Missing) as told:
        endorse_decision(decision=decision, by=world.act("executive"))
    assert [item.name for item in told.value.items] == ["selected_may_be_selected"]
    return_decision(decision=world.again(decision), comment="ภาคีไม่ผ่านการตรวจสอบ", by=world.act("executive"))
    with pytest.raises(Missing):
        propose_selection(call=world.again(proposal.call), by=world.act("officer"))
    assert not Agreement.objects.exists()


def test_a_blocked_partner_signs_no_new_agreement(cast):
    world = World(cast)
    agreement = world.born("pbc")
    world.prepare(agreement)
    sha256 = world.ready_text(agreement)
    flag = block(cast)
    party = agreement.parties.get(organisation=cast.organisations["partner"])
    with pytest.raises(NotYou) as told:
        sign_on_screen(party=party, sha256=sha256, by=cast.partner_rep.actor)
    assert BLOCK["reason"] in str(told.value.message)
    lift_flag(flag=flag, reason="แก้ไขแล้ว", by=cast.opdc.actor)
    sign_on_screen(party=party, sha256=sha256, by=cast.partner_rep.actor)


@pytest.mark.parametrize("spoil", [block, unverify])
def test_a_joint_contract_takes_in_only_who_is_verified_and_not_blocked(cast, spoil):
    world = World(cast)
    spoil(cast)
    mission = world.mission("commissioning")
    ids = [cast.organisations["partner"].pk]
    with pytest.raises(ValidationError) as told:
        open_commissioning(mission=mission, title="สัญญาร่วม", partner_ids=ids, by=world.act("officer"))
    assert set(told.value.message_dict) == {"partners"}
    ids = [cast.organisations["rival"].pk]
    agreement = open_commissioning(mission=mission, title="สัญญาร่วม", partner_ids=ids, by=world.act("officer"))
    with pytest.raises(ValidationError):
        add_party(agreement=agreement, organisation=fresh(cast, "partner"), side=Side.RECEIVER, by=world.act("officer"))


def test_an_agreement_in_force_goes_on(cast):
    world = World(cast)
    agreement = world.agreement("pbc", at="pbc_5_first_instalment")
    block(cast)
    world.pay_next(agreement)


# --- who reads what ---------------------------------------------------------------------------------------------------


def page(person, organisation: Organisation) -> str:
    client = Client()
    client.force_login(person.user)
    return client.get(reverse("partnerships:organisation_detail", args=[organisation.pk])).content.decode()


def test_agencies_read_warnings_and_blocks_but_neither_observations_nor_hearings(cast):
    partner = fresh(cast, "partner")
    raise_flag(organisation=partner, kind="observation", reason="ข้อสังเกตภายใน", by=cast.opdc.actor)
    block(cast)
    for person, observation, hearing in (("opdc", True, True), ("partner_rep", True, True), ("officer", False, False)):
        text = page(cast.people[person], partner)
        assert BLOCK["reason"] in text
        assert ("ข้อสังเกตภายใน" in text) is observation, person
        assert (BLOCK["hearing"] in text) is hearing, person
    for person in ("rival_rep", "stranger"):
        assert BLOCK["reason"] not in page(cast.people[person], partner), person
    assert "blocked since" in page(cast.partner_rep, partner) or "ถูกระงับสิทธิ" in page(cast.partner_rep, partner)
