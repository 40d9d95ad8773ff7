"""What the agreement page's panels show: each function gives one panel's context."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.actions.committee import RECORD_COMMITTEE, WAIVE_COMMITTEE
from agreements.actions.decisions import PROPOSE
from agreements.actions.indicators import SET_INDICATORS
from agreements.actions.notes import CONFIRM_NOTE, WRITE_NOTE
from agreements.actions.plan import APPROVE_PLAN, DRAW_UP_PLAN, PROPOSE_PLAN
from agreements.actions.signing import CONFIRM_SCAN, HAND_IN_SCAN, REJECT_SCAN, SIGN
from agreements.actions.texts import MAKE_PUBLIC, WITHDRAW_TEXT
from agreements.enums import DecisionKind, NoteKind, Side
from agreements.models import Agreement, Committee, PlanActivity, StepNote
from agreements.queries.desk import Desk, address, desk_of
from core import thai
from core.audit import history_of
from core.files import files_of
from core.ui import is_thai
from partnerships.models import User

HISTORY_SHOWN = 12
NOTES_SHOWN = 2
FILE_KINDS = {
    "note": gettext_lazy("Document of a note"),
    "signed_page": gettext_lazy("Signed page"),
    "signed_agreement": gettext_lazy("Signed agreement"),
    "signed_paper": gettext_lazy("Signed document, entered later"),
}


def _desk(request: HttpRequest, agreement: Agreement) -> Desk:
    return desk_of(agreement, request.actor)


# --- notes ----------------------------------------------------------------------------------------------------------


def notes_panel(request: HttpRequest, agreement: Agreement) -> dict[str, Any]:
    """The notes the step rests on, with their state; all that was written, older confirmed ones apart."""
    desk = _desk(request, agreement)
    may_write = desk.may(WRITE_NOTE)
    rows = [
        {"note": note, "may_confirm": desk.may(CONFIRM_NOTE, note), "waits_for": _waits_for(note)}
        for note in desk.notes
    ]
    earlier = [row for row in rows[NOTES_SHOWN:] if row["note"].is_confirmed]
    return {
        "needed": [_needed(desk, kind, may_write) for kind in desk.needed_kinds],
        "rows": [row for row in rows if row not in earlier],
        "earlier": earlier,
        "write_url": desk.url("note_create") if may_write else "",
        "agreement": agreement,
    }


def _needed(desk: Desk, kind: str, may_write: bool) -> dict[str, Any]:
    """A task of the step: todo until written, doing until both sides have confirmed."""
    cycle = None if kind == NoteKind.VISION else desk.agreement.cycle  # the shared vision holds for all cycles
    in_cycle = [note for note in desk.notes if note.kind == kind and cycle in (None, note.cycle)]
    confirmed = desk.facts.noted(kind, cycle)
    waiting = next((_waits_for(note) for note in in_cycle if not note.is_confirmed), "")
    url = (
        f"{desk.url('note_create')}?kind={kind}" if may_write and not in_cycle else "#notes-written" if in_cycle else ""
    )
    state = "done" if confirmed else "doing" if in_cycle else "todo"
    return {"title": NoteKind(kind).label, "state": state, "url": url, "hint": "" if confirmed else waiting}


def _waits_for(note: StepNote) -> str:
    if note.giver_confirmed_at is None:
        return _("waits for the giver's confirmation")
    return _("waits for the receiver's confirmation") if note.receiver_confirmed_at is None else ""


# --- text and signatures --------------------------------------------------------------------------------------------


def text_panel(request: HttpRequest, agreement: Agreement) -> dict[str, Any]:
    """Where the text stands on its way: drafted, considered, frozen, signed by each party, made public."""
    desk = _desk(request, agreement)
    propose = desk.judge(PROPOSE[DecisionKind.SIGN_AGREEMENT])
    pending = desk.pending.get(DecisionKind.SIGN_AGREEMENT)
    inside = agreement.agency_id == request.actor.organisation_id or request.actor.is_opdc
    return {
        "agreement": agreement,
        "text": desk.text,
        "pending": pending,
        "pending_url": address("agreements:decision_detail", pending.pk) if pending and inside else "",
        "standstill": None if desk.facts.appeals_settled or desk.facts.text_ready else desk.facts,
        "missing": desk.missing_for_text if propose.now and not pending else [],
        "propose_url": desk.url("text_propose") if propose.open and not pending else "",
        "withdraw_url": desk.url("text_withdraw") if desk.may(WITHDRAW_TEXT) else "",
        "publish_url": desk.url("text_publish") if desk.may(MAKE_PUBLIC) else "",
        "pdf_url": desk.url("agreement_pdf"),
        "rows": [_signing_row(desk, party) for party in agreement.party_list] if desk.text else [],
    }


def _signing_row(desk: Desk, party: Any) -> dict[str, Any]:
    signature = next((each for each in desk.signatures if each.party_id == party.pk), None)
    own = party.organisation_id == desk.actor.organisation_id
    row = {"party": party, "signature": signature}
    if signature is None:
        row["sign_url"] = address("agreements:signature_sign", party.pk) if own and desk.may(SIGN, party) else ""
        row["paper_url"] = address("agreements:signature_paper", party.pk) if desk.may(HAND_IN_SCAN, party) else ""
    elif not signature.counts:
        judged = desk.judge(CONFIRM_SCAN, signature)
        row["confirm_url"] = address("agreements:signature_confirm", signature.pk) if judged.open else ""
        row["reject_url"] = address("agreements:signature_reject", signature.pk) if desk.may(REJECT_SCAN) else ""
        row["why_not"] = judged.why_not_you
    return row


# --- committee ------------------------------------------------------------------------------------------------------


def committee_panel(request: HttpRequest, agreement: Agreement) -> dict[str, Any]:
    desk = _desk(request, agreement)
    committee = Committee.objects.filter(agreement=agreement).select_related("recorded_by").first()
    return {
        "agreement": agreement,
        "committee": committee,
        "members": list(committee.members.all()) if committee else [],
        "is_settled": bool(committee and agreement.signed_at),
        "edit_url": desk.url("committee_edit") if desk.may(RECORD_COMMITTEE) else "",
        "waive_url": desk.url("committee_waive") if committee is None and desk.may(WAIVE_COMMITTEE) else "",
    }


# --- plan and indicators --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bar:
    """An activity's months on the scale of the whole plan (months, counted from 0), and in words."""

    activity: PlanActivity
    start: int
    length: int
    words: str


