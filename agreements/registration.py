"""What this floor tells core: navigation, panels of the agreement page, words of events, who may read files."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from agreements.actions.instalments import EVIDENCE
from agreements.enums import Side
from agreements.models import Agreement, Call, Party, PriorAgreement, Proposal
from agreements.permissions.agreements import may_read_money
from agreements.queries import panels
from core.files import register_access
from core.models import StoredFile
from core.registry import register_history_labels, register_nav, register_panel
from partnerships.enums import Role
from partnerships.permissions.profile import register_payer_rule

# --- navigation

register_nav(
    _("Agreements"),
    "agreements:agreement_list",
    visible=lambda actor: bool(actor.user_id),
    order=40,
    icon="journal-check",
)

# --- panels of the agreement page

SLOT = "agreement_detail"
for name, context, order in (
    ("notes", panels.notes_panel, 20),
    ("text", panels.text_panel, 30),
    ("committee", panels.committee_panel, 40),
    ("plan", panels.plan_panel, 50),
    ("indicators", panels.indicators_panel, 60),
    ("documents", panels.documents_panel, 90),
    ("history", panels.history_panel, 100),
):
    register_panel(SLOT, name, f"agreements/_panel_{name}.html", context=context, order=order)

# --- words of events

register_history_labels(
    {
        "agreement.open": _("Agreement opened"),
        "agreement.enter_running": _("Entered later, and confirmed"),
        "prioragreement.enter": _("Running agreement entered"),
        "prioragreement.correct": _("Entry corrected"),
        "prioragreement.send_back": _("Entry returned for correction"),
        "prioragreement.confirm": _("Entry confirmed"),
        "agreement.edit_details": _("Terms edited"),
        "agreement.add_party": _("Party added"),
        "agreement.remove_party": _("Party removed"),
        "party.edit_party": _("Duties and signatory of a party edited"),
        "agreement.write_note": _("Note written"),
        "stepnote.confirm": _("Note confirmed by the other side"),
        "agreement.propose_text": _("Text proposed for signature"),
        "agreement.freeze_text": _("Text approved and frozen for signature"),
        "agreement.withdraw_text": _("Text withdrawn"),
        "signature.screen": _("Signed on screen"),
        "signature.paper": _("Signature on paper handed in"),
        "signature.confirm": _("Signature on paper confirmed"),
        "agreement.reject_scan": _("Scan of a signature sent back"),
        "agreement.enter_into_force": _("Entered into force"),
        "agreement.make_public": _("Made public"),
        "agreement.record_committee": _("Joint committee recorded"),
        "agreement.waive_committee": _("Reason for having no committee kept"),
        "agreement.draw_up_plan": _("Action plan drawn up"),
        "plan.propose": _("Action plan proposed for approval"),
        "plan.approve": _("Action plan approved"),
        "agreement.set_indicators": _("Indicators set"),
        "agreement.propose_closing": _("Closing proposed"),
        "agreement.propose_payment": _("Payment proposed"),
        "agreement.cancel": _("Cancelled before signing"),
        "agreement.terminate": _("Terminated"),
        "agreement.close": _("Closed"),
        "decision.endorse": _("Endorsed on the way"),
        "decision.decide": _("Approved by the one who decides"),
        "decision.return_decision": _("Returned for revision"),
        "agreement.allocate_subsidy": _("Went on: allocation of the subsidy"),
        "agreement.begin_delivery": _("Went on: funded activities"),
        "agreement.allocate_first_instalment": _("Went on: first instalment"),
        "agreement.begin_midterm_evaluation": _("Went on: mid-term evaluation"),
        "agreement.allocate_next_instalment": _("Went on: next instalment"),
        "agreement.begin_final_evaluation": _("Went on: final evaluation"),
        "agreement.end_funding": _("Funding ended; went on to the final evaluation"),
        "agreement.begin_account_closing": _("Went on: account closing"),
        "agreement.assess_needs": _("Went on: needs of the target group"),
        "agreement.allocate_resources": _("Went on: resources"),
        "agreement.design_service": _("Went on: design of the service"),
        "agreement.deliver_service": _("Went on: delivery of the service"),
        "agreement.evaluate_service": _("Went on: evaluation"),
        "agreement.improve_service": _("New cycle opened to improve the service"),
        "agreement.widen_service": _("New cycle opened to widen the service"),
    }
)

# --- who may read files: whoever may read the record they belong to


def _reads_record(model: Any) -> Any:
    def rule(file: StoredFile, actor: Any) -> bool:
        return model.objects.visible_to(actor).filter(pk=file.root_id).exists()

    return rule


def _reads_agreement_file(file: StoredFile, actor: Any) -> bool:
    """Evidence of spending goes with the sums: not to those who were only invited to the agreement."""
    agreement = Agreement.objects.visible_to(actor).filter(pk=file.root_id).first()
    return agreement is not None and (file.kind != EVIDENCE or may_read_money(agreement, actor))


register_access(Agreement._meta.label_lower, _reads_agreement_file)
for model in (Call, PriorAgreement, Proposal):
    register_access(model._meta.label_lower, _reads_record(model))


# --- whom an organisation's bank account is shown to: those who pay it


def _pays(organisation: Any, actor: Any) -> bool:
    """Officer or finance of an agency that gives, in a signed agreement that has not ended, to this receiver."""
    if not actor.is_agency or not actor.holds(Role.FINANCE, Role.OFFICER):
        return False
    signed = Agreement.objects.filter(signed_at__isnull=False, closed_at=None, ended_at=None)
    given = signed.filter(parties__organisation=actor.organisation_id, parties__side=Side.GIVER)
    received = Party.objects.filter(agreement=OuterRef("pk"), organisation=organisation.pk, side=Side.RECEIVER)
    return given.filter(Exists(received)).exists()


register_payer_rule(_pays)
