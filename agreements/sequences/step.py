"""What a row of a sequence says."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Step:
    """One step of the manual: `actor` is giver, receiver or both; `carrier` the record that carries it (call, agreement).

    `requires` names what must be there before anyone leaves the step (see `agreements.requirements`).
    """

    number: int
    code: str
    title_th: str
    title_en: str
    giver_duty_th: str
    giver_duty_en: str
    receiver_duty_th: str
    receiver_duty_en: str
    actor: str
    carrier: str
    requires: tuple[str, ...] = ()

    def _in(self, part: str) -> str:
        return getattr(self, f"{part}_{'en' if get_language() == 'en' else 'th'}")

    @property
    def title(self) -> str:
        return self._in("title")

    @property
    def giver_duty(self) -> str:
        return self._in("giver_duty")

    @property
    def receiver_duty(self) -> str:
        return self._in("receiver_duty")


@dataclass(frozen=True)
class Carried:
    """A passage from one step to the next that a call's or proposal's own move makes, before there is an agreement."""

    source: str
    target: str
    by: str
