"""Verification: every kind of tampering is found, and the first event concerned is named."""

import hmac
import io
import json
import tracemalloc
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from core import audit_verify
from core.audit import append_event
from core.audit_verify import verify_chain
from core.models import AuditEvent
from core.models.audit import NO_HASH
from tests.audit_tools import tampering
from tests.core.cast import Somebody, some_record, write_events

TABLE = "core_auditevent"


def run_verify(*args: str) -> tuple[int, str]:
    """Exit code and all that `manage.py verify_audit` printed."""
    out = io.StringIO()
    try:
        call_command("verify_audit", *args, stdout=out, stderr=out)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.django_db
def test_an_unbroken_chain_is_counted_and_its_head_printed() -> None:
    assert run_verify() == (0, f"0 events, unbroken\nhead {NO_HASH}\n")
    last = write_events(5)[-1]
    assert run_verify() == (0, f"5 events, unbroken\nhead {last.hash}\n")


@pytest.mark.django_db
def test_an_auditor_can_recompute_the_seal_from_the_columns_as_docs_audit_md_says() -> None:
    root = some_record()
    with transaction.atomic():
        actor, payload = Somebody(), {"sum": Decimal("1250.00"), "note": "น้ำใจ"}
        append_event(kind="test.event", subject=root, root=root, actor=actor, payload=payload)
    row = AuditEvent.objects.values().get()
    sealed = {name: value for name, value in row.items() if name != "hash"}
    sealed["recorded_at"] = row["recorded_at"].strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    sealed["effective_on"] = str(row["effective_on"])
    text = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert row["recorded_at"].utcoffset() == timedelta(0)
    assert row["payload"] == '{"note":"น้ำใจ","sum":"1250.00"}'
    assert row["hash"] == hmac.new(settings.AUDIT_KEY.encode(), text.encode(), "sha256").hexdigest()


@pytest.mark.django_db
def test_an_earlier_head_is_still_found_when_the_chain_has_grown() -> None:
    noted = write_events(3)[-1].hash
    write_events(2)
    assert run_verify("--expect-head", noted)[0] == 0
    assert run_verify("--expect-head", NO_HASH)[0] == 0
    assert run_verify("--expect-head", "f" * 64)[0] == 1


EDITS = [
    ("payload", "'{\"n\":99}'"),
    ("kind", "'test.other'"),
    ("subject_type", "'core.setting'"),
    ("subject_id", "subject_id + 1"),
    ("root_type", "'core.setting'"),
    ("root_id", "root_id + 1"),
    ("recorded_at", "'2026-01-01 00:00:00+00:00'"),
    ("effective_on", "'2026-01-01'"),
    ("actor_id", "NULL"),
    ("organisation_id", "8"),
    ("organisation_name", "'กรมอื่น'"),
    ("request_id", "'x'"),
    ("schema_version", "2"),
    ("previous_hash", f"'{NO_HASH}'"),
    ("hash", f"'{'a' * 64}'"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("column", "value"), EDITS)
def test_an_edit_of_any_column_is_found_and_named(column: str, value: str) -> None:
    write_events(6)
    with tampering() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET {column} = {value} WHERE sequence = 4")

    result = verify_chain()

    assert (result.ok, result.wrong, result.sequence, result.count) == (False, "edited", 4, 3)
    code, printed = run_verify()
    assert code == 1
    assert "event 4" in printed
    assert "edited" in printed


def test_every_column_is_sealed_and_every_column_is_tried() -> None:
    columns = {field.name for field in AuditEvent._meta.fields}
    assert {column for column, _ in EDITS} == columns - {"sequence"}  # a changed sequence is a move: see below


@pytest.mark.django_db
def test_a_column_made_unreadable_is_named_too() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps the types of its columns")
    write_events(4)
    with tampering() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET recorded_at = '2026-13-45 00:00:00' WHERE sequence = 3")
    result = verify_chain()
    assert (result.wrong, result.sequence, result.count) == ("edited", 3, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("sequence", [1, 3, 5])
def test_a_deleted_event_is_found(sequence: int) -> None:
    write_events(6)
    with tampering() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE sequence = {sequence}")
    result = verify_chain()
    assert (result.wrong, result.sequence) == ("deleted", sequence)
    assert f"event {sequence} is missing" in run_verify()[1]


@pytest.mark.django_db
def test_a_deleted_event_is_found_when_the_later_ones_were_renumbered() -> None:
    write_events(6)
    with tampering() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE sequence = 3")
        _move_up_or_down(cursor, ">", 3, -1)
        cursor.execute("UPDATE core_audithead SET sequence = 5")
    result = verify_chain()
    assert (result.wrong, result.sequence) == ("deleted", 3)


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), [(3, 4), (2, 5), (1, 6)])
def test_swapped_events_are_found(one: int, other: int) -> None:
    write_events(6)
    with tampering() as cursor:
        for old, new in ((one, -1), (other, one), (-1, other)):
            cursor.execute(f"UPDATE {TABLE} SET sequence = {new} WHERE sequence = {old}")
    result = verify_chain()
    assert (result.wrong, result.sequence) == ("swapped", one)
    assert f"it belongs to place {other}" in run_verify()[1]


