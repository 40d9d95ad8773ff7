"""What calls and proposals tell the ground floor: navigation, who reads a proposal's files, words for the history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.actions.appeals import APPEAL_FILE
from agreements.actions.paper import FORMER_SCAN, PAPER_SCAN, REPLACED_SCAN
from agreements.actions.paper_mistakes import DISCARDED_FILE
from agreements.actions.paper_withdrawal import WITHDRAWAL_LETTER
from agreements.actions.proposal_content import ATTACHMENT
from agreements.blind import names_hidden
from agreements.documents.call import call_pdf
from agreements.models import Appeal, Call, Proposal
from agreements.queries.call_public import public_call
from core.files import register_access
from core.registry import register_admin_card, register_document_kind, register_history_labels, register_nav
from partnerships.permissions.administration import is_administering

MAYBE_ANOTHERS = (DISCARDED_FILE, REPLACED_SCAN)  # scanned by mistake, perhaps: for the agency alone


def may_read_attachment(file: Any, actor: Any) -> bool:
    """Those who may read the proposal; what was taken out of it or never attached, its own organisation alone."""
    proposal = Proposal.objects.visible_to(actor).select_related("call").filter(pk=file.root_id).first()
    if proposal is None:
        return False
    if file.kind in (PAPER_SCAN, FORMER_SCAN, REPLACED_SCAN, WITHDRAWAL_LETTER, DISCARDED_FILE):
        own = file.kind not in MAYBE_ANOTHERS and proposal.organisation_id == actor.organisation_id
        return own or (proposal.call.agency_id == actor.organisation_id and not names_hidden(proposal.call, actor))
    if file.kind == APPEAL_FILE:  # what follows the decision is not for reviewers
        return Appeal.objects.visible_to(actor).filter(proposal=proposal).exists()
    return file.kind == ATTACHMENT or proposal.organisation_id == actor.organisation_id


def find_call(reference: str) -> Call:
    return Call.objects.select_related("agency").get(reference=reference)


def call_references() -> Iterable[str]:
    return Call.objects.order_by("pk").values_list("reference", flat=True)


def print_call(call: Call) -> bytes:
    return call_pdf(call, public_call)


register_access("agreements.proposal", may_read_attachment)
register_document_kind("call", _("Call for proposals"), find=find_call, references=call_references, render=print_call)
register_nav(
    _("Calls for proposals"),
    "agreements:call_list",
    visible=lambda actor: bool(actor and actor.user_id),
    order=30,
    icon="megaphone",
)
register_nav(
    _("Our proposals"),
    "agreements:own_proposals",
    visible=lambda actor: bool(actor and actor.user_id and actor.is_partner),
    order=25,
    icon="file-earmark-text",
)
register_admin_card(
    _("Templates of calls"),
    _("Texts, criteria and documents from which agencies write their calls for proposals"),
    "agreements:call_template_list",
    visible=is_administering,
    order=50,
    icon="file-earmark-text",
)
register_history_labels(
    {
        "call.open_call": _("Wrote the call"),
        "call.edit": _("Edited the call"),
        "call.set_criteria": _("Edited the criteria"),
        "call.propose_publication": _("Proposed publication"),
        "call.publish": _("Published the call"),
        "call.close_submissions": _("Closed submissions"),
        "call.name_reviewer": _("Named a reviewer"),
        "call.dismiss_reviewer": _("Ended a reviewer's invitation"),
        "call.begin_selection": _("Began the selection"),
        "call.record_resolution": _("Recorded the committee's resolution"),
        "call.propose_selection": _("Proposed the selection"),
        "call.decide": _("Decided by the committee's resolution"),
        "call.cancel": _("Cancelled the call"),
        "callquestion.ask": _("A question was asked"),
        "callquestion.answer": _("Answered a question"),
        "call.declare_void": _("Declared the call void"),
        "call.set_documents": _("Edited the documents wanted"),
        "call.propose_addendum": _("Proposed an addendum"),
        "call.publish_addendum": _("Published an addendum"),
        "calltemplate.add_template": _("Added the template"),
        "calltemplate.edit": _("Edited the template"),
        "calltemplate.set_criteria": _("Edited the criteria of the template"),
        "calltemplate.set_documents": _("Edited the documents wanted by the template"),
        "calltemplate.retire": _("Retired the template"),
        "calltemplate.restore": _("Took the template back into use"),
        "proposal.begin_proposal": _("Began a proposal"),
        "proposal.edit": _("Edited the proposal"),
        "proposal.attach": _("Attached a file"),
        "proposal.detach": _("Removed a file"),
        "proposal.submit": _("Submitted the proposal"),
        "proposal.withdraw": _("Withdrew the proposal"),
        "proposal.enter_paper": _("Entered a proposal on paper"),
        "proposal.confirm_paper": _("Confirmed the proposal on paper"),
        "proposal.return_paper": _("Sent the entry back for correction"),
        "proposal.correct_paper": _("Corrected the time of receipt or the scan"),
        "proposal.report_corrected": _("Reported the entry corrected"),
        "proposal.set_aside": _("Set the online draft aside for the paper"),
        "proposal.bring_back": _("Brought the online draft back"),
        "proposal.bring_back_withdrawn": _("Brought the online draft back"),
        "proposal.object_to_paper": _("Objected to the proposal on paper"),
        "proposal.discard_paper": _("Took out what was entered by mistake"),
        "proposal.discard_again": _("Took out what was entered by mistake"),
        "proposal.record_withdrawal": _("Recorded a withdrawal by letter"),
        "proposal.withdraw_paper": _("Confirmed the withdrawal by letter"),
        "proposal.return_withdrawal": _("Sent the record of the letter back"),
        "proposal.enter_again": _("Entered the proposal on paper again"),
        "proposal.continue_online": _("Continued the proposal on paper online"),
        "proposal.screen": _("Screened the qualifications"),
        "proposal.screen_again": _("Took the finding back, to screen again"),
        "proposal.find_eligible": _("Found eligible"),
        "proposal.find_ineligible": _("Found not eligible"),
        "proposal.present": _("Recorded the presentation"),
        "proposal.review": _("Saved a review"),
        "proposal.finish_review": _("Finished a review"),
        "proposal.reopen_review": _("Opened a finished review again"),
        "proposal.promote": _("Selected from the reserve list"),
        "call.appoint_committee": _("Recorded the selection committee"),
        "call.propose_promotion": _("Proposed a selection from the reserve list"),
        "proposal.select": _("Selected"),
        "proposal.keep_in_reserve": _("Kept in reserve"),
        "proposal.decline": _("Not selected"),
    }
)
