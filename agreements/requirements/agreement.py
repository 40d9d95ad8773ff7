"""What must be there before an agreement goes on: pure functions over `AgreementFacts`, named by the sequences.

The same list feeds the button, the guard and "what is missing". `where` is the anchor of the panel that mends it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from agreements.enums import ClearanceKind, InstalmentState, NoteKind, Standing, Verdict
from agreements.models.agreement import LAST_STEPS
from agreements.queries.facts import AgreementFacts, load_agreement_facts
from core.workflow import Book, Requirement


def _noted(kind: str) -> Callable[[AgreementFacts], bool]:
    return lambda facts: facts.noted(kind)


def _noted_in_cycle(kind: str) -> Callable[[AgreementFacts], bool]:
    return lambda facts: facts.noted(kind, facts.cycle)


def instalments_add_up(facts: AgreementFacts) -> bool:
    """Instalments not void total the agreed sum, and there is at least one (§3.2: any number >= 1)."""
    valid = facts.valid_instalments
    return bool(valid) and sum(i.amount for i in valid) == facts.total


def instalment_reached_is_received(facts: AgreementFacts) -> bool:
    return facts.received >= facts.reached


def instalments_settled(facts: AgreementFacts) -> bool:
    """Every instalment has arrived or is void."""
    return all(i.state in (InstalmentState.RECEIVED, InstalmentState.VOID) for i in facts.instalments)


def account_closed(facts: AgreementFacts) -> bool:
    """Drawn up by the receiver, checked by the giver, nothing left over (§3.2 step 9). No money, no account."""
    if facts.total == 0 and not facts.instalments:
        return True
    return facts.account_drawn_up and facts.account_checked and facts.account_balance == 0


def _all(*items: Requirement) -> dict[str, Requirement]:
    return {item.name: item for item in items}


REQUIREMENTS = _all(
    # §4 step 4, in the manual's order
    Requirement("discussion_vision", _("Shared vision, confirmed by both sides"), _noted(NoteKind.VISION), "notes"),
    Requirement(
        "discussion_priorities",
        _("Priorities and possibilities, confirmed by both sides"),
        _noted(NoteKind.PRIORITIES),
        "notes",
    ),
    Requirement(
        "discussion_selection",
        _("Selection of projects and activities, confirmed by both sides"),
        _noted(NoteKind.SELECTION),
        "notes",
    ),
    Requirement(
        "discussion_draft", _("Draft agreement talked over, confirmed by both sides"), _noted(NoteKind.DRAFT), "notes"
    ),
    # before the text can be approved for signature
    Requirement(
        "details_complete",
        _("Objectives, scope, legal basis and period of the agreement"),
        lambda f: f.details_written and bool(f.starts_on and f.ends_on),
        "details",
    ),
    Requirement(
        "both_sides_present", _("A giver and a receiver"), lambda f: f.givers >= 1 and f.receivers >= 1, "parties"
    ),
    Requirement("duties_written", _("Duties of each side"), lambda f: f.parties_without_duties == 0, "parties"),
    Requirement(
        "signatories_named", _("Signatory of every party"), lambda f: f.parties_without_signatory == 0, "parties"
    ),
    Requirement(
        "indicators_weighted",
        _("Indicators whose weights total 100"),
        lambda f: f.indicators >= 1 and f.indicator_weights == 100,
        "indicators",
    ),
    Requirement(
        "appeals_settled",
        _("Result letters issued, the days to appeal over, and every appeal answered"),
        lambda f: f.appeals_settled,
        "text",
    ),
    # §4 step 5
    Requirement("text_signed", _("Signatures of all parties"), lambda f: f.signed, "text"),
    Requirement("made_public", _("The signed agreement made public"), lambda f: f.public, "text"),
    Requirement(
        "all_signatures",
        _("Signatures of all parties"),
        lambda f: f.text_ready and f.parties == f.signatures >= 2,
        "text",
    ),
    # §4 step 6
    Requirement(
        "committee_settled", _("Joint committee, or the reason for having none"), lambda f: f.has_committee, "committee"
    ),
    Requirement(
        "formal_body",
        _("Formal body and secretariat, with members of both sides"),
        lambda f: f.has_formal_body and f.body_sides == 2,
        "committee",
    ),
    Requirement("plan_outlined", _("Outline of the action plan"), lambda f: f.plan_outlined, "plan"),
    Requirement("plan_approved", _("Approved action plan"), lambda f: f.plan_approved, "plan"),
    # money
    Requirement(
        "instalments_planned",
        _("Instalments that add up to the total sum"),
        instalments_add_up,
        "money",
    ),
    Requirement("budget_sourced", _("Sources of money and other resources"), lambda f: f.sourced > 0, "money"),
    Requirement("first_instalment_received", _("First instalment received"), lambda f: f.received >= 1, "money"),
    Requirement(
        "instalment_received", _("The instalment of this step received"), instalment_reached_is_received, "money"
    ),
    Requirement("instalments_settled", _("Every instalment received or void"), instalments_settled, "money"),
    Requirement(
        "account_balanced",
        _("Unspent money returned, so that nothing is left over"),
        lambda f: f.account_balance == 0,
        "money",
    ),
    Requirement("account_closed", _("Accounts drawn up, checked and without balance"), account_closed, "money"),
    # evaluation
    Requirement(
        "work_completed", _("Completion of the work, confirmed by both sides"), _noted(NoteKind.WORK_COMPLETED), "notes"
    ),
    Requirement(
        "midterm_accepted", _("Accepted mid-term evaluation"), lambda f: f.midterm_verdict is not None, "evaluations"
    ),
    Requirement(
        "final_evaluation_accepted",
        _("Accepted final evaluation"),
        lambda f: (ClearanceKind.FINAL, 1) in f.verdicts,
        "evaluations",
    ),
    Requirement(
        "lessons_recorded",
        _("Lessons of working together"),
        lambda f: (ClearanceKind.LESSONS, 1) in f.verdicts,
        "evaluations",
    ),
    # §3.3, looking only at the current cycle
    Requirement(
        "cycle_priorities",
        _("Priorities of missions and results, agreed in this cycle"),
        _noted_in_cycle(NoteKind.PRIORITIES),
        "notes",
    ),
    Requirement(
        "cycle_needs", _("Needs of the target group, assessed in this cycle"), _noted_in_cycle(NoteKind.NEEDS), "notes"
    ),
    Requirement(
        "cycle_resources",
        _("Resources and budget, weighed in this cycle"),
        _noted_in_cycle(NoteKind.RESOURCES),
        "notes",
    ),
    Requirement(
        "cycle_selection",
        _("Projects and activities, selected in this cycle"),
        _noted_in_cycle(NoteKind.SELECTION),
        "notes",
    ),
    Requirement(
        "cycle_design", _("Design of the service, agreed in this cycle"), _noted_in_cycle(NoteKind.DESIGN), "notes"
    ),
    Requirement("cycle_plan_approved", _("Approved action plan of this cycle"), lambda f: f.plan_approved, "plan"),
    Requirement(
        "cycle_delivery",
        _("Form, means and delivery of the service in this cycle"),
        _noted_in_cycle(NoteKind.DELIVERY),
        "notes",
    ),
    Requirement(
        "cycle_evaluated", _("Accepted evaluation of this cycle"), lambda f: f.cycle_verdict is not None, "evaluations"
    ),
)

CONDITIONS: dict[str, Callable[[AgreementFacts], bool]] = {
    "more_instalments": lambda f: len(f.valid_instalments) > f.reached,
    "no_more_instalments": lambda f: len(f.valid_instalments) <= f.reached,
    "midterm_not_failed": lambda f: f.midterm_verdict != Verdict.FAIL,
    "midterm_failed": lambda f: f.midterm_verdict == Verdict.FAIL,
    "verdict_improve": lambda f: f.cycle_verdict == Verdict.IMPROVE,
    "verdict_widen": lambda f: f.cycle_verdict == Verdict.WIDEN,
    "at_closing_step": lambda f: (
        f.step in LAST_STEPS
        and f.standing == Standing.IN_FORCE
        and (f.form != "commissioning" or f.cycle_verdict in (None, Verdict.CONCLUDE))
    ),
    "is_in_force": lambda f: f.standing == Standing.IN_FORCE,
    "is_running": lambda f: f.standing in (Standing.PREPARING, Standing.IN_FORCE),
}

BOOK = Book(load=load_agreement_facts, requirements=REQUIREMENTS, conditions=CONDITIONS)

# What must be there before the text is approved for signature (§4 steps 4-5).
BEFORE_TEXT: dict[str, tuple[str, ...]] = {
    form: (
        *notes,
        "details_complete",
        "both_sides_present",
        "duties_written",
        "signatories_named",
        "indicators_weighted",
        *money,
    )
    for form, notes, money in (
        (
            "grant",
            ("discussion_vision", "discussion_priorities", "discussion_selection", "discussion_draft"),
            ("instalments_planned", "appeals_settled"),
        ),
        (
            "pbc",
            ("discussion_vision", "discussion_priorities", "discussion_selection", "discussion_draft"),
            ("instalments_planned", "appeals_settled"),
        ),
        ("commissioning", ("discussion_vision", "cycle_priorities"), ()),
    )
}
