"""Codes of the agreements floor (§3, §4 steps 4-7). Logic uses codes, never labels."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from partnerships.enums import MoneySource, ProcurementScreening

__all__ = ["MoneySource", "ProcurementScreening"]  # the ground floor's words, by the name this floor knows them


class Standing(TextChoices):
    """Where an agreement stands as a legal thing, apart from the manual's step."""

    PREPARING = "preparing", _("Being prepared")
    IN_FORCE = "in_force", _("In force")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")
    TERMINATED = "terminated", _("Terminated")
    CLOSED = "closed", _("Closed")


ENDED = frozenset({Standing.CANCELLED, Standing.TERMINATED, Standing.CLOSED})


class Side(TextChoices):
    GIVER = "giver", _("Mission giver")
    RECEIVER = "receiver", _("Mission receiver")
    SUPPORTER = "supporter", _("Supporter")


class Procedure(TextChoices):
    OPEN = "open", _("Open call")
    DIRECT = "direct", _("Direct invitation")


class CallState(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Open for proposals")
    SCREENING = "screening", _("Screening and presentation")
    SELECTION = "selection", _("Selection")
    DECIDED = "decided", _("Decided")
    CANCELLED = "cancelled", _("Cancelled")
    VOID = "void", _("Declared void")


CALL_CALLED_OFF = frozenset({CallState.CANCELLED, CallState.VOID})


TAKES_PAPER = frozenset({CallState.PUBLISHED, CallState.SCREENING})  # entered from paper after the deadline too


class AllocationMethod(TextChoices):
    """How a call's money is given out (§3.2 step 1: how money is allocated)."""

    INSTALMENTS = "instalments", _("By instalments")
    UNIT_COST = "unit_cost", _("By unit cost")
    BOTH = "both", _("By instalments, on unit cost")


class ProposalSource(TextChoices):
    ONLINE = "online", _("Online")
    PAPER = "paper", _("Handed in on paper")


class ProposalState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CURING = "curing", _("Asked to complete")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Not eligible")
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("In reserve")
    NOT_SELECTED = "not_selected", _("Not selected")
    SET_ASIDE = "set_aside", _("Set aside: handed in on paper")
    DISCARDED = "discarded", _("Entered by mistake")


# These do not hold the place of an organisation on a call.
TAKEN_OUT = frozenset({ProposalState.SET_ASIDE, ProposalState.DISCARDED})
RECEIVED_PROPOSALS = frozenset(ProposalState) - {ProposalState.DRAFT, ProposalState.WITHDRAWN} - TAKEN_OUT


class Outcome(TextChoices):
    """What a resolution says of a proposal."""

    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("In reserve")
    NOT_SELECTED = "not_selected", _("Not selected")


class CriterionKind(TextChoices):
    ELIGIBILITY = "eligibility", _("Qualification (met or not)")
    SCORING = "scoring", _("Criterion with a weight")


class IndicatorLevel(TextChoices):
    OUTPUT = "output", _("Output")
    OUTCOME = "outcome", _("Result for people")


class BudgetCategory(TextChoices):
    """What a line of a proposal's budget is spent on."""

    PERSONNEL = "personnel", _("Personnel")
    OPERATION = "operation", _("Operation")
    MATERIALS = "materials", _("Materials")
    EQUIPMENT = "equipment", _("Equipment")
    TRAVEL = "travel", _("Travel")
    TRAINING = "training", _("Training and meetings")
    ADMINISTRATION = "administration", _("Administration")
    OTHER = "other", _("Other expenses")


class RiskLevel(IntegerChoices):
    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")


class AppealState(TextChoices):
    FILED = "filed", _("Filed")
    WITHDRAWN = "withdrawn", _("Appeal withdrawn")
    ANSWERED = "answered", _("Answered")


class AppealVerdict(TextChoices):
    UPHELD = "upheld", _("Appeal upheld")
    DISMISSED = "dismissed", _("Appeal dismissed")


class AppealRemedy(TextChoices):
    """What an upheld appeal changes."""

    NONE = "none", _("The record is corrected; the result stays")
    RESERVE = "reserve", _("Put on the reserve list")
    SELECT = "select", _("Selected")


class ExportKind(TextChoices):
    PROPOSALS_ZIP = "proposals_zip", _("All proposals as PDF (ZIP)")
    JUDGED_ZIP = "judged_zip", _("Proposals to judge as PDF (ZIP)")
    PROPOSALS_XLSX = "proposals_xlsx", _("Proposals (XLSX)")
    PROPOSALS_CSV = "proposals_csv", _("Proposals (CSV)")


class ExportState(TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Failed")


UNFINISHED_EXPORTS = (ExportState.QUEUED, ExportState.RUNNING)


class InstalmentState(TextChoices):
    PLANNED = "planned", _("Planned")
    REQUESTED = "requested", _("Requested")
    CHECKED = "checked", _("Checked")
    APPROVED = "approved", _("Approved")
    PAID = "paid", _("Paid")
    RECEIVED = "received", _("Received")
    VOID = "void", _("Void")


PAID_STATES = frozenset({InstalmentState.PAID, InstalmentState.RECEIVED})


class PriorState(TextChoices):
    """The entry of an agreement that was running before it was known here."""

    PROPOSED = "proposed", _("Waits for confirmation")
    RETURNED = "returned", _("Returned for correction")
    CONFIRMED = "confirmed", _("Confirmed")


class DecisionKind(TextChoices):
    """Decisions of the giver that rest on an endorsement chain."""

    PUBLISH_CALL = "publish_call", _("Publish the call")
    SELECT_PROPOSALS = "select_proposals", _("Select by the committee's resolution")
    SIGN_AGREEMENT = "sign_agreement", _("Approve the text for signature")
    PAY_INSTALMENT = "pay_instalment", _("Approve the payment")
    CLOSE_AGREEMENT = "close_agreement", _("Close the agreement")
    PUBLISH_ADDENDUM = "publish_addendum", _("Publish the addendum")
    ANSWER_APPEAL = "answer_appeal", _("Answer the appeal")
    PROMOTE_RESERVE = "promote_reserve", _("Select from the reserve list")
    CHOOSE_FORM = "choose_form", _("Choose the form of partnership")
    INVITE_SHORTLIST = "invite_shortlist", _("Invite the shortlisted partners")


# An addendum under consideration stops nothing: it ends with the closing of submissions.
HOLDS_NOTHING_UP = frozenset({DecisionKind.PUBLISH_ADDENDUM})


# Matters of a mission: through a chain only where the organisation set one for that very kind.
MISSION_KINDS = frozenset({DecisionKind.CHOOSE_FORM, DecisionKind.INVITE_SHORTLIST})
# Matters that rest on what a call's judges said.
JUDGED_KINDS = frozenset({DecisionKind.SELECT_PROPOSALS, DecisionKind.PROMOTE_RESERVE, DecisionKind.ANSWER_APPEAL})


class DecisionState(TextChoices):
    PENDING = "pending", _("Under consideration")
    DECIDED = "decided", _("Approved")
    RETURNED = "returned", _("Returned for revision")
    LAPSED = "lapsed", _("Closed without a decision")


class DecisionAct(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ENDORSED = "endorsed", _("Endorsed")
    DECIDED = "decided", _("Approved")
    RETURNED = "returned", _("Returned")
    LAPSED = "lapsed", _("Appeal withdrawn: the matter is closed")


class NoteKind(TextChoices):
    """What a step note records. The first four are §4 step 4 in its order; the cycle_* ones are §3.3."""

    VISION = "vision", _("Shared vision")
    PRIORITIES = "priorities", _("Priorities and possibilities")
    SELECTION = "selection", _("Selection of projects and activities")
    DRAFT = "draft", _("Draft agreement talked over")
    NEEDS = "needs", _("Needs of the target group")
    RESOURCES = "resources", _("Resources and budget")
    DESIGN = "design", _("Design of the service")
    DELIVERY = "delivery", _("Form, means and delivery of the service")
    WORK_COMPLETED = "work_completed", _("The work has been completed")
    OTHER = "other", _("Other matter")


class SignatureMethod(TextChoices):
    SCREEN = "screen", _("On screen")
    PAPER = "paper", _("On paper")


class EntryKind(TextChoices):
    """Kinds of account entry. Entries are never changed: a correction is a new entry."""

    PAYMENT = "payment", _("Instalment paid")
    SPENDING = "spending", _("Spending")
    RETURN = "return", _("Return of unspent money")
    INTEREST = "interest", _("Bank interest")


class ClearanceKind(TextChoices):
    """Verdicts that the upper floor writes and gates read."""

    MIDTERM = "midterm", _("Mid-term evaluation")
    FINAL = "final", _("Final evaluation")
    CYCLE = "cycle", _("Evaluation of a cycle")
    LESSONS = "lessons", _("Lessons of working together")


class Verdict(TextChoices):
    PASS = "pass", _("Passed")
    FAIL = "fail", _("Not passed")
    IMPROVE = "improve", _("Improve the service")
    WIDEN = "widen", _("Widen to other missions")
    CONCLUDE = "conclude", _("Conclude the partnership")


class CapacityKind(TextChoices):
    """What a person was invited for, without a membership."""

    REVIEWER = "reviewer", _("Reviewer of proposals")
    EVALUATOR = "evaluator", _("External evaluator")
    COMMITTEE_MEMBER = "committee_member", _("Committee member")
    AUDITOR = "auditor", _("Auditor")


class MemberRole(TextChoices):
    CHAIR = "chair", _("Chair")
    MEMBER = "member", _("Member")
    SECRETARY = "secretary", _("Secretary")


class Direction(TextChoices):
    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")
