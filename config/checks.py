"""System checks of the machine the product runs on."""

import sys
from typing import Any, NamedTuple

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from .native import SENTENCE, missing_libraries

UTF8_NAMES = {"utf8", "utf-8"}


@register()
def check_pdf_libraries(**kwargs: Any) -> list[CheckMessage]:
    """Warn when WeasyPrint's shared libraries are missing (only Linux names are known)."""
    if not sys.platform.startswith("linux") or not missing_libraries():
        return []
    return [Warning(SENTENCE, id="config.W001")]


@register(Tags.database)
def check_thai_text_database(databases: list[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn when a PostgreSQL database would not index or search Thai: its ctype has to be a UTF-8 one.

    pg_trgm makes no trigrams of Thai letters under LC_CTYPE "C".
    """
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()"
            )
            encoding, ctype = cursor.fetchone()
        if not handles_thai(encoding, ctype):
            messages.append(_warning(alias, encoding, ctype))
    return messages


def handles_thai(encoding: str, ctype: str) -> bool:
    """True for a UTF-8 database whose ctype is UTF-8 too, such as C.UTF-8 or th_TH.utf8."""
    charset = ctype.rpartition(".")[2].lower()
    return encoding.lower() in UTF8_NAMES and charset in UTF8_NAMES


def _warning(alias: str, encoding: str, ctype: str) -> CheckMessage:
    return Warning(
        f"Database {alias!r} has encoding {encoding} and ctype {ctype}: Thai text will be searched slowly or in part.",
        hint="CREATE DATABASE … ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0",
        id="config.W002",
    )


class SearchIndex(NamedTuple):
    """An index by trigrams that a migration makes where it may; until that migration ran, nothing is missing."""

    name: str
    table: str
    app: str
    migration: str
    id: str
    what: str


SEARCH_INDEXES = (
    SearchIndex(
        "organisation_search_trigrams",
        "partnerships_organisation",
        "partnerships",
        "0005_names_by_trigrams",
        "config.W003",
        "names: with many organisations",
    ),
    SearchIndex(
        "proposal_search_trigrams",
        "agreements_proposal",
        "agreements",
        "0009_desk_search",
        "config.W004",
        "proposals: with many of them",
    ),
)
INDEX_MISSING = "SELECT to_regclass(%s) IS NULL FROM django_migrations WHERE app = %s AND name = %s"


@register(Tags.database)
def check_search_indexes(databases: list[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of each search whose migration could not make its index: pg_trgm was not there, or not allowed."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql" or "django_migrations" not in connection.introspection.table_names():
            continue
        with connection.cursor() as cursor:
            for index in SEARCH_INDEXES:
                cursor.execute(INDEX_MISSING, [index.name, index.app, index.migration])
                migrated = cursor.fetchone()
                if migrated and migrated[0]:
                    messages.append(_no_index(alias, index))
    return messages


def _no_index(alias: str, index: SearchIndex) -> CheckMessage:
    return Warning(
        f"Database {alias!r} has no index for searching {index.what} the search reads all of them.",
        hint=f"CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE INDEX {index.name} ON {index.table}"
        " USING gin (search_text gin_trgm_ops);",
        id=index.id,
    )
