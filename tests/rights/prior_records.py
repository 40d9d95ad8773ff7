"""A running agreement as it was entered, in each of its states."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from agreements.actions.prior import confirm_prior, enter_prior, return_prior
from agreements.models import PriorAgreement
from tests.cast import Cast
from tests.factories import MissionFactory
from tests.world import evidence


def make_prior(cast: Cast, state: str) -> PriorAgreement:
    mission = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user, form="grant")
    prior = enter_prior(
        mission=mission,
        form="grant",
        step="grant_3_receipt",
        title="ข้อตกลงที่ดำเนินการอยู่",
        number="",
        receiver=cast.organisations["partner"],
        signed_on=date(2025, 1, 15),
        starts_on=date(2025, 2, 1),
        ends_on=date(2027, 1, 31),
        total=Decimal("100000"),
        officer=cast.officer.user,
        instalments=[{"amount": Decimal("100000"), "due_on": None, "paid_on": None}],
        paper=evidence(),
        by=cast.officer.actor,
    )
    if state == "returned":
        return_prior(prior=prior, reason="แก้วันที่", by=cast.executive.actor)
    if state == "confirmed":
        confirm_prior(prior=prior, by=cast.executive.actor)
    return PriorAgreement.objects.get(pk=prior.pk)
