"""Work on agreements: the step, texts to sign, scans, notes and plans to confirm, accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.enums import Side, Standing
from agreements.models import Agreement, Plan, Signature, StepNote
from agreements.models.agreement import LAST_STEPS
from agreements.permissions.agreements import giver_officer, receiver_staff
from agreements.sequences import SEQUENCES, STEP_BY_CODE, moves
from partnerships.enums import Role
from reporting.worklist.item import LIMIT, WorkItem, at, is_party, on_page

WRITERS = (Role.STAFF, Role.REPRESENTATIVE)
RUNNING = (Standing.PREPARING, Standing.IN_FORCE)
_SIDE_OF_ROLE = {giver_officer: Side.GIVER, receiver_staff: Side.RECEIVER}


def steps_of_side(side: str) -> list[str]:
    """Codes of the steps at which that side acts, or can make a move: read from the sequences, never listed twice."""
    acting = {
        step.code for step in STEP_BY_CODE.values() if step.carrier == "agreement" and step.actor in (side, "both")
    }
    for form in SEQUENCES:
        for _name, meta in moves(form):
            for move in meta.transitions.values():
                if _SIDE_OF_ROLE.get(move.permission) == side:
                    acting.add(move.source)
    return sorted(acting)


GIVER_STEPS, RECEIVER_STEPS = steps_of_side(Side.GIVER), steps_of_side(Side.RECEIVER)


def agreements_to_carry(actor: Any) -> Iterable[WorkItem]:
    """Agreements at a step where my side acts: step → role in SQL, requirements are not run."""
    mine = Q(pk__in=[])
    if actor.holds(Role.OFFICER):
        mine |= Q(is_party(actor, Side.GIVER, "pk"), step__in=GIVER_STEPS)
    if actor.holds(*WRITERS):
        mine |= Q(is_party(actor, Side.RECEIVER, "pk"), step__in=RECEIVER_STEPS)
    found = Agreement.objects.filter(mine, standing__in=RUNNING).order_by("next_due_on", "pk")
    for agreement in found[:LIMIT]:
        step = agreement.current_step
        what = _("Step %(number)s: %(title)s") % {"number": step.number, "title": step.title}
        officer = agreement.officer_id if actor.holds(Role.OFFICER) else None
        yield on_page(agreement, what, due_on=agreement.next_due_on, officer_id=officer)


def texts_to_sign(actor: Any) -> Iterable[WorkItem]:
    """Frozen texts that my organisation has not signed, for those who may sign for it."""
    if not actor.holds(Role.EXECUTIVE, Role.REPRESENTATIVE):
        return
    signed = Signature.objects.filter(
        party__agreement=OuterRef("pk"), party__organisation_id=actor.organisation_id, text__superseded_at__isnull=True
    )
    waiting = Agreement.objects.filter(
        ~Exists(signed),
        parties__organisation_id=actor.organisation_id,
        standing=Standing.PREPARING,
        text_ready_at__isnull=False,
    )
    for agreement in waiting.order_by("text_ready_at", "pk")[:LIMIT]:
        yield on_page(agreement, _("Read the text and sign it"), "text")


def texts_to_publish(actor: Any) -> Iterable[WorkItem]:
    """Signed agreements that are not public yet (§4 step 5)."""
    if not actor.holds(Role.OFFICER):
        return
    waiting = Agreement.objects.filter(
        is_party(actor, Side.GIVER, "pk"), standing=Standing.IN_FORCE, public_at__isnull=True
    )
    for agreement in waiting.order_by("signed_at", "pk")[:LIMIT]:
        yield on_page(agreement, _("Make the signed agreement public"), "text", officer_id=agreement.officer_id)


def scans_to_confirm(actor: Any) -> Iterable[WorkItem]:
    """Signatures on paper that someone else handed in."""
    mine = _own_side(actor, (Role.OFFICER, Role.EXECUTIVE), WRITERS, "party__agreement")
    waiting = Signature.objects.filter(
        mine,
        confirmed_at__isnull=True,
        text__superseded_at__isnull=True,
        party__agreement__standing=Standing.PREPARING,
    ).exclude(recorded_by_id=actor.user_id)
    for signature in waiting.select_related("party__agreement", "party__organisation").order_by("pk")[:LIMIT]:
        agreement = signature.party.agreement
        what = _("Confirm the signature on paper of %(party)s") % {"party": signature.party.organisation.name}
        yield on_page(agreement, what, "text", officer_id=_officer(actor, agreement))


def notes_to_confirm(actor: Any) -> Iterable[WorkItem]:
    """Notes of discussions that wait for my side."""
    mine = Q(pk__in=[])
    if actor.holds(Role.OFFICER):
        mine |= Q(is_party(actor, Side.GIVER), giver_confirmed_at__isnull=True)
    if actor.holds(*WRITERS):
        receiver = Q(giver_confirmed_at__isnull=False, receiver_confirmed_at__isnull=True)
        mine |= Q(is_party(actor, Side.RECEIVER)) & receiver
    waiting = StepNote.objects.filter(mine, agreement__standing__in=RUNNING).select_related("agreement")
    for note in waiting.order_by("recorded_at", "pk")[:LIMIT]:
        what = _("Confirm the note: %(kind)s") % {"kind": note.get_kind_display()}
        yield on_page(note.agreement, what, "notes", officer_id=_officer(actor, note.agreement))


def plans_to_approve(actor: Any) -> Iterable[WorkItem]:
    """Action plans that the other side drew up, for the head of mine."""
    mine = Q(pk__in=[])
    if actor.holds(Role.EXECUTIVE):
        mine |= Q(is_party(actor, Side.GIVER), side=Side.RECEIVER)
    if actor.holds(Role.REPRESENTATIVE):
        mine |= Q(is_party(actor, Side.RECEIVER), side=Side.GIVER)
    waiting = Plan.objects.filter(
        mine, proposed_at__isnull=False, approved_at__isnull=True, agreement__standing__in=RUNNING
    ).exclude(recorded_by_id=actor.user_id)
    for plan in waiting.select_related("agreement").order_by("proposed_at", "pk")[:LIMIT]:
        yield on_page(plan.agreement, _("Look through the action plan and approve it"), "plan")


def accounts_to_settle(actor: Any) -> Iterable[WorkItem]:
    """Accounts to be drawn up by the receiver's finance and checked by the giver's (§3.2 step 9)."""
    if not actor.holds(Role.FINANCE):
        return
    at_end = Q(standing=Standing.IN_FORCE, step__in=LAST_STEPS) | Q(standing=Standing.TERMINATED)
    draw_up = Q(is_party(actor, Side.RECEIVER, "pk"), account__drawn_up_on__isnull=True)
    check = Q(is_party(actor, Side.GIVER, "pk"), account__drawn_up_on__isnull=False, account__checked_on__isnull=True)
    check &= ~Q(account__drawn_up_by_id=actor.user_id)
    waiting = Agreement.objects.filter(at_end, draw_up | check, account__isnull=False).select_related("account")
    for agreement in waiting.order_by("ends_on", "pk")[:LIMIT]:
        drawn_up = agreement.account.drawn_up_on is not None
        what = _("Check the account") if drawn_up else _("Draw up the account")
        url = reverse("agreements:account_detail", args=[agreement.reference])
        yield at(agreement, what, url, due_on=agreement.ends_on)


def _own_side(actor: Any, giver_roles: tuple[str, ...], receiver_roles: tuple[str, ...], path: str) -> Q:
    mine = Q(pk__in=[])
    if actor.holds(*giver_roles):
        mine |= Q(is_party(actor, Side.GIVER, path))
    if actor.holds(*receiver_roles):
        mine |= Q(is_party(actor, Side.RECEIVER, path))
    return mine


def _officer(actor: Any, agreement: Agreement) -> int | None:
    """The responsible officer, for an officer who looks at a colleague's matter."""
    return agreement.officer_id if actor.holds(Role.OFFICER) else None
