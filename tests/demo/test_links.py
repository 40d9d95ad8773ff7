"""Walking the demonstration from the first page on: no page offers anybody a link that then refuses or fails."""

from __future__ import annotations

import re
from collections import deque
from html import unescape

import pytest
from django.test import Client

from partnerships.models import User

MOST_PAGES = 60
WALKERS = (
    "officer.dcy", "executive.dcy", "finance.dcy", "admin.foundation", "finance.foundation", "staff.foundation",
    "rep.network", "reviewer", "committee.member", "evaluator", "opdc",
)  # fmt: skip
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.usefixtures("demonstration"),
]


def shape_of(address: str) -> str:
    """The address with its record taken out: one of each shape is enough."""
    path, mark, _query = address.partition("?")
    return re.sub(r"[^/]*\d[^/]*", "#", path) + mark


def links_in(page: str) -> list[str]:
    found = (unescape(link).partition("#")[0] for link in re.findall(r'<a [^>]*href="(/[^"]*)"', page))
    return [link for link in found if link and not link.startswith(("/static/", "/accounts/logout/"))]


@pytest.mark.parametrize("name", WALKERS)
def test_every_link_that_is_shown_opens(name: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(email=f"{name}@demo.example"))
    waiting, shapes, refused, walked = deque([("/", "")]), {"/"}, [], 0
    while waiting and walked < MOST_PAGES:
        address, shown_on = waiting.popleft()
        answer = client.get(address)
        walked += 1
        if answer.status_code in (301, 302):
            links = links_in(f'<a href="{answer["Location"]}">')
        elif answer.status_code == 200:
            links = links_in(answer.text) if answer["Content-Type"].startswith("text/html") else []
        else:
            refused.append((answer.status_code, address, shown_on))
            continue
        for link in links:
            if shape_of(link) not in shapes:
                shapes.add(shape_of(link))
                waiting.append((link, address))
    assert walked > 20
    assert refused == []
