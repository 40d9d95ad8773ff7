"""Which form of partnership fits a mission (§3.0): the answers weighed by the table in `partnerships.advisor_table`.

The advisor recommends with reasons and never decides: the officer does. No models here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from partnerships.advisor_table import AGAINST, BY_CODE, QUESTIONS, RULES_VERSION, Answer, Pull, Question
from partnerships.enums import Form

MARGIN = 3  # points: two forms no further apart than this are close

__all__ = [
    "AGAINST",
    "BY_CODE",
    "MARGIN",
    "QUESTIONS",
    "RULES_VERSION",
    "Advice",
    "Given",
    "Standing",
    "advise",
    "most_points",
]


@dataclass(frozen=True)
class Given:
    """A question with the answer given, and its pull on each form."""

    question: Question
    answer: Answer
    pulls: tuple[tuple[str, Pull | None], ...]


@dataclass(frozen=True)
class Standing:
    """How one form came out: points, the lines that speak for and against it."""

    form: str
    points: int
    reasons: tuple[Pull, ...]
    objections: tuple[Pull, ...]

    @property
    def firm(self) -> tuple[Pull, ...]:
        return tuple(pull for pull in self.objections if pull.is_firm)


@dataclass(frozen=True)
class Advice:
    """`standings` best first; `recommended` is "" where nothing was answered; `rival` the form that is close, or ""."""

    given: tuple[Given, ...]
    standings: tuple[Standing, ...]
    recommended: str
    rival: str

    @property
    def was_close(self) -> bool:
        return bool(self.rival)

    @property
    def scores(self) -> dict[str, int]:
        return {standing.form: standing.points for standing in self.standings}

    @property
    def answers(self) -> dict[str, str]:
        return {given.question.code: given.answer.code for given in self.given}

    def standing(self, form: str) -> Standing:
        return next(standing for standing in self.standings if standing.form == form)


def advise(answers: Mapping[str, str]) -> Advice:
    """Weigh the answers (question code → answer code); what was not answered, or is not in the table, pulls nowhere."""
    given = tuple(_given(BY_CODE[code], answers[code]) for code in BY_CODE if _known(code, answers))
    standings = sorted((_standing(form.value, given) for form in Form), key=_rank)
    pulled = any(standing.reasons or standing.objections for standing in standings)
    best, second = standings[0], standings[1]
    close = pulled and not second.firm and best.points - second.points <= MARGIN
    return Advice(given, tuple(standings), best.form if pulled else "", second.form if close else "")


def _known(code: str, answers: Mapping[str, str]) -> bool:
    return BY_CODE[code].answer(answers.get(code, "")) is not None


def _given(question: Question, code: str) -> Given:
    answer = next(answer for answer in question.answers if answer.code == code)
    return Given(question, answer, tuple((form.value, answer.pull_on(form)) for form in Form))


def _standing(form: str, given: tuple[Given, ...]) -> Standing:
    pulls = [pull for one in given if (pull := one.answer.pull_on(form))]
    return Standing(
        form,
        sum(pull.points for pull in pulls),
        tuple(sorted((pull for pull in pulls if pull.points > 0), key=lambda pull: -pull.points)),
        tuple(sorted((pull for pull in pulls if pull.points < 0), key=lambda pull: pull.points)),
    )


def _rank(standing: Standing) -> tuple[int, int, int]:
    """Forms with a firm objection come last; then by points; equal ones in the manual's order."""
    return len(standing.firm) > 0, -standing.points, list(Form.values).index(standing.form)


def most_points(answers: Mapping[str, str]) -> int:
    """The most that any form could have had with these questions answered: the length of the bars."""
    asked = [BY_CODE[code] for code in BY_CODE if _known(code, answers)]
    best = [sum(_best(question, form) for question in asked) for form in Form]
    return max(best, default=0)


def _best(question: Question, form: str) -> int:
    return max((pull.points for answer in question.answers if (pull := answer.pull_on(form))), default=0)
