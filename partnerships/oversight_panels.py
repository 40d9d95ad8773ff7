"""The parts of an organisation's page that OPDC's oversight draws: flags, verification, duplicates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from core.workflow import judge
from partnerships.actions.flags import LIFT_FLAG, RAISE_FLAG
from partnerships.actions.merging import TAKE_OVER
from partnerships.actions.verification import VERIFY
from partnerships.enums import PARTNER_KINDS, FlagKind, OrganisationStanding
from partnerships.forms.verification import question
from partnerships.models import Organisation, Verification
from partnerships.permissions import may_see_partners
from partnerships.permissions.oversight import may_see_findings
from partnerships.queries.duplicates import similar_to
from partnerships.queries.standing import flags_binding, verification_tone, why_blocked
from partnerships.queries.verification import verifications_of
from partnerships.reference.checks import BY_CODE

FLAG_TONES = {FlagKind.OBSERVATION: "plain", FlagKind.WARNING: "warn", FlagKind.BLOCKED: "stop"}


def verification_panel(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """Whether it is verified today, to all; every verification with its checks to those who may see findings."""
    if organisation.kind not in PARTNER_KINDS or organisation.standing == OrganisationStanding.MERGED:
        return None
    sees = may_see_findings(organisation, request.actor)
    return {
        "organisation": organisation,
        "standing": verification_tone(organisation),
        "sees_findings": sees,
        "verifications": [_shown(one) for one in verifications_of(organisation)] if sees else [],
        "verify_url": _address("organisation_verify", organisation, VERIFY, request),
    }


def _shown(verification: Verification) -> dict[str, Any]:
    checks = [
        {"question": question(BY_CODE[check.code]) if check.code in BY_CODE else check.code, "row": check}
        for check in verification.checks.all()
    ]
    return {"row": verification, "checks": checks, "unmet": sum(not check["row"].met for check in checks)}


def flags_panel(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """What is held against it: warnings and blocks to those who look for partners, all of it to those concerned.

    Other partners and people without an organisation learn nothing of it.
    """
    if organisation.kind not in PARTNER_KINDS or organisation.standing == OrganisationStanding.MERGED:
        return None
    sees = may_see_findings(organisation, request.actor)
    if not (sees or may_see_partners(request.actor)):
        return None
    flags = flags_binding(organisation.pk).select_related("lifting__lifted_by", "raised_by", "organisation")
    if not sees:
        flags = flags.filter(lifting__isnull=True).exclude(kind=FlagKind.OBSERVATION)
    own = request.actor.organisation_id == organisation.pk
    raise_url = _address("flag_raise", organisation, RAISE_FLAG, request)
    shown = [_flag(flag) for flag in flags]
    if not shown and not raise_url:
        return None
    return {
        "flags": shown,
        "sees_findings": sees,
        "raise_url": raise_url,
        "may_lift": judge(organisation, LIFT_FLAG, request.actor).open,
        "why_blocked": why_blocked(organisation.pk) if own and organisation.is_blocked else None,
    }


def _flag(flag: Any) -> dict[str, Any]:
    lifting = getattr(flag, "lifting", None)
    return {"row": flag, "lifting": lifting, "tone": "plain" if lifting else FLAG_TONES[flag.kind]}


def duplicates_panel(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """To OPDC: what was merged into it, and what is similar."""
    if not request.actor.is_opdc or organisation.kind not in PARTNER_KINDS:
        return None
    merges = list(organisation.merges.select_related("merged", "merged_by"))
    similar = []
    if judge(organisation, TAKE_OVER, request.actor).open:
        similar = [
            {"organisation": other, "likeness": score, "reasons": reasons, "url": compare_url(organisation, other)}
            for other, score, reasons in similar_to(organisation.name_th, organisation.province_code, organisation.pk)
        ]
    return {"merges": merges, "similar": similar} if merges or similar else None


def compare_url(one: Organisation, other: Organisation) -> str:
    return reverse("partnerships:duplicate_compare", args=sorted((one.pk, other.pk)))


def _address(name: str, organisation: Organisation, rule: Any, request: HttpRequest) -> str:
    if not judge(organisation, rule, request.actor).open:
        return ""
    return reverse(f"partnerships:{name}", args=[organisation.pk])
