"""Nobody is offered a page of the profile that then refuses: what one may not edit is told without a link."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def links_of(page: str) -> set[str]:
    main = page[page.index("<main") : page.index("</main>")]
    return {link.split("#")[0] for link in re.findall(r'<a [^>]*href="(/[^"]*)"', main)}


@pytest.mark.parametrize("name", ["partner_staff", "partner_finance", "partner_admin", "partner_rep"])
def test_every_link_of_the_profile_opens_for_whoever_sees_it(cast, name):
    client = Client()
    client.force_login(cast.people[name].user)
    organisation = cast.organisations["partner"]
    links = links_of(client.get(reverse("partnerships:profile_detail", args=[organisation.pk])).text)
    assert links
    assert {link for link in links if client.get(link).status_code == 403} == set()


def test_who_keeps_the_profile_is_led_to_its_parts_and_finance_reads_which_there_are(cast):
    organisation = cast.organisations["partner"]
    part = reverse("partnerships:profile_identity", args=[organisation.pk])
    for name, led in (
        ("partner_admin", True),
        ("partner_rep", True),
        ("partner_staff", False),
        ("partner_finance", False),
    ):
        client = Client()
        client.force_login(cast.people[name].user)
        page = client.get(reverse("partnerships:profile_detail", args=[organisation.pk])).text
        assert (part in links_of(page)) is led, name
        assert "ชื่อและประเภท" in page
