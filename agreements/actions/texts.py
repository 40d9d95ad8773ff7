"""The text agreed on: approved for signature and frozen by the giver's decision, or withdrawn before anyone signed.

The officer proposes (requirements: `agreements.requirements.agreement.BEFORE_TEXT`), the last position of the
chain decides, and in the same transaction the text is frozen: canonical JSON and its SHA-256. What is signed later is
that hash. The official number is reserved now and stays with the agreement, also when a text is withdrawn.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from agreements.actions.decisions import register_outcome
from agreements.actions.notices import HEADS, tell_side
from agreements.documents.build import build_agreement
from agreements.documents.payload import sha256_of, to_canonical_json
from agreements.documents.signed import print_signed
from agreements.enums import DecisionKind, Side, Standing
from agreements.models import Agreement, AgreementText, Decision
from agreements.permissions.agreements import giver_executive, giver_officer
from agreements.permissions.decisions import by_decision
from agreements.requirements.agreement import BEFORE_TEXT
from core import clock
from core.counters import next_number
from core.files import store_file
from core.outbox import register_reminder
from core.thai import fiscal_year
from core.workflow import Rule, Stamp, pass_door
from partnerships.actors import Actor

SIGNED_FILE = "signed_agreement"


def current_text(agreement: Agreement) -> AgreementText | None:
    """The frozen text that is to be, or was, signed."""
    return agreement.texts.filter(superseded_at__isnull=True).first()


def may_be_withdrawn(agreement: Agreement) -> bool:
    """Frozen, not in force, and nobody has signed it, on screen or on paper."""
    if agreement.standing != Standing.PREPARING or agreement.text_ready_at is None:
        return False
    text = current_text(agreement)
    return text is not None and not text.signatures.exists()


def decides_text(agreement: Agreement, actor: Any) -> bool:
    """The officer or the executive of the giver."""
    return giver_officer(agreement, actor) or giver_executive(agreement, actor)


FREEZE_TEXT = Rule(
    "freeze_text",
    _("Freeze the text for signature"),
    role=by_decision(DecisionKind.SIGN_AGREEMENT),
    when=lambda agreement: agreement.standing == Standing.PREPARING and agreement.text_ready_at is None,
    requires=lambda agreement: BEFORE_TEXT[agreement.form],
)
WITHDRAW_TEXT = Rule("withdraw_text", _("Withdraw the text"), role=decides_text, when=may_be_withdrawn)
MAKE_PUBLIC = Rule(
    "make_public",
    _("Make the signed agreement public"),
    role=giver_officer,
    when=lambda agreement: agreement.standing == Standing.IN_FORCE and agreement.public_at is None,
)


def freeze_text(*, agreement: Agreement, by: Any) -> AgreementText:
    """Freeze the terms as they stand: number, canonical text and hash. Outcome of the decision to sign."""
    with pass_door(agreement, FREEZE_TEXT, by=by) as door:
        door.root.number = door.root.number or _next_number(door.root)
        document = build_agreement(door.root)
        text = AgreementText.objects.create(
            agreement=door.root,
            ordinal=door.root.texts.count() + 1,
            content=to_canonical_json(document).decode(),
            sha256=sha256_of(document),
        )
        door.root.text_ready_at = text.frozen_at
        door.payload.update(number=door.root.number, sha256=text.sha256, ordinal=text.ordinal)
        for side in Side.values:
            tell_side(door, side, kind="agreement.text", roles=HEADS)
    return text


def _next_number(agreement: Agreement) -> str:
    """ "1/2569": counted per agency and fiscal year (Buddhist Era), never given out twice."""
    year = fiscal_year(clock.today())
    issuer = f"organisation:{agreement.agency_id}"
    return f"{next_number(issuer=issuer, kind='agreement', fiscal_year=year)}/{year}"


def _on_decided(decision: Decision, by: Actor) -> None:
    freeze_text(agreement=decision.agreement, by=by)


register_outcome(DecisionKind.SIGN_AGREEMENT, _on_decided)


def withdraw_text(*, agreement: Agreement, reason: str, by: Any, stamp: Stamp | None = None) -> None:
    """Take the text back, with the reason, while nobody has signed; the terms can be edited again."""
    with pass_door(agreement, WITHDRAW_TEXT, by=by, stamp=stamp) as door:
        text = current_text(door.root)
        text.superseded_at = clock.now()
        text.save(update_fields=["superseded_at"])
        door.root.text_ready_at = None
        door.payload.update(reason=reason, sha256=text.sha256, ordinal=text.ordinal)
        tell_side(door, Side.RECEIVER, kind="agreement.text_withdrawn")


def make_public(*, agreement: Agreement, by: Any, stamp: Stamp | None = None) -> Agreement:
    """Show the agreement (title, parties, period, sum) in the public register (§4 step 5)."""
    with pass_door(agreement, MAKE_PUBLIC, by=by, stamp=stamp) as door:
        door.root.public_at = clock.now()
        door.payload["number"] = door.root.number
    return door.root


# --- the signed document --------------------------------------------------------------------------------------------


@task()
def store_signed_pdf(text_id: int) -> bool:
    """Print the signed text once and keep it; True when this call did it. Safe to call again at any time."""
    text = AgreementText.objects.select_related("agreement").get(pk=text_id)
    if text.signed_pdf_id or text.agreement.signed_at is None:
        return False
    content = print_signed(text)
    with transaction.atomic():
        locked = AgreementText.objects.select_for_update(of=("self",)).get(pk=text_id)
        if locked.signed_pdf_id:
            return False
        name = f"{text.agreement.reference}.pdf"
        locked.signed_pdf = store_file(content, name=name, root=text.agreement, kind=SIGNED_FILE, by=None)
        locked.save(update_fields=["signed_pdf"])
    return True


@register_reminder
def print_signed_texts() -> None:
    """Print what is signed and not kept yet: a task that was lost is made up for by the next tick."""
    signed = AgreementText.objects.filter(
        superseded_at__isnull=True, signed_pdf__isnull=True, agreement__signed_at__isnull=False
    )
    for text_id in signed.values_list("pk", flat=True):
        transaction.on_commit(lambda pk=text_id: store_signed_pdf.enqueue(pk), robust=True)