def plan_panel(request: HttpRequest, agreement: Agreement) -> dict[str, Any]:
    desk = _desk(request, agreement)
    plan = desk.plan
    activities = list(plan.activities.all()) if plan else []
    months = max([months_of(agreement) or 1, *(row.month_to for row in activities)])
    return {
        "agreement": agreement,
        "plan": plan,
        "months": months,
        "bars": [_bar(row, agreement.starts_on) for row in activities],
        "ticks": list(range(1, months)),
        "total": sum(row.budget for row in activities),
        "edit_url": desk.url("plan_edit") if desk.may(DRAW_UP_PLAN) else "",
        "propose_url": address("agreements:plan_propose", plan.pk) if plan and desk.may(PROPOSE_PLAN, plan) else "",
        "approve_url": address("agreements:plan_approve", plan.pk) if plan and desk.may(APPROVE_PLAN, plan) else "",
        "drawn_up_by": Side(plan.side).label if plan else "",
        "earlier": list(agreement.plans.filter(cycle__lt=agreement.cycle).order_by("cycle"))
        if agreement.cycle > 1
        else [],
    }


def months_of(agreement: Agreement) -> int | None:
    """How many months the agreement runs, begun ones counted; None while the period is open."""
    first, last = agreement.starts_on, agreement.ends_on
    if first is None or last is None:
        return None
    months = (last.year - first.year) * 12 + last.month - first.month
    return max(months + (1 if last.day >= first.day else 0), 1)


def _bar(activity: PlanActivity, starts_on: date | None) -> Bar:
    words = [_month_name(number, starts_on) for number in (activity.month_from, activity.month_to)]
    shown = words[0] if activity.month_from == activity.month_to else " – ".join(words)
    length = activity.month_to - activity.month_from + 1
    return Bar(activity, activity.month_from - 1, length, shown)


def _month_name(number: int, starts_on: date | None) -> str:
    """ "ต.ค. 2569", or "month 3" while the start is open."""
    if starts_on is None:
        return _("month %(number)s") % {"number": number}
    index = starts_on.year * 12 + starts_on.month - 1 + number - 1
    day = date(index // 12, index % 12 + 1, 1)
    return f"{thai.MONTHS_TH_SHORT[day.month - 1]} {thai.be_year(day)}" if is_thai() else f"{day:%b %Y}"


def indicators_panel(request: HttpRequest, agreement: Agreement) -> dict[str, Any]:
    desk = _desk(request, agreement)
    rows = list(agreement.indicators.all())
    return {
        "agreement": agreement,
        "rows": rows,
        "total": sum(row.weight for row in rows),
        "edit_url": desk.url("indicator_edit") if desk.may(SET_INDICATORS) else "",
        "is_settled": bool(rows and agreement.signed_at),
    }


# --- documents and history ------------------------------------------------------------------------------------------


def documents_panel(request: HttpRequest, agreement: Agreement) -> dict[str, Any]:
    """The agreement's own document, and every file that belongs to it."""
    desk = _desk(request, agreement)
    stored = list(files_of(agreement))
    people = _names(file.uploaded_by_id for file in stored)
    return {
        "agreement": agreement,
        "is_signed": desk.text is not None and desk.text.signed_pdf_id is not None,
        "pdf_url": desk.url("agreement_pdf"),
        "files": [
            {
                "name": file.name,
                "url": file.get_absolute_url(),
                "size": file.size,
                "kind": FILE_KINDS.get(file.kind, ""),
                "at": file.uploaded_at,
                "by": people.get(file.uploaded_by_id, ""),
                "scan": file.scan_state,
            }
            for file in stored
        ],
    }


def history_panel(request: HttpRequest, agreement: Agreement) -> dict[str, Any]:
    """The latest events, or all of them with ?history=all."""
    everything = request.GET.get("history") == "all"
    events = history_of(agreement).order_by("-sequence")
    found = list(events if everything else events[: HISTORY_SHOWN + 1])
    shown = found if everything else found[:HISTORY_SHOWN]
    more = len(found) > len(shown)
    more_url = "?history=all#history" if more else ""
    return {"agreement": agreement, "events": shown, "more_url": more_url, "is_folded": not everything}


def _names(ids: Any) -> dict[int, str]:
    wanted = {pk for pk in ids if pk}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "full_name_th")) if wanted else {}
