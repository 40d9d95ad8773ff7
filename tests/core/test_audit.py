"""The chain: what is written, what is refused, and that two who write at once make one chain."""

import threading
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from core import audit_triggers, clock, request_context
from core.audit import append_event, history_of, log_security
from core.audit_verify import verify_chain
from core.canonical import NotCanonicalError
from core.models import AuditEvent, AuditHead, SecurityEvent
from core.models.audit import NO_HASH
from core.models.frozen import FrozenRecordError
from core.transactions import NoTransactionError
from tests.audit_tools import drop_triggers
from tests.core.cast import NOBODY, Somebody, some_record, write_events

TABLE = "core_auditevent"


# --- writing --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_event_takes_the_next_place_and_names_the_one_before() -> None:
    first, second, third = write_events(3)

    assert [e.sequence for e in (first, second, third)] == [1, 2, 3]
    assert [first.previous_hash, second.previous_hash, third.previous_hash] == [NO_HASH, first.hash, second.hash]
    head = AuditHead.objects.get()
    assert (head.sequence, head.hash) == (3, third.hash)


@pytest.mark.django_db
def test_an_event_says_who_what_when_and_in_which_request() -> None:
    root, subject = some_record("root"), some_record("subject")
    token = request_context.enter(request_context.RequestContext(id="abc123", ip="203.0.113.9"))
    try:
        with transaction.atomic(), clock.acting_on(date(2025, 10, 1)):
            append_event(
                kind="test.sign", subject=subject, root=root, actor=Somebody(), payload={"on": date(2025, 9, 30)}
            )
    finally:
        request_context.leave(token)

    event = AuditEvent.objects.get()
    assert (event.subject_type, event.subject_id) == ("core.counter", subject.pk)
    assert (event.root_type, event.root_id) == ("core.counter", root.pk)
    assert (event.actor_id, event.organisation_id, event.organisation_name) == (7, 3, "กรมตัวอย่าง")
    assert (event.request_id, event.schema_version) == ("abc123", 1)
    assert event.effective_on == date(2025, 10, 1)
    assert event.recorded_at.date() >= date(2026, 1, 1), "recorded_at is always the real time"
    assert event.payload == '{"on":"2025-09-30"}'
    assert event.facts == {"on": "2025-09-30"}


@pytest.mark.django_db
def test_the_system_itself_may_act() -> None:
    root = some_record()
    for actor in (None, NOBODY):
        with transaction.atomic():
            event = append_event(kind="test.event", subject=root, root=root, actor=actor, payload={})
        assert (event.actor_id, event.organisation_id, event.organisation_name) == (None, None, "")
    assert verify_chain().ok


@pytest.mark.django_db(transaction=True)
def test_an_event_cannot_be_written_outside_a_transaction() -> None:
    root = some_record()
    with pytest.raises(NoTransactionError):
        append_event(kind="test.event", subject=root, root=root, actor=None, payload={})


@pytest.mark.django_db(transaction=True)
def test_an_event_goes_when_its_transaction_is_rolled_back_and_leaves_no_gap() -> None:
    root = some_record()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append_event(kind="test.event", subject=root, root=root, actor=None, payload={})
        raise ZeroDivisionError
    write_events(1, root)
    assert list(AuditEvent.objects.values_list("sequence", flat=True)) == [1]
    assert verify_chain().ok


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["sign", "Agreement.sign", "a b.c", "a.", ".b", "", "agreement.sign\n"])
def test_a_kind_that_is_no_code_is_refused(kind: str) -> None:
    root = some_record()
    with pytest.raises(ValueError, match="not an event kind"):
        append_event(kind=kind, subject=root, root=root, actor=None, payload={})


@pytest.mark.django_db
def test_a_payload_without_one_written_form_is_refused_and_writes_nothing() -> None:
    root = some_record()
    with pytest.raises(NotCanonicalError, match=r"\$\.sums\[1\]"):
        append_event(kind="test.event", subject=root, root=root, actor=None, payload={"sums": [1, 0.1]})
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_a_matters_history_is_one_query_and_holds_no_other_matters() -> None:
    mine, other = some_record("mine"), some_record("other")
    write_events(2, mine)
    write_events(1, other)
    write_events(1, mine)
    queries = []
    with connection.execute_wrapper(lambda run, *a: queries.append(a[0]) or run(*a)):
        assert [event.sequence for event in history_of(mine)] == [1, 2, 4]
    assert len(queries) == 1


