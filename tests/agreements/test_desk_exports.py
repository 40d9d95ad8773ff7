"""Taking the desk's list away: CSV and XLSX of what is shown, all proposals of a call as PDF in a ZIP."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from agreements.actions import exports
from agreements.documents.archive import Archive, member_name
from agreements.models import Export
from agreements.queries.desk_table import csv_blocks
from agreements.views import exports as pages
from core import clock
from core.files import can_read
from core.workflow import NotYou
from tests.agreements.test_desk import closed, many
from tests.races import at_once
from tests.world import World

pytestmark = pytest.mark.django_db
CSV, XLSX = "/desk/proposals/proposals.csv", "/desk/proposals/proposals.xlsx"


@pytest.fixture
def world(cast):
    return World(cast)


def logged_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


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


def test_csv_is_made_as_it_is_read():
    """Endless rows: the first blocks come all the same, and hold only so many."""

    class Row:
        def __init__(self, number: int) -> None:
            self.reference = f"R{number}"

    from agreements.queries.desk_columns import COLUMNS

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
