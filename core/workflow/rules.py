"""What the door judges by: rules, named requirements, and moves of a state field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models
from django_fsm import transition

from core.workflow.refusals import Text


class Actor(Protocol):
    """Who acts: a user, and the organisation acted for (both may be absent)."""

    user_id: int | None
    organisation_id: int | None
    organisation_name: str | None


Role = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Requirement:
    """A condition for a move, judged over the facts of a record: it feeds button, guard and list of what is missing.

    `where` names the part of the page where it can be mended (an anchor).
    """

    name: str
    title: Text
    met: Callable[[Any], bool]
    where: str = ""


@dataclass(frozen=True)
class Rule:
    """What the door judges. `when` looks at the record (state), `role` at record and actor.

    `unless` gives the reason why this very person may not, in spite of the role (own work), or None; `not_now` is what
    to say when the state does not allow it, or finds the words for the record.
    """

    name: str
    title: Text
    role: Role
    when: Callable[[Any], bool] = lambda subject: True
    requires: tuple[str, ...] | Callable[[Any], tuple[str, ...]] = ()
    unless: Callable[[Any, Any], Text | None] = lambda subject, actor: None
    not_now: Text | Callable[[Any], Text | None] | None = None

    def needs(self, subject: Any) -> tuple[str, ...]:
        """Names of the requirements, for a rule that reads them off the record too."""
        return self.requires(subject) if callable(self.requires) else self.requires


@dataclass(frozen=True)
class Book:
    """A model's facts loader and its requirements and conditions by name."""

    load: Callable[[Any], Any]
    requirements: Mapping[str, Requirement]
    conditions: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)


_books: dict[type[models.Model], Book] = {}


def register_book(model: type[models.Model], book: Book) -> None:
    """Tell the door how to load a model's facts and which requirements it knows (called in AppConfig.ready)."""
    _books[model] = book


def book_of(subject: models.Model) -> Book:
    return _books[type(subject)]


def move(
    *,
    field: str,
    source: Any,
    target: str,
    role: Role,
    title: Text = "",
    requires: Iterable[str] = (),
    only_if: Iterable[str] = (),
    unless: Callable[[Any, Any], Text | None] | None = None,
) -> Callable:
    """A django-fsm transition with what the door needs: the role, named requirements and named conditions.

    `only_if` names conditions over the facts that choose between moves from one state (answer "not now"), `requires`
    names what must be there first (answer "missing"). `unless` is a rule's: why this very person may not.
    """
    custom = {"title": title, "requires": tuple(requires), "only_if": tuple(only_if), "unless": unless}
    return transition(field=field, source=source, target=target, permission=role, custom=custom)
