"""Judging without doing: state, role and requirements of a move, each for itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.workflow.refusals import Text
from core.workflow.rules import Actor, Requirement, Rule, book_of


@dataclass(frozen=True)
class Judgement:
    """The door's three answers about one move of one record for one actor."""

    name: str
    title: Text
    now: bool
    you: bool
    missing: tuple[Requirement, ...]
    why_not_you: Text | None = None
    why_not_now: Text | None = None

    @property
    def open(self) -> bool:
        return self.now and self.you and not self.missing


def moves_of(subject: models.Model, state_field: str) -> list[str]:
    """Names of the transitions of a state field, in the order in which the model's classes define them."""
    names: list[str] = []
    for klass in reversed(type(subject).__mro__):
        for name, value in vars(klass).items():
            meta = getattr(value, "_django_fsm", None)
            if meta and _field_name(meta) == state_field and name not in names:
                names.append(name)
    return names


def _field_name(meta: Any) -> str:
    return meta.field if isinstance(meta.field, str) else meta.field.name


def judge(
    subject: models.Model, rule: Rule | str, actor: Actor, facts: Any = None, *, to_first_no: bool = False
) -> Judgement:
    """Judge without doing: state, role and requirements, each for itself (the door stops at its first no)."""
    if isinstance(rule, Rule):
        return _judge_rule(subject, rule, actor, facts, to_first_no)
    return _judge_move(subject, rule, actor, facts, to_first_no)


def is_open(subject: models.Model, rule: Rule, actor: Actor) -> bool:
    """As `judge(…).open`: for a button that is shown or not, where nobody asks why. Ends at the first no."""
    if not rule.when(subject) or not rule.role(subject, actor) or rule.unless(subject, actor) is not None:
        return False
    needs = rule.needs(subject)
    return not needs or not _missing(subject, needs, None)


def _judge_rule(subject: models.Model, rule: Rule, actor: Actor, facts: Any, to_first_no: bool) -> Judgement:
    now = rule.when(subject)
    reason = rule.unless(subject, actor)
    you = rule.role(subject, actor) and reason is None
    needs = rule.needs(subject) if now and (you or not to_first_no) else ()
    missing = _missing(subject, needs, facts) if needs else ()
    words = rule.not_now
    if callable(words):
        words = None if now else words(subject)
    return Judgement(rule.name, rule.title, now, you, missing, reason, words)


def _judge_move(subject: models.Model, name: str, actor: Actor, facts: Any, to_first_no: bool) -> Judgement:
    meta = getattr(type(subject), name)._django_fsm
    step = meta.get_transition(getattr(subject, _field_name(meta)))
    any_step = step or next(iter(meta.transitions.values()))
    title, unless = any_step.custom["title"], any_step.custom["unless"]
    reason = unless(subject, actor) if unless else None
    you = any_step.has_perm(subject, actor) and reason is None
    admits = getattr(subject, "admits_move", None)
    if step is None or (admits and not admits(_field_name(meta))):
        return Judgement(name, title, False, you, (), reason)
    needs = _needs(subject, step) if you or not to_first_no else ()
    only_if = step.custom["only_if"]
    if (needs or only_if) and facts is None:
        facts = book_of(subject).load(subject)
    now = all(book_of(subject).conditions[c](facts) for c in only_if)
    return Judgement(name, title, now, you, _missing(subject, needs, facts) if now and needs else (), reason)


def _needs(subject: models.Model, step: Any) -> tuple[str, ...]:
    """A move needs what its source state demands of everyone who leaves it, and what it names itself."""
    leaving = getattr(subject, "requires_to_leave", None)
    return (*(leaving(step.source, step) if leaving else ()), *step.custom["requires"])


def _missing(subject: models.Model, names: Iterable[str], facts: Any) -> tuple[Requirement, ...]:
    book = book_of(subject)
    facts = book.load(subject) if facts is None else facts
    wanted = [book.requirements[name] for name in dict.fromkeys(names)]
    return tuple(item for item in wanted if not item.met(facts))
