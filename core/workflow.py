"""The door: the one place through which the state of a record changes.

Views call named actions, actions pass the door. In one transaction the door locks the root row, compares version and
idempotency key, judges state, role and requirements in that order and separately, lets the action write, runs the
transition, raises the root's version, and writes the audit event and the outbox rows.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from core.audit import append_event, log_security
from core.fields import StatefulModel, state_writable
from core.models import IdempotencyKey
from core.outbox import enqueue

Text = str | Promise


class Actor(Protocol):
    """Who acts: a user, and the organisation acted for (both may be absent)."""

    user_id: int | None
    organisation_id: int | None
    organisation_name: str | None


Role = Callable[[Any, Any], bool]


# --- refusals -------------------------------------------------------------------------------------------------------


class Refusal(Exception):
    """The door said no. `kind` is a stable code, `message` a sentence for the person at the screen."""

    kind = "refused"
    message: Text = _("This cannot be done.")
    at: Any = None  # (root, rule, actor), for the security log

    def __init__(self, message: Text | None = None) -> None:
        self.message = message or type(self).message
        super().__init__(str(self.message))


class NotNow(Refusal):
    kind = "not_now"
    message = _("This cannot be done at the present stage.")


class NotYou(Refusal):
    kind = "not_you"
    message = _("You do not have the authority to do this.")


class Missing(Refusal):
    """Requirements that are not met yet: `items` is a list of Requirement."""

    kind = "missing"

    def __init__(self, items: list[Requirement]) -> None:
        self.items = items
        super().__init__(_("Still missing: ") + ", ".join(str(item.title) for item in items))


class Stale(Refusal):
    kind = "stale"
    message = _("Someone else changed this record meanwhile. Please look at it again before you confirm.")


class AlreadyDone(Refusal):
    kind = "already_done"
    message = _("This was already recorded; it has not been recorded twice.")


# --- rules ----------------------------------------------------------------------------------------------------------


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
    to say when the state does not allow it.
    """

    name: str
    title: Text
    role: Role
    when: Callable[[Any], bool] = lambda subject: True
    requires: tuple[str, ...] | Callable[[Any], tuple[str, ...]] = ()
    unless: Callable[[Any, Any], Text | None] = lambda subject, actor: None
    not_now: Text | None = None

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
) -> Callable:
    """A django-fsm transition with what the door needs: the role, named requirements and named conditions.

    `only_if` names conditions over the facts that choose between moves from one state (answer "not now"), `requires`
    names what must be there first (answer "missing").
    """
    custom = {"title": title, "requires": tuple(requires), "only_if": tuple(only_if)}
    return transition(field=field, source=source, target=target, permission=role, custom=custom)


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


def judge(subject: models.Model, rule: Rule | str, actor: Actor, facts: Any = None) -> Judgement:
    """Judge without doing: state, role and requirements, each for itself."""
    if isinstance(rule, Rule):
        return _judge_rule(subject, rule, actor, facts)
    return _judge_move(subject, rule, actor, facts)


def _judge_rule(subject: models.Model, rule: Rule, actor: Actor, facts: Any) -> Judgement:
    now = rule.when(subject)
    reason = rule.unless(subject, actor)
    needs = rule.needs(subject) if now else ()
    missing = _missing(subject, needs, facts) if needs else ()
    return Judgement(
        rule.name, rule.title, now, rule.role(subject, actor) and reason is None, missing, reason, rule.not_now
    )


def _judge_move(subject: models.Model, name: str, actor: Actor, facts: Any) -> Judgement:
    meta = getattr(type(subject), name)._django_fsm
    step = meta.get_transition(getattr(subject, _field_name(meta)))
    any_step = step or next(iter(meta.transitions.values()))
    title, you = any_step.custom["title"], any_step.has_perm(subject, actor)
    admits = getattr(subject, "admits_move", None)
    if step is None or (admits and not admits(_field_name(meta))):
        return Judgement(name, title, False, you, ())
    needs, only_if = _needs(subject, step), step.custom["only_if"]
    if (needs or only_if) and facts is None:
        facts = book_of(subject).load(subject)
    now = all(book_of(subject).conditions[c](facts) for c in only_if)
    return Judgement(name, title, now, you, _missing(subject, needs, facts) if now and needs else ())


def _needs(subject: models.Model, step: Any) -> tuple[str, ...]:
    """A move needs what its source state demands of everyone who leaves it, and what it names itself."""
    leaving = getattr(subject, "requires_to_leave", None)
    return (*(leaving(step.source, step) if leaving else ()), *step.custom["requires"])


def _missing(subject: models.Model, names: Iterable[str], facts: Any) -> tuple[Requirement, ...]:
    book = book_of(subject)
    facts = book.load(subject) if facts is None else facts
    wanted = [book.requirements[name] for name in dict.fromkeys(names)]
    return tuple(item for item in wanted if not item.met(facts))


# --- passing --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stamp:
    """What a form carried: the version of the root it was drawn from, and a key that makes a double post harmless."""

    version: int | None = None
    key: str | None = None

    @classmethod
    def fresh(cls, root: models.Model) -> Stamp:
        return cls(version=root.version, key=str(uuid.uuid4()))


class RootModel(StatefulModel):
    """A record that is locked as a whole: `version` rises with each passage of the door."""

    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    class Meta:
        abstract = True