@pytest.mark.django_db
def test_the_model_refuses_to_change_or_delete() -> None:
    event = write_events(1)[0]
    for attempt in (
        event.save,
        event.delete,
        lambda: AuditEvent.objects.update(kind="x.y"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.bulk_update([event], ["kind"]),
    ):
        with pytest.raises(FrozenRecordError):
            attempt()


# --- triggers -------------------------------------------------------------------------------------------------------

FORBIDDEN = [
    f"UPDATE {TABLE} SET payload = '{{}}' WHERE sequence = 1",
    f"UPDATE {TABLE} SET sequence = 9 WHERE sequence = 1",
    f"DELETE FROM {TABLE}",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_refuses_to_change_or_delete(statement: str) -> None:
    write_events(2)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(statement)
    assert verify_chain().count == 2


@pytest.mark.django_db
def test_a_row_cannot_be_replaced_by_an_insert() -> None:
    """On SQLite INSERT OR REPLACE deletes without firing the delete trigger."""
    write_events(1)
    verb, end = ("INSERT OR REPLACE", "") if connection.vendor == "sqlite" else ("INSERT", CONFLICT)
    columns = ", ".join(f.column for f in AuditEvent._meta.fields)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(f"{verb} INTO {TABLE} ({columns}) SELECT {columns} FROM {TABLE} {end}")


CONFLICT = "ON CONFLICT (sequence) DO UPDATE SET kind = 'x.y'"


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_refuses_truncate() -> None:
    write_events(1)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {TABLE} CASCADE")


@pytest.mark.django_db
def test_lost_triggers_are_told_by_the_check_and_put_back_by_migrate() -> None:
    drop_triggers()
    assert set(audit_triggers.missing(connection)) == set(audit_triggers.wanted(connection))
    with pytest.raises(SystemCheckError, match=r"core\.E002"):
        call_command("check", databases=["default"])

    call_command("migrate", verbosity=0, skip_checks=True)

    assert audit_triggers.missing(connection) == []
    call_command("check", databases=["default"])


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_disabled_trigger_counts_as_missing() -> None:
    connection.cursor().execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER core_auditevent_no_change")
    assert audit_triggers.missing(connection) == ["core_auditevent_no_change"]
    audit_triggers.install(connection)
    assert audit_triggers.missing(connection) == []


@pytest.mark.django_db
def test_triggers_installed_by_the_migration_and_by_migrate_are_the_same() -> None:
    as_migrated = _trigger_definitions()
    drop_triggers()
    audit_triggers.install(connection)
    assert _trigger_definitions() == as_migrated


def _trigger_definitions() -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        else:
            cursor.execute(
                "SELECT pg_get_triggerdef(oid) FROM pg_trigger"
                " WHERE tgrelid = 'core_auditevent'::regclass AND NOT tgisinternal ORDER BY tgname"
            )
        return [row[0] for row in cursor.fetchall()]


@override_settings(AUDIT_KEY="")
def test_a_chain_without_a_key_is_an_error_at_start() -> None:
    with pytest.raises(SystemCheckError, match=r"core\.E001"):
        call_command("check")


# --- two at once ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_connections_that_write_at_once_make_one_unbroken_chain() -> None:
    root = some_record()
    errors: list[BaseException] = []
    start = threading.Barrier(3)

    def write_many() -> None:
        try:
            start.wait()
            for _ in range(20):
                write_events(1, root)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write_many) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    result = verify_chain()
    assert (result.ok, result.count) == (True, 60)
    times = list(AuditEvent.objects.order_by("sequence").values_list("recorded_at", flat=True))
    assert times == sorted(times)


# --- the security log -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_refusal_is_noted_outside_the_chain() -> None:
    root = some_record()
    token = request_context.enter(request_context.RequestContext(id="r1", ip="2001:db8::1"))
    try:
        log_security(kind="refused_not_you", actor=Somebody(), root=root, action="sign", detail="ไม่มีอำนาจ")
    finally:
        request_context.leave(token)
    note = SecurityEvent.objects.get()
    assert (note.kind, note.actor_id, note.organisation_id) == ("refused_not_you", 7, 3)
    assert (note.root_type, note.root_id, note.action) == ("core.counter", root.pk, "sign")
    assert (note.request_id, note.ip, note.detail) == ("r1", "2001:db8::1", "ไม่มีอำนาจ")
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_in_a_broken_transaction_a_refusal_goes_to_the_server_log_only(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        transaction.set_rollback(True)
        with caplog.at_level("INFO", logger="security"):
            assert log_security(kind="refused_not_now", action="sign") is None
        raise ZeroDivisionError
    assert "refused_not_now" in caplog.text
    assert not SecurityEvent.objects.exists()
