"""Taking the desk's list away: CSV and XLSX of what is shown, all proposals of a call as PDF in a ZIP."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from agreements.actions import exports
from agreements.documents.archive import Archive, member_name
from agreements.models import Export
from agreements.queries import table_file
from agreements.queries.desk_columns import COLUMNS
from agreements.queries.desk_table import csv_blocks
from agreements.views import exports as pages
from core import clock
from core.files import can_read, forget_made, store_file
from core.models import StoredFile
from core.spreadsheet import MOMENT
from core.workflow import NotYou
from partnerships.models import MembershipRole
from tests.agreements.test_desk import closed, many
from tests.built_once import built_once
from tests.races import at_once
from tests.world import World, evidence

pytestmark = pytest.mark.django_db
LOOK = re.compile(r'<c r="([A-Z]+\d+)" s="(\d+)"')
CSV, XLSX = "/desk/proposals/proposals.csv", "/desk/proposals/proposals.xlsx"


@pytest.fixture
def world(cast):
    return World(cast)


def logged_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


@built_once
def two_sent(world):
    call = world.published_call("grant")
    both = [world.submitted_proposal(call), world.submitted_proposal(call, by="rival")]
    world.closed_call(call)
    return world.again(call), [world.again(one) for one in both]


# --- tables ---------------------------------------------------------------------------------------------------------


def test_csv_has_all_rows_chosen_columns_thai_heads_and_no_formulas(cast):
    call = closed(cast)
    many(call, 30)
    evil = ("=1+1", "+66", "-2", "@SUM(A1)", "\tx", "\rx")
    for title in evil:
        many(call, 1, title=title, budget=Decimal("1234567.50"), beneficiaries=None)
    many(closed(cast, "other_agency"), 1)

    answer = logged_in(cast, "officer").get(CSV, {"col": ["title", "budget", "beneficiaries", "submitted_at"]})
    content = b"".join(answer.streaming_content).decode()

    assert answer.streaming and answer["Cache-Control"] == "private, no-store"
    assert content.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""))
    assert len(head) == 4 and len(rows) == 36
    titles = [row[0] for row in rows]
    assert {f"'{title}" for title in evil} <= set(titles)
    assert not [title for title in titles if title.startswith(("=", "+", "-", "@", "\t", "\r"))]
    with_evil = next(row for row in rows if row[0] == "'=1+1")
    assert with_evil[2:] == ["1234567.50", ""] or "1234567.50" in with_evil  # not reported is empty, never 0
    narrowed = logged_in(cast, "officer").get(CSV, {"q": "SUM(A1)"})
    assert len(b"".join(narrowed.streaming_content).decode().splitlines()) == 2


def test_moments_and_amounts_sort_in_a_spreadsheet(cast):
    """In Bangkok's time: 18:30 in London's is the next day; text would sort by the alphabet."""
    at = datetime(2026, 11, 26, 18, 30, 59, tzinfo=UTC)
    [row] = many(closed(cast), 1, budget=Decimal("1234567.5"), submitted_at=at)
    client, chosen = logged_in(cast, "officer"), {"col": ["submitted_at", "budget"], "q": row.reference}
    content = b"".join(client.get(CSV, chosen).streaming_content).decode("utf-8-sig")
    head, line = csv.reader(io.StringIO(content, newline=""))
    with override("th"):
        assert head == [str(COLUMNS["submitted_at"].label), str(COLUMNS["budget"].label)]
    assert line == ["2026-11-27 01:30", "1234567.50"]

    made = client.get(XLSX, chosen).content
    [at_cell, budget] = re.findall(r'<c r="[AB]2" s="(\d+)"><v>([^<]+)</v>', sheet_of(io.BytesIO(made)))
    days = (datetime(2026, 11, 27, 1, 30, 59) - datetime(1899, 12, 30)) / timedelta(days=1)
    assert float(at_cell[1]) == pytest.approx(days) and Decimal(budget[1]) == Decimal("1234567.5")
    styles = zipfile.ZipFile(io.BytesIO(made)).read("xl/styles.xml").decode()
    assert f'formatCode="{MOMENT}"' in styles and 'formatCode="#,##0.00"' in styles


def test_csv_is_made_as_it_is_read():
    """Endless rows: the first blocks come all the same, and hold only so many."""

    class Row:
        def __init__(self, number: int) -> None:
            self.reference = f"R{number}"

    blocks = csv_blocks(map(Row, count()), [COLUMNS["reference"]], "th")
    next(blocks)
    assert [len(next(blocks).splitlines()) for _turn in range(3)] == [500] * 3


def test_xlsx_holds_the_same_rows_and_a_long_one_is_made_aside(cast, monkeypatch):
    many(closed(cast), 5, title="=cmd()")
    client = logged_in(cast, "officer")
    at_once_made = client.get(XLSX, {"col": ["title", "budget"]})
    sheet = sheet_of(io.BytesIO(at_once_made.content))
    assert sheet.count("<row ") == 6 and sheet.count("=cmd()") == 5 and "<f>" not in sheet

    monkeypatch.setattr(pages, "XLSX_AT_ONCE", 3)
    answer = client.get(XLSX, {"col": ["title", "budget"], "budget_from": "2000"})
    export = Export.objects.get()
    assert answer.url == reverse("agreements:export_detail", args=[export.pk])
    page = client.get(answer.url)
    assert page.status_code == 200
    export.refresh_from_db()
    assert export.state == "done", export.problem
    with default_storage.open(export.file.path) as made:
        aside = sheet_of(made)
    assert aside.count("<row ") == 5 and "<f>" not in aside
    assert can_read(export.file, cast.people["officer"].actor)


def test_a_long_table_is_made_turn_by_turn_and_is_the_one_that_is_made_at_once(cast, world, monkeypatch):
    rows = many(closed(cast), 7, title="=cmd()", beneficiaries=None)
    columns = ["title", "budget", "beneficiaries", "organisation", "submitted_at"]
    monkeypatch.setattr(table_file, "AT_ONCE", 3)
    export = exports.ask_table(chosen={}, columns=columns, language="en", total=7, by=world.act("officer"))
    for done in (3, 6):
        exports.take_turn(export.pk, seconds=0)
        export.refresh_from_db()
        assert (export.state, export.done) == ("running", done)
    one = rows[0].organisation  # in the last piece or an earlier one: what is written stays, what is to come is as now
    type(one).objects.filter(pk=one.pk).update(name_en="Renamed")
    exports.take_turn(export.pk, seconds=0)
    export.refresh_from_db()
    assert export.state == "done", export.problem
    with default_storage.open(export.file.path) as made:
        aside = sheet_of(made)
    at_once_made = logged_in(cast, "officer").get(XLSX, {"col": columns})
    whole = sheet_of(io.BytesIO(at_once_made.content))
    looks, expected = dict(LOOK.findall(aside)), dict(LOOK.findall(whole))
    assert looks.keys() == expected.keys()  # every cell in its place
    pairs = {(looks[cell], expected[cell]) for cell in looks}
    assert len(pairs) == len(set(looks.values())) == len(set(expected.values())) == 5  # one look for one look
    assert [int(number) for number in re.findall(r'<row r="(\d+)"', aside)] == list(range(1, 9))
    assert not default_storage.exists(f"exports/{export.pk}")


def test_who_has_left_the_desk_meanwhile_gets_an_empty_table(cast, world):
    many(closed(cast), 2)
    export = exports.ask_table(chosen={}, columns=["title"], language="th", total=2, by=world.act("officer"))
    MembershipRole.objects.filter(membership__user=cast.officer.user).delete()
    exports.take_turn(export.pk, seconds=None)
    export.refresh_from_db()
    with default_storage.open(export.file.path) as made:
        assert sheet_of(made).count("<row ") == 1


# --- what is left on the disk -----------------------------------------------------------------------------------------


def finished(world, call) -> tuple[Export, str]:
    export = exports.ask_archive(call=call, by=world.act("officer"))
    exports.take_turn(export.pk, seconds=None)
    export.refresh_from_db()
    return export, export.file.path


@pytest.mark.django_db(transaction=True)
def test_bytes_of_an_expired_export_leave_the_disk_and_the_record_stays(cast, world):
    call, _both = two_sent(world)
    export, path = finished(world, call)
    # Another kind: two archives of one call made in the same two seconds are the same bytes, and kept as one.
    kept = exports.ask_table(chosen={}, columns=["title"], language="th", total=2, by=world.act("officer"))
    exports.take_turn(kept.pk, seconds=None)
    kept_path = Export.objects.get(pk=kept.pk).file.path
    upload = store_file(evidence(), name="a.png", root=call, kind="x", by=world.act("officer"))
    Export.objects.filter(pk=export.pk).update(finished_at=clock.now() - timedelta(days=8))

    call_command("tick")
    call_command("tick")

    assert not default_storage.exists(path)
    assert default_storage.exists(kept_path) and default_storage.exists(upload.path)
    export.refresh_from_db()
    assert (export.state, export.file) == ("done", None)
    page = logged_in(cast, "officer").get(reverse("agreements:export_detail", args=[export.pk]))
    assert page.status_code == 200 and page.context["expired"]
    assert can_read(Export.objects.get(pk=kept.pk).file, cast.people["officer"].actor)


@pytest.mark.django_db(transaction=True)
def test_bytes_that_another_row_names_stay(world):
    call, _both = two_sent(world)
    export, path = finished(world, call)
    again = StoredFile.objects.get(pk=export.file_id)
    again.pk = None
    again.save()
    Export.objects.update(finished_at=clock.now() - timedelta(days=8))
    call_command("tick")
    assert default_storage.exists(path)
    assert StoredFile.objects.filter(path=path).get() == again


def test_what_somebody_uploaded_is_not_forgotten(world):
    call, _both = two_sent(world)
    upload = store_file(evidence(), name="a.png", root=call, kind="x", by=world.act("officer"))
    with pytest.raises(ValueError):
        forget_made(upload)


@pytest.mark.django_db(transaction=True)
def test_parts_of_an_export_that_failed_or_was_left_leave_the_disk(world, monkeypatch):
    call, _both = two_sent(world)
    left = exports.ask_archive(call=call, by=world.act("officer"))
    exports.take_turn(left.pk, seconds=0)
    assert default_storage.exists(f"exports/{left.pk}")
    call_command("tick")
    left.refresh_from_db()
    assert left.state == "running"  # somebody may come back to it
    Export.objects.filter(pk=left.pk).update(asked_at=clock.now() - timedelta(days=8))
    call_command("tick")
    left.refresh_from_db()
    assert (left.state, default_storage.exists(f"exports/{left.pk}")) == ("failed", False)

    broken = exports.ask_archive(call=call, by=world.act("officer"))
    monkeypatch.setattr(Archive, "finish", lambda self: 1 / 0)
    exports.take_turn(broken.pk, seconds=None)
    broken.refresh_from_db()
    assert (broken.state, default_storage.exists(f"exports/{broken.pk}")) == ("failed", False)


def test_tables_are_for_those_who_work_at_the_desk(cast):
    many(closed(cast), 1)
    for address in (CSV, XLSX):
        assert logged_in(cast, "opdc").get(address).status_code == 200
        for name in ("partner_rep", "reviewer", "finance", "stranger"):
            assert logged_in(cast, name).get(address).status_code == 403, (address, name)


def sheet_of(file) -> str:
    """The XML of the first sheet; texts stand in it, as rows go to disk one by one."""
    return zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()


# --- the archive ----------------------------------------------------------------------------------------------------


def test_an_archive_is_made_turn_by_turn_and_fetched_by_who_asked(cast, world, monkeypatch):
    call, both = two_sent(world)
    client = logged_in(cast, "officer")
    start = reverse("agreements:call_archive", args=[call.reference])
    first, again = client.post(start), client.post(start)
    export = Export.objects.get()
    assert again.url == first.url == reverse("agreements:export_detail", args=[export.pk])

    monkeypatch.setattr(exports, "TURN", 0.0)
    Export.objects.all().delete()
    export = exports.ask_archive(call=call, by=world.act("officer"))
    exports.take_turn(export.pk, seconds=0)
    export.refresh_from_db()
    assert (export.state, export.done, export.total) == ("running", 1, 2)
    told = client.get(reverse("agreements:export_progress", args=[export.pk])).json()
    assert told["total"] == 2
    shown = client.get(reverse("agreements:export_detail", args=[export.pk])).content.decode()
    export.refresh_from_db()
    assert export.state == "done" and reverse("core:file_download", args=[export.file.pk]) in shown

    download = client.get(reverse("core:file_download", args=[export.file.pk]))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(download.streaming_content)))
    assert sorted(archive.namelist()) == sorted(member_name(one) for one in both)
    assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())
    for name in ("second_officer", "opdc", "partner_rep", "other_officer"):
        assert not can_read(export.file, cast.people[name].actor), name
    world.name_reviewers(call, "reviewer")
    Export.objects.update(finished_at=clock.now() - timedelta(days=8))
    assert not can_read(export.file, cast.people["officer"].actor)
    assert client.get(reverse("agreements:export_detail", args=[export.pk])).context["expired"]


def test_who_may_have_an_archive(cast, world):
    open_call = world.published_call("grant")
    world.submitted_proposal(open_call)
    for name in ("officer", "opdc"):  # sealed
        with pytest.raises(NotYou):
            exports.ask_archive(call=open_call, by=world.act(name))
    call = world.closed_call(open_call)
    for name in ("officer", "second_officer", "executive", "opdc"):
        assert exports.ask_archive(call=call, by=world.act(name)).total == 1
    for name in ("finance", "other_officer", "partner_rep", "reviewer", "stranger"):
        with pytest.raises(NotYou):
            exports.ask_archive(call=call, by=world.act(name))
    own = Export.objects.get(asked_by=cast.people["officer"].user)
    assert logged_in(cast, "second_officer").get(reverse("agreements:export_detail", args=[own.pk])).status_code == 404


def test_a_failure_is_shown_and_can_be_started_again(cast, world, monkeypatch):
    call, _both = two_sent(world)
    export = exports.ask_archive(call=call, by=world.act("officer"))
    with monkeypatch.context() as broken:
        broken.setattr(Archive, "steps", lambda self: 1 / 0)
        exports.take_turn(export.pk)
    client = logged_in(cast, "officer")
    address = reverse("agreements:export_detail", args=[export.pk])
    page = client.get(address)
    assert page.context["failed"] and "ZeroDivisionError" in page.content.decode()
    again = client.post(reverse("agreements:export_again", args=[export.pk]))
    assert again.status_code == 302 and again.url != address
    assert Export.objects.count() == 2


def test_names_in_the_archive_are_safe_and_unique(cast, world):
    _call, (one, other) = two_sent(world)
    for proposal in (one, other):
        proposal.organisation.name_th = "../มูลนิธิ/ก:ข*\\ค\x00"
    names = {member_name(one), member_name(other)}
    assert len(names) == 2
    assert all(
        not set(name) & set("/\\:*\x00") and name.startswith("PROP-") and name.endswith(".pdf") for name in names
    )


def test_the_constraint_lets_one_archive_be_made_at_a_time(cast, world):
    call, _both = two_sent(world)
    first = exports.ask_archive(call=call, by=world.act("officer"))
    assert exports.ask_archive(call=call, by=world.act("officer")) == first
    first.pk = None
    with pytest.raises(IntegrityError):
        first.save()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_make_one_export(cast, world):
    call, _both = two_sent(world)
    actor = world.act("officer")
    answers = at_once(*[lambda: exports.ask_archive(call=call, by=actor).pk] * 2)
    assert len(set(answers)) == 1 and Export.objects.count() == 1
    at_once(*[lambda: exports.take_turn(answers[0], seconds=None)] * 2)
    assert Export.objects.get().state == "done"