@dataclass
class Passage:
    """An open door: the locked root and subject, the facts for the event, the notices to send after commit."""

    root: Any
    subject: Any
    rule: Rule | str
    by: Actor
    payload: dict[str, Any] = field(default_factory=dict)
    notices: list[dict[str, Any]] = field(default_factory=list)

    def notify(self, **notice: Any) -> None:
        """Queue a notice (arguments of `core.outbox.enqueue`), sent after commit."""
        self.notices.append(notice)

    @property
    def name(self) -> str:
        return self.rule if isinstance(self.rule, str) else self.rule.name


@contextmanager
def pass_door(
    subject: models.Model,
    rule: Rule | str,
    *,
    by: Actor,
    stamp: Stamp | None = None,
    root: models.Model | None = None,
    kind: str = "",
) -> Iterator[Passage]:
    """Pass the door with a record: `rule` is a Rule, or the name of a transition of `subject`.

    `root` is the record that is locked and whose version counts (default: the subject). Raises NotNow, NotYou,
    Missing, Stale or AlreadyDone, after which nothing is changed but the security log.
    """
    stamp = stamp or Stamp()
    with _refusals_logged(root or subject, rule, by), transaction.atomic():
        locked = lock(root or subject)
        _take_key(stamp, locked, rule)
        if stamp.version is not None and stamp.version != locked.version:
            raise Stale()
        same = root is None or (type(root) is type(subject) and root.pk == subject.pk)
        passage = Passage(locked, locked if same else _again(subject), rule, by)
        _refuse_unless(judge(passage.subject, rule, by))
        with state_writable(passage.subject):
            yield passage
            if isinstance(rule, str):
                getattr(passage.subject, rule)()
        _finish(passage, kind, same)


@contextmanager
def birth(rule: Rule, *, by: Actor, about: Any = None, stamp: Stamp | None = None) -> Iterator[Passage]:
    """Let a root be born: the role is judged on `about` (what it belongs to); the block sets `passage.root`."""
    stamp = stamp or Stamp()
    with _refusals_logged(about, rule, by), transaction.atomic():
        _take_key(stamp, about, rule)
        _refuse_unless(judge(about, rule, by))
        passage = Passage(None, None, rule, by)
        yield passage
        passage.subject = passage.subject or passage.root
        _write(passage, "")


@contextmanager
def together() -> Iterator[None]:
    """Several passages in one transaction: all of them or none (a decision and what it sets going).

    A door inside another door's block would overwrite what the inner one wrote: open them one after the other here.
    """
    with _refusals_logged(None, "together", None), transaction.atomic():
        yield


def set_first_state(instance: StatefulModel, **states: str) -> None:
    """Give a record that is not stored yet the state it is born in."""
    if instance.pk is not None:
        raise ValueError("only a record that is not stored yet can be given its first state")
    with state_writable(instance):
        for name, value in states.items():
            setattr(instance, name, value)


def lock(root: models.Model) -> Any:
    """The root's row, locked until the transaction ends (SQLite holds the whole file by BEGIN IMMEDIATE)."""
    return type(root)._base_manager.select_for_update(of=("self",)).get(pk=root.pk)


def _again(subject: models.Model) -> models.Model:
    return subject if subject.pk is None else type(subject)._base_manager.get(pk=subject.pk)


def _refuse_unless(judgement: Judgement) -> None:
    if not judgement.now:
        raise NotNow(judgement.why_not_now)
    if not judgement.you:
        raise NotYou(judgement.why_not_you)
    if judgement.missing:
        raise Missing(list(judgement.missing))


def _take_key(stamp: Stamp, root: models.Model | None, rule: Rule | str) -> None:
    if stamp.key is None:
        return
    name = rule if isinstance(rule, str) else rule.name
    try:
        with transaction.atomic():
            IdempotencyKey.objects.create(
                key=stamp.key,
                action=name,
                root_type=root._meta.label_lower if root else "",
                root_id=root.pk if root else None,
            )
    except IntegrityError as error:
        raise AlreadyDone() from error


def _finish(passage: Passage, kind: str, same: bool) -> None:
    if not same and passage.subject.pk is not None:
        passage.subject.save()
    passage.root.version += 1
    passage.root.save()
    _write(passage, kind)


_events: ContextVar[list[dict[str, Any]] | None] = ContextVar("events_kept_back", default=None)


def _write(passage: Passage, kind: str) -> None:
    for notice in passage.notices:
        enqueue(**notice)
    event = {
        "kind": kind or f"{passage.subject._meta.model_name}.{passage.name}",
        "subject": passage.subject,
        "root": passage.root,
        "actor": passage.by,
        "payload": passage.payload,
    }
    kept_back = _events.get()
    if kept_back is None:
        append_event(**event)
    else:
        kept_back.append(event)


_depth: ContextVar[int] = ContextVar("doors_open", default=0)


@contextmanager
def _refusals_logged(root: models.Model | None, rule: Rule | str, by: Actor | None) -> Iterator[None]:
    """Write a refusal to the security log after the outermost door's transaction was rolled back."""
    depth = _depth.get()
    token = _depth.set(depth + 1)
    try:
        yield
    except Refusal as refusal:
        refusal.at = refusal.at or (root, rule, by)
        if depth == 0:
            _log_refusal(refusal)
        raise
    finally:
        _depth.reset(token)


def _log_refusal(refusal: Refusal) -> None:
    if refusal.kind == AlreadyDone.kind:
        return
    root, rule, by = refusal.at
    name = rule if isinstance(rule, str) else rule.name
    log_security(kind=f"refused_{refusal.kind}", actor=by, root=root, action=name, detail=str(refusal.message))
