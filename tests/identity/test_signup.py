"""Open sign-up: name, address, password; nothing before the address is verified; nobody learns who has an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from core.models import SecurityEvent
from partnerships.models import User
from tests.identity.conftest import is_in, latest_mail, log_in

pytestmark = pytest.mark.django_db

NEW = "somsri@example.net"
DATA = {"full_name_th": "นางสาวสมศรี มีน้ำใจ", "email": NEW, "password1": "แมวนอนบนหลังคาบ้านสวน"}
EMPTY = "โปรดกรอกข้อมูลช่องนี้"


def sign_up(client: Client, **changes: str) -> Any:
    return client.post(reverse("account_signup"), DATA | changes)


def link_for(address: str) -> str:
    return re.search(r"http://testserver(\S+/confirm-email/\S+)", latest_mail(address)).group(1)


def test_a_person_signs_up_verifies_the_address_and_is_welcomed(client: Client) -> None:
    answer = sign_up(client)
    assert answer.url == reverse("account_email_verification_sent")
    person = User.objects.get(email=NEW)
    assert person.full_name_th == DATA["full_name_th"]
    assert not is_in(client)

    link = link_for(NEW)
    assert "นางสาวสมศรี มีน้ำใจ" in client.get(link).content.decode()
    assert not EmailAddress.objects.get(user=person).verified, (
        "opening the link alone (a scanner does) confirms nothing"
    )
    assert client.post(link).url == reverse("account_welcome")
    assert is_in(client)
    welcome = client.get(reverse("account_welcome")).content.decode()
    assert NEW in welcome
    assert "คำเชิญ" in welcome
    assert list(SecurityEvent.objects.values_list("kind", flat=True)) == ["signed_up", "email_confirmed", "login"]


def test_without_a_verified_address_nobody_gets_in(client: Client) -> None:
    sign_up(client)
    answer = log_in(client, User.objects.get(email=NEW), DATA["password1"])
    assert answer.url == reverse("account_email_verification_sent")
    assert not is_in(client)
    assert client.get("/", follow=True).status_code == 200
    assert client.get(reverse("account_security")).status_code == 302


def test_the_link_verified_elsewhere_logs_nobody_in(client: Client) -> None:
    """On a phone the mail may open in another browser: the address counts, the log-in is by password."""
    sign_up(client)
    elsewhere = Client()
    assert elsewhere.post(link_for(NEW)).url == reverse("account_login")
    assert not is_in(elsewhere)
    assert log_in(elsewhere, User.objects.get(email=NEW), DATA["password1"]).url == "/"
    assert is_in(elsewhere)


def test_a_used_or_false_link_says_what_to_do(client: Client) -> None:
    page = client.get(reverse("account_confirm_email", args=["MQ:1false:link"])).content.decode()
    assert "ลิงก์นี้หมดอายุหรือใช้ไปแล้ว" in page


def test_an_address_that_has_an_account_gets_the_same_answer_and_a_mail(cast, client: Client) -> None:
    taken = cast.officer.user.email
    known, unknown = sign_up(client, email=taken), sign_up(Client())
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert User.objects.filter(email=taken).count() == 1
    assert reverse("account_reset_password") in latest_mail(taken)
    assert "บัญชีผู้ใช้อยู่แล้ว" in latest_mail(taken)


def test_forgotten_passwords_tell_nothing_either(cast, client: Client) -> None:
    answers = [
        client.post(reverse("account_reset_password"), {"email": address}, follow=True)
        for address in (cast.officer.user.email, "nobody@example.net")
    ]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    bodies = [re.sub(r"[0-9a-zA-Z]{32,}|nonce\S+", "", answer.content.decode()) for answer in answers]
    assert bodies[0] == bodies[1]
    assert [message.to for message in mail.outbox] == [[cast.officer.user.email]]


def test_wrong_password_and_unknown_address_are_answered_alike(with_password, client: Client) -> None:
    known, unknown = with_password("officer"), User(email="nobody@example.net")
    pages = [log_in(client, each, "ไม่ใช่รหัสผ่านนี้แน่นอน").content.decode() for each in (known, unknown)]
    assert all("อีเมลหรือรหัสผ่านไม่ถูกต้อง" in page for page in pages)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("full_name_th", "", EMPTY),
        ("full_name_th", "Somsri Meenamjai", "โปรดกรอกชื่อเป็นตัวอักษรไทย"),
        ("email", "", EMPTY),
        ("email", "ไม่ใช่อีเมล", "อีเมล"),
        ("password1", "", EMPTY),
        ("password1", "สั้นไป", "15"),
        ("password1", "นางสาวสมศรีมีน้ำใจ", "เดาได้ง่าย"),
        ("password1", "somsri-2569-2569", "เดาได้ง่าย"),
    ],
)
def test_bad_input_is_told_at_the_field_and_the_rest_is_kept(
    client: Client, field: str, value: str, message: str
) -> None:
    form = sign_up(client, **{field: value}).context["form"]
    assert message in str(form.errors[field])
    assert list(form.errors) == [field]
    assert all(form[name].value() == DATA[name] for name in ("full_name_th", "email") if name != field)
    assert not User.objects.exists()


def test_sign_up_can_be_closed(client: Client, settings) -> None:
    settings.SIGNUP_OPEN = False
    assert "ปิดรับลงทะเบียน" in client.get(reverse("account_signup")).content.decode()
    sign_up(client)
    assert not User.objects.exists()
    assert reverse("account_signup") not in client.get(reverse("account_login")).content.decode()


def test_closed_it_stays_open_to_the_invited_for_their_address_alone(client: Client, settings) -> None:
    settings.SIGNUP_OPEN = False
    session = client.session
    session["account_verified_email"] = NEW  # as opening an invitation leaves it
    session.save()
    assert "อีเมลที่ได้รับเชิญ" in str(sign_up(client, email="other@example.net").context["form"].errors["email"])
    assert sign_up(client).url == reverse("account_welcome")
    assert is_in(client), "the invitation has verified the address"
    assert EmailAddress.objects.get(email=NEW).verified


def test_whoever_belongs_to_an_organisation_needs_no_welcome(cast, client: Client) -> None:
    client.force_login(cast.officer.user)
    assert client.get(reverse("account_welcome")).url == "/"


def test_a_new_address_counts_when_it_is_verified(with_password, client: Client) -> None:
    user = with_password("officer")
    log_in(client, user)
    client.post(reverse("account_email"), {"email": NEW, "action_add": ""})
    user.refresh_from_db()
    assert user.email == "officer@example.org"
    assert NEW in client.get(reverse("account_email")).content.decode()

    client.post(link_for(NEW))
    user.refresh_from_db()
    assert user.email == NEW
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")) == [
        (NEW, True, True)
    ]
    assert "officer@example.org" in latest_mail("officer@example.org"), "the old address is told"
    assert SecurityEvent.objects.filter(kind="email_changed").count() == 1


def test_the_password_is_changed_by_the_link_in_the_mail(with_password, client: Client) -> None:
    user = with_password("officer")
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"http://testserver(\S+)", latest_mail(user.email)).group(1)
    form_page = client.get(link, follow=True)
    new = "นกกระจอกเกาะสายไฟหน้าบ้าน"
    wrong = client.post(form_page.request["PATH_INFO"], {"password1": "สั้น", "password2": "สั้น"})
    assert wrong.context["form"].errors["password1"]
    client.post(form_page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert log_in(Client(), user).status_code == 200, "the old one is over"
    assert log_in(client, user, new).url == "/"
    assert client.get(link, follow=True).context.get("token_fail"), "the link works once"
