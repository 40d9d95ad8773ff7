"""Being locked out, the way out of it, and that limits are shared by all processes."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from django.urls import reverse

from core.models import CacheEntry
from tests.identity.conftest import is_in, latest_mail, log_in
from tests.identity.test_signup import sign_up
from tests.second_factors import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("limits")]

WRONG = "ไม่ใช่รหัสผ่านนี้แน่นอน"


def lock_out(user: Any) -> None:
    for _attempt in range(5):
        assert log_in(Client(), user, WRONG).status_code == 200


def test_five_failures_lock_the_account_and_the_page_tells_the_way_out(with_password, client: Client, settings) -> None:
    settings.HELP_CONTACT = "ศูนย์ช่วยเหลือ โทร. 0 2000 0000"
    user = with_password("officer")
    lock_out(user)

    page = log_in(client, user).content.decode()
    assert not is_in(client)
    assert "โปรดรอ 5 นาที" in page
    assert reverse("account_reset_password") in page
    assert "ศูนย์ช่วยเหลือ โทร. 0 2000 0000" in page


def test_it_ends_by_itself_after_the_time_that_was_told(with_password, client: Client, monkeypatch) -> None:
    user = with_password("officer")
    lock_out(user)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 5 * 60 + 1)
    assert log_in(client, user).url == "/"


def test_a_new_password_by_mail_ends_it_at_once(with_password, client: Client) -> None:
    user = with_password("officer")
    lock_out(user)
    client.post(reverse("account_reset_password"), {"email": user.email})
    page = client.get(re.search(r"http://testserver(\S+)", latest_mail(user.email)).group(1), follow=True)
    new = "นกกระจอกเกาะสายไฟหน้าบ้าน"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert log_in(client, user, new).url == "/"


def test_others_in_the_same_office_are_not_locked_out(with_password, client: Client) -> None:
    victim, colleague = with_password("officer"), with_password("second_officer")
    lock_out(victim)
    assert log_in(client, colleague).url == "/"


def test_guessing_codes_is_limited_too(with_password, client: Client) -> None:
    user = with_password("executive")
    log_in(client, user)
    for _attempt in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = client.post(reverse("mfa_authenticate"), {"code": code_of(user)}).content.decode()
    assert not is_in(client)
    assert "โปรดรอ 5 นาที" in page


def test_codes_by_mail_cannot_be_asked_for_without_end(with_password) -> None:
    user = with_password("partner_rep")
    statuses = [log_in(Client(), user).status_code for _attempt in range(4)]
    assert statuses == [302, 302, 302, 429]


def test_too_many_sign_ups_from_one_place_wait_a_minute(client: Client) -> None:
    for number in range(60):
        sign_up(client, email=f"n{number}@example.net", full_name_th="")
    answer = sign_up(client)
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "ลองบ่อยเกินไป" in page
    assert "โปรดรอหนึ่งนาที" in page


def test_limits_count_by_the_address_that_the_proxy_tells(with_password, settings) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    user = with_password("officer")
    places = ["203.0.113.1", "203.0.113.2", "203.0.113.1"]
    answers = [log_in(Client(), user, headers={"x-forwarded-for": place}).status_code for place in places]
    assert answers == [302, 302, 429]


def test_the_caches_table_comes_with_the_migrations() -> None:
    assert CacheEntry._meta.db_table == settings.CACHES["default"]["LOCATION"]
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] > 10_000, "a flood of entries must not push limits out"
    cache.set("thai", {"คำ": [1, 2]}, 60)
    assert CacheEntry.objects.filter(cache_key__endswith="thai").exists()
    assert cache.get("thai") == {"คำ": [1, 2]}


def test_another_process_sees_the_same_counts(with_password) -> None:
    lock_out(with_password("officer"))
    of_another_process = DatabaseCache("core_cache", {})
    stored = CacheEntry.objects.filter(cache_key__contains="login_failed").values_list("cache_key", flat=True)
    keys = [key.split(":", 2)[2] for key in stored]
    assert keys
    assert all(of_another_process.get(key) == cache.get(key) for key in keys)
