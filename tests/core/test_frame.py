"""The person's corner of the header is drawn once for all of a person's pages, and keeps nothing of another request."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

pytestmark = pytest.mark.django_db
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CALLS = "agreements:call_list"


def corner(cast: Cast, name: str, query: str = "", language: str = "th") -> str:
    client = Client()
    client.force_login(cast.people[name].user)
    client.cookies["django_language"] = language
    page = client.get(f"{reverse(CALLS)}{query}").content.decode()
    return page[page.index('<div class="who">') : page.index("</header>")]


def test_each_request_has_a_token_of_its_own_and_no_mark_is_left(cast: Cast) -> None:
    first, second = corner(cast, "officer"), corner(cast, "officer")
    assert TOKENS.findall(first) and set(TOKENS.findall(first)).isdisjoint(TOKENS.findall(second))
    assert "-of-this-" not in first + second
    assert TOKENS.sub("", first) == TOKENS.sub("", second)


def test_everybody_reads_his_or_her_own_name_and_organisation(cast: Cast) -> None:
    for name in ("officer", "executive", "partner_staff", "opdc", "officer"):
        person, told = cast.people[name], corner(cast, name)
        assert person.user.full_name_th in told and person.organisation.name_th in told
        others = {other.user.full_name_th for key, other in cast.people.items() if other.user != person.user}
        assert not [other for other in others - {person.user.full_name_th} if f">{other}<" in told]


def test_the_switch_comes_back_to_the_very_page_whatever_its_address_holds(cast: Cast) -> None:
    cast.officer.user.memberships.create(organisation=cast.organisations["other_agency"])
    for query in ("?state=draft", "?state=%22%3E%3Cscript%3E&form=grant"):
        told = corner(cast, "officer", query)
        assert f'name="next" value="{reverse(CALLS)}{query.replace("&", "&amp;")}"' in told
        assert "<script>" not in told


def test_the_language_is_the_readers(cast: Cast) -> None:
    assert ("ออกจากระบบ" in corner(cast, "officer")) and ("Log out" in corner(cast, "officer", language="en"))
