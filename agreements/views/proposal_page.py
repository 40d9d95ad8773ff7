"""What the page of a proposal shows: parts with what is missing, answers as submitted, actions, judgements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.actions.presentations import PRESENT
from agreements.actions.proposal_content import ATTACHMENT, part_content, rows_on_record
from agreements.actions.proposals import EDIT_PROPOSAL, is_being_written
from agreements.actions.reviews import REOPEN_REVIEW, REVIEW
from agreements.actions.screening import SCREEN
from agreements.actions.slots import may_choose_time
from agreements.blind import name_applicants, names_hidden, without_names
from agreements.documents.gantt import gantt_of
from agreements.documents.proposal_answers import answers_of
from agreements.documents.proposal_data import version_content
from agreements.enums import (
    RECEIVED_PROPOSALS,
    TAKES_PAPER,
    CallState,
    CapacityKind,
    ProposalSource,
    ProposalState,
)
from agreements.forms.proposals import PartForm
from agreements.identity_words import words_of
from agreements.judges import judged_calls
from agreements.models import Proposal, ProposalVersion, Review
from agreements.permissions.proposals import proposal_printer, proposal_writer, receipt_reader
from agreements.proposal_sections import ACTIVITIES, DOCUMENTS, LINES, SECTIONS, RowKind
from agreements.proposal_totals import budget_totals, cost_per_person
from agreements.queries.calls import step_of
from agreements.queries.proposal_steps import JUDGED_OUT
from agreements.queries.proposal_timeline import timeline
from agreements.queries.ranking import reviews_seen
from agreements.requirements.proposal import lacking_of
from agreements.sequences import STEP_BY_CODE, steps_of
from agreements.views.after_decision import after_actions, after_context
from agreements.views.call_page import PROPOSAL_TONE
from agreements.views.judging_actions import cure_actions, cure_of
from agreements.views.paper_actions import paper_actions, paper_context
from core.audit import latest_events
from core.drafts import rows_name
from core.files import files_of
from core.workflow import is_open, judge
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
        "is_out": own and proposal.state in JUDGED_OUT,  # the step's duties are not this applicant's any more
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
    context["turn"] = turn_of(proposal, context)
    if own or context["own_agency"]:
        context |= paper_context(proposal, actor)
    if own:
        context["timeline"] = timeline(proposal)
    if writing:
        context["tasks"] = tasks_of(proposal)
    else:
        shown = None if own and not is_frozen(proposal) else versions[-1] if versions else None
        context |= content_of(proposal, shown, hidden=hidden)
    if context["own_agency"] or _reviewed_by(proposal, actor):
        context |= judgements(proposal, actor, agency=context["own_agency"]) | (
            {"presentation": None} if hidden else {}
        )
    return context


def turn_of(proposal: Proposal, context: dict[str, Any]) -> str:
    """Whose turn it is with this very proposal: "giver", "receiver", "both" or "" for nobody's.

    The step alone says so only where it is the giver's: the applicant's turn it is while this proposal asks something
    of the applicant. `context`: the page's, with `step` and what `after_context` gave (`slot`).
    """
    call, actor = proposal.call, context["step"].actor
    if actor == "giver":
        return actor
    if _asks_applicant(proposal, context):
        return actor
    entering = proposal.source == ProposalSource.PAPER and proposal.state == ProposalState.DRAFT
    if not is_frozen(proposal):
        return "giver" if entering and call.state in TAKES_PAPER else ""
    waits_for_day = context.get("slot") is not None and getattr(proposal, "presentation", None) is None
    return "" if call.state == CallState.PUBLISHED or waits_for_day else "giver"


def _asks_applicant(proposal: Proposal, context: dict[str, Any]) -> bool:
    """To go on writing, to complete what was asked for, to choose a time; or its agreement waits for both."""
    if proposal.state == ProposalState.DRAFT:
        return proposal.source == ProposalSource.ONLINE and proposal.call.is_open()
    if proposal.state == ProposalState.CURING:
        return bool(context.get("cure_open"))
    if proposal.state == ProposalState.SELECTED:
        return getattr(proposal, "agreement", None) is not None
    return may_choose_time(proposal) and "slot" in context and context["slot"] is None


def events_for(proposal: Proposal, actor: Any) -> Any:
    """The history: all of it to the agency and OPDC, to the proposer what its own people did (never who reviewed)."""
    if actor.is_opdc or (proposal.call.agency_id == actor.organisation_id and not proposal.names_hidden):
        return latest_events(proposal)
    if proposal.organisation_id == actor.organisation_id:
        return latest_events(proposal, organisation_id=proposal.organisation_id)
    return None


def paper_for(proposal: Proposal, actor: Any) -> str:
    """Which paper this actor may have: "own", "judge", "masked", or "" for none.

    "own" names the applicant and its people: never for whom names are hidden from. Judges have a copy of their own.
    """
    hidden = names_hidden(proposal.call, actor)
    if proposal_printer(proposal, actor) and not hidden:
        return "own"
    if not Proposal.objects.read_by_judge(actor.user_id).filter(pk=proposal.pk).exists():
        return ""
    return "masked" if hidden else "judge"


def is_frozen(proposal: Proposal) -> bool:
    return proposal.state in RECEIVED_PROPOSALS


def _reviewed_by(proposal: Proposal, actor: Any) -> bool:
    return CapacityKind.REVIEWER in judged_calls(actor).get(proposal.call_id, ())


def judgements(proposal: Proposal, actor: Any, *, agency: bool) -> dict[str, Any]:
    """What the agency and the reviewers see of the judging; findings that were taken back the agency alone."""
    return {
        "checks": list(proposal.screening_checks.select_related("criterion").order_by("criterion__ordinal")),
        "screened_before": list(proposal.screening_reopenings.select_related("reopened_by")) if agency else [],
        "presentation": getattr(proposal, "presentation", None),
        "reviews": _reviews(proposal, actor),
        "reopens": is_open(proposal, REOPEN_REVIEW, actor),
    }


def _reviews(proposal: Proposal, actor: Any) -> list[Review]:
    """What `reviews_seen` gives; who does not review the call need not be asked for his or her own scores first."""
    if _reviewed_by(proposal, actor):
        return reviews_seen(proposal, actor)
    rows = proposal.reviews.counting().select_related("reviewer")
    return list(rows.prefetch_related("scores__criterion", "reopenings").order_by("pk"))


# --- content --------------------------------------------------------------------------------------------------------


def content_of(proposal: Proposal, version: ProposalVersion | None, *, hidden: bool = False) -> dict[str, Any]:
    """The sections and files of a submitted version, or of the working copy where there is none to show.

    `hidden`: without names, for whom `blind.names_hidden` says so.
    """
    if version is None:
        content, stored = part_content(proposal), attached_to(proposal)
    else:
        content = version_content(version)
        if hidden:
            content = without_names(content, words_of([proposal.organisation_id]).get(proposal.organisation_id, ()))
        scans = dict(files_of(proposal).values_list("pk", "scan_state")) if content["files"] else {}
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


def section_context(proposal: Proposal, form: PartForm) -> dict[str, Any]:
    """What stands beside the form of a section, as it is stored: the plan by month; the totals, above its buttons."""
    code = form.section.code
    if code == ACTIVITIES.code:
        return {"plan": plan_by_month(proposal, _rows_beside(proposal, form, ACTIVITIES))}
    if code != "budget":
        return {}
    call = proposal.call
    lines = _rows_beside(proposal, form, LINES)
    context = {
        "proposal": proposal,
        "call": call,
        "money": budget_totals(lines) if lines else None,
        "cost": cost_per_person(proposal.budget, proposal.beneficiaries),
        "too_much": proposal.budget is not None and proposal.budget > call.budget_ceiling,
    }
    return {"above": render_to_string("agreements/_proposal_budget.html", context)}


def plan_by_month(proposal: Proposal, activities: Sequence[Mapping[str, Any]] | None = None) -> str:
    """HTML of the plan by month as it is stored (`activities`: as read already); nothing while there is none."""
    rows = list(rows_on_record(proposal, ACTIVITIES)) if activities is None else activities
    drawn = gantt_of(rows, proposal.duration_months) if rows else None
    return render_to_string("agreements/_proposal_plan.html", {"gantt": drawn})


def _rows_beside(proposal: Proposal, form: PartForm, kind: RowKind) -> Sequence[Mapping[str, Any]]:
    """The rows on record: read with the form, or anew where it shows what was sent."""
    return form.on_record[rows_name(kind.code)] if form.on_record else list(rows_on_record(proposal, kind))


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
    if proposal.source == ProposalSource.ONLINE and is_open(proposal, EDIT_PROPOSAL, actor):
        shown.append(_link(proposal, "proposal_check", _("Check the answers and submit")))
    withdraw = judge(proposal, "withdraw", actor)
    if withdraw.open:
        shown.append(_link(proposal, "proposal_withdraw", withdraw.title, tone="outline-danger"))
    if receipt_reader(proposal, actor) and is_frozen(proposal):
        shown.append(_link(proposal, "proposal_receipt", _("Show the receipt"), tone="outline-primary"))
    shown += paper_actions(proposal, actor)
    if paper_for(proposal, actor):
        shown.append(_link(proposal, "proposal_print", _("Print the proposal (PDF)"), tone="outline-primary"))
    for rule, url_name in ((SCREEN, "proposal_screen"), (PRESENT, "proposal_present"), (REVIEW, "proposal_review")):
        if is_open(proposal, rule, actor):
            shown.append(_link(proposal, url_name, rule.title))
    if proposal.call.state == CallState.SCREENING and judge(proposal, "screen_again", actor).open:
        shown.append(_link(proposal, "proposal_screen_again", _("Screen again"), tone="outline-primary"))
    gaps = cure_actions(proposal, actor)  # first once they were asked for: they wait for a day
    shown = gaps + shown if proposal.state == ProposalState.CURING else shown + gaps
    return shown + after_actions(proposal, actor)


def _link(
    proposal: Proposal, url_name: str, label: Any, *, method: str = "get", tone: str = "primary"
) -> dict[str, Any]:
    url = reverse(f"agreements:{url_name}", args=[proposal.reference])
    return {"label": label, "url": url, "method": method, "tone": tone}
