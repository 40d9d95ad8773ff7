"""Measuring runs from end to end, and its figures are what they say they are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from bench import rounds
from bench.pages import BARE, FLOOR, Address
from bench.queries import rows_examined
from partnerships.models import Organisation
from tests.factories import OrganisationFactory
from tests.migrated_once import kept_file

KEYS = {"page", "size", "median_ms", "lowest_ms", "highest_ms", "p95_ms", "ratio", "queries", "rows_examined"}


@pytest.mark.slow
def test_a_small_run_measures_every_page_and_keeps_the_figures(tmp_path: Path) -> None:
    env = {**os.environ, "VAR_DIR": str(tmp_path), "DATABASE_URL": "sqlite://nothing-is-done-to-this-one"}
    if migrated := kept_file():
        env["BENCH_MIGRATED"] = str(migrated)
    command = [sys.executable, "-m", "bench", "--sizes", "50", "--rounds", "1", "--requests", "1"]
    run = subprocess.run(command, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
    kept = json.loads((tmp_path / "bench.json").read_text())
    rows = {row["page"]: row for row in kept["rows"]}
    assert all(set(row) == KEYS and row["size"] == 50 and row["median_ms"] > 0 for row in kept["rows"])
    assert rows[FLOOR]["ratio"] == 1
    assert rows[FLOOR]["queries"] > rows[BARE]["queries"] == 0
    assert {"organisations, first page", "work list", "log-in"} <= set(rows)
    assert f"{rows[FLOOR]['median_ms']:.1f}" in run.stdout
    assert not list((tmp_path / "bench").glob("*.sqlite3*")), "the database of the run stays behind"


def test_medians_and_ratios_are_taken_round_by_round() -> None:
    samples = {
        FLOOR: [[1.0, 1.0, 1.0], [10.0, 10.0, 10.0], [2.0, 2.0, 2.0]],
        "page": [[3.0, 3.0, 90.0], [30.0] * 3, [6.0] * 3],
    }

    page = rounds.summary(samples)["page"]

    assert (page["median_ms"], page["lowest_ms"], page["highest_ms"]) == (6.0, 3.0, 30.0)
    assert page["ratio"] == 3.0  # although one round was ten times slower for both
    assert page["p95_ms"] > 30


def test_all_pages_take_turns_within_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def note(port: int, page: Address) -> float:
        asked.append(page.name)
        return 1.0

    monkeypatch.setattr(rounds, "ask", note)
    monkeypatch.setattr(rounds, "warm", lambda port, pages: None)
    rounds.measure(0, [Address("a", "/a"), Address("b", "/b")], rounds=2, requests=2)

    assert asked == ["a", "b"] * 4


@pytest.mark.postgres
@pytest.mark.django_db
def test_rows_that_a_filter_throws_away_count_as_read() -> None:
    OrganisationFactory.create_batch(7)
    table = Organisation._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")

    assert rows_examined(f"SELECT id FROM {table} WHERE name_th = 'none'") == 7
    assert rows_examined(f"SELECT a.id FROM {table} a JOIN {table} b ON a.name_th <> b.name_th LIMIT 1") >= 2


@pytest.mark.parametrize("sizes", ["0", "-5", "many", "10,"])
def test_a_size_that_is_none_is_refused_in_one_sentence(sizes: str, tmp_path: Path) -> None:
    env = {**os.environ, "VAR_DIR": str(tmp_path)}
    if migrated := kept_file():
        env["BENCH_MIGRATED"] = str(migrated)
    command = [sys.executable, "-m", "bench", f"--sizes={sizes}"]
    run = subprocess.run(command, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert run.returncode == 2
    assert "--sizes" in run.stderr
    assert "Traceback" not in run.stderr
