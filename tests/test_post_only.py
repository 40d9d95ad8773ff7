"""Addresses that only take what a button sends, typed by hand: a page in plain Thai with a way back, never a blank one."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from core.views import page_above
from tests.cast import PASSWORD
from tests.html_tools import page_of

pytestmark = pytest.mark.django_db
ADDRESS = "/proposals/PROP-2570-00001/paper/confirm/"


def client_of(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


def thai(message: str) -> str:
    with override("th"):
        return gettext(message)


@pytest.mark.parametrize("name", ["officer", "partner_staff", "reviewer", "opdc", "stranger"])
def test_a_page_of_the_house_says_why_and_leads_back(cast, name):
    answer = client_of(cast, name).get(ADDRESS)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    main = page_of(answer.text).one("main")
    assert main.one("h1").words == thai("This address opens no page")
    links = [link.get("href") for link in main.all("a.btn")]
    assert links == ["/proposals/PROP-2570-00001/paper/", "/"]


def test_it_is_the_same_for_every_such_address_and_tells_nothing_of_its_object(cast):
    client = client_of(cast, "officer")
    for name in ("proposal_paper_online", "proposal_invite", "call_close"):
        answer = client.get(reverse(f"agreements:{name}", args=["NOT-THERE"]))
        assert answer.status_code == 405 and thai("This address opens no page") in answer.text, name


def test_asking_for_the_head_gives_the_status_without_a_body(cast):
    answer = client_of(cast, "officer").head(ADDRESS)
    assert (answer.status_code, answer.content, answer["Allow"]) == (405, b"", "POST")


def test_a_visitor_logs_in_first_and_then_reads_the_same_page(cast):
    user = cast.partner_staff.user
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    visitor = Client()
    wall = visitor.get(ADDRESS)
    assert wall.url == f"{reverse('account_login')}?next={ADDRESS}"
    after = visitor.post(wall.url, {"login": user.email, "password": PASSWORD}, follow=True)
    assert after.redirect_chain[-1][0] == ADDRESS
    assert after.status_code == 405 and thai("This address opens no page") in after.text


def test_scripts_and_what_is_sent_get_the_bare_answer(cast):
    client = client_of(cast, "officer")
    assert client.get(ADDRESS, headers={"Accept": "application/json"}).content == b""
    assert client.post("/privacy/").content == b""


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/proposals/P-1/withdraw/", "/proposals/P-1/"),
        ("/proposals/P-1/paper/withdrawal/confirm/", "/proposals/P-1/paper/withdrawal/"),
        ("/nothing/of/ours/", ""),
    ],
)
def test_the_page_above_is_the_nearest_address(path, above):
    assert page_above(path) == above
