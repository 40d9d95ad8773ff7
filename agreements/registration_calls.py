"""What calls and proposals tell the ground floor: navigation, who reads a proposal's files, words for the history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.actions.paper import PAPER_SCAN
from agreements.actions.proposals import ATTACHMENT
from agreements.models import Proposal
from core.files import register_access
from core.registry import register_history_labels, register_nav


def may_read_attachment(file: Any, actor: Any) -> bool:
    """Those who may read the proposal; what was taken out of it or never attached, its own organisation alone."""
    proposal = Proposal.objects.visible_to(actor).select_related("call").filter(pk=file.root_id).first()
    if proposal is None:
        return False
    if file.kind == PAPER_SCAN and proposal.call.agency_id == actor.organisation_id:
        return True
    return file.kind == ATTACHMENT or proposal.organisation_id == actor.organisation_id


register_access("agreements.proposal", may_read_attachment)
register_nav(
    _("Calls for proposals"),
    "agreements:call_list",
    visible=lambda actor: bool(actor and actor.user_id),
    order=30,
    icon="megaphone",
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
        "proposal.begin_proposal": _("Began a proposal"),
        "proposal.edit": _("Edited the proposal"),
        "proposal.attach": _("Attached a file"),
        "proposal.detach": _("Removed a file"),
        "proposal.submit": _("Submitted the proposal"),
        "proposal.withdraw": _("Withdrew the proposal"),
        "proposal.enter_paper": _("Entered a proposal on paper"),
        "proposal.confirm_paper": _("Confirmed the proposal on paper"),
        "proposal.return_paper": _("Sent the entry back for correction"),
        "proposal.screen": _("Screened the qualifications"),
        "proposal.find_eligible": _("Found eligible"),
        "proposal.find_ineligible": _("Found not eligible"),
        "proposal.present": _("Recorded the presentation"),
        "proposal.review": _("Saved a review"),
        "proposal.finish_review": _("Finished a review"),
        "proposal.select": _("Selected"),
        "proposal.keep_in_reserve": _("Kept in reserve"),
        "proposal.decline": _("Not selected"),
    }
)
