"""Instalments on their way: to request, accept, propose, pay and confirm (§3.1 step 3, §3.2 steps 5 and 7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.enums import ClearanceKind, DecisionKind, DecisionState, InstalmentState, Side, Standing, Verdict
from agreements.models import Clearance, Decision, Instalment
from agreements.requirements.instalment import (
    COMMISSIONING_PAYS_AT,
    GRANT_PAYS_AT,
    SETTLED,
    STANDINGS_WITH_ACCOUNT,
)
from agreements.sequences.pbc import FIRST_INSTALMENT, NEXT_INSTALMENT
from partnerships.enums import Role
from reporting.worklist.item import LIMIT, WorkItem, at, is_party

WRITERS = (Role.STAFF, Role.REPRESENTATIVE)


def _items(rows: QuerySet[Instalment], what: str, *, officers: bool = False) -> Iterable[WorkItem]:
    for one in rows.select_related("agreement").order_by(F("due_on").asc(nulls_last=True), "pk")[:LIMIT]:
        yield at(
            one.agreement,
            what % {"number": one.ordinal},
            reverse("agreements:instalment_detail", args=[one.pk]),
            due_on=one.due_on,
            officer_id=one.agreement.officer_id if officers else None,
        )


def _in_force(**state: Any) -> QuerySet[Instalment]:
    return Instalment.objects.filter(agreement__standing=Standing.IN_FORCE, **state)


def instalments_to_request(actor: Any) -> Iterable[WorkItem]:
    """The instalment whose turn it is, at a step that pays; in a contract a further one after a passed mid-term."""
    if not actor.holds(*WRITERS):
        return ()
    earlier = Instalment.objects.filter(agreement=OuterRef("agreement"), ordinal__lt=OuterRef("ordinal"))
    cleared = Clearance.objects.filter(
        agreement=OuterRef("agreement"),
        ordinal=OuterRef("ordinal"),
        kind=ClearanceKind.MIDTERM,
        verdict=Verdict.PASS,
    )
    pays = (
        Q(agreement__step__in=GRANT_PAYS_AT | COMMISSIONING_PAYS_AT)
        | Q(agreement__step=FIRST_INSTALMENT, ordinal=1)
        | Q(Exists(cleared), agreement__step=NEXT_INSTALMENT, ordinal__gt=1)
    )
    rows = _in_force(state=InstalmentState.PLANNED).filter(
        pays, ~Exists(earlier.exclude(state__in=SETTLED)), is_party(actor, Side.RECEIVER)
    )
    return _items(rows, _("Request instalment %(number)s"))


def instalments_to_check(actor: Any) -> Iterable[WorkItem]:
    """Requests whose work the giver's officer accepts."""
    if not actor.holds(Role.OFFICER):
        return ()
    rows = _in_force(state=InstalmentState.REQUESTED).filter(is_party(actor, Side.GIVER))
    rows = rows.exclude(requested_by_id=actor.user_id)
    return _items(rows, _("Look at the work of instalment %(number)s and accept it"), officers=True)


def instalments_to_propose(actor: Any) -> Iterable[WorkItem]:
    """Accepted work whose payment is not before the executive yet."""
    if not actor.holds(Role.OFFICER):
        return ()
    pending = Decision.objects.filter(
        instalment=OuterRef("pk"), kind=DecisionKind.PAY_INSTALMENT, state=DecisionState.PENDING
    )
    rows = _in_force(state=InstalmentState.CHECKED).filter(~Exists(pending), is_party(actor, Side.GIVER))
    return _items(rows, _("Propose the payment of instalment %(number)s"), officers=True)


def instalments_to_pay(actor: Any) -> Iterable[WorkItem]:
    """Approved payments for the giver's finance, but not for one who had a hand in them before."""
    if not actor.holds(Role.FINANCE):
        return ()
    me = actor.user_id
    rows = _in_force(state=InstalmentState.APPROVED).filter(is_party(actor, Side.GIVER))
    rows = rows.exclude(requested_by_id=me).exclude(checked_by_id=me).exclude(approved_by_id=me)
    return _items(rows, _("Pay instalment %(number)s and record it"))


def instalments_to_confirm(actor: Any) -> Iterable[WorkItem]:
    """Paid instalments whose receipt the receiver's finance confirms."""
    if not actor.holds(Role.FINANCE):
        return ()
    rows = Instalment.objects.filter(
        is_party(actor, Side.RECEIVER),
        state=InstalmentState.PAID,
        agreement__standing__in=STANDINGS_WITH_ACCOUNT,
    ).exclude(paid_by_id=actor.user_id)
    return _items(rows, _("Confirm the receipt of instalment %(number)s"))
