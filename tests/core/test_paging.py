"""Keyset pages: every row once, forwards and backwards, and a page in the middle costs what the first one does."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from core.paging import Page, keyset_page
from core.search_text import thai_sort_key
from partnerships.enums import OrganisationKind
from partnerships.models import Organisation
from tests.conftest import on_postgres

ORDER = ("sort_key", "pk")


def store(*names: str) -> None:
    Organisation.objects.bulk_create(
        Organisation(kind=OrganisationKind.COMMUNITY, name_th=name, sort_key=thai_sort_key(name)) for name in names
    )


def page_at(address: str = "", order: tuple[str, ...] = ORDER, size: int = 2) -> Page:
    return keyset_page(Organisation.objects.all(), RequestFactory().get(f"/{address}"), order=order, size=size)


@pytest.mark.django_db
@pytest.mark.parametrize("order", [("sort_key", "pk"), ("-sort_key", "-pk"), ("-sort_key", "pk")])
def test_every_row_comes_once_where_many_rows_share_a_key(order: tuple[str, ...]) -> None:
    store("ก", "ข", "ข", "ข", "ข", "ค", "ค")
    wanted = [one.pk for one in Organisation.objects.order_by(*order)]

    there, page = [], page_at(order=order)
    there += [row.pk for row in page]
    while page.next_url:
        page = page_at(page.next_url, order)
        there += [row.pk for row in page]
    back = [row.pk for row in page]
    while page.previous_url:
        page = page_at(page.previous_url, order)
        back = [row.pk for row in page] + back

    assert there == wanted
    assert back == wanted


@pytest.mark.django_db
def test_a_page_in_the_middle_begins_in_the_index() -> None:
    store(*(f"กลุ่ม {number:04}" for number in range(1500)))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {Organisation._meta.db_table}")

    plan = explained(page_at(size=700).next_url)

    begins_at = "Index Cond: ((sort_key)::text >=" if on_postgres() else "SEARCH partnerships_organisation USING INDEX"
    assert begins_at in plan


def explained(address: str) -> str:
    """The database's plan for what the page at this address asks."""
    with CaptureQueriesContext(connection) as captured:
        page_at(address, size=25)
    with connection.cursor() as cursor:
        explain = "EXPLAIN" if on_postgres() else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{explain} {captured[0]['sql']}")
        return "\n".join(str(line[-1]) for line in cursor.fetchall())
