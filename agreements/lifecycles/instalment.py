"""An instalment's way: planned → requested → checked → approved → paid → received."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import DecisionKind
from agreements.enums import InstalmentState as S
from agreements.permissions.agreements import giver_finance, giver_officer, receiver_finance, receiver_staff
from agreements.permissions.decisions import by_decision
from core.workflow import move


def _of_agreement(predicate):
    def lifted(instalment, actor):
        return predicate(instalment.agreement, actor)

    lifted.__name__ = predicate.__name__
    return lifted


class InstalmentMoves(models.Model):
    class Meta:
        abstract = True

    @move(
        field="state",
        source=S.PLANNED,
        target=S.REQUESTED,
        role=_of_agreement(receiver_staff),
        only_if=("instalment_is_due",),
        requires=("receiver_bank_account",),
        title=_("Request disbursement"),
    )
    def request(self) -> None:
        """The receiver asks for the money of the instalment whose turn it is."""

    @move(
        field="state",
        source=[S.REQUESTED, S.CHECKED],
        target=S.PLANNED,
        role=_of_agreement(giver_officer),
        only_if=("no_decision_pending",),
        title=_("Return the request"),
    )
    def return_request(self) -> None:
        """With the reason, to be put right; also after the check, when the executive returned the matter."""

    @move(
        field="state",
        source=S.REQUESTED,
        target=S.CHECKED,
        role=_of_agreement(giver_officer),
        title=_("Accept the work"),
    )
    def check_request(self) -> None:
        """Acceptance of the work (การตรวจรับผลงาน) by the responsible officer."""

    @move(
        field="state",
        source=S.CHECKED,
        target=S.APPROVED,
        role=by_decision(DecisionKind.PAY_INSTALMENT),
        title=_("Approve the payment"),
    )
    def approve(self) -> None:
        """At the end of the endorsement chain."""

    @move(
        field="state",
        source=S.APPROVED,
        target=S.PAID,
        role=_of_agreement(giver_finance),
        title=_("Record the payment"),
    )
    def pay(self) -> None:
        """The giver's finance disburses and records the evidence."""

    @move(
        field="state",
        source=S.PAID,
        target=S.RECEIVED,
        role=_of_agreement(receiver_finance),
        title=_("Confirm receipt"),
    )
    def confirm_receipt(self) -> None:
        """The receiver's finance confirms with its receipt (ใบเสร็จรับเงิน/ใบสำคัญรับเงิน)."""

    @move(
        field="state",
        source=[S.PLANNED, S.REQUESTED, S.CHECKED, S.APPROVED],
        target=S.VOID,
        role=_of_agreement(giver_officer),
        title=_("Void the instalment"),
    )
    def make_void(self) -> None:
        """No further money: the mid-term evaluation was not passed."""
