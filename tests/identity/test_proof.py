"""How identity was proven is kept with the session, in the security log and with signatures; signing asks again."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from agreements.models import Signature
from core.models import AuditEvent, SecurityEvent
from partnerships.identity.proof import ASSURANCES, proof_of
from tests.cast import PASSWORD
from tests.identity.conftest import code_in_mail, log_in
from tests.second_factors import code_of
from tests.world import World

pytestmark = pytest.mark.django_db

AT = 1795700000.25
PASSWORD_RECORD = {"method": "password", "at": AT}
# Records as allauth keeps them → method and assurance, by hand.
PROOFS: tuple[tuple[list[dict[str, Any]], str, str], ...] = (
    ([], "unknown", "unknown"),
    ([PASSWORD_RECORD], "password", "single_factor"),
    ([PASSWORD_RECORD, {"method": "mfa", "type": "totp", "at": AT}], "password+totp", "multi_factor"),
    (
        [PASSWORD_RECORD, {"method": "mfa", "type": "recovery_codes", "at": AT}],
        "password+recovery_code",
        "multi_factor",
    ),
    (
        [PASSWORD_RECORD, {"method": "mfa", "type": "webauthn", "at": AT}],
        "password+security_key",
        "multi_factor_phishing_resistant",
    ),
    (
        [{"method": "mfa", "type": "webauthn", "passwordless": True, "at": AT}],
        "passkey",
        "multi_factor_phishing_resistant",
    ),
    ([PASSWORD_RECORD, {"method": "code", "at": AT}], "password+email_code", "email_code"),
    ([{"method": "socialaccount", "provider": "oidc", "at": AT}], "oidc", "provider"),
    (
        [{"method": "socialaccount", "at": AT}, {"method": "mfa", "type": "totp", "at": AT}],
        "oidc+totp",
        "multi_factor",
    ),
)


@pytest.mark.parametrize(("records", "method", "assurance"), PROOFS)
def test_the_proof_names_methods_and_strength(records: list[dict[str, Any]], method: str, assurance: str) -> None:
    proof = proof_of({RECORDS: records})
    assert (proof["method"], proof["assurance"]) == (method, assurance)
    assert assurance in ASSURANCES
    assert proof.get("at") == ("2026-11-26T13:33:20.250000Z" if records else None)


def test_a_code_by_mail_is_weaker_than_any_second_factor() -> None:
    order = list(ASSURANCES)
    assert order.index("single_factor") < order.index("email_code") < order.index("multi_factor")


def test_confirming_again_is_told_apart_from_the_log_in() -> None:
    again = {"method": "mfa", "type": "totp", "reauthenticated": True, "at": AT + 60}
    proof = proof_of({RECORDS: [PASSWORD_RECORD, again]})
    assert proof["method"] == "password"
    assert proof["again"] == "totp"
    assert proof["again_at"] == "2026-11-26T13:34:20.250000Z"


def test_the_security_log_has_each_log_in_with_its_strength(with_password, cast) -> None:
    executive, representative, officer = (with_password(who) for who in ("executive", "partner_rep", "officer"))
    client = Client()
    log_in(client, executive)
    client.post(reverse("mfa_authenticate"), {"code": code_of(executive)})
    log_in(client := Client(), representative)
    client.post(reverse("account_confirm_login_code"), {"code": code_in_mail(representative.email)})
    log_in(Client(), officer)
    log_in(Client(), officer, "ไม่ใช่รหัสผ่านนี้แน่นอน")
    rows = SecurityEvent.objects.values_list("kind", "actor_id", "action", "detail")
    assert list(rows) == [
        ("login", executive.pk, "password+totp", "multi_factor"),
        ("login", representative.pk, "password+email_code", "email_code"),
        ("login", officer.pk, "password", "single_factor"),
        ("login_failed", None, "login", ""),
    ]


# --- signing


@pytest.fixture
def frozen(cast) -> Any:
    world = World(cast)
    agreement = world.born("commissioning")
    world.prepare(agreement)
    world.ready_text(agreement)
    return world.again(agreement)


def sign(client: Client, agreement: Any, organisation: str, cast: Any) -> Any:
    party = agreement.parties.get(organisation=cast.organisations[organisation])
    agreement.refresh_from_db()
    sha256 = agreement.texts.get(superseded_at=None).sha256
    data = {"version": agreement.version, "key": f"k{time.time()}", "sha256": sha256, "declared": "on"}
    return client.post(reverse("agreements:signature_sign", args=[party.pk]), data)


def kept_identity() -> dict[str, str]:
    return json.loads(AuditEvent.objects.filter(kind="signature.screen").latest("sequence").payload)["identity"]


def test_signing_asks_again_even_right_after_the_log_in(cast, frozen, with_password, client: Client) -> None:
    user = with_password("executive")
    log_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(user)})
    answer = sign(client, frozen, "agency", cast)
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Signature.objects.exists()

    back = client.post(answer.url.split("#")[0], {"password": "ไม่ใช่รหัสผ่านนี้แน่นอน"})
    assert "รหัสผ่านไม่ถูกต้อง" in back.content.decode()
    assert sign(client, frozen, "agency", cast).url.startswith(reverse("account_reauthenticate"))
    done = client.post(answer.url, {"password": PASSWORD})
    assert done.url.endswith("/sign/#sign")
    sign(client, frozen, "agency", cast)
    assert Signature.objects.count() == 1
    kept = kept_identity()
    assert (kept["method"], kept["assurance"], kept["again"]) == ("password+totp", "multi_factor", "password")
    assert kept["at"] < kept["again_at"]


def test_a_code_by_mail_is_kept_as_weaker_with_the_signature(cast, frozen, with_password, client: Client) -> None:
    user = with_password("partner_rep")
    log_in(client, user)
    client.post(reverse("account_confirm_login_code"), {"code": code_in_mail(user.email)})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    sign(client, frozen, "partner", cast)
    kept = kept_identity()
    assert (kept["method"], kept["assurance"]) == ("password+email_code", "email_code")


def test_a_recovery_code_confirms_too(cast, frozen, with_password, client: Client) -> None:
    user = with_password("executive")
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    client.force_login(user)
    client.post(reverse("mfa_reauthenticate"), {"code": code})
    sign(client, frozen, "agency", cast)
    assert kept_identity()["again"] == "recovery_code"


def test_a_confirmation_runs_out(cast, frozen, with_password, client: Client, monkeypatch) -> None:
    user = with_password("executive")
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 5 * 60 + 1)
    answer = sign(client, frozen, "agency", cast)
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Signature.objects.exists()


def test_the_page_offers_the_declaration_only_to_the_confirmed(cast, frozen, with_password, client: Client) -> None:
    user = with_password("executive")
    client.force_login(user)
    party = frozen.parties.get(organisation=cast.organisations["agency"])
    url = reverse("agreements:signature_sign", args=[party.pk])
    before = client.get(url).content.decode()
    assert 'name="declared"' not in before
    assert reverse("account_reauthenticate") in before
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert 'name="declared"' in client.get(url).content.decode()


def test_whoever_logs_in_by_a_provider_alone_logs_in_anew(cast, frozen, client: Client) -> None:
    from allauth.mfa.models import Authenticator

    user = cast.partner_rep.user
    user.set_unusable_password()
    user.save()
    Authenticator.objects.filter(user=user).delete()
    client.force_login(user)
    answer = sign(client, frozen, "partner", cast)
    assert answer.url.startswith(reverse("account_log_in_again"))
    page = client.get(answer.url).content.decode()
    assert reverse("account_logout") in page
    session = client.session
    session[RECORDS] = [{"method": "socialaccount", "provider": "oidc", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    sign(client, frozen, "partner", cast)
    assert kept_identity()["method"] == "oidc"
