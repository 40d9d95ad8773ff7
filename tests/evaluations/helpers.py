"""Agreements as a round meets them: in force at a step, with indicators; made directly, because rounds are the subject."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from agreements.enums import CapacityKind, Side, Standing
from agreements.models import Agreement, Capacity, Indicator, Party
from core import clock
from core.workflow import set_first_state
from evaluations.actions.findings import record_finding, record_visit, report_results
from evaluations.actions.rounds import open_round, propose_verdict
from evaluations.models import Round
from tests.built_once import built_once
from tests.cast import Cast
from tests.factories import MissionFactory

DAY = timedelta(days=1)


@built_once
def agreement_in_force(cast: Cast, step: str, *, number: int = 1, standing: str = Standing.IN_FORCE) -> Agreement:
    """A signed, public agreement of the cast's agency and partner at `step`, with two indicators (60 + 40)."""
    now = clock.now()
    agreement = Agreement(
        reference=f"AG-T-{number:05d}",
        form=step.split("_", maxsplit=1)[0],
        mission=MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user),
        agency=cast.organisations["agency"],
        title=f"การดูแลผู้สูงอายุในชุมชน {number}",
        officer=cast.officer.user,
        contact_phone="02 123 4567",
        total=Decimal("1000000.00"),
        starts_on=clock.today() - 100 * DAY,
        ends_on=clock.today() + 200 * DAY,
        signed_at=now,
        public_at=now,
        plan_approved_at=now,
    )
    set_first_state(agreement, step=step, standing=standing)
    agreement.save()
    for name, side in (("agency", Side.GIVER), ("partner", Side.RECEIVER)):
        Party.objects.create(agreement=agreement, organisation=cast.organisations[name], side=side, is_lead=True)
    for ordinal, (statement, baseline, target, weight) in enumerate(
        (("ผู้สูงอายุที่ได้รับการดูแล", 0, 200, 60), ("ผู้ป่วยติดเตียง", 50, 30, 40)), start=1
    ):
        Indicator.objects.create(
            agreement=agreement,
            ordinal=ordinal,
            statement=statement,
            unit="คน",
            baseline=baseline,
            target=target,
            weight=weight,
        )
    return agreement


def invite(cast: Cast, agreement: Agreement) -> None:
    Capacity.objects.create(user=cast.evaluator.user, kind=CapacityKind.EVALUATOR, agreement=agreement)


@built_once
def filled_round(cast: Cast, agreement: Agreement, *, verdict: str = "pass") -> Round:
    """A round with findings of all sides, a visit, a figure, and (unless empty) a proposed verdict."""
    opened = open_round(agreement=agreement, by=cast.officer.actor)
    invite(cast, agreement)
    record_finding(evaluation_round=opened, text="งานเดินหน้าตามแผน", by=cast.officer.actor)
    record_finding(evaluation_round=opened, text="ผู้รับบริการพอใจ", by=cast.evaluator.actor)
    if opened.kind == "cycle":
        record_finding(evaluation_round=opened, text="ควรเพิ่มอาสาสมัคร", by=cast.partner_staff.actor)
    record_visit(
        evaluation_round=opened,
        visited_on=clock.today(),
        place="ศูนย์ดูแลผู้สูงอายุ",
        participants="เจ้าหน้าที่ทั้งสองฝ่าย",
        observations="พบการทำงานจริง",
        by=cast.officer.actor,
    )
    first = agreement.indicators.first()
    report_results(
        evaluation_round=opened, results={first.pk: (Decimal(120), "นับถึงสิ้นเดือน")}, by=cast.partner_staff.actor
    )
    if verdict:
        propose_verdict(evaluation_round=opened, verdict=verdict, summary="โดยรวมเป็นไปตามแผน", by=cast.officer.actor)
    opened.refresh_from_db()
    return opened
