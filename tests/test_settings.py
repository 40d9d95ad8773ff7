"""Settings: production refuses to start without what it needs, a local start makes its own keys."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config.checks import SEARCH_INDEXES, check_search_indexes, handles_thai

COMPLETE = {
    "SECRET_KEY": "s" * 50,
    "AUDIT_KEY": "a" * 50,
    "DATABASE_URL": "postgres://phakhi@db.example/phakhi",
    "ALLOWED_HOSTS": "phakhi.example",
}
LEFT_OUT = {*COMPLETE, "EMAIL_URL", "CACHE_URL", "DJANGO_SETTINGS_MODULE"}


def python(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs `code` in a fresh interpreter whose environment has only the variables given of those that matter."""
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT} | variables
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_names_everything_that_is_missing() -> None:
    result = python("import config.settings.production")

    assert result.returncode != 0
    for name in COMPLETE:
        assert f"{name} is not set" in result.stderr


def test_production_refuses_a_short_key() -> None:
    result = python("import config.settings.production", **{**COMPLETE, "AUDIT_KEY": "short"})

    assert result.returncode != 0
    assert "AUDIT_KEY is shorter than" in result.stderr


def test_production_starts_when_complete_and_guards_its_cookies() -> None:
    code = """
import config.settings.production as p
print(p.DEBUG, p.SESSION_COOKIE_SECURE, p.CSRF_COOKIE_SECURE, p.SECURE_SSL_REDIRECT, p.SECURE_HSTS_SECONDS > 0)
"""
    result = python(code, **COMPLETE)

    assert result.stdout.split() == ["False", "True", "True", "True", "True"], result.stderr


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    for directive, allowed in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items():
        assert set(allowed) <= {"'self'", "'none'", "data:"}, directive
        assert "data:" not in allowed or directive == "img-src"


def test_a_local_start_makes_its_keys_once_and_for_its_owner_only(tmp_path: Path) -> None:
    code = "import config.settings.local as s; print(s.SECRET_KEY, s.AUDIT_KEY)"

    first, second = python(code, VAR_DIR=str(tmp_path)), python(code, VAR_DIR=str(tmp_path))

    assert first.stdout == second.stdout, first.stderr
    assert len(set(first.stdout.split())) == 2
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_missing_libraries_are_answered_by_one_sentence() -> None:
    code = """
from config.native import explain_missing_libraries
with explain_missing_libraries():
    raise OSError("cannot load library 'libgobject-2.0-0': no such file")
"""
    result = python(code)

    assert result.returncode == 1
    assert result.stderr.strip().count("\n") == 0
    assert "apt-get install libpango-1.0-0" in result.stderr


def test_a_database_must_know_utf8_letters() -> None:
    assert handles_thai("UTF8", "C.UTF-8")
    assert handles_thai("UTF8", "th_TH.utf8")
    assert not handles_thai("UTF8", "C")
    assert not handles_thai("SQL_ASCII", "C")


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("index", SEARCH_INDEXES, ids=lambda index: index.name)
def test_a_database_without_an_index_for_searching_is_told_of_and_how_to_make_it(index) -> None:
    assert check_search_indexes(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {index.name}")

        (warning,) = check_search_indexes(databases=["default"])
        cursor.execute(warning.hint)

    assert warning.id == index.id
    assert check_search_indexes(databases=["default"]) == []


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("index", SEARCH_INDEXES, ids=lambda index: index.name)
def test_before_its_migration_ran_no_index_is_missed(index) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {index.name}")
        cursor.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", [index.app, index.migration])

    assert check_search_indexes(databases=["default"]) == []
