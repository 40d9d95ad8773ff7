"""Every cell of state × action × person. The expectation is the hand-written table; this file only enumerates.

A cell is allowed when the door answers neither "not now" nor "not you": the action is done, or something that must be
there first is missing, or its input is told to be wrong. A refusal changes no row outside the security log; a file that came with it may stay, attached to
nothing, as it is taken in before the lock. What a refusal leaves behind is not undone between the cells, so that it is
found at the end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from core.workflow import AlreadyDone, Missing, NotNow, NotYou, Refusal
from partnerships.actors import ANONYMOUS
from tests.rights import (
    apart_records,
    attempts,
    chains_records,
    judging_records,
    oversight_attempts,
    oversight_records,
    oversight_table,
    paper_records,
    people_attempts,
    people_records,
    people_table,
    prior_attempts,
    prior_records,
    prior_table,
    questions_records,
    records,
    registration_attempts,
    registration_records,
    registration_table,
    results_records,
    selection_records,
    system_attempts,
    system_records,
    system_table,
    table,
    templates_attempts,
    templates_records,
    templates_table,
)
from tests.rights import missions_attempts as ma
from tests.rights import missions_records as mr
from tests.rights import missions_table as mt

pytestmark = pytest.mark.django_db

KINDS: dict[str, tuple[set[str], dict, dict, Callable]] = {
    "agreement": (table.AGREEMENT_STATES, table.AGREEMENT_RIGHTS, attempts.AGREEMENT, records.make_agreement),
    "instalment": (table.INSTALMENT_STATES, table.INSTALMENT_RIGHTS, attempts.INSTALMENT, records.make_instalment),
    "decision": (table.DECISION_STATES, table.DECISION_RIGHTS, attempts.DECISION, records.make_decision),
    "call": (table.CALL_STATES, table.CALL_RIGHTS, attempts.CALL, records.make_call),
    "proposal": (table.PROPOSAL_STATES, table.PROPOSAL_RIGHTS, attempts.PROPOSAL, records.make_proposal),
    "oversight": (
        oversight_table.ORGANISATION_STATES,
        oversight_table.ORGANISATION_RIGHTS,
        oversight_attempts.ORGANISATION,
        oversight_records.make_organisation,
    ),
    "agency": (
        oversight_table.AGENCY_STATES,
        oversight_table.AGENCY_RIGHTS,
        oversight_attempts.AGENCY,
        oversight_records.make_agency,
    ),
    "round": (table.ROUND_STATES, table.ROUND_RIGHTS, attempts.ROUND, records.make_round),
    **chains_records.KINDS,
    **paper_records.KINDS,
    **questions_records.KINDS,
    **judging_records.KINDS,
    "organisation": (
        registration_table.ORGANISATION_STATES,
        registration_table.ORGANISATION_RIGHTS,
        registration_attempts.ORGANISATION,
        registration_records.make_organisation,
    ),
    "sponsorship": (
        registration_table.SPONSORSHIP_STATES,
        registration_table.SPONSORSHIP_RIGHTS,
        registration_attempts.SPONSORSHIP,
        registration_records.make_sponsorship,
    ),
    "mission": (mt.MISSION_STATES, mt.MISSION_RIGHTS, ma.MISSION, mr.make_mission),
    "shortlist": (mt.ENTRY_STATES, mt.ENTRY_RIGHTS, ma.ENTRY, mr.make_entry),
    "suggestion": (mt.SUGGESTION_STATES, mt.SUGGESTION_RIGHTS, ma.SUGGESTION, mr.make_suggestion),
    "talk": (mt.TALK_STATES, mt.TALK_RIGHTS, ma.TALK, mr.make_talk),
    "policy": (mt.POLICY_STATES, mt.POLICY_RIGHTS, ma.POLICY, mr.make_policy),
    "people": (
        people_table.ORGANISATION_STATES,
        people_table.ORGANISATION_RIGHTS,
        people_attempts.ORGANISATION,
        people_records.make_organisation,
    ),
    "invitation": (
        people_table.INVITATION_STATES,
        people_table.INVITATION_RIGHTS,
        people_attempts.INVITATION,
        people_records.make_invitation,
    ),
    "appointment": (
        people_table.APPOINTMENT_STATES,
        people_table.APPOINTMENT_RIGHTS,
        people_attempts.APPOINTMENT,
        people_records.make_appointment,
    ),
    "appointment_alone": (
        {"proposed"},
        people_table.ALONE_RIGHTS,
        people_attempts.APPOINTMENT,
        people_records.make_appointment_alone,
    ),
    "membership": (
        people_table.MEMBERSHIP_STATES,
        people_table.MEMBERSHIP_RIGHTS,
        people_attempts.MEMBERSHIP,
        people_records.make_membership,
    ),
    "account": (
        people_table.ACCOUNT_STATES,
        people_table.ACCOUNT_RIGHTS,
        people_attempts.ACCOUNT,
        people_records.make_account,
    ),
    **selection_records.KINDS,
    **results_records.KINDS,
    **apart_records.KINDS,
    "prior": (prior_table.PRIOR_STATES, prior_table.PRIOR_RIGHTS, prior_attempts.PRIOR, prior_records.make_prior),
    "template": (
        templates_table.TEMPLATE_STATES,
        templates_table.TEMPLATE_RIGHTS,
        templates_attempts.TEMPLATE,
        templates_records.make_template,
    ),
    "word": (system_table.WORD_STATES, system_table.WORD_RIGHTS, system_attempts.WORD, system_records.make_word),
}
CELLS = [(kind, state) for kind, (states, *_rest) in KINDS.items() for state in sorted(states)]
# Attempts that store what they need before they act: in these a refusal's leavings could not be told from that.
STORE_FIRST = {
    ("agency", "move"),
    ("round", "invite_evaluator"),
    ("judged_call", "name_reviewer"),
    ("judged_call", "name_committee_member"),
    ("call judged by its agency", "name_reviewer"),
}


class _Undo(Exception):
    """Ends an attempt whose effect is not wanted."""


def answer(attempt: Callable, record: Any, actor: Any, *, undo_all: bool = False) -> str:
    """What the door says to one attempt; what was done is undone, what a refusal leaves behind stays to be found."""
    refusal = ""
    try:
        with transaction.atomic():
            try:
                attempt(record, actor)
            except NotNow:
                refusal = "not now"
            except NotYou:
                refusal = "not you"
            if undo_all or not refusal:
                raise _Undo
    except (_Undo, Missing, ValidationError, AlreadyDone, Refusal):
        return refusal or "allowed"
    return refusal


def expected(rights: tuple[set[str], set[str]], state: str, person: str) -> str:
    states, people = rights
    if state not in states:
        return "not now"
    return "allowed" if person in people else "not you"


def everybody(cast: Any) -> dict[str, Any]:
    actors = {name: cast.people[name].actor for name in table.EVERYBODY if name != "anonymous"}
    return {**actors, "anonymous": ANONYMOUS}


def fingerprint() -> dict[str, str]:
    """A digest of all rows of each of our tables but the security log, as the database has them."""
    found = {}
    with connection.cursor() as cursor:
        for table_name, key in _our_tables():
            attached = "WHERE kind <> 'unattached'" if "storedfile" in table_name else ""
            cursor.execute(f"SELECT * FROM {table_name} {attached} ORDER BY {key}")
            found[table_name] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


def _our_tables() -> list[tuple[str, str]]:
    """(table, column of its key), both quoted."""
    ours = ("core", "partnerships", "agreements", "evaluations")
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in ours]
    kept = {m._meta.db_table: m._meta.pk.column for m in models if m.__name__ != "SecurityEvent"}
    return [(connection.ops.quote_name(table), connection.ops.quote_name(key)) for table, key in kept.items()]


def test_the_table_and_the_attempts_name_the_same_actions():
    for _states, rights, tried, _make in KINDS.values():
        assert set(rights) == set(tried)


@pytest.mark.parametrize(("kind", "state"), CELLS, ids=lambda value: value)
def test_every_cell(cast, kind, state):
    _states, rights, tried, make = KINDS[kind]
    record = make(cast, state)
    actors = everybody(cast)
    wrong = []
    before = fingerprint()
    fresh = type(record).objects.get(pk=record.pk)
    for action, row in rights.items():
        for person, actor in actors.items():
            told = answer(tried[action], fresh, actor, undo_all=(kind, action) in STORE_FIRST)
            if told == "allowed":  # what was done is undone in the database, not in the instance
                fresh = type(record).objects.get(pk=record.pk)
            if told != expected(row, state, person):
                wrong.append(f"{action} by {person}: {told}, expected {expected(row, state, person)}")
    assert not wrong, "\n".join(wrong)
    after = fingerprint()
    changed = [name for name in before if before[name] != after[name]]
    assert not changed, f"a refusal changed {changed}; or an attempt stores what it needs first: name it in STORE_FIRST"
