"""Inside the product's settings: the drafts and sessions of a deadline day, and what came of them. Prints JSON."""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

import django

SECONDS_CONFIRMED = 3600


def seed(number: int) -> list[dict[str, str]]:
    """`number` partners with a complete draft each and a representative who has just confirmed who he or she is.

    Returns addresses and cookies: [{"check", "submit", "cookie"}].
    """
    from django.urls import reverse

    from agreements.models import Proposal

    call, partners, users = _call_and_partners(number)
    first = complete_draft(call, partners[0], users[0])
    _clone(first, partners[1:], users[1:])
    proposals = Proposal.objects.filter(call=call).order_by("organisation_id")
    _open_the_walls(users)
    by_organisation = {one.organisation_id: one.reference for one in proposals}
    return [
        {
            "check": reverse("agreements:proposal_check", args=[by_organisation[partner.pk]]),
            "submit": reverse("agreements:proposal_submit", args=[by_organisation[partner.pk]]),
            "cookie": _cookies(user),
        }
        for partner, user in zip(partners, users, strict=True)
    ]


def _call_and_partners(number: int) -> tuple[Any, list[Any], list[Any]]:
    from agreements.models import Call
    from core import clock
    from demo.scale.load import load_scale
    from partnerships.models import Membership, Organisation

    load_scale(number)
    partners = list(Organisation.objects.partners().order_by("pk"))
    Organisation.objects.partners().update(verified_until=clock.today() + timedelta(days=300))
    members = Membership.objects.filter(organisation__in=partners).select_related("user").order_by("organisation_id")
    call = Call.objects.open().order_by("pk").first() or Call.objects.filter(state="published").order_by("pk").first()
    Call.objects.filter(pk=call.pk).update(
        closes_at=clock.real_now() + timedelta(hours=2), budget_ceiling=Decimal("1000000.00")
    )
    call.refresh_from_db()
    return call, partners, [member.user for member in members]


def complete_draft(call: Any, organisation: Any, user: Any) -> Any:
    """One draft written through the actions, complete."""
    from agreements.actions.proposals import begin_proposal, save_part
    from agreements.models import Proposal
    from agreements.proposal_sections import SECTIONS
    from partnerships.queries.actors import actor_for

    by = actor_for(user, organisation.pk)
    proposal = begin_proposal(call=call, title="โครงการสมมติ", by=by)
    for section in SECTIONS.values():
        facts = {name: WORDS.get(name, "ข้อมูลสมมติ") for name in section.required if name != "title"}
        rows = {kind.code: SAMPLE[kind.code] for kind in section.rows if kind.code in SAMPLE}
        if facts or rows:
            save_part(proposal=proposal, part=section.code, facts=facts, rows=rows, by=by)
    return Proposal.objects.get(pk=proposal.pk)


WORDS = {"duration_months": 12}
SAMPLE: dict[str, list[dict[str, Any]]] = {
    "beneficiaries": [{"description": "ผู้สูงอายุ", "number": 200}],
    "activities": [{"title": f"กิจกรรมที่ {n}", "month_from": n, "month_to": n + 3} for n in range(1, 7)],
    "indicators": [
        {
            "level": "output",
            "statement": "จำนวนผู้ได้รับบริการ",
            "unit": "คน",
            "direction": "up",
            "baseline": None,
            "target": Decimal(200),
        }
    ],
    "lines": [
        {
            "category": "operation",
            "title": f"รายการที่ {n}",
            "unit": "งาน",
            "quantity": Decimal(1),
            "unit_cost": Decimal(50_000),
            "source": "state_budget",
            "is_own": False,
        }
        for n in range(1, 11)
    ],
    "members": [{"name": "บุคคลสมมติ", "duty": "ผู้จัดการโครงการ"}],
    "risks": [{"risk": "ฝนตกหนัก", "likelihood": 2, "impact": 1, "response": "เลื่อนวัน"}],
}


def _clone(first: Any, partners: list[Any], users: list[Any]) -> None:
    """The same draft for every other partner, in bulk."""
    from agreements.models import Proposal
    from agreements.proposal_sections import SECTIONS

    made = []
    for place, (partner, user) in enumerate(zip(partners, users, strict=True), 1):
        values = {**_values(first), "organisation_id": partner.pk, "created_by_id": user.pk}
        del values["state"]  # a draft, as every proposal begins
        made.append(Proposal(**{**values, "reference": f"S-P-{place:06}"}))
    made = Proposal._base_manager.bulk_create(made, batch_size=500)
    for section in SECTIONS.values():
        for kind in section.rows:
            rows = list(getattr(first, kind.related).all())
            model = getattr(first, kind.related).model
            copies = [model(**{**_values(row), "proposal_id": one.pk}) for one in made for row in rows]
            model.objects.bulk_create(copies, batch_size=2000)


def _values(record: Any) -> dict[str, Any]:
    return {f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields if not f.primary_key}


def _open_the_walls(users: list[Any]) -> None:
    """Second factors are set up and the privacy notice is accepted, or these pages would be measured."""
    from core import clock
    from demo.factors import give_second_factors
    from partnerships.identity.policy import has_second_factor, needs_second_factor
    from partnerships.models import PrivacyAcceptance
    from partnerships.queries.people import notice_to_accept

    give_second_factors([user for user in users if needs_second_factor(user) and not has_second_factor(user)])
    told = [(user, notice_to_accept(user)) for user in users]
    PrivacyAcceptance.objects.bulk_create(
        PrivacyAcceptance(user=user, notice=notice, accepted_at=clock.real_now()) for user, notice in told if notice
    )


def _cookies(user: Any) -> str:
    """Session and CSRF cookies of a browser whose person has just confirmed."""
    from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
    from allauth.account.internal.userkit import user_id_to_str
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    client = Client()
    client.force_login(user)
    session = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    at = time.time() + SECONDS_CONFIRMED  # holds as long as the run may last
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": at},
        {"method": "password", "at": at, "reauthenticated": True},
    ]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = user_id_to_str(user)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={_get_new_csrf_string()}"


def verify(number: int) -> dict[str, int]:
    """What is on record: proposals submitted, versions, proposals with more than one version, receipts to mail."""
    from django.db.models import Count

    from agreements.models import Proposal, ProposalVersion
    from core.models import OutboxMessage

    doubled = Proposal.objects.annotate(n=Count("versions")).filter(n__gt=1)
    return {
        "submitted": Proposal.objects.filter(state="submitted").count(),
        "versions": ProposalVersion.objects.filter(proposal__state="submitted").count(),
        "doubled": doubled.count(),
        "receipts": OutboxMessage.objects.filter(kind="proposal.submitted").count(),
    }


if __name__ == "__main__":
    django.setup()
    json.dump({"seed": seed, "verify": verify}[sys.argv[1]](int(sys.argv[2])), sys.stdout)
