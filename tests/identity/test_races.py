"""The same code, or the same guess, at the same moment on two connections."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.identity.conftest import is_in, log_in
from tests.races import at_once
from tests.second_factors import code_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

WRONG = "ไม่ใช่รหัสผ่านนี้แน่นอน"


def enter_at_once(user: object, code: str) -> list[bool]:
    """Two browsers that have the password send the same code together; who is in."""
    clients = [Client(), Client()]
    for client in clients:
        log_in(client, user)
    at_once(*[lambda each=each: each.post(reverse("mfa_authenticate"), {"code": code}).status_code for each in clients])
    return [is_in(client) for client in clients]


def test_a_code_of_an_app_lets_one_of_two_in(with_password) -> None:
    user = with_password("executive")
    assert sorted(enter_at_once(user, code_of(user))) == [False, True]


def test_a_recovery_code_lets_one_of_two_in(with_password) -> None:
    user = with_password("executive")
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    assert sorted(enter_at_once(user, code)) == [False, True]


@pytest.mark.usefixtures("limits")
def test_guesses_at_the_same_moment_are_all_counted(with_password) -> None:
    """Ten at once are no way round the limit of five."""
    user = with_password("officer")
    tried: list[str] = []

    def guess() -> str:
        page = log_in(Client(), user, WRONG).content.decode()
        connection.close()
        return "locked" if "โปรดรอ 5 นาที" in page else "wrong"

    for _ in range(5):
        tried += at_once(guess, guess)
    assert tried.count("wrong") == 5
    assert tried.count("locked") == 5
