"""Log-in by an OpenID Connect provider: against a real one, started here and spoken to over loopback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from config.settings.identity import oidc_provider, origin_of
from core.models import SecurityEvent
from partnerships.identity.proof import proof_of
from partnerships.models import User
from tests.identity.conftest import is_in
from tests.second_factors import code_of

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/provider/"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Base address of a provider that knows four people."""
    people = [
        oidc_provider_mock.User(sub=sub, claims={"email": email, "email_verified": verified, "name": "ใครสักคน"})
        for sub, email, verified in (
            ("officer", "officer@example.org", True),
            ("executive", "executive@example.org", True),
            ("impostor", "officer@example.org", False),
            ("unknown", "nobody@example.net", True),
        )
    ]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture
def provider(server: str, settings: Any) -> str:
    settings.SOCIALACCOUNT_PROVIDERS = oidc_provider(server, "ThaID (ทดสอบ)", "phakhi", "secret")
    return server


def go_through(client: Client, sub: str) -> Any:
    """From our button to the provider's page, there as the person `sub`, and back to us."""
    away = client.post(LOGIN)
    assert away.status_code == 302, away.content
    with requests.Session() as browser:
        browser.get(away.url, timeout=10)
        back = browser.post(away.url, data={"sub": sub}, allow_redirects=False, timeout=10)
    address = urlsplit(back.headers["Location"])
    assert address.path == reverse("openid_connect_callback", kwargs={"provider_id": "oidc"})
    return client.get(address.path, {key: value[0] for key, value in parse_qs(address.query).items()})


def test_a_person_is_known_by_the_verified_address(cast, provider: str, client: Client) -> None:
    assert go_through(client, "officer").url == "/"
    assert int(client.session["_auth_user_id"]) == cast.officer.user.pk
    assert proof_of(client.session)["method"] == "oidc"
    assert proof_of(client.session)["assurance"] == "provider"
    assert SecurityEvent.objects.get(kind="login").action == "oidc"


def test_from_then_on_by_the_providers_own_number(cast, provider: str, client: Client) -> None:
    go_through(client, "officer")
    assert SocialAccount.objects.get().uid == "officer"
    cast.officer.user.emailaddress_set.update(email="new@example.org")
    User.objects.filter(pk=cast.officer.user.pk).update(email="new@example.org")
    again = Client()
    go_through(again, "officer")
    assert int(again.session["_auth_user_id"]) == cast.officer.user.pk


def test_an_address_that_the_provider_has_not_verified_opens_nothing(cast, provider: str, client: Client) -> None:
    answer = go_through(client, "impostor")
    assert answer.status_code == 403
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_a_stranger_is_told_so_and_no_account_is_made(cast, provider: str, client: Client) -> None:
    people = User.objects.count()
    answer = go_through(client, "unknown")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "ไม่พบบัญชีผู้ใช้ของท่าน" in page
    assert reverse("account_signup") in page
    assert User.objects.count() == people


def test_a_second_factor_is_asked_for_all_the_same(cast, provider: str, client: Client) -> None:
    assert go_through(client, "executive").url == reverse("mfa_authenticate")
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(cast.executive.user)})
    assert is_in(client)
    assert proof_of(client.session)["assurance"] == "multi_factor"


def test_an_answer_that_was_not_asked_for_is_refused(provider: str, client: Client) -> None:
    page = client.get(
        reverse("openid_connect_callback", kwargs={"provider_id": "oidc"}), {"code": "x", "state": "forged"}
    )
    assert "เข้าสู่ระบบผ่านผู้ให้บริการไม่สำเร็จ" in page.content.decode()
    assert not is_in(client)


def test_a_provider_that_does_not_answer_is_said_so(client: Client, settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = oidc_provider("http://localhost:9", "ThaID (ทดสอบ)", "phakhi", "secret")
    answer = client.post(LOGIN)
    assert answer.status_code == 502
    assert "เข้าสู่ระบบผ่านผู้ให้บริการไม่สำเร็จ" in answer.content.decode()


def test_the_button_is_there_only_with_a_provider(provider: str, client: Client, settings) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "เข้าสู่ระบบด้วย ThaID (ทดสอบ)" in page
    assert re.search(rf'<form action="{LOGIN}[^"]*" method="post"', page)
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert LOGIN not in client.get(reverse("account_login")).content.decode()
    assert client.post(LOGIN).status_code == 404


def test_without_a_provider_forms_go_nowhere_else() -> None:
    assert django_settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] == ["'self'"]


def test_with_one_the_policy_names_its_origin() -> None:
    from tests.test_settings import COMPLETE, python

    code = "import config.settings.production as p; print(p.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    named = python(code, **COMPLETE, OIDC_SERVER_URL="https://id.agency.example/realms/staff")
    assert "'https://id.agency.example'" in named.stdout, named.stderr
    assert origin_of("https://id.agency.example:8443/x") == "https://id.agency.example:8443"
    apart = python(
        code,
        **COMPLETE,
        OIDC_SERVER_URL="https://id.agency.example/",
        OIDC_LOGIN_ORIGINS="https://login.agency.example",
    )
    assert "'https://login.agency.example'" in apart.stdout
