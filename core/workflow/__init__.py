"""The door: the one place through which the state of a record changes.

Views call named actions, actions pass the door. In one transaction the door locks the root row, compares version and
idempotency key, judges state, role and requirements in that order and separately, lets the action write, runs the
transition, raises the root's version, and writes the audit event and the outbox rows.
"""

from core.workflow.door import Passage, RootModel, Stamp, birth, lock, pass_door, pass_draft, set_first_state, together
from core.workflow.judging import Judgement, is_open, judge, moves_of
from core.workflow.refusals import AlreadyDone, Missing, NotNow, NotYou, Refusal, Stale, Text
from core.workflow.rules import Actor, Book, Requirement, Role, Rule, book_of, move, register_book

__all__ = [
    "Actor",
    "AlreadyDone",
    "Book",
    "Judgement",
    "Missing",
    "NotNow",
    "NotYou",
    "Passage",
    "Refusal",
    "Requirement",
    "Role",
    "RootModel",
    "Rule",
    "Stale",
    "Stamp",
    "Text",
    "birth",
    "book_of",
    "is_open",
    "judge",
    "lock",
    "move",
    "moves_of",
    "pass_door",
    "pass_draft",
    "register_book",
    "set_first_state",
    "together",
]
