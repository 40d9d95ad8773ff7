"""What the page of a proposal shows: parts with what is missing, answers as submitted, actions, judgements."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.actions.paper import PAPER_SCAN, RETURN_PAPER
from agreements.actions.presentations import PRESENT
from agreements.actions.proposal_content import ATTACHMENT, part_content, rows_on_record
from agreements.actions.proposals import EDIT_PROPOSAL, is_being_written
from agreements.actions.reviews import REOPEN_REVIEW, REVIEW
from agreements.actions.screening import SCREEN
from agreements.blind import name_applicants, names_hidden, without_names
from agreements.documents.proposal_answers import answers_of
from agreements.documents.proposal_data import version_content
from agreements.enums import BudgetCategory, MoneySource, ProposalSource
from agreements.models import Proposal, ProposalVersion
from agreements.permissions import proposal_printer, proposal_writer, receipt_reader
from agreements.proposal_sections import DOCUMENTS, LINES, SECTIONS
from agreements.proposal_totals import budget_totals, cost_per_person
from agreements.queries.calls import step_of
from agreements.queries.proposal_timeline import timeline
from agreements.queries.ranking import reviews_seen
from agreements.requirements.proposal import lacking_of
from agreements.sequences import STEP_BY_CODE, steps_of
from agreements.views.after_decision import after_actions, after_context
from agreements.views.call_page import PROPOSAL_TONE
from agreements.views.judging_actions import cure_actions, cure_of
from core.audit import latest_events
from core.files import files_of
from core.workflow import judge
from partnerships.queries.standing import why_blocked


def proposal_context(proposal: Proposal, actor: Any) -> dict[str, Any]:
    """Everything the page needs. The proposer sees the working copy, everyone else the version that was submitted."""
    call = proposal.call
    own = proposal.organisation_id == actor.organisation_id
    writing = proposal_writer(proposal, actor) and is_being_written(proposal)
    versions = list(proposal.versions.all())
    hidden = name_applicants([proposal], call, actor)[0].names_hidden
    context = {
        "proposal": proposal,
        "call": call,
        "tone": PROPOSAL_TONE[proposal.state],
        "steps": steps_of(call.form),
        "step": STEP_BY_CODE[step_of(call)],
        "own": own,
        "names_hidden": hidden,
        "own_agency": call.agency_id == actor.organisation_id and not hidden,
        "viewer_side": "receiver" if own else "giver" if call.agency_id == actor.organisation_id else "",
        "writing": writing,
        "versions": versions if own else [] if hidden else versions[-1:],
        "blocked": why_blocked(proposal.organisation_id) if own else None,
        "actions": proposal_actions(proposal, actor),
        **cure_of(proposal, own, call.agency_id == actor.organisation_id and not hidden),
        "events": events_for(proposal, actor),
        **after_context(proposal, actor),
    }
    if own or context["own_agency"]:
        context["paper_scans"] = list(files_of(proposal, PAPER_SCAN)) if proposal.entered_by_id else []
    if own:
        context["timeline"] = timeline(proposal)
    if writing:
        context["tasks"] = tasks_of(proposal)
    else:
        shown = None if own and not is_frozen(proposal) else versions[-1] if versions else None
        context |= content_of(proposal, shown, hidden=hidden)
    if context["own_agency"] or _reviewed_by(proposal, actor):
        context |= judgements(proposal, actor) | ({"presentation": None} if hidden else {})
    return context


def events_for(proposal: Proposal, actor: Any) -> Any:
    """The history: all of it to the agency and OPDC, to the proposer what its own people did (never who reviewed)."""
    if actor.is_opdc or (proposal.call.agency_id == actor.organisation_id and not proposal.names_hidden):
        return latest_events(proposal)
    if proposal.organisation_id == actor.organisation_id:
        return latest_events(proposal, organisation_id=proposal.organisation_id)
    return None


def may_print(proposal: Proposal, actor: Any) -> bool:
    """Whether the paper, which names the applicant, may be read: never by whom the names are hidden from."""
    return proposal_printer(proposal, actor) and not names_hidden(proposal.call, actor)


def is_frozen(proposal: Proposal) -> bool:
    return proposal.state not in ("draft", "withdrawn")


def _reviewed_by(proposal: Proposal, actor: Any) -> bool:
    return actor.user_id is not None and proposal.call.has_capacity(actor.user_id, "reviewer")


def judgements(proposal: Proposal, actor: Any) -> dict[str, Any]:
    """What the agency and the reviewers see of the judging."""
    return {
        "checks": list(proposal.screening_checks.select_related("criterion").order_by("criterion__ordinal")),
        "presentation": getattr(proposal, "presentation", None),
        "reviews": reviews_seen(proposal, actor),
        "reopens": judge(proposal, REOPEN_REVIEW, actor).open,
    }


# --- content --------------------------------------------------------------------------------------------------------


def content_of(proposal: Proposal, version: ProposalVersion | None, *, hidden: bool = False) -> dict[str, Any]:
    """The sections and files of a submitted version, or of the working copy where there is none to show.

    `hidden`: without names, for whom `blind.names_hidden` says so.
    """
    if version is None:
        content, stored = part_content(proposal), attached_to(proposal)
    else:
        content = without_names(version_content(version)) if hidden else version_content(version)
        scans = dict(files_of(proposal).values_list("pk", "scan_state"))
        stored = [
            {**row, "url": reverse("core:file_download", args=[row["id"]]), "scan": scans.get(row["id"], "")}
            for row in content["files"]
        ]
    return {"parts": answers_of(content), **files_shown(content, stored)}


def files_shown(content: dict[str, Any], stored: list[dict[str, Any]]) -> dict[str, Any]:
    """`documents` the call wants, each with the files that answer it; `attached` the other files."""
    by_id = {row["id"]: row for row in stored}
    documents = [
        {**wanted, "files": [by_id[pk] for pk in wanted["files"] if pk in by_id]}
        for wanted in content.get("documents", [])
    ]
    used = {row["id"] for wanted in documents for row in wanted["files"]}
    return {"documents": documents, "attached": [row for row in stored if row["id"] not in used]}


def attached_to(proposal: Proposal) -> list[dict[str, Any]]:
    """The working copy's files as the list of files draws them."""
    rows = files_of(proposal, ATTACHMENT)
    return [
        {
            "id": row.pk,
            "name": row.name,
            "size": row.size,
            "at": row.uploaded_at,
            "url": row.get_absolute_url(),
            "scan": row.scan_state,
        }
        for row in rows
    ]


