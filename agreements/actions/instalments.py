"""An instalment on its way: requested, checked, approved, paid, received (§3.1 step 3, §3.2 steps 5 and 7).

Each move locks the agreement. Checking, approving and paying are done by three different people, and none of them is
the person who asked; the database doubles the rule.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.actions.account import book, lock_account
from agreements.actions.decisions import propose_decision, register_outcome
from agreements.actions.money_refusals import not_before, not_in_future, refuse_own_work, refused
from agreements.actions.notices import tell_side
from agreements.enums import DecisionKind, EntryKind, InstalmentState, Side
from agreements.models import AccountEntry, Agreement, Decision, Instalment
from core import clock
from core.files import store_file
from core.models import StoredFile
from core.workflow import Actor, Stamp, Text, pass_door
from partnerships.actions.notices import tell
from partnerships.enums import Role

EVIDENCE = "money_evidence"
UNPAID = (
    InstalmentState.PLANNED,
    InstalmentState.REQUESTED,
    InstalmentState.CHECKED,
    InstalmentState.APPROVED,
)
# Who has had a hand in it before, and why that person cannot take the next move.
_EARLIER_HANDS: dict[str, tuple[tuple[str, Text], ...]] = {
    "check_request": (
        ("requested_by_id", gettext_lazy("You requested this instalment: another person accepts the work.")),
    ),
    "approve": (
        ("requested_by_id", gettext_lazy("You requested this instalment: another person approves the payment.")),
        ("checked_by_id", gettext_lazy("You accepted the work: another person approves the payment.")),
    ),
    "pay": (
        ("requested_by_id", gettext_lazy("You requested this instalment: another person records the payment.")),
        ("checked_by_id", gettext_lazy("You accepted the work: another person records the payment.")),
        ("approved_by_id", gettext_lazy("You approved the payment: another person records it.")),
    ),
    "confirm_receipt": (
        ("paid_by_id", gettext_lazy("You recorded the payment: another person confirms the receipt.")),
    ),
}


def own_work(instalment: Instalment, move: str, actor: Any) -> Text | None:
    """Why this person cannot take the move for having had a hand in it before; None where nothing stands against it."""
    for field, reason in _EARLIER_HANDS.get(move, ()):
        if actor.user_id is not None and getattr(instalment, field) == actor.user_id:
            return reason
    return None


def request_instalment(*, instalment: Instalment, by: Actor, stamp: Stamp | None = None) -> Instalment:
    """The receiver asks for the instalment whose turn it is. Raises NotNow when it is not due."""
    with pass_door(instalment, "request", by=by, stamp=stamp, root=instalment.agreement) as door:
        own = door.subject
        own.requested_by_id, own.requested_on = by.user_id, clock.today()
        door.payload.update(_facts(own))
        tell(door, [door.root.officer_id], kind="instalment.requested", ordinal=own.ordinal)
    return own


def check_instalment(*, instalment: Instalment, note: str, by: Actor, stamp: Stamp | None = None) -> Instalment:
    """The responsible officer accepts the work of the period, with the result as a note."""
    with pass_door(instalment, "check_request", by=by, stamp=stamp, root=instalment.agreement) as door:
        own = door.subject
        refuse_own_work(own_work(own, "check_request", by))
        own.checked_by_id, own.checked_on = by.user_id, clock.today()
        own.check_note = note.strip()
        door.payload.update(_facts(own))
    return own


def return_instalment(*, instalment: Instalment, reason: str, by: Actor, stamp: Stamp | None = None) -> Instalment:
    """The request goes back to the receiver with the reason; what was checked is to be checked again."""
    with pass_door(instalment, "return_request", by=by, stamp=stamp, root=instalment.agreement) as door:
        own = door.subject
        asked_by = own.requested_by_id
        own.requested_by = own.requested_on = own.checked_by = own.checked_on = None
        own.check_note = reason.strip()
        door.payload.update(_facts(own), reason=reason.strip())
        tell(door, [asked_by], kind="instalment.returned", ordinal=own.ordinal, reason=reason.strip())
    return own


def propose_payment(*, instalment: Instalment, comment: str, by: Actor, stamp: Stamp | None = None) -> Decision:
    """Put the payment of a checked instalment before the executive, by the agency's endorsement chain."""
    return propose_decision(
        kind=DecisionKind.PAY_INSTALMENT,
        root=instalment.agreement,
        instalment=instalment,
        by=by,
        stamp=stamp,
        comment=comment,
    )


