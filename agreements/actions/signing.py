"""Signing by every party, on screen or on paper (§4 step 5).

On screen (Electronic Transactions Act, s. 9): the signatory sees the whole text, declares the intent to be bound, is
known by the log-in, and the event keeps the hash of the text and the time. On paper: one person uploads the scan,
another confirms it. The last signature that counts puts the agreement in force, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from agreements.actions.agreements import enter_into_force
from agreements.actions.texts import current_text, store_signed_pdf
from agreements.enums import SignatureMethod, Standing
from agreements.models import Agreement, AgreementText, Party, Signature
from agreements.permissions.agreements import either_side_head, either_side_writer, giver_officer
from core import clock
from core.files import store_file
from core.workflow import NotNow, Rule, Stale, Stamp, pass_door, together
from partnerships.enums import Role
from partnerships.permissions import works_for
from partnerships.queries.standing import why_blocked, why_unrepresented

# --- who and when ---------------------------------------------------------------------------------------------------


def awaits_signature(party: Party) -> bool:
    """The text is frozen and this party has not signed it, nor handed in a scan."""
    agreement = party.agreement
    if agreement.standing != Standing.PREPARING or agreement.text_ready_at is None:
        return False
    return not Signature.objects.filter(party=party, text__superseded_at__isnull=True).exists()


def signs_for(party: Party, actor: Any) -> bool:
    """The executive of an agency, the authorised representative of a partner, each for the own organisation."""
    return works_for(party.organisation_id, actor, Role.EXECUTIVE, Role.REPRESENTATIVE)


def hands_in_scan(party: Party, actor: Any) -> bool:
    """The party's own people, or the giver's officer."""
    own = works_for(party.organisation_id, actor, Role.OFFICER, Role.EXECUTIVE, Role.STAFF, Role.REPRESENTATIVE)
    return own or giver_officer(party.agreement, actor)


def confirms_scan(signature: Signature, actor: Any) -> bool:
    """Those who write or sign for the giver or a receiver."""
    agreement = signature.party.agreement
    return either_side_writer(agreement, actor) or either_side_head(agreement, actor)


def _handed_in_by_you(signature: Signature, actor: Any) -> Any:
    if signature.recorded_by_id == actor.user_id:
        return _("You handed this scan in yourself: another person confirms it.")
    return _may_not_sign(signature.party, actor)


def _may_not_sign(party: Party, _actor: Any) -> Any:
    """A blocked partner, or one that nobody may bind today, enters no new agreement; those in force go on."""
    return why_blocked(party.organisation_id) or why_unrepresented(party.organisation)


def _is_pending(signature: Signature) -> bool:
    return (
        signature.confirmed_at is None
        and signature.text.superseded_at is None
        and signature.party.agreement.standing == Standing.PREPARING
    )


SIGN = Rule("sign", _("Sign on screen"), role=signs_for, when=awaits_signature, unless=_may_not_sign)
HAND_IN_SCAN = Rule(
    "hand_in_scan",
    _("Hand in a signature on paper"),
    role=hands_in_scan,
    when=awaits_signature,
    unless=_may_not_sign,
)
CONFIRM_SCAN = Rule(
    "confirm", _("Confirm the signature on paper"), role=confirms_scan, when=_is_pending, unless=_handed_in_by_you
)
# Judged on the agreement: the row of the signature does not outlive it.
REJECT_SCAN = Rule(
    "reject_scan",
    _("Send the scan back"),
    role=lambda agreement, actor: either_side_writer(agreement, actor) or either_side_head(agreement, actor),
    when=lambda agreement: agreement.standing == Standing.PREPARING and agreement.text_ready_at is not None,
)


# --- actions --------------------------------------------------------------------------------------------------------


def sign_on_screen(
    *, party: Party, sha256: str, by: Any, stamp: Stamp | None = None, identity: Mapping[str, str] | None = None
) -> Signature:
    """Sign the text with that hash for a party. Raises Stale where another text is in its place by now.

    The version of the page does not count, the hash does: another party may sign while this one reads.
    `identity` tells how the signatory proved to be who he or she is (`partnerships.identity.proof`), for the event.
    """
    once = Stamp(key=stamp.key) if stamp else None
    with together():
        with pass_door(party, SIGN, by=by, stamp=once, root=party.agreement, kind="signature.screen") as door:
            text = current_text(door.root)
            if text.sha256 != sha256:
                raise Stale()
            now = clock.now()
            signature = Signature.objects.create(
                text=text,
                party=door.subject,
                method=SignatureMethod.SCREEN,
                signatory_name=by.user.name_to_sign,
                signatory_title=by.user.signature_title or by.title or by.user.position_title,
                signed_on=clock.today(),
                recorded_by=by.user,
                recorded_at=now,
                confirmed_by=by.user,
                confirmed_at=now,
            )
            door.payload.update(_evidence(signature, text), intent="declared", identity=identity or "log-in")
        _complete(door.root, text, by)
    return signature


def hand_in_scan(
    *,
    party: Party,
    signed_on: date,
    signatory_name: str,
    scan: File,
    by: Any,
    signatory_title: str = "",
    stamp: Stamp | None = None,
) -> Signature:
    """Record a signature on paper with its scan; it counts when another person has confirmed it."""
    with pass_door(party, HAND_IN_SCAN, by=by, stamp=stamp, root=party.agreement, kind="signature.paper") as door:
        text = current_text(door.root)
        _check_signed_on(signed_on, text)
        stored = store_file(scan, name=scan.name, root=door.root, kind="signed_page", by=by)
        signature = Signature.objects.create(
            text=text,
            party=door.subject,
            method=SignatureMethod.PAPER,
            signatory_name=signatory_name,
            signatory_title=signatory_title,
            signed_on=signed_on,
            recorded_by=by.user,
            recorded_at=clock.now(),
            scan=stored,
        )
        door.payload.update(_evidence(signature, text), scan=stored.sha256)
    return signature


def _check_signed_on(signed_on: date, text: AgreementText) -> None:
    if signed_on > clock.today():
        raise ValidationError({"signed_on": _("The day of signing cannot be in the future.")})
    if signed_on < localdate(text.frozen_at):
        raise ValidationError({"signed_on": _("The day of signing cannot be before the text was ready.")})


def confirm_scan(*, signature: Signature, by: Any, stamp: Stamp | None = None) -> Signature:
    """Another person confirms that the scan shows this text, signed: from now on the signature counts."""
    with together():
        with pass_door(signature, CONFIRM_SCAN, by=by, stamp=stamp, root=signature.party.agreement) as door:
            door.subject.confirmed_by, door.subject.confirmed_at = by.user, clock.now()
            door.payload.update(_evidence(door.subject, door.subject.text), scan=door.subject.scan.sha256)
        _complete(door.root, door.subject.text, by)
    return door.subject


def reject_scan(*, signature: Signature, reason: str, by: Any, stamp: Stamp | None = None) -> None:
    """Send a scan back (a wrong page, illegible): the file and the event stay, the party can sign anew."""
    with pass_door(signature.party.agreement, REJECT_SCAN, by=by, stamp=stamp) as door:
        found = (
            Signature.objects.filter(pk=signature.pk, confirmed_at__isnull=True).select_related("text", "scan").first()
        )
        if found is None:
            raise NotNow()
        door.payload.update(_evidence(found, found.text), reason=reason, scan=found.scan.sha256)
        found.delete()


def _evidence(signature: Signature, text: AgreementText) -> dict[str, Any]:
    return {
        "party": signature.party.organisation_id,
        "method": signature.method,
        "signed_on": signature.signed_on,
        "sha256": text.sha256,
    }


def _complete(agreement: Agreement, text: AgreementText, by: Any) -> None:
    """When every party's signature counts: in force, and the signed document is printed after commit."""
    counted = text.signatures.filter(confirmed_at__isnull=False).count()
    if counted < agreement.parties.count():
        return
    enter_into_force(agreement=Agreement.objects.get(pk=agreement.pk), by=by)
    transaction.on_commit(lambda: store_signed_pdf.enqueue(text.pk), robust=True)
