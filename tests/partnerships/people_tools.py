"""What the tests about people share."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from partnerships.actions.invitations import invite
from partnerships.enums import Role
from partnerships.models import Invitation, MembershipRole, User

BASE = "https://phakhi.example/"


def browser(person: Any, language: str = "en") -> Client:
    """A logged-in browser of someone of the cast, or of a user."""
    client = Client()
    client.force_login(getattr(person, "user", person))
    client.cookies["django_language"] = language
    return client


def invited(cast: Any, capture: Any, email: str = "stranger@example.org", **facts: Any) -> tuple[Invitation, str]:
    """An invitation by the partner's administrator, and the path of the link in the letter as it was sent."""
    facts = {"roles": [Role.STAFF], "by": cast.partner_admin.actor, **facts}
    with capture(execute=True):
        invitation = invite(organisation=cast.organisations["partner"], email=email, base=BASE, **facts)
    return invitation, link_of(mail.outbox[-1])


def link_of(letter: Any) -> str:
    return re.search(r"https://phakhi\.example(/\S+)", letter.body)[1]


def roles_in(user: User, organisation: Any) -> set[str]:
    held = MembershipRole.objects.filter(membership__user=user, membership__organisation=organisation)
    return set(held.values_list("role", flat=True))


def stamped(root: Any, **values: Any) -> dict[str, Any]:
    """A form's post: its values with the root's version as it is now."""
    version = type(root).objects.values_list("version", flat=True).get(pk=root.pk)
    return {"version": version, "key": "", **values}


def people_page(organisation: Any) -> str:
    return reverse("partnerships:people", args=[organisation.pk])