def approve_instalment(decision: Decision, by: Actor) -> None:
    """What the decision to pay carries out, in its own transaction: the instalment is approved."""
    instalment = decision.instalment
    with pass_door(instalment, "approve", by=by, root=instalment.agreement) as door:
        own = door.subject
        refuse_own_work(own_work(own, "approve", by))
        own.approved_by_id, own.approved_on = by.user_id, clock.today()
        door.payload.update(_facts(own), decision=decision.pk)
        tell_side(door, Side.GIVER, kind="instalment.approved", roles=(Role.FINANCE,))


register_outcome(DecisionKind.PAY_INSTALMENT, approve_instalment)


def pay_instalment(
    *, instalment: Instalment, paid_on: dt.date, by: Actor, evidence: File | None = None, stamp: Stamp | None = None
) -> Instalment:
    """The giver's finance records what was disbursed: the ledger's entry and the account's sum, under its lock.

    Raises ValidationError for a day in the future or before the approval, or when more would be paid than was agreed.
    """
    agreement = instalment.agreement
    with pass_door(instalment, "pay", by=by, stamp=stamp, root=agreement) as door:
        own = door.subject
        refuse_own_work(own_work(own, "pay", by))
        not_in_future(paid_on, "paid_on")
        not_before(paid_on, own.approved_on, "paid_on", _("The payment cannot come before its approval."))
        stored = keep_evidence(evidence, door.root, by)
        own.paid_by_id, own.paid_on = by.user_id, paid_on
        _enter_payment(own, door.root, by, stored)
        door.root.next_due_on = next_due_on(door.root, but=own)
        door.payload.update(_facts(own), paid_on=paid_on)
        tell_side(door, Side.RECEIVER, kind="instalment.paid", roles=(Role.FINANCE,))
    return own


def _enter_payment(instalment: Instalment, agreement: Agreement, by: Actor, evidence: StoredFile | None) -> None:
    AccountEntry.objects.create(
        agreement=agreement,
        kind=EntryKind.PAYMENT,
        amount=instalment.amount,
        booked_on=instalment.paid_on,
        source=instalment.source,
        instalment=instalment,
        evidence=evidence,
        recorded_by_id=by.user_id,
    )
    book(lock_account(agreement), EntryKind.PAYMENT, instalment.amount, "paid_on")


def confirm_instalment_receipt(
    *, instalment: Instalment, received_on: dt.date, receipt_number: str, by: Actor, stamp: Stamp | None = None
) -> Instalment:
    """The receiver's finance confirms the money with the number of its receipt.

    Raises ValidationError for a day in the future or before the payment, or without a number.
    """
    with pass_door(instalment, "confirm_receipt", by=by, stamp=stamp, root=instalment.agreement) as door:
        own = door.subject
        refuse_own_work(own_work(own, "confirm_receipt", by))
        if not receipt_number.strip():
            raise refused("receipt_number", _("Please give the number of the receipt."))
        not_in_future(received_on, "received_on")
        not_before(received_on, own.paid_on, "received_on", _("The receipt cannot come before the payment."))
        own.received_by_id, own.received_on = by.user_id, received_on
        own.receipt_number = receipt_number.strip()
        door.payload.update(_facts(own), received_on=received_on, receipt_number=own.receipt_number)
    return own


def void_remaining(agreement: Agreement, by: Actor) -> int:
    """Make every instalment that was not paid void, inside the caller's door (`agreement` is its locked root).

    For the end of funding (§3.2 step 6 not passed). Returns how many became void.
    """
    remaining = [one for one in agreement.instalments.order_by("ordinal") if one.state in UNPAID]
    for one in remaining:
        with pass_door(one, "make_void", by=by, root=agreement) as door:
            door.payload.update(_facts(one))
    agreement.next_due_on = next_due_on(agreement)
    return len(remaining)


def next_due_on(agreement: Agreement, but: Instalment | None = None) -> dt.date | None:
    """The earliest day on which an instalment that is neither paid nor void is due."""
    waiting = agreement.instalments.filter(state__in=UNPAID, due_on__isnull=False)
    if but is not None:
        waiting = waiting.exclude(pk=but.pk)
    return waiting.order_by("due_on").values_list("due_on", flat=True).first()


def keep_evidence(evidence: File | None, agreement: Agreement, by: Actor) -> StoredFile | None:
    """The evidence as a file, stored inside the door: where the rest is refused, its row goes too."""
    if evidence is None:
        return None
    claimed = getattr(evidence, "content_type", "") or ""
    return store_file(evidence, name=evidence.name or "", root=agreement, kind=EVIDENCE, by=by, content_type=claimed)


def _facts(instalment: Instalment) -> dict[str, Any]:
    return {"instalment": instalment.ordinal, "amount": instalment.amount}
