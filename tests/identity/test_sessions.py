"""Log-ins are listed, told apart, and can be ended; the page of the account's security leads everywhere."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.identity.devices import device_name
from tests.identity.conftest import is_in, log_in
from tests.second_factors import code_of

pytestmark = pytest.mark.django_db

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0"
NAMES = (
    (PHONE, "Chrome · Android"),
    (DESK, "Firefox · Windows"),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
        "Safari · iPhone",
    ),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari Line/14.9.0", "LINE · iPhone"),
    ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge · Windows"),
    ("Mozilla/5.0 (Linux; Android 13) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari", "Samsung Internet · Android"),
    ("", "ไม่ทราบเบราว์เซอร์"),
)


@pytest.mark.parametrize(("user_agent", "name"), NAMES)
def test_browsers_are_named_as_people_know_them(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


@pytest.fixture
def two(with_password) -> tuple[Client, Client]:
    """The same officer at a desk and on a telephone."""
    user = with_password("officer")
    desk, phone = Client(headers={"user-agent": DESK}), Client(headers={"user-agent": PHONE})
    log_in(desk, user)
    log_in(phone, user, REMOTE_ADDR="203.0.113.7")
    return desk, phone


def test_the_list_shows_where_since_when_and_by_what(two: tuple[Client, Client]) -> None:
    page = two[0].get(reverse("usersessions_list")).content.decode()
    assert page.index("Firefox · Windows") < page.index("Chrome · Android"), "this one first"
    assert "203.0.113.7" in page
    assert "ด้วยรหัสผ่าน" in page
    assert page.count("เครื่องนี้") == 1


def test_ending_one_ends_it(two: tuple[Client, Client], cast) -> None:
    desk, phone = two
    lost = UserSession.objects.get(user_agent=PHONE)
    assert phone.get("/agreements/").status_code == 200
    assert desk.post(reverse("account_session_end", args=[lost.pk])).url == reverse("usersessions_list")
    assert phone.get("/agreements/").url.startswith(reverse("account_login"))
    assert desk.get("/agreements/").status_code == 200
    assert "Chrome · Android" not in desk.get(reverse("usersessions_list")).content.decode()


def test_ending_all_others_leaves_this_one(two: tuple[Client, Client], cast) -> None:
    desk, phone = two
    log_in(third := Client(), cast.officer.user)
    answer = desk.post(reverse("usersessions_list"), follow=True).content.decode()
    assert "ออกจากระบบที่อื่นแล้ว" in answer
    assert [is_in(each) for each in (desk, phone, third)] == [True, False, False]


def test_nobody_ends_another_persons(two: tuple[Client, Client], cast, client: Client) -> None:
    client.force_login(cast.second_officer.user)
    theirs = UserSession.objects.first()
    assert client.post(reverse("account_session_end", args=[theirs.pk])).status_code == 404
    assert two[0].get("/agreements/").status_code == 200


def test_logging_out_and_changing_the_password_leave_the_list(two: tuple[Client, Client]) -> None:
    desk, phone = two
    phone.post(reverse("account_logout"))
    assert "Chrome · Android" not in desk.get(reverse("usersessions_list")).content.decode()


@pytest.mark.parametrize("name", ["usersessions_list", "account_security"])
def test_the_lists_cost_the_same_for_one_and_for_thirty(with_password, name: str) -> None:
    user = with_password("officer")
    first = Client()
    log_in(first, user)
    with CaptureQueriesContext(connection) as one:
        first.get(reverse(name))
    for _ in range(29):
        log_in(Client(), user)
    with CaptureQueriesContext(connection) as thirty:
        page = first.get(reverse(name)).content.decode()
    assert "30" in page or page.count("ออกจากระบบที่นั่น") == 29
    assert len(one) == len(thirty)


def test_the_security_page_leads_everywhere(with_password, client: Client) -> None:
    user = with_password("executive")
    log_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(user)})
    passkey = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "โทรศัพท์เครื่องใหม่"})
    page = client.get(reverse("account_security")).content.decode()
    for name in (
        "account_change_password",
        "account_email",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "usersessions_list",
    ):
        assert f'href="{reverse(name)}"' in page, name
    assert reverse("mfa_edit_webauthn", args=[passkey.pk]) in page
    assert "โทรศัพท์เครื่องใหม่" in page
    assert "รหัสผ่าน + รหัสจากแอปยืนยันตัวตน" in page


def test_every_page_links_to_it_from_the_persons_menu(cast, client: Client) -> None:
    client.force_login(cast.officer.user)
    assert f'href="{reverse("account_security")}"' in client.get("/").content.decode()


def test_a_partner_is_told_that_codes_by_mail_are_weaker(cast, client: Client) -> None:
    client.force_login(cast.partner_rep.user)
    assert "บันทึกไว้กับการลงนามว่าเป็นวิธีที่อ่อนกว่า" in client.get(reverse("account_security")).content.decode()


def test_a_passkey_is_renamed(with_password, client: Client) -> None:
    user = with_password("executive")
    passkey = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "ก"})
    log_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(user)})
    url = reverse("mfa_edit_webauthn", args=[passkey.pk])
    assert client.post(url, {"name": ""}).context["form"].errors["name"]
    client.post(url, {"name": "กุญแจสำรองในตู้"})
    assert Authenticator.objects.get(pk=passkey.pk).data["name"] == "กุญแจสำรองในตู้"
