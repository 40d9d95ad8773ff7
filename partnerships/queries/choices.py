"""Choices of the form with what the advisor said then: the one that holds, and the earlier ones (§3.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from partnerships.advisor import Advice, advise
from partnerships.enums import Form, FormChoiceState
from partnerships.models import FormChoice, Mission

TONES = {FormChoiceState.PROPOSED: "wait", FormChoiceState.CHOSEN: "good", FormChoiceState.RETURNED: "stop"}


@dataclass(frozen=True)
class Chosen:
    """A choice, its points per form as they were then, and whether the officer went another way."""

    choice: FormChoice
    points: tuple[tuple[Any, int], ...]
    tone: str

    @property
    def differs(self) -> bool:
        return bool(self.choice.recommended) and self.choice.recommended != self.choice.form

    @property
    def advised(self) -> bool:
        return bool(self.choice.answers)


def choices_of(mission: Mission) -> list[Chosen]:
    """Latest first (one query)."""
    return [
        Chosen(row, tuple((Form(code).label, n) for code, n in row.scores.items()), TONES[FormChoiceState(row.state)])
        for row in mission.form_choices.select_related("chosen_by")
    ]


def advice_of(choice: FormChoice) -> Advice:
    """What the rules of today make of the answers given then."""
    return advise(choice.answers)
