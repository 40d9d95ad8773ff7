"""What waits for this very person on an agreement's page: buttons and links, the most pressing first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from agreements.actions.decisions import PROPOSE
from agreements.actions.notes import CONFIRM_NOTE, WRITE_NOTE
from agreements.actions.plan import APPROVE_PLAN, PROPOSE_PLAN
from agreements.actions.signing import CONFIRM_SCAN, SIGN
from agreements.actions.texts import MAKE_PUBLIC
from agreements.enums import DecisionKind, NoteKind
from agreements.queries.decisions import waiting_for

if TYPE_CHECKING:
    from agreements.queries.desk import Desk


def address(name: str, *args: Any) -> str:
    """The address of a page, "" where that page is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def actions_of(desk: Desk) -> list[dict[str, Any]]:
    """Each has label and url; a "post" one is a button that carries the stamp."""
    kinds = (_decisions, _signing, _confirmations, _moves, _publication, _writing)
    return [item for kind in kinds for item in kind(desk) if item["url"]]


def _decisions(desk: Desk) -> list[dict[str, Any]]:
    if not desk.pending:
        return []
    mine = waiting_for(desk.actor).filter(pk__in=[row.pk for row in desk.pending.values()])
    return [
        {
            "label": _("Consider: %(matter)s") % {"matter": row.get_kind_display()},
            "url": address("agreements:decision_detail", row.pk),
        }
        for row in mine
    ]


def _signing(desk: Desk) -> list[dict[str, Any]]:
    found = []
    if desk.may(PROPOSE[DecisionKind.SIGN_AGREEMENT]) and DecisionKind.SIGN_AGREEMENT not in desk.pending:
        found.append({"label": _("Propose the text for signature"), "url": desk.url("text_propose")})
    for party in desk.agreement.party_list:
        if party.organisation_id == desk.actor.organisation_id and desk.may(SIGN, party):
            found.append({"label": _("Read and sign"), "url": address("agreements:signature_sign", party.pk)})
    return found


def _confirmations(desk: Desk) -> list[dict[str, Any]]:
    found = []
    if any(desk.may(CONFIRM_NOTE, note) for note in desk.notes):
        found.append({"label": _("Look at notes to confirm"), "url": "#notes"})
    if desk.plan and desk.may(APPROVE_PLAN, desk.plan):
        found.append({"label": _("Look at the plan to approve"), "url": "#plan"})
    if any(desk.may(CONFIRM_SCAN, signature) for signature in desk.signatures):
        found.append({"label": _("Look at the signature to confirm"), "url": "#text"})
    return found


def _writing(desk: Desk) -> list[dict[str, Any]]:
    """The first note that the step still wants from somebody, and a plan that is drawn up but not proposed."""
    found = []
    wanted = [kind for kind in desk.needed_kinds if not _is_written(desk, kind)]
    if wanted and desk.may(WRITE_NOTE):
        label = _("Write the note: %(about)s") % {"about": NoteKind(wanted[0]).label}
        found.append({"label": label, "url": f"{desk.url('note_create')}?kind={wanted[0]}", "tone": "outline-primary"})
    if desk.plan and desk.may(PROPOSE_PLAN, desk.plan):
        found.append({"label": _("Look at the plan to propose"), "url": "#plan", "tone": "outline-primary"})
    return found


def _is_written(desk: Desk, kind: str) -> bool:
    """Whether a note of that kind was written in this cycle (the shared vision holds for all of them)."""
    return any(
        note.kind == kind and (kind == NoteKind.VISION or note.cycle == desk.agreement.cycle) for note in desk.notes
    )


def _moves(desk: Desk) -> list[dict[str, Any]]:
    return [
        {"label": judged.title, "url": desk.url("agreement_move", judged.name), "method": "post"}
        for judged in desk.step_moves
        if judged.open
    ]


def _publication(desk: Desk) -> list[dict[str, Any]]:
    found = []
    if desk.may(MAKE_PUBLIC):
        found.append({"label": MAKE_PUBLIC.title, "url": desk.url("text_publish"), "method": "post"})
    if desk.may(PROPOSE[DecisionKind.CLOSE_AGREEMENT]) and DecisionKind.CLOSE_AGREEMENT not in desk.pending:
        found.append({"label": _("Propose closing the agreement"), "url": desk.url("agreement_close")})
    return found
