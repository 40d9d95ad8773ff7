"""Codes of the demonstration's people can be asked for; nobody else's, and nowhere else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from demo.factors import give_second_factors
from partnerships.models import User
from tests.cast import PASSWORD
from tests.factories import UserFactory
from tests.identity.conftest import is_in, log_in
from tests.second_factors import give_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(settings) -> User:
    settings.DEMO = True
    user = UserFactory(email="boss@demo.example")
    user.set_password(PASSWORD)
    user.save()
    give_second_factors([user])
    return user


def printed(email: str) -> str:
    out = StringIO()
    call_command("demo_code", email, stdout=out)
    return out.getvalue()


def test_the_printed_code_lets_the_person_in(boss: User, client: Client) -> None:
    log_in(client, boss)
    client.post(reverse("mfa_authenticate"), {"code": printed("BOSS@demo.example").split()[0]})
    assert is_in(client)


def test_the_page_that_asks_shows_the_code(boss: User, client: Client) -> None:
    log_in(client, boss)
    page = client.get(reverse("mfa_authenticate")).content.decode()
    assert printed(boss.email).split()[0] in page
    assert "บุคคลสมมติ" in page


def test_nothing_of_it_where_this_is_no_demonstration(boss: User, client: Client, settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demonstration"):
        printed(boss.email)
    log_in(client, boss)
    assert "บุคคลสมมติ" not in client.get(reverse("mfa_authenticate")).content.decode()


def test_a_real_persons_code_is_never_told(boss: User, client: Client) -> None:
    real = UserFactory(email="real@agency.example")
    real.set_password(PASSWORD)
    real.save()
    give_second_factor(real)
    with pytest.raises(CommandError, match="nobody of the demonstration"):
        printed(real.email)
    log_in(client, real)
    assert "บุคคลสมมติ" not in client.get(reverse("mfa_authenticate")).content.decode()


def test_who_has_no_app_needs_no_code(boss: User) -> None:
    UserFactory(email="plain@demo.example")
    with pytest.raises(CommandError, match="the password is enough"):
        printed("plain@demo.example")