def section_url(proposal: Proposal, code: str) -> str:
    """The page on which a section is written."""
    if code == DOCUMENTS.code:
        return reverse("agreements:proposal_files", args=[proposal.reference])
    return reverse("agreements:proposal_edit", args=[proposal.reference, code])


def section_context(proposal: Proposal, code: str) -> dict[str, Any]:
    """What stands beside the form of a section: the call's ceilings, and the totals as they are stored."""
    if code != "budget":
        return {}
    call = proposal.call
    lines = list(rows_on_record(proposal, LINES))
    return {
        "money": budget_totals(lines) if lines else None,
        "cost": cost_per_person(proposal.budget, proposal.beneficiaries),
        "categories": BudgetCategory.choices,
        "sources": MoneySource.choices,
        "too_much": proposal.budget is not None and proposal.budget > call.budget_ceiling,
    }


def tasks_of(proposal: Proposal) -> list[dict[str, Any]]:
    """The sections as a task list: not started, in progress with what it still lacks, completed."""
    lacking = lacking_of(proposal)
    begun = set(proposal.parts.filter(version__gte=1).values_list("part", flat=True))
    tasks = []
    for number, (code, section) in enumerate(SECTIONS.items(), start=1):
        items = [str(item) for item in lacking[code]]
        state = "done" if not items else "doing" if code in begun else "todo"
        hint = _("Still missing: %(names)s") % {"names": ", ".join(items)} if items else ""
        url = section_url(proposal, code)
        tasks.append({"title": f"{number}. {section.heading}", "url": url, "state": state, "hint": hint, "code": code})
    return tasks


# --- actions --------------------------------------------------------------------------------------------------------


def proposal_actions(proposal: Proposal, actor: Any) -> list[dict[str, Any]]:
    """Buttons of the proposal for this actor."""
    shown = []
    if proposal.source == ProposalSource.ONLINE and judge(proposal, EDIT_PROPOSAL, actor).open:
        shown.append(_link(proposal, "proposal_check", _("Check the answers and submit")))
    withdraw = judge(proposal, "withdraw", actor)
    if withdraw.open:
        shown.append(_link(proposal, "proposal_withdraw", withdraw.title, method="post", tone="outline-danger"))
    if receipt_reader(proposal, actor) and is_frozen(proposal):
        shown.append(_link(proposal, "proposal_receipt", _("Show the receipt"), tone="outline-primary"))
    if judge(proposal, RETURN_PAPER, actor).open:
        shown.append(_link(proposal, "proposal_paper", _("Compare with the paper and confirm")))
    if may_print(proposal, actor):
        shown.append(_link(proposal, "proposal_print", _("Print the proposal (PDF)"), tone="outline-primary"))
    for rule, url_name in ((SCREEN, "proposal_screen"), (PRESENT, "proposal_present"), (REVIEW, "proposal_review")):
        judgement = judge(proposal, rule, actor)
        if judgement.open:
            shown.append(_link(proposal, url_name, judgement.title))
    return shown + cure_actions(proposal, actor) + after_actions(proposal, actor)


def _link(
    proposal: Proposal, url_name: str, label: Any, *, method: str = "get", tone: str = "primary"
) -> dict[str, Any]:
    url = reverse(f"agreements:{url_name}", args=[proposal.reference])
    return {"label": label, "url": url, "method": method, "tone": tone}
