"""Passing the door: lock, key, version, judgement, the action's own writing, transition, event, notices."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from core.audit import append_event, log_security
from core.fields import StatefulModel, state_writable
from core.models import IdempotencyKey
from core.outbox import enqueue
from core.workflow.judging import Judgement, judge
from core.workflow.refusals import AlreadyDone, Missing, NotNow, NotYou, Refusal, Stale
from core.workflow.rules import Actor, Rule


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
    effective_on: date | None = None  # of what is only entered now; default: the clock's today

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
        _refuse_unless(judge(passage.subject, rule, by, to_first_no=True))
        with state_writable(passage.subject):
            yield passage
            if isinstance(rule, str):
                getattr(passage.subject, rule)()
        _finish(passage, kind, same)


@contextmanager
def pass_draft(root: models.Model, rule: Rule, *, by: Actor, stamp: Stamp | None = None) -> Iterator[Any]:
    """Write a draft: judged as at the door and under the same lock, without a version, a notice or a sealed event.

    For what is saved every few seconds while somebody writes: the chain holds decisions, not keystrokes. Yields the
    locked root, which is saved at the end; its version stays, so that whoever is about to submit it is not held up by
    the last saving (parts carry versions of their own). Raises NotNow, NotYou, Missing, AlreadyDone.
    """
    with _refusals_logged(root, rule, by), transaction.atomic():
        locked = lock(root)
        _take_key(stamp or Stamp(), locked, rule)
        _refuse_unless(judge(locked, rule, by, to_first_no=True))
        yield locked
        locked.save()


@contextmanager
def birth(rule: Rule, *, by: Actor, about: Any = None, stamp: Stamp | None = None) -> Iterator[Passage]:
    """Let a root be born: the role is judged on `about` (what it belongs to); the block sets `passage.root`."""
    stamp = stamp or Stamp()
    with _refusals_logged(about, rule, by), transaction.atomic():
        _take_key(stamp, about, rule)
        _refuse_unless(judge(about, rule, by, to_first_no=True))
        passage = Passage(None, None, rule, by)
        yield passage
        passage.subject = passage.subject or passage.root
        _write(passage, "")


@contextmanager
def together() -> Iterator[None]:
    """Several passages in one transaction: all of them or none (a decision and what it sets going).

    A door inside another door's block would overwrite what the inner one wrote: open them one after the other here.
    The events are written at the end, so that every root is locked before the head of the audit chain.
    """
    if _events.get() is not None:
        yield
        return
    with _refusals_logged(None, "together", None), transaction.atomic():
        kept_back: list[dict[str, Any]] = []
        token = _events.set(kept_back)
        try:
            yield
        finally:
            _events.reset(token)
        for event in kept_back:
            append_event(**event)


def set_first_state(instance: StatefulModel, **states: str) -> None:
    """Give a record that is not stored yet the state it is born in."""
    if instance.pk is not None:
        raise ValueError("only a record that is not stored yet can be given its first state")
    with state_writable(instance):
        for name, value in states.items():
            setattr(instance, name, value)


def lock(root: models.Model) -> Any:
    """The root's row, locked until the transaction ends (SQLite holds the whole file by BEGIN IMMEDIATE).

    By `__class__`, not `type`: the user of a request is a lazy stand-in until it is asked.
    """
    return root.__class__._base_manager.select_for_update(of=("self",)).get(pk=root.pk)


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
        "effective_on": passage.effective_on,
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
