"""How a session's person proved who he or she is: in words for pages, in codes for the security log and signatures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.canonical import moment

Record = Mapping[str, Any]

UNKNOWN = "unknown"
METHODS: dict[str, str | Promise] = {
    "password": _("password"),
    "totp": _("code of an authenticator app"),
    "recovery_code": _("recovery code"),
    "passkey": _("passkey"),
    "security_key": _("security key"),
    "email_code": _("code by e-mail (weaker)"),
    "oidc": _("log-in provider"),
    UNKNOWN: _("not recorded"),
}
# From weak to strong.
ASSURANCES: dict[str, str | Promise] = {
    UNKNOWN: _("not recorded"),
    "single_factor": _("one factor"),
    "email_code": _("second step by e-mail (weaker)"),
    "provider": _("vouched for by the log-in provider"),
    "multi_factor": _("two factors"),
    "multi_factor_phishing_resistant": _("two factors, safe from false pages"),
}
STRONG_SECONDS = {"totp", "recovery_code"}


def identity_proof(request: HttpRequest) -> dict[str, str]:
    """What to keep with a signature: codes and times as text, no personal data.

    `method` ("password+totp", "passkey", …), `assurance` (a code of ASSURANCES) and `at` (UTC) tell of the log-in;
    `again` and `again_at` of the latest confirmation in this session, where there was one.
    """
    return proof_of(request.session)


def proof_of(session: Mapping[str, Any]) -> dict[str, str]:
    """The same for the data of any session."""
    records = [each for each in session.get(AUTHENTICATION_METHODS_SESSION_KEY) or () if isinstance(each, Mapping)]
    entrance = [each for each in records if not each.get("reauthenticated")]
    again = [each for each in records if each.get("reauthenticated")]
    methods = list(dict.fromkeys(method_of(each) for each in entrance)) or [UNKNOWN]
    proof = {"method": "+".join(methods), "assurance": assurance_of(methods)}
    if entrance:
        proof["at"] = _time(entrance[-1])
    if again:
        proof |= {"again": method_of(again[-1]), "again_at": _time(again[-1])}
    return proof


def method_of(record: Record) -> str:
    """The code (of METHODS) for one of allauth's records of authentication."""
    kind, form = record.get("method"), record.get("type")
    if kind == "mfa":
        if form == "webauthn":
            return "passkey" if record.get("passwordless") else "security_key"
        return "recovery_code" if form == "recovery_codes" else str(form)
    return {"password": "password", "code": "email_code", "socialaccount": "oidc"}.get(str(kind), UNKNOWN)


def assurance_of(methods: list[str]) -> str:
    """The strength of these methods together (a code of ASSURANCES)."""
    had = set(methods)
    first = had & {"password", "oidc"}
    if "passkey" in had or (first and "security_key" in had):
        return "multi_factor_phishing_resistant"
    if first and had & STRONG_SECONDS:
        return "multi_factor"
    if "oidc" in had:
        return "provider"
    if "email_code" in had:
        return "email_code"
    return "single_factor" if "password" in had else UNKNOWN


def in_words(proof: Mapping[str, str]) -> str:
    """The log-in's methods as a page names them."""
    return " + ".join(str(METHODS.get(method, method)) for method in proof["method"].split("+"))


def _time(record: Record) -> str:
    return moment(datetime.fromtimestamp(record["at"], UTC))
