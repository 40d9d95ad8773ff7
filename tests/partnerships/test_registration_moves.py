"""The way into the register: who may do which move, and what must be there first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from core.workflow import Missing, NotYou, judge, pass_door, set_first_state
from partnerships.actors import Actor
from partnerships.enums import OrganisationKind as K
from partnerships.enums import OrganisationStanding as S
from partnerships.enums import ProvincialDutyKind, Role
from partnerships.lifecycles.organisation import TO_SUBMIT
from partnerships.models import Organisation, ProvincialDuty
from partnerships.reference.kinds import KINDS, REQUIRED_DOCUMENTS
from partnerships.requirements.organisation import BY_NAME, load

pytestmark = pytest.mark.django_db


def organisation(standing: str, kind: str = K.FOUNDATION, **facts) -> Organisation:
    made = Organisation(kind=kind, name_th="มูลนิธิใหม่ (สมมติ)", **facts)
    set_first_state(made, standing=standing)
    made.save()
    return made


def test_the_moves_name_only_requirements_that_there_are():
    assert set(TO_SUBMIT) <= set(BY_NAME)
    assert {f"document_{kind}" for kind in REQUIRED_DOCUMENTS} <= set(TO_SUBMIT)
    assert {kind for row in KINDS.values() for kind in row.documents} <= set(REQUIRED_DOCUMENTS)


def test_an_empty_registration_is_told_all_that_is_missing(cast):
    new = organisation(S.DRAFT)
    admin = Actor(user=cast.stranger.user, organisation=new, roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(Missing) as refused, pass_door(new, "submit_registration", by=admin):
        pass
    assert [item.name for item in refused.value.items] == [
        "tax_number", "registration_number", "address", "work", "contact",
        "document_registration", "document_regulations", "document_board_resolution",
    ]  # fmt: skip


def test_facts_are_loaded_in_two_queries(cast, django_assert_num_queries):
    new = organisation(S.DRAFT)
    with django_assert_num_queries(2):
        load(new)


def test_opdc_returns_and_accepts_and_nobody_else_does(cast):
    sent = organisation(S.SUBMITTED, province_code="52")
    for person in ("officer", "partner_rep", "stranger", "agency_admin"):
        assert not judge(sent, "accept_registration", cast.people[person].actor).you
        with pytest.raises(NotYou), pass_door(sent, "return_registration", by=cast.people[person].actor):
            pass
    with pass_door(sent, "accept_registration", by=cast.opdc.actor):
        pass
    sent.refresh_from_db()
    assert sent.standing == S.ACTIVE


def test_the_provinces_verifier_reads_and_accepts_only_there_and_only_while_named(cast):
    office = Organisation.objects.create(kind=K.PROVINCIAL_OFFICE, name_th="สำนักงานจังหวัดลำปาง (สมมติ)")
    actor = Actor(user=cast.stranger.user, organisation=office, roles=frozenset({Role.OFFICER}))
    here, there = organisation(S.SUBMITTED, province_code="52"), organisation(S.SUBMITTED, province_code="50")
    duty = ProvincialDuty.objects.create(
        office=office, kind=ProvincialDutyKind.VERIFIER, province_code="52", named_by=cast.opdc.user
    )
    assert judge(here, "accept_registration", actor).you
    assert not judge(there, "accept_registration", actor).you
    waiting = Organisation.objects.visible_to(actor).filter(standing=S.SUBMITTED)
    assert list(waiting) == [here]
    duty.ends_on = clock.today() - timedelta(days=1)
    duty.starts_on = duty.ends_on
    duty.save()
    assert not judge(here, "accept_registration", actor).you
    assert not waiting.all().exists()
