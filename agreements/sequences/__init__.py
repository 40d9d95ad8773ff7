"""The manual's three sequences, one page each, and how to read them. What follows a step is read from the moves."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from agreements.sequences import commissioning, grant, pbc
from agreements.sequences.step import Carried, Step

SEQUENCES: dict[str, ModuleType] = {"grant": grant, "pbc": pbc, "commissioning": commissioning}
MIXINS = {"grant": grant.GrantMoves, "pbc": pbc.PbcMoves, "commissioning": commissioning.CommissioningMoves}
STEP_BY_CODE: dict[str, Step] = {step.code: step for module in SEQUENCES.values() for step in module.STEPS}
STEP_CHOICES = [(step.code, step.title_th) for step in STEP_BY_CODE.values()]

__all__ = [
    "MIXINS",
    "SEQUENCES",
    "STEP_BY_CODE",
    "STEP_CHOICES",
    "Carried",
    "Step",
    "form_of",
    "next_codes",
    "steps_of",
]


def steps_of(form: str) -> tuple[Step, ...]:
    """The steps of a form in the manual's order."""
    return SEQUENCES[form].STEPS


def form_of(code: str) -> str:
    """The form that a step's code names."""
    return code.split("_", 1)[0]


def arrows(form: str) -> Iterator[tuple[str, str, str]]:
    """(source, target, name of the move) for every passage of a form, the carried ones first."""
    for carried in SEQUENCES[form].CARRIED:
        yield carried.source, carried.target, carried.by
    for name, meta in moves(form):
        for step in meta.transitions.values():
            yield step.source, step.target, name


def moves(form: str) -> Iterator[tuple[str, Any]]:
    """(name, django-fsm's record of it) for each move of a form, in the order of definition."""
    for name, value in vars(MIXINS[form]).items():
        meta = getattr(value, "_django_fsm", None)
        if meta:
            yield name, meta


def next_codes(code: str) -> list[str]:
    """Codes of the steps that may follow a step, in the order of the manual."""
    targets = {target for source, target, _name in arrows(form_of(code)) if source == code}
    return [step.code for step in steps_of(form_of(code)) if step.code in targets]
