"""Each sequence walked at random beside a little model of the manual's page, written without looking at the code.

After every attempt door and model agree on where the agreement stands, and on whether the move was let through.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.actions.agreements import make_move
from agreements.enums import ClearanceKind
from agreements.models import Agreement, Clearance, Instalment, StepNote
from core import clock
from core.workflow import Missing, NotNow
from tests.cast import Cast
from tests.rights.records import make_agreement

pytestmark = pytest.mark.django_db


# --- the model: what the manual says, in a few lines -------------------------------------------------------------------


@dataclass
class Pbc:
    """§3.2: 5 → 6 while instalments are to come, else 8; 6 → 7 passed, 6 → 8 failed; 7 → 6 or 8; 8 → 9."""

    instalments: int
    step: int = 5
    received: int = 0
    verdict: str | None = None  # of the mid-term under way
    completed: bool = False
    final: bool = False

    @property
    def gate(self) -> int:
        """The instalment that this step is about."""
        return self.received if self.paid else self.received + 1

    paid: bool = False

    def move(self, name: str) -> bool:
        allowed = {
            "begin_midterm_evaluation": self.step in (5, 7) and self.paid and self.received < self.instalments,
            "allocate_next_instalment": self.step == 6 and self.verdict == "pass",
            "end_funding": self.step == 6 and self.verdict == "fail",
            "begin_final_evaluation": self.step in (5, 7)
            and self.paid
            and self.received == self.instalments
            and self.completed,
            "begin_account_closing": self.step == 8 and self.final,
        }[name]
        if allowed:
            self.step = {
                "begin_midterm_evaluation": 6,
                "allocate_next_instalment": 7,
                "end_funding": 8,
                "begin_final_evaluation": 8,
                "begin_account_closing": 9,
            }[name]
            if self.step in (6, 7):
                self.paid, self.verdict = False, None
        return allowed


@dataclass
class Commissioning:
    """§3.3: 2 → 3 → 4 → 5 → 6, then improve → 4 or widen → 1, each a new cycle that starts with nothing done."""

    step: int = 2
    cycle: int = 1
    done: set[str] = field(default_factory=set)
    verdict: str | None = None

    NEEDS = {1: {"priorities"}, 2: {"needs"}, 3: {"resources"}, 4: {"selection", "design", "plan"}, 5: {"delivery"}}
    STRAIGHT = {
        1: "assess_needs",
        2: "allocate_resources",
        3: "design_service",
        4: "deliver_service",
        5: "evaluate_service",
    }

    def move(self, name: str) -> bool:
        if name in ("improve_service", "widen_service"):
            wanted = "improve" if name == "improve_service" else "widen"
            if self.step != 6 or self.verdict != wanted:
                return False
            self.step, self.cycle = (4 if wanted == "improve" else 1), self.cycle + 1
            self.done, self.verdict = set(), None
            return True
        if self.STRAIGHT.get(self.step) != name or not self.NEEDS[self.step] <= self.done:
            return False
        self.step += 1
        return True


# --- what happens in the world: facts come on record, by other people's work ---------------------------------------------


def receive_instalment(agreement: Agreement, model: Pbc, cast: Cast) -> None:
    """The instalment of this step arrives, where one is due."""
    if model.step not in (5, 7) or model.paid or model.received == model.instalments:
        return
    instalment = agreement.instalments.get(ordinal=model.received + 1)
    _set_state(instalment, "received", cast)
    model.received, model.paid = model.received + 1, True


def _set_state(instalment: Instalment, state: str, cast: Cast) -> None:
    from core.fields import state_writable

    with state_writable(instalment):
        instalment.state = state
    for index, name in enumerate(("requested", "checked", "approved", "paid", "received")):
        people = ("partner_staff", "officer", "executive", "finance", "partner_finance")
        setattr(instalment, f"{name}_by", cast.people[people[index]].user)
        setattr(instalment, f"{name}_on", clock.today())
    instalment.save()


def note(agreement: Agreement, kind: str, cast: Cast) -> None:
    now = clock.real_now()
    StepNote.objects.create(
        agreement=agreement,
        step=agreement.step,
        cycle=agreement.cycle,
        kind=kind,
        held_on=clock.today(),
        decision="ตกลง",
        recorded_by=cast.officer.user,
        giver_confirmed_at=now,
        receiver_confirmed_at=now,
    )


def clear(agreement: Agreement, kind: str, ordinal: int, verdict: str, cast: Cast) -> None:
    Clearance.objects.create(agreement=agreement, kind=kind, ordinal=ordinal, verdict=verdict, by=cast.executive.user)


def pbc_fact(name: str, agreement: Agreement, model: Pbc, cast: Cast) -> None:
    if name == "receive":
        receive_instalment(agreement, model, cast)
    elif name in ("pass", "fail") and model.step == 6 and model.verdict is None:
        clear(agreement, ClearanceKind.MIDTERM, model.received + 1, name, cast)
        model.verdict = name
    elif name == "complete" and not model.completed:
        note(agreement, "work_completed", cast)
        model.completed = True
    elif name == "final" and model.step == 8 and not model.final:
        clear(agreement, ClearanceKind.FINAL, 1, "pass", cast)
        model.final = True


def commissioning_fact(name: str, agreement: Agreement, model: Commissioning, cast: Cast) -> None:
    if name in ("improve", "widen", "conclude"):
        if model.step == 6 and model.verdict is None:
            clear(agreement, ClearanceKind.CYCLE, model.cycle, name, cast)
            model.verdict = name
    elif name == "plan":
        plan, _made = agreement.plans.get_or_create(
            cycle=model.cycle, defaults={"recorded_by": cast.officer.user, "side": "giver"}
        )
        plan.approved_at, plan.approved_by = clock.real_now(), cast.partner_rep.user
        plan.save()
        model.done.add(name)
    else:
        note(agreement, name, cast)
        model.done.add(name)


# --- the walk ------------------------------------------------------------------------------------------------------------


class _Undo(Exception):
    """Every example starts from the same database."""


def walk(
    agreement: Agreement, model: Any, script: list[str], moves: set[str], fact: Callable, cast: Cast, prefix: str
) -> None:
    for name in script:
        agreement = Agreement.objects.get(pk=agreement.pk)
        if name not in moves:
            fact(name, agreement, model, cast)
            continue
        before = (agreement.step, agreement.cycle)
        try:
            make_move(agreement=agreement, move=name, by=cast.officer.actor)
            let_through = True
        except (NotNow, Missing):
            let_through = False
        assert let_through == model.move(name), f"{name} at {before}"
        now = Agreement.objects.get(pk=agreement.pk)
        assert now.step.startswith(f"{prefix}_{model.step}_")
        if hasattr(model, "cycle"):
            assert now.cycle == model.cycle
        if not let_through:
            assert (now.step, now.cycle) == before


def undone(run: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            run()
            raise _Undo
    except _Undo:
        pass


PBC_MOVES = {
    "begin_midterm_evaluation",
    "allocate_next_instalment",
    "end_funding",
    "begin_final_evaluation",
    "begin_account_closing",
}
COMMISSIONING_MOVES = {
    "assess_needs",
    "allocate_resources",
    "design_service",
    "deliver_service",
    "evaluate_service",
    "improve_service",
    "widen_service",
}
PBC_FACTS = ("receive", "receive", "pass", "pass", "fail", "complete", "final")
COMMISSIONING_FACTS = (
    "priorities", "needs", "resources", "selection", "design", "plan", "delivery", "improve", "widen", "conclude",
)  # fmt: skip

walks = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@walks
@given(
    instalments=st.integers(1, 4),
    script=st.lists(st.sampled_from([*sorted(PBC_MOVES), *PBC_FACTS]), min_size=5, max_size=40),
)
def test_pbc_at_random(cast, instalments, script):
    def run() -> None:
        agreement = make_agreement(cast, "pbc_5")
        agreement.instalments.all().delete()
        for ordinal in range(1, instalments + 1):
            Instalment.objects.create(agreement=agreement, ordinal=ordinal, amount=1)
        walk(agreement, Pbc(instalments), script, PBC_MOVES, pbc_fact, cast, "pbc")

    undone(run)


@walks
@given(script=st.lists(st.sampled_from([*sorted(COMMISSIONING_MOVES), *COMMISSIONING_FACTS]), min_size=5, max_size=50))
def test_commissioning_at_random(cast, script):
    def run() -> None:
        agreement = make_agreement(cast, "com_2")
        _found_the_body(agreement, cast)
        note(agreement, "vision", cast)
        walk(agreement, Commissioning(), script, COMMISSIONING_MOVES, commissioning_fact, cast, "commissioning")

    undone(run)


def test_the_straight_ways_are_among_the_walks(cast):
    """The model itself can go to the end: a walk that never moved would prove nothing."""
    agreement = make_agreement(cast, "pbc_5")
    script = ["receive", "begin_midterm_evaluation", "pass", "allocate_next_instalment", "receive", "complete"]
    script += ["begin_final_evaluation", "final", "begin_account_closing"]
    model = Pbc(2)
    walk(agreement, model, script, PBC_MOVES, pbc_fact, cast, "pbc")
    assert model.step == 9
    joint = make_agreement(cast, "com_2", serial=2)
    _found_the_body(joint, cast)
    note(joint, "vision", cast)
    cycle = ["selection", "design", "plan", "deliver_service", "delivery", "evaluate_service"]
    script = ["needs", "allocate_resources", "resources", "design_service", *cycle, "widen", "widen_service"]
    script += ["priorities", "assess_needs", "needs", "allocate_resources", "resources", "design_service", *cycle]
    script += ["improve", "improve_service", *cycle]
    walked = Commissioning()
    walk(joint, walked, script, COMMISSIONING_MOVES, commissioning_fact, cast, "commissioning")
    assert (walked.step, walked.cycle) == (6, 3)


def _found_the_body(agreement: Agreement, cast: Cast) -> None:
    """The formal body that every joint contract in force has."""
    from agreements.models import Committee

    committee = Committee.objects.create(
        agreement=agreement,
        name="คณะกรรมการ",
        order_number="1/2569",
        ordered_on=clock.today(),
        secretariat="สำนักงานเลขานุการ",
        recorded_by=cast.officer.user,
    )
    for side in ("giver", "receiver"):
        committee.members.create(name="กรรมการ", side=side)
