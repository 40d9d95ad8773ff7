"""Reading the chain from end to end: is every event still what it was, where it was, and are all of them there?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.audit import seal_of
from core.models import AuditEvent, AuditHead
from core.models.audit import NO_HASH

PAGE = 500  # events in memory at a time


@dataclass(frozen=True)
class Result:
    """The outcome. `count` events were found in order; `head` is the hash of the last of them.

    When not `ok`: `wrong` is edited, deleted, swapped, inserted, cut, rewritten or head; `sequence` and `kind` name the
    first event concerned (kind is empty when the event itself is gone); `sentence` says it in words.
    """

    ok: bool
    count: int
    head: str
    wrong: str = ""
    sequence: int = 0
    kind: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Unreadable:
    """Stands for an event a column of which holds what no event can hold."""

    sequence: int

    @property
    def sentence(self) -> str:
        return f"event {self.sequence} was edited: one of its columns cannot even be read"


@dataclass(frozen=True)
class _Head:
    sequence: int
    hash: str


def verify_chain(expect_head: str | None = None) -> Result:
    """Check the whole chain in one ordered pass, a page of events in memory at a time.

    expect_head: a head hash noted earlier, outside the system. It must be the seal of some event: the chain may have
    grown since, but what it named must still be there. This finds even a tail cut by someone who set the head back.
    """
    before, last, expected_seen = _head(), _Head(0, NO_HASH), expect_head in (None, NO_HASH)
    for event in events():
        if isinstance(event, Unreadable):
            return Result(False, last.sequence, last.hash, "edited", event.sequence, "", event.sentence)
        problem = _problem_with(event, last, before)
        if problem:
            return Result(False, last.sequence, last.hash, **problem)
        last = _Head(event.sequence, event.hash)
        expected_seen = expected_seen or event.hash == expect_head
        if event.sequence == before.sequence and event.hash != before.hash:
            return _fail(last, "head", "the head row does not carry the hash of this event", event)
    return _judge_end(last, before, expected_seen)


def events() -> Iterator[AuditEvent | Unreadable]:
    """All events in order, read page by page."""
    rows = AuditEvent.objects.order_by("sequence")
    page = _read(rows[:PAGE])
    while page:
        yield from page
        page = _read(rows.filter(sequence__gt=page[-1].sequence)[:PAGE]) if len(page) == PAGE else []


def _read(rows: models.QuerySet[AuditEvent]) -> list[AuditEvent | Unreadable]:
    """A page of events; where SQLite was made to hold, say, a date that is none, all up to that row."""
    try:
        return list(rows)
    except (ValueError, TypeError):
        return list(_one_by_one(rows.values_list("sequence", flat=True)))


def _one_by_one(sequences: Iterable[int]) -> Iterator[AuditEvent | Unreadable]:
    for sequence in sequences:
        try:
            yield AuditEvent.objects.get(sequence=sequence)
        except (ValueError, TypeError):
            yield Unreadable(sequence)
            return


def _head() -> _Head:
    row = AuditHead.objects.filter(pk=1).first()
    return _Head(row.sequence, row.hash) if row else _Head(0, NO_HASH)


# --- the end of the chain -------------------------------------------------------------------------------------------


def _judge_end(last: _Head, before: _Head, expected_seen: bool) -> Result:
    """`before` was read before the pass: events written meanwhile lie beyond it, and the head has moved with them."""
    after = _head()
    if last.sequence < before.sequence:
        missing = f"events {last.sequence + 1} to {before.sequence} are missing: the tail was cut"
        return Result(False, last.sequence, last.hash, "cut", last.sequence + 1, "", missing)
    if last.sequence > after.sequence:
        return _fail(last, "head", f"the head row stands at {after.sequence}, before this event: it was set back")
    if not expected_seen:
        return _fail(last, "cut", "the expected head is the hash of no event: a tail it sealed was cut or rewritten")
    return Result(True, last.sequence, last.hash)


def _fail(last: _Head, wrong: str, sentence: str, event: AuditEvent | None = None) -> Result:
    kind = event.kind if event else ""
    return Result(False, last.sequence, last.hash, wrong, last.sequence, kind, sentence)


# --- one event ------------------------------------------------------------------------------------------------------


def _problem_with(event: AuditEvent, last: _Head, head: _Head) -> dict[str, Any] | None:
    """What is wrong with an event in its place, as fields of Result, or None."""
    expected = last.sequence + 1
    if event.sequence < expected:
        return _told("inserted", event, "it has no place in the chain, which begins with 1")
    if event.sequence > expected:
        found = f"the next one found is {event.sequence} ({event.kind})"
        return {"wrong": "deleted", "sequence": expected, "sentence": f"event {expected} is missing; {found}"}
    if not _genuine(event):
        return _explain(event, last, head)
    if event.previous_hash != last.hash:
        # Sealed by us for this place, but after another event: the one before was exchanged, keys and all.
        return _told("rewritten", event, "it was sealed after another event than the one that is before it now")
    return None


def _told(wrong: str, event: AuditEvent, sentence: str) -> dict[str, Any]:
    words = f"event {event.sequence} ({event.kind}) was {wrong}: {sentence}"
    return {"wrong": wrong, "sequence": event.sequence, "kind": event.kind, "sentence": words}


def _genuine(event: AuditEvent, sequence: int | None = None) -> bool:
    """Whether the event carries our seal, for its own place or for another one."""
    try:
        return seal_of(event, sequence=event.sequence if sequence is None else sequence) == event.hash
    except (AttributeError, TypeError, ValueError):  # a column emptied or of another type: no event of ours
        return False


def _explain(event: AuditEvent, last: _Head, head: _Head) -> dict[str, Any]:
    """Tell apart how an event came to be where its seal does not fit. Runs once, for the first wrong event only."""
    home = _home_of(event, head)
    if home is not None:
        return _explain_stranger(event, home)
    following = _at(event.sequence + 1)
    if following is not None and following.previous_hash == last.hash and _genuine(following, event.sequence):
        return _told("inserted", event, "the events after it were moved up by one")
    if event.sequence > head.sequence:
        return _told("inserted", event, "it stands after the head and carries no valid seal")
    return _told("edited", event, "its content does not match its seal")


def _explain_stranger(event: AuditEvent, home: int) -> dict[str, Any]:
    """The event is genuine but belongs to place `home`."""
    at_home = _at(home)
    if at_home is not None and at_home.hash == event.hash:
        return _told("inserted", event, f"it is a copy of event {home}")
    if at_home is not None and _genuine(at_home, event.sequence):
        return _told("swapped", event, f"it belongs to place {home}, and the event there belongs here")
    if home > event.sequence:
        gone = {"wrong": "deleted", "sequence": event.sequence}
        later = f"the event in its place ({event.kind}) is number {home}, renumbered"
        return {**gone, "sentence": f"event {event.sequence} is missing; {later}"}
    return _told("swapped", event, f"it belongs to place {home}")


def _home_of(event: AuditEvent, head: _Head) -> int | None:
    """The place an event was sealed for, or None when no place fits (then it was edited or forged)."""
    last = AuditEvent.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    places = range(1, max(last, head.sequence) + 2)
    return next((place for place in places if _genuine(event, place)), None)


def _at(sequence: int) -> AuditEvent | None:
    return AuditEvent.objects.filter(sequence=sequence).first()