@pytest.mark.django_db
def test_a_forged_event_between_others_is_found() -> None:
    write_events(6)
    with tampering() as cursor:
        _move_up_or_down(cursor, ">=", 4, 1)
        _copy(cursor, source=3, place=4, kind="test.forged", hash_value="b" * 64)
    result = verify_chain()
    assert (result.wrong, result.sequence, result.kind) == ("inserted", 4, "test.forged")
    assert "event 4 (test.forged) was inserted" in run_verify()[1]


@pytest.mark.django_db
def test_a_genuine_event_written_a_second_time_is_found() -> None:
    write_events(6)
    with tampering() as cursor:
        _move_up_or_down(cursor, ">=", 4, 1)
        _copy(cursor, source=2, place=4)
    result = verify_chain()
    assert (result.wrong, result.sequence) == ("inserted", 4)
    assert "copy of event 2" in result.sentence


@pytest.mark.django_db
@pytest.mark.parametrize("place", [7, 0])
def test_an_event_put_at_either_end_is_found(place: int) -> None:
    write_events(6)
    with tampering() as cursor:
        _copy(cursor, source=6, place=place, kind="test.forged", hash_value="b" * 64)
    result = verify_chain()
    assert (result.wrong, result.kind, result.sequence) == ("inserted", "test.forged", place)


@pytest.mark.django_db
@pytest.mark.parametrize("kept", [0, 4])
def test_a_cut_tail_is_found_by_the_head(kept: int) -> None:
    write_events(6)
    with tampering() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE sequence > {kept}")
    result = verify_chain()
    assert (result.wrong, result.sequence, result.count) == ("cut", kept + 1, kept)
    assert f"events {kept + 1} to 6 are missing" in run_verify()[1]


@pytest.mark.django_db
@pytest.mark.parametrize("grown_since", [0, 4])
def test_a_cut_tail_is_found_by_the_expected_head_when_the_head_was_set_back(grown_since: int) -> None:
    written = write_events(6)
    noted = written[-1].hash
    with tampering() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE sequence > 4")
        cursor.execute("UPDATE core_audithead SET sequence = 4, hash = %s", [written[3].hash])
    write_events(grown_since)
    assert run_verify()[0] == 0, "without the noted head nothing can tell"
    code, printed = run_verify("--expect-head", noted)
    assert code == 1
    assert "expected head" in printed


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE core_audithead SET sequence = 4", "DELETE FROM core_audithead"])
def test_a_head_set_back_alone_is_found(statement: str) -> None:
    write_events(6)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    result = verify_chain()
    assert (result.ok, result.wrong) == (False, "head")


@pytest.mark.django_db
def test_a_head_with_another_hash_is_found_before_and_after_the_next_event() -> None:
    write_events(6)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE core_audithead SET hash = '{'c' * 64}'")
    assert verify_chain().wrong == "head"
    write_events(1)
    result = verify_chain()
    assert (result.wrong, result.sequence) == ("rewritten", 7)


@pytest.mark.django_db
def test_a_chain_sealed_with_another_key_does_not_verify() -> None:
    write_events(3)
    with override_settings(AUDIT_KEY="another"):
        assert (verify_chain().wrong, verify_chain().sequence) == ("edited", 1)


@pytest.mark.django_db
def test_a_thousand_events_are_verified_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_verify, "PAGE", 50)
    write_events(1000)
    largest_page: list[int] = []
    read = audit_verify._read
    monkeypatch.setattr(audit_verify, "_read", lambda rows: largest_page.append(len(page := read(rows))) or page)
    verify_chain()
    tracemalloc.start()
    assert verify_chain().count == 1000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert max(largest_page) == 50
    assert peak < 1_500_000, f"{peak} bytes for pages of 50 events"


def _move_up_or_down(cursor: object, comparison: str, sequence: int, by: int) -> None:
    """Renumber by a detour through negative numbers, as the key is unique."""
    cursor.execute(f"UPDATE {TABLE} SET sequence = -sequence WHERE sequence {comparison} {sequence}")
    cursor.execute(f"UPDATE {TABLE} SET sequence = -sequence + ({by}) WHERE sequence < 0")


def _copy(cursor: object, *, source: int, place: int, kind: str = "", hash_value: str = "") -> None:
    instead = {"sequence": str(place)}
    instead |= {"kind": f"'{kind}'"} if kind else {}
    instead |= {"hash": f"'{hash_value}'"} if hash_value else {}
    columns = [field.column for field in AuditEvent._meta.fields]
    values = ", ".join(instead.get(column, column) for column in columns)
    cursor.execute(f"INSERT INTO {TABLE} ({', '.join(columns)}) SELECT {values} FROM {TABLE} WHERE sequence = {source}")
