"""The desk's filter: what cannot be read finds nothing and is named; a call is found however its number is typed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agreements.models import Export, Proposal
from tests.agreements.after_world import presenting
from tests.agreements.test_desk import DESK, closed, logged_in, many, shown
from tests.html_tools import page_of
from tests.world import World

pytestmark = pytest.mark.django_db
WRONG = [
    ("budget_from", "-5"),
    ("budget_to", "abc"),
    ("received_from", "31/2/2569"),
    ("received_to", "ไม่ใช่วัน"),
    ("state", "zzz"),
    ("form", "zzz"),
    ("province", "999"),
    ("field", "99999999"),
    ("presentation", "zzz"),
    ("sort", "zzz"),
    ("call", "1" * 41),
]


@pytest.fixture
def world(cast):
    return World(cast)


# --- a filter that cannot be read -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "typed"), WRONG)
def test_a_filter_that_cannot_be_read_lists_nothing_and_is_named(name, typed, cast):
    many(closed(cast), 2)
    answer = logged_in(cast, "officer").get(DESK, {name: typed, "unassigned": "on"})
    assert answer.context["rows"] == [] and answer.context["bulk"] is None
    page = page_of(answer.text)
    summary = page.one(".error-summary")
    assert summary.one("a").get("href") == f"#id_{name}"
    assert str(answer.context["filters"].fields[name].label) in summary.words
    assert not page.all(".tool-links")


@pytest.mark.parametrize("file", ["desk_csv", "desk_xlsx"])
def test_nothing_is_exported_by_a_filter_that_cannot_be_read(file, cast):
    many(closed(cast), 2)
    client = logged_in(cast, "officer")
    answer = client.get(reverse(f"agreements:{file}"), {"budget_from": "-5", "q": "โครงการ"}, follow=True)
    assert answer.redirect_chain[0][0].startswith(f"{DESK}?")
    assert answer.context["filters"].errors.keys() == {"budget_from"} and answer.context["rows"] == []
    assert answer.context["filters"]["q"].value() == "โครงการ"
    assert not Export.objects.exists()


def test_all_that_match_is_refused_while_the_filter_cannot_be_read(cast, world):
    presenting(world)
    client = logged_in(cast, "officer")
    answer = client.post(f"{DESK}?state=zzz", {"act": "invite", "all": "1"})
    assert answer.context["filters"].errors.keys() == {"state"} and answer.context["rows"] == []
    assert not Proposal.objects.exclude(presentation_invited_at=None).exists()


def test_a_column_that_is_not_offered_takes_nothing_from_the_list(cast):
    many(closed(cast), 2)
    assert len(shown(logged_in(cast, "officer"), col=["title", "nonsense"])) == 2


# --- the number of the call -----------------------------------------------------------------------------------------


def test_a_call_is_found_by_its_number_in_either_digits_and_however_spaced(cast):
    call = closed(cast, number="ดย. 1/2570")
    (one,) = many(call, 1)
    many(closed(cast, number="ดย. 11/2570"), 1)
    many(closed(cast, number="ดย. 1/2571"), 1)
    client = logged_in(cast, "officer")
    for typed in ("ดย. 1/2570", "ดย.1/2570", "ดย. ๑/๒๕๗๐", " ดย.๑ / ๒๕๗๐ ", call.reference, call.reference.lower()):
        assert shown(client, call=typed) == {one.reference}, typed
    assert shown(client, call="1/2570") == shown(client, call="ดย") == set()
