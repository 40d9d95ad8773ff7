"""Missions, calls and agreements in quantity, as far as lists and sums read them (no texts, plans or ledgers)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from agreements.enums import CallState, Side, Standing
from agreements.models import Account, Agreement, Call, Instalment, Party
from core.clock import BANGKOK
from core.workflow import set_first_state
from demo.scale.names import CALLINGS
from demo.scale.organisations import BATCH, PHONE
from partnerships.enums import Form
from partnerships.models import Mission, Organisation, User

Teams = dict[int, list[User]]
FORMS = (Form.GRANT, Form.GRANT, Form.PBC, Form.PBC, Form.COMMISSIONING)
# Where an agreement may be: form → (step, standing); signed, made public and planned where the step wants it.
STAGES: dict[str, tuple[tuple[str, str], ...]] = {
    Form.GRANT: (
        ("grant_2_application", Standing.PREPARING),
        ("grant_4_delivery", Standing.IN_FORCE),
        ("grant_4_delivery", Standing.CLOSED),
    ),
    Form.PBC: (
        ("pbc_4_selection", Standing.PREPARING),
        ("pbc_5_first_instalment", Standing.IN_FORCE),
        ("pbc_9_account_closing", Standing.CLOSED),
    ),
    Form.COMMISSIONING: (
        ("commissioning_1_priorities", Standing.PREPARING),
        ("commissioning_5_delivery", Standing.IN_FORCE),
        ("commissioning_6_evaluation", Standing.CLOSED),
    ),
}


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=BANGKOK)


def record_missions(
    count: int, departments: list[Organisation], teams: Teams, random: Random, day: date
) -> list[Mission]:
    """`count` missions with their form chosen, spread over departments and the last three years."""
    drawn = []
    for number in range(1, count + 1):
        agency = departments[number % len(departments)]
        begun = day - timedelta(days=random.randint(30, 1000))
        calling = random.choice(CALLINGS)[0]
        drawn.append(
            Mission(
                reference=f"S-M-{number:06}",
                agency=agency,
                officer=teams[agency.pk][number % 2],
                title=f"ภารกิจ{calling} ที่ {number} (สมมติ)",
                objectives=f"{calling}ให้ทั่วถึง (ข้อมูลสมมติ)",
                target_group="ประชาชนในพื้นที่",
                area="พื้นที่สมมติ",
                form=random.choice(FORMS),
                form_reason="ข้อมูลสมมติ",
                form_chosen_on=begun,
                created_on=begun,
            )
        )
    return Mission.objects.bulk_create(drawn, batch_size=BATCH)


def record_calls(missions: list[Mission], random: Random, day: date) -> list[Call]:
    """A call for every mission given out by call; every third is open, the others are decided or drafts."""
    drawn = []
    for number, mission in enumerate((one for one in missions if one.form != Form.COMMISSIONING), 1):
        state = (CallState.PUBLISHED, CallState.DECIDED, CallState.DRAFT)[number % 3]
        opened = day - timedelta(days=random.randint(10, 30) if state == CallState.PUBLISHED else 300)
        call = Call(
            reference=f"S-C-{number:06}",
            mission=mission,
            agency_id=mission.agency_id,
            officer_id=mission.officer_id,
            form=mission.form,
            title=f"ประกาศรับข้อเสนอ: {mission.title}",
            objectives=mission.objectives,
            budget_ceiling=Decimal(random.randint(2, 40) * 50_000),
            contact_phone=PHONE,
            closes_at=at_noon(opened + timedelta(days=random.randint(45, 90))),
            published_at=None if state == CallState.DRAFT else at_noon(opened),
            created_at=at_noon(opened - timedelta(days=5)),
        )
        set_first_state(call, state=state)
        drawn.append(call)
    return Call._base_manager.bulk_create(drawn, batch_size=BATCH)


def record_agreements(missions: list[Mission], partners: list[Organisation], random: Random, day: date) -> int:
    """An agreement for every mission, with its two parties, account and two instalments; returns how many."""
    drawn = [_agreement(number, mission, random, day) for number, mission in enumerate(missions, 1)]
    agreements = Agreement._base_manager.bulk_create(drawn, batch_size=BATCH)
    parties, accounts, instalments = [], [], []
    for agreement in agreements:
        partner = random.choice(partners)
        parties += [
            Party(agreement=agreement, organisation_id=agreement.agency_id, side=Side.GIVER, is_lead=True),
            Party(agreement=agreement, organisation=partner, side=Side.RECEIVER, is_lead=True),
        ]
        accounts.append(Account(agreement=agreement, agreed=agreement.total))
        half = agreement.total / 2
        begun = agreement.starts_on
        instalments += [
            Instalment(agreement=agreement, ordinal=n, amount=half, due_on=begun + timedelta(days=n * 60))
            for n in (1, 2)
        ]
    for model, rows in ((Party, parties), (Account, accounts), (Instalment, instalments)):
        model._base_manager.bulk_create(rows, batch_size=BATCH)
    return len(agreements)


def _agreement(number: int, mission: Mission, random: Random, day: date) -> Agreement:
    step, standing = random.choice(STAGES[mission.form])
    begun = day - timedelta(days=random.randint(0, 700))
    signed = None if standing == Standing.PREPARING else at_noon(begun)
    agreement = Agreement(
        reference=f"S-A-{number:06}",
        form=mission.form,
        mission=mission,
        agency_id=mission.agency_id,
        officer_id=mission.officer_id,
        title=f"ข้อตกลง{mission.title}",
        area=mission.area,
        starts_on=begun,
        ends_on=begun + timedelta(days=365),
        total=Decimal(random.randint(2, 40) * 50_000),
        contact_phone=PHONE,
        is_demonstration=True,
        created_at=at_noon(begun - timedelta(days=30)),
        step_since=begun,
        text_ready_at=signed,
        signed_at=signed,
        public_at=signed,
        plan_approved_at=signed,
        closed_at=signed if standing == Standing.CLOSED else None,
    )
    set_first_state(agreement, step=step, standing=standing)
    return agreement
