"""Who needs a second factor and gets no further without; codes that count once; recovery codes; codes by e-mail."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.urls import reverse

from core.models import SecurityEvent
from core.settings_history import change_setting
from partnerships.enums import OrganisationKind, Role
from partnerships.identity import policy
from partnerships.identity.middleware import CLEARED_KEY, WAY_THROUGH, stands_before_the_wall
from partnerships.models import MembershipRole, User
from tests.cast import PASSWORD
from tests.factories import OrganisationFactory, UserFactory, member_of
from tests.identity.conftest import code_in_mail, is_in, latest_mail, log_in
from tests.second_factors import code_for, code_of, give_second_factor, secret_of

pytestmark = pytest.mark.django_db

AGENCY, OPDC, PARTNER = OrganisationKind.DEPARTMENT, OrganisationKind.OPDC, OrganisationKind.FOUNDATION
# By hand, from the rule: executives and finance of agencies, OPDC, administrators; a partner's people by e-mail at least.
WALL, MAIL, FREE = "wall", "mail", "free"
ROLES = (
    (AGENCY, Role.EXECUTIVE, WALL),
    (AGENCY, Role.FINANCE, WALL),
    (AGENCY, Role.ADMINISTRATOR, WALL),
    (AGENCY, Role.OFFICER, FREE),
    (OPDC, Role.OPDC_STAFF, WALL),
    (OPDC, Role.ADMINISTRATOR, WALL),
    (PARTNER, Role.REPRESENTATIVE, MAIL),
    (PARTNER, Role.ADMINISTRATOR, MAIL),
    (PARTNER, Role.STAFF, FREE),
    (PARTNER, Role.FINANCE, FREE),
    (OrganisationKind.MINISTRY, Role.EXECUTIVE, WALL),
    (OrganisationKind.LOCAL_GOVERNMENT, Role.REPRESENTATIVE, MAIL),
)
WALL_URL = "/accounts/security/required/"


def person(kind: str, role: Role) -> User:
    """Someone with this role, a password, and nothing else to prove who it is."""
    user = member_of(OrganisationFactory(kind=kind), role)
    Authenticator.objects.filter(user=user).delete()
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def enter(client: Client, user: User) -> Any:
    """Log in by password and, where it is asked for, by the code in the mail."""
    answer = log_in(client, user)
    if answer.url == reverse("account_confirm_login_code"):
        return client.post(answer.url, {"code": code_in_mail(user.email)})
    return answer


@pytest.mark.parametrize(("kind", "role", "what"), ROLES)
def test_the_table_of_roles(client: Client, kind: str, role: Role, what: str) -> None:
    user = person(kind, role)
    first = log_in(client, user)
    assert (first.url == reverse("account_confirm_login_code")) == (what == MAIL)
    if what == MAIL:
        assert not is_in(client)
        client.post(first.url, {"code": code_in_mail(user.email)})
    answer = client.get("/")
    assert (answer.status_code == 302) == (what == WALL)
    assert what != WALL or answer.url.startswith(WALL_URL)


def test_whoever_keeps_the_server_stands_before_the_wall_too(client: Client) -> None:
    user = UserFactory(is_staff=True)
    client.force_login(user)
    assert client.get("/").url.startswith(WALL_URL)


def test_before_the_wall_only_its_own_pages_open(client: Client) -> None:
    user = person(AGENCY, Role.EXECUTIVE)
    log_in(client, user)
    page = client.get("/", follow=True).content.decode()
    assert "ต้องยืนยันขั้นที่สอง" in page
    assert reverse("mfa_activate_totp") in page
    assert reverse("mfa_add_webauthn") in page
    closed = ["/agreements/", "/decisions/", "/missions/", "/organisations/", "/accounts/security/", "/accounts/email/"]
    for address in closed:
        assert client.get(address).url.startswith(WALL_URL), address
    assert client.post("/acting/", {"membership": "1"}).url.startswith(WALL_URL)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "account_second_factor"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.post(reverse("set_language"), {"language": "en"}).status_code == 302
    client.post(reverse("account_logout"))
    assert not is_in(client)


def test_what_leads_through_the_wall_is_a_literal_list() -> None:
    assert {
        "account_second_factor",
        "account_reauthenticate",
        "account_log_in_again",
        "account_logout",
        "account_inactive",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "set_language",
    } == WAY_THROUGH


@pytest.mark.django_db(transaction=True)  # the notices go out after the commit
def test_setting_an_app_up_opens_the_wall_and_is_asked_for_from_then_on(client: Client) -> None:
    user = person(AGENCY, Role.FINANCE)
    log_in(client, user)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "รหัสไม่ถูกต้อง" in wrong.content.decode()
    assert client.get("/").status_code == 302

    done = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert done.url == reverse("mfa_view_recovery_codes")
    assert "ตั้งค่าแอปยืนยันตัวตนแล้ว" in latest_mail(user.email)
    assert client.get("/").status_code == 200
    added = SecurityEvent.objects.filter(kind="second_factor_added").values_list("action", flat=True)
    assert set(added) == {"totp", "recovery_codes"}

    again = Client()
    assert log_in(again, user).url == reverse("mfa_authenticate")
    assert not is_in(again)
    again.post(reverse("mfa_authenticate"), {"code": code_of(user, ahead=1)})
    assert is_in(again)
    assert again.get("/").status_code == 200


def test_a_role_gained_during_a_log_in_puts_up_the_wall_at_once(client: Client) -> None:
    user = person(AGENCY, Role.OFFICER)
    log_in(client, user)
    assert client.get("/").status_code == 200
    MembershipRole.objects.create(membership=user.memberships.get(), role=Role.EXECUTIVE)
    assert client.get("/").url.startswith(WALL_URL)


def test_the_list_of_roles_is_a_setting_with_history(cast, client: Client) -> None:
    user = person(AGENCY, Role.OFFICER)
    change_setting(
        key=policy.STRONG_ROLES_KEY,
        value=[*policy.STRONG_ROLES, "agency:officer"],
        by=cast.opdc.actor,
        reason="มติคณะกรรมการความมั่นคงปลอดภัย",
    )
    log_in(client, user)
    assert client.get("/").url.startswith(WALL_URL)


@pytest.mark.parametrize("who", ["executive", "officer", "partner_rep", "opdc", "reviewer"])
def test_the_wall_costs_no_query(cast, client: Client, who: str, django_assert_num_queries) -> None:
    client.force_login(cast.people[who].user)
    request = RequestFactory().get("/")
    request.user, request.session, request.actor = cast.people[who].user, client.session, cast.people[who].actor
    assert request.session.session_key
    assert request.session.get(CLEARED_KEY) is not None
    with django_assert_num_queries(0):
        assert not stands_before_the_wall(request)


# --- codes of an app


def test_a_code_counts_once(with_password) -> None:
    user = with_password("executive")
    code = code_of(user)
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_a_code_stays_used_in_all_the_time_for_which_clocks_are_forgiven(with_password, monkeypatch) -> None:
    import time

    user = with_password("executive")
    code, now = code_of(user), time.time()
    first, second = Client(), Client()
    log_in(first, user)
    first.post(reverse("mfa_authenticate"), {"code": code})
    monkeypatch.setattr(time, "time", lambda: now + 30)
    log_in(second, user)
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_a_telephone_half_a_minute_off_is_forgiven_and_two_minutes_are_not(with_password) -> None:
    user = with_password("executive")
    late, far = Client(), Client()
    log_in(far, user)
    far.post(reverse("mfa_authenticate"), {"code": code_of(user, ahead=4)})
    log_in(late, user)
    late.post(reverse("mfa_authenticate"), {"code": code_of(user, ahead=1)})
    assert not is_in(far)
    assert is_in(late)


def test_someone_elses_code_does_not_help(with_password, cast) -> None:
    user, client = with_password("executive"), Client()
    log_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(cast.finance.user)})
    assert not is_in(client)
    assert SecurityEvent.objects.filter(kind="second_factor_failed").count() == 1


def test_an_app_that_the_role_asks_for_cannot_be_removed(with_password, client: Client) -> None:
    user = with_password("executive")
    log_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(user)})
    page = client.get(reverse("mfa_deactivate_totp")).content.decode()
    assert "โปรดตั้งค่าวิธีอื่นก่อนยกเลิกวิธีนี้" in page
    client.post(reverse("mfa_deactivate_totp"))
    assert policy.has_second_factor(user)


def test_whoever_needs_none_may_remove_it(with_password, client: Client) -> None:
    user = with_password("officer")
    give_second_factor(user)
    log_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(user)})
    client.post(reverse("mfa_deactivate_totp"))
    assert not policy.has_second_factor(user)
    assert client.get("/").status_code == 200


def test_the_last_passkey_of_an_executive_stays(with_password, client: Client) -> None:
    user = with_password("executive")
    Authenticator.objects.filter(user=user).delete()
    passkey = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "โทรศัพท์"})
    client.force_login(user)
    assert client.post(reverse("mfa_remove_webauthn", args=[passkey.pk])).url == reverse("account_security")
    assert policy.has_second_factor(user)


# --- recovery codes


def test_each_recovery_code_lets_in_once(with_password) -> None:
    user = with_password("executive")
    codes = RecoveryCodes.activate(user).get_unused_codes()
    assert len(set(codes)) == 10
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_in(first)
    assert not is_in(second)
    second.post(reverse("mfa_authenticate"), {"code": codes[1]})
    assert is_in(second)
    assert first.session["account_authentication_methods"][-1]["type"] == "recovery_codes"


def test_recovery_codes_are_shown_after_confirming_and_can_be_saved(with_password, client: Client) -> None:
    user = with_password("executive")
    codes = RecoveryCodes.activate(user).get_unused_codes()
    client.force_login(user)
    shown = reverse("mfa_view_recovery_codes")
    assert client.get(shown).url.startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(shown).content.decode()
    assert all(code in page for code in codes)
    saved = client.get(reverse("mfa_download_recovery_codes"))
    assert saved["Content-Disposition"].startswith("attachment")
    assert all(code in saved.content.decode() for code in codes)

    client.post(reverse("mfa_generate_recovery_codes"))
    assert codes[0] not in client.get(shown).content.decode()


# --- the code by e-mail


def test_a_wrong_code_from_the_mail_is_refused_and_three_end_the_log_in(client: Client) -> None:
    user = person(PARTNER, Role.REPRESENTATIVE)
    url = log_in(client, user).url
    assert "รหัสไม่ถูกต้อง" in client.post(url, {"code": "00000000"}).content.decode()
    client.post(url, {"code": "00000000"})
    assert client.post(url, {"code": "00000000"}).url == reverse("account_login")
    assert client.post(url, {"code": code_in_mail(user.email)}).url == reverse("account_login")
    assert not is_in(client)


def test_another_code_can_be_sent_and_the_old_one_is_over(client: Client) -> None:
    user = person(PARTNER, Role.REPRESENTATIVE)
    url = log_in(client, user).url
    old = code_in_mail(user.email)
    client.post(url, {"action": "resend"})
    new = code_in_mail(user.email)
    assert old != new
    client.post(url, {"code": old})
    assert not is_in(client)
    client.post(url, {"code": new})
    assert is_in(client)


def test_a_representative_with_an_app_gets_no_mail(client: Client) -> None:
    user = person(PARTNER, Role.REPRESENTATIVE)
    give_second_factor(user)
    assert log_in(client, user).url == reverse("mfa_authenticate")


def test_an_executive_who_also_represents_a_partner_stands_before_the_wall(client: Client) -> None:
    user = person(PARTNER, Role.REPRESENTATIVE)
    member_of(OrganisationFactory(kind=AGENCY), Role.EXECUTIVE, user=user)
    Authenticator.objects.filter(user=user).delete()
    assert log_in(client, user).url == "/"
    assert client.get("/").url.startswith(WALL_URL)


# --- losing everything


def test_second_factors_are_reset_on_the_server_with_a_reason(with_password, client: Client) -> None:
    user = with_password("executive")
    log_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(user)})
    with pytest.raises(CommandError):
        call_command("reset_second_factor", user.email)
    call_command("reset_second_factor", user.email, reason="ตรวจบัตรข้าราชการโดยผู้ดูแลระบบ")
    assert client.get("/agreements/").url.startswith(reverse("account_login")), "the log-in was ended"
    assert "ยกเลิกการยืนยันตัวตนขั้นที่สอง" in latest_mail(user.email)
    assert SecurityEvent.objects.get(kind="second_factor_reset").detail.startswith("ตรวจบัตร")
    assert log_in(client, user).url == "/"
    assert client.get("/").url.startswith(WALL_URL)


def test_the_secret_that_the_page_shows_is_the_one_that_is_kept(client: Client) -> None:
    user = person(AGENCY, Role.EXECUTIVE)
    log_in(client, user)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert secret_of(user) == secret
