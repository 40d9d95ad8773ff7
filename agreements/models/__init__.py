from agreements.models.addenda import CallAddendum
from agreements.models.agreement import Agreement, Party
from agreements.models.call_templates import CallTemplate, TemplateCriterion, TemplateDocument
from agreements.models.calls import Call, CallArea, CallCriterion, CallDocument, CallInvitation
from agreements.models.capacity import Capacity
from agreements.models.committee import Committee, CommitteeMember
from agreements.models.decisions import Decision, DecisionStep
from agreements.models.exports import Export
from agreements.models.judge_invitations import JudgeInvitation
from agreements.models.money import Account, AccountEntry, BudgetSource, Instalment
from agreements.models.notes import Clearance, StepNote
from agreements.models.paper import PaperObjection, PaperReturn, PaperWithdrawal
from agreements.models.plan import Indicator, Plan, PlanActivity
from agreements.models.presentations import Presentation, PresentationScore, PresentationSlot
from agreements.models.prior import PriorAgreement, PriorInstalment
from agreements.models.proposal_drafts import ProposalPart, ProposalPresence, ProposalRevision
from agreements.models.proposal_rows import (
    ProposalActivity,
    ProposalBeneficiary,
    ProposalBudgetLine,
    ProposalDocument,
    ProposalIndicator,
    ProposalMember,
    ProposalRisk,
)
from agreements.models.proposals import Proposal, ProposalVersion
from agreements.models.questions import CallQuestion
from agreements.models.resolutions import Resolution, ResolutionOutcome, SelectionCommittee, SelectionMember
from agreements.models.results import Appeal, ResultLetter
from agreements.models.reviews import ConflictDeclaration, Review, ReviewAssignment, ReviewReopening, ReviewScore
from agreements.models.screening import CureRequest, ScreeningCheck, ScreeningReopening
from agreements.models.subscriptions import CallSubscription, SubscriptionArea
from agreements.models.text import AgreementText, Signature

__all__ = [
    "Account",
    "AccountEntry",
    "Agreement",
    "AgreementText",
    "Appeal",
    "BudgetSource",
    "Call",
    "CallAddendum",
    "CallArea",
    "CallCriterion",
    "CallDocument",
    "CallInvitation",
    "CallQuestion",
    "CallSubscription",
    "CallTemplate",
    "Capacity",
    "Clearance",
    "Committee",
    "CommitteeMember",
    "ConflictDeclaration",
    "CureRequest",
    "Decision",
    "DecisionStep",
    "Export",
    "Indicator",
    "Instalment",
    "JudgeInvitation",
    "PaperObjection",
    "PaperReturn",
    "PaperWithdrawal",
    "Party",
    "Plan",
    "PlanActivity",
    "Presentation",
    "PresentationScore",
    "PresentationSlot",
    "PriorAgreement",
    "PriorInstalment",
    "Proposal",
    "ProposalActivity",
    "ProposalBeneficiary",
    "ProposalBudgetLine",
    "ProposalDocument",
    "ProposalIndicator",
    "ProposalMember",
    "ProposalPart",
    "ProposalPresence",
    "ProposalRevision",
    "ProposalRisk",
    "ProposalVersion",
    "Resolution",
    "ResolutionOutcome",
    "ResultLetter",
    "Review",
    "ReviewAssignment",
    "ReviewReopening",
    "ReviewScore",
    "ScreeningCheck",
    "ScreeningReopening",
    "SelectionCommittee",
    "SelectionMember",
    "Signature",
    "StepNote",
    "SubscriptionArea",
    "TemplateCriterion",
    "TemplateDocument",
]
