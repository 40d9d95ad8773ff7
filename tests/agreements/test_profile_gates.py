"""What a receiver's profile lacks stops what the completeness list says it stops: signing, and asking for money."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agreements.actions.instalments import request_instalment
from agreements.actions.signing import sign_on_screen
from agreements.models import Signature
from core import clock
from core.workflow import Missing, NotYou
from partnerships.requirements.organisation import gates_of, load
from tests.world import World

pytestmark = pytest.mark.django_db


def open_gates(organisation) -> set[str]:
    return {gate.code for gate in gates_of(load(organisation)) if not gate.missing}


def party_of(agreement, side: str):
    return agreement.parties.get(side=side)


@pytest.mark.parametrize("flaw", ["none", "void", "ended", "not yet"])
def test_nobody_signs_for_a_receiver_that_nobody_may_bind_today(cast, flaw):
    world, partner = World(cast), cast.organisations["partner"]
    agreement = world.agreement("pbc")
    world.prepare(agreement)
    sha256 = world.ready_text(agreement)
    representatives = partner.representatives.all()
    if flaw == "none":
        representatives.delete()
    else:
        representatives.update(
            **{
                "void": {"void_at": clock.real_now()},
                "ended": {"valid_until": clock.today() - timedelta(days=1)},
                "not yet": {"valid_from": clock.today() + timedelta(days=1)},
            }[flaw]
        )
    assert "sign" not in open_gates(partner)
    with pytest.raises(NotYou) as refused:
        sign_on_screen(party=party_of(agreement, "receiver"), sha256=sha256, by=cast.partner_rep.actor)
    assert "ผู้แทนผู้มีอำนาจ" in str(refused.value.message)
    sign_on_screen(party=party_of(agreement, "giver"), sha256=sha256, by=cast.executive.actor)
    assert Signature.objects.get().party.side == "giver"


def test_the_last_day_of_an_authority_still_counts(cast):
    partner = cast.organisations["partner"]
    partner.representatives.update(valid_until=clock.today())
    assert "sign" in open_gates(partner)


def test_money_is_not_asked_for_without_a_bank_account(cast):
    world, partner = World(cast), cast.organisations["partner"]
    agreement = world.agreement("pbc", at="pbc_5_first_instalment")
    instalment = agreement.instalments.order_by("ordinal").first()
    accounts = partner.bank_accounts.all()
    accounts.update(replaced_at=clock.real_now())
    assert "pay" not in open_gates(partner)
    with pytest.raises(Missing) as refused:
        request_instalment(instalment=instalment, by=cast.partner_staff.actor)
    assert [item.name for item in refused.value.items] == ["receiver_bank_account"]
    client = Client()
    client.force_login(cast.partner_staff.user)
    page = client.get(reverse("agreements:instalment_detail", args=[instalment.pk])).content.decode()
    assert "บัญชีธนาคารของผู้รับมอบภารกิจในข้อมูลองค์กร" in page
    accounts.update(replaced_at=None)
    assert "pay" in open_gates(partner)
    assert request_instalment(instalment=instalment, by=cast.partner_staff.actor).state == "requested"
