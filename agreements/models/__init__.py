from agreements.models.agreement import Agreement, Party
from agreements.models.calls import Call, CallCriterion, CallInvitation
from agreements.models.capacity import Capacity
from agreements.models.committee import Committee, CommitteeMember
from agreements.models.decisions import Decision, DecisionStep
from agreements.models.money import Account, AccountEntry, BudgetSource, Instalment
from agreements.models.notes import Clearance, StepNote
from agreements.models.plan import Indicator, Plan, PlanActivity
from agreements.models.prior import PriorAgreement, PriorInstalment
from agreements.models.proposals import Proposal, ProposalVersion
from agreements.models.reviews import (
    Presentation,
    Resolution,
    ResolutionOutcome,
    Review,
    ReviewScore,
    ScreeningCheck,
)
from agreements.models.text import AgreementText, Signature

__all__ = [
    "Account",
    "AccountEntry",
    "Agreement",
    "AgreementText",
    "BudgetSource",
    "Call",
    "CallCriterion",
    "CallInvitation",
    "Capacity",
    "Clearance",
    "Committee",
    "CommitteeMember",
    "Decision",
    "DecisionStep",
    "Indicator",
    "Instalment",
    "Party",
    "Plan",
    "PlanActivity",
    "Presentation",
    "PriorAgreement",
    "PriorInstalment",
    "Proposal",
    "ProposalVersion",
    "Resolution",
    "ResolutionOutcome",
    "Review",
    "ReviewScore",
    "ScreeningCheck",
    "Signature",
    "StepNote",
]
