"""A new person on a phone: sign-up, the link in the mail, an app, a passkey, a log-in ended elsewhere; and the wall."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import oidc_provider_mock
import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.urls import reverse

from config.settings.identity import oidc_provider, origin_of
from partnerships.identity.proof import in_words, proof_of
from partnerships.models import User
from tests.cast import PASSWORD
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor
from tests.second_factors import code_for, secret_of

pytestmark = pytest.mark.django_db(transaction=True)

NEW, NAME = "somsri@example.net", "นางสาวสมศรี มีน้ำใจ"
SECRET = "แมวนอนบนหลังคาบ้านสวน"


@pytest.fixture
def fingerprint(stage: Stage) -> Iterator[Any]:
    """A device with a fingerprint reader, of Chromium's own making: what it signs is real."""
    session = stage.context.new_cdp_session(stage.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield session
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": made["authenticatorId"]})
    session.detach()


def link_in_mail(address: str) -> str:
    text = next(str(each.body) for each in reversed(mail.outbox) if each.to == [address])
    return re.search(r"http\S+/confirm-email/\S+", text).group(0)


def log_in(visitor: Visitor, email: str, password: str) -> Visitor:
    visitor.open("account_login").fill({"login": email, "password": password})
    return visitor.choose("เข้าสู่ระบบ", role="button", exact=True)


def log_out(visitor: Visitor) -> None:
    visitor.page.locator("details.pop summary").click()
    visitor.choose("ออกจากระบบ", role="button", within="header", exact=True)


def add_passkey(visitor: Visitor, name: str) -> Visitor:
    visitor.open("mfa_add_webauthn").fill({"name": name})
    with visitor.page.expect_navigation():
        visitor.page.locator("#passkey_add").click()
    return visitor.look()


def test_a_new_person_on_a_phone(stage: Stage, fingerprint: Any) -> None:
    person = stage.public
    person.open("account_signup").send_wrong({"full_name_th": NAME, "email": NEW, "password1": "สั้นไป"})
    assert "15" in person.error_at("password1")
    assert person.kept("full_name_th") == NAME
    person.send({"password1": SECRET}).sees("ส่งอีเมลให้ท่านแล้ว")

    person.page.goto(link_in_mail(NEW))
    person.look().sees(NAME).choose("ยืนยันอีเมลนี้", role="button")
    assert person.path == reverse("account_welcome")
    person.sees(NAME, NEW).follow("account_security")

    set_up_app(person)
    log_out(person)
    enter_by_app(person)

    add_passkey(person, "โทรศัพท์ของสมศรี")
    person.open("account_security").sees("โทรศัพท์ของสมศรี")
    log_out(person)
    enter_by_passkey(person)

    end_elsewhere(stage, person)


def set_up_app(person: Visitor) -> None:
    person.follow("mfa_activate_totp")
    secret = person.page.locator("code.secret").inner_text()
    person.send_wrong({"code": "000000"})
    assert person.page.locator("code.secret").inner_text() == secret, "the key stays the same after a wrong code"
    person.send({"code": code_for(secret)}).sees("รหัสกู้คืน")
    assert person.page.locator(".codes code").count() == 10
    person.follow("account_security").sees("เหลือ 10 ชุด")


def enter_by_app(person: Visitor) -> None:
    log_in(person, NEW, SECRET)
    assert person.path == reverse("mfa_authenticate")
    person.send_wrong({"code": "000000"})
    person.send({"code": code_for(secret_of(User.objects.get(email=NEW)))})
    assert person.path == reverse("partnerships:privacy_accept")  # a new person reads the notice, once
    person.send()
    assert person.path == "/"


def enter_by_passkey(person: Visitor) -> None:
    person.open("account_login")
    with person.page.expect_navigation():
        person.page.locator("#passkey_login").click()
    assert person.path == "/", person.text()
    person.open("account_security").sees("สองขั้น ป้องกันหน้าเว็บปลอมได้")


def end_elsewhere(stage: Stage, person: Visitor) -> None:
    """The person's other log-in (a lost telephone) is ended from here, and is over there."""
    other = stage.context.browser.new_context(locale="th-TH", user_agent="Mozilla/5.0 (Linux; Android 14) Chrome/126.0")
    page = other.new_page()
    page.goto(stage.server + reverse("account_login"))
    page.fill("[name=login]", NEW)
    page.fill("[name=password]", SECRET)
    page.locator("form.house-form button[type=submit]").click()
    page.fill("[name=code]", code_for(secret_of(User.objects.get(email=NEW)), ahead=1))
    page.locator("form.house-form button[type=submit]").click()
    page.wait_for_url(stage.server + "/")

    lost = UserSession.objects.get(user_agent__contains="Android 14")
    person.open("usersessions_list").sees("Chrome · Android").press("account_session_end", lost.pk)
    page.goto(stage.server + reverse("agreements:agreement_list"))
    assert page.url.startswith(stage.server + reverse("account_login"))
    other.close()


@pytest.fixture
def provider(settings: Any) -> Iterator[str]:
    """A real OpenID Connect provider that knows the officer, named to the product as an operator would."""
    officer = oidc_provider_mock.User(sub="officer", claims={"email": "officer@example.org", "email_verified": True})
    with oidc_provider_mock.run_server_in_thread(user_claims=[officer]) as running:
        url = f"http://localhost:{running.server_port}"
        settings.SOCIALACCOUNT_PROVIDERS = oidc_provider(url, "ThaID (ทดสอบ)", "phakhi", "secret")
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"].append(origin_of(url))
        settings.CONTENT_SECURITY_POLICY = policy
        yield url


def test_log_in_by_a_provider_passes_the_browsers_policy(stage: Stage, provider: str) -> None:
    page = stage.context.browser.new_context(locale="th-TH").new_page()
    page.goto(stage.server + reverse("account_login"))
    page.get_by_role("button", name="เข้าสู่ระบบด้วย ThaID (ทดสอบ)").click()
    page.wait_for_url(f"{provider}/**")
    page.get_by_role("button", name="officer").click()
    page.wait_for_url(stage.server + "/")
    assert stage.cast.officer.user.full_name_th in page.locator(".who").inner_text()
    page.context.close()


def test_an_executive_walks_through_the_wall(stage: Stage, fingerprint: Any) -> None:
    """A new head of an agency has a password only: sees why, sets a passkey up, and gets where he or she wanted to go."""
    user = stage.cast.executive.user
    Authenticator.objects.filter(user=user).delete()
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    person = log_in(stage.public, user.email, PASSWORD)
    assert person.path == reverse("account_second_factor")
    person.sees("เงินของรัฐ").open("agreements:agreement_list")
    assert person.path == reverse("account_second_factor")

    add_passkey(person, "คอมพิวเตอร์ที่ทำงาน")
    assert person.path == reverse("mfa_view_recovery_codes")
    person.open("agreements:agreement_list")
    assert person.path == reverse("agreements:agreement_list")

    log_out(person)
    log_in(person, user.email, PASSWORD)
    assert person.path == reverse("mfa_authenticate")
    with person.page.expect_navigation():
        person.page.locator("#passkey_authenticate").click()
    assert person.path == "/", person.text()
    key = next(each["value"] for each in stage.context.cookies() if each["name"] == "sessionid")
    kept = SessionStore(key).load()
    assert proof_of(kept)["assurance"] == "multi_factor_phishing_resistant"
    assert "กุญแจความปลอดภัย" in in_words(proof_of(kept))
