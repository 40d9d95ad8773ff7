"""Decisions on their way: waiting for this person, under way, done; and what each would set going."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.enums import (
    JUDGED_KINDS,
    MISSION_KINDS,
    AppealRemedy,
    AppealVerdict,
    DecisionAct,
    DecisionKind,
    DecisionState,
)
from agreements.judges import half_seen_calls
from agreements.models import Agreement, Decision, DecisionStep, Proposal
from agreements.models.decisions import title_of
from agreements.queries.addenda import addendum_answers
from agreements.queries.matters import waiting_matters
from agreements.queries.selection import selection_answers
from core.thai import baht
from core.ui import show_moment
from core.workflow import Text
from partnerships.endorsement_hooks import mission_matter

ACT_TONES = {
    DecisionAct.PROPOSED: "now",
    DecisionAct.ENDORSED: "good",
    DecisionAct.DECIDED: "good",
    DecisionAct.RETURNED: "stop",
    DecisionAct.LAPSED: "plain",
}
STATE_TONES = {
    DecisionState.PENDING: "wait",
    DecisionState.DECIDED: "good",
    DecisionState.RETURNED: "stop",
    DecisionState.LAPSED: "plain",
}


def decisions_visible_to(actor: Any) -> QuerySet[Decision]:
    """Decisions of the agency acted for; OPDC sees every one. Others are not shown a giver's own chain.

    Not those on the selection of a call of which the person, as its judge, must not know every applicant.
    """
    rows = Decision.objects.select_related(
        "call", "agreement", "mission", "instalment", "organisation", "proposed_by", "appeal__proposal__organisation"
    )
    if half_seen := half_seen_calls(actor):
        rows = rows.exclude(kind__in=JUDGED_KINDS, call__in=half_seen)
    if actor.is_opdc:
        return rows
    return rows.filter(organisation_id=actor.organisation_id) if actor.is_agency else rows.none()


def waiting_for(actor: Any) -> QuerySet[Decision]:
    """Pending decisions whose turn is this person's (`queries.matters`), the oldest first."""
    waiting = [matter.pk for matter in waiting_matters(actor)]
    return decisions_visible_to(actor).filter(pk__in=waiting).order_by("proposed_at", "pk")


def others_of(actor: Any) -> QuerySet[Decision]:
    """The other decisions that the actor may read."""
    return decisions_visible_to(actor).exclude(pk__in=[matter.pk for matter in waiting_matters(actor)])


@dataclass(frozen=True)
class ChainRow:
    """A link of the endorsement chain: done (with name, time, comment), waiting now, or still ahead."""

    title: str
    act: str
    tone: str
    name: str = ""
    at: Any = None
    comment: str = ""


def chain_of(decision: Decision) -> list[ChainRow]:
    """What each position did, and the positions that are still to come (two queries)."""
    rows = [
        ChainRow(
            str(step.title),
            str(step.word),
            ACT_TONES[DecisionAct(step.act)],
            step.by_name,
            step.at,
            step.comment,
        )
        for step in decision.steps.all()
    ]
    if decision.state != DecisionState.PENDING:
        return rows
    names = _names_of(decision)
    for index, position in enumerate(decision.positions[decision.reached :]):
        word, tone = (_("Waiting for this position"), "wait") if index == 0 else (_("Not reached yet"), "plain")
        rows.append(ChainRow(str(title_of(position)), word, tone, names.get(position.get("holder_id"), "")))
    return rows


def _names_of(decision: Decision) -> dict[int, str]:
    from partnerships.models import User

    holders = [position.get("holder_id") for position in decision.positions if position.get("holder_id")]
    return dict(User.objects.filter(pk__in=holders).values_list("pk", "full_name_th")) if holders else {}


def with_steps(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """The same decisions with what each position did, in one more query."""
    return decisions.prefetch_related(Prefetch("steps", queryset=DecisionStep.objects.order_by("at", "pk")))


def consequence_of(decision: Decision) -> Text:
    """What approving at the next position sets going, in a sentence."""
    positions, reached = decision.positions, decision.reached
    if reached < len(positions) - 1:
        return _("The matter goes on to the next position: %(title)s.") % {"title": title_of(positions[reached + 1])}
    if decision.kind in MISSION_KINDS:
        return mission_matter(decision.kind).consequence
    sentences = {
        DecisionKind.PUBLISH_CALL: _("The call is published at once and proposals can come in until its deadline."),
        DecisionKind.PUBLISH_ADDENDUM: _(
            "The addendum is numbered and published at once, the call is changed, and everyone concerned is told."
        ),
        DecisionKind.SELECT_PROPOSALS: _(
            "The committee's resolution takes effect: all who proposed are told, and agreements are opened."
        ),
        DecisionKind.PROMOTE_RESERVE: _(
            "The proposal is selected from the reserve list: who proposed it is told, and its agreement is opened."
        ),
        DecisionKind.ANSWER_APPEAL: _(
            "The appeal is answered as proposed, the remedy is carried out, and the appellant gets the letter."
        ),
        DecisionKind.SIGN_AGREEMENT: _("The text is fixed, receives its number and goes to the parties for signature."),
        DecisionKind.PAY_INSTALMENT: _payment_sentence(decision),
        DecisionKind.CLOSE_AGREEMENT: _("The agreement is closed for good; nothing in it can be changed afterwards."),
    }
    return sentences[DecisionKind(decision.kind)]


def _payment_sentence(decision: Decision) -> str:
    if decision.instalment is None:
        return ""
    facts = {"ordinal": decision.instalment.ordinal, "amount": baht(decision.instalment.amount)}
    return _("Instalment %(ordinal)s of %(amount)s baht is approved, and the finance officer can pay it.") % facts


def url_of_matter(decision: Decision) -> str:
    """The page of the call, agreement or mission that the decision is about."""
    if decision.mission_id:
        return reverse("partnerships:mission_detail", args=[decision.mission.reference])
    if decision.appeal is not None:
        return reverse("agreements:appeal_detail", args=[decision.appeal.pk])
    if decision.call_id:
        return reverse("agreements:call_detail", args=[decision.call.reference])
    return reverse("agreements:agreement_detail", args=[decision.agreement.reference])


def move_of(decision: Decision) -> str:
    """Which move an approval is for the position whose turn it is: the last one decides."""
    return "decide" if decision.reached >= len(decision.positions) - 1 else "endorse"


def decision_answers(decision: Decision) -> list[tuple[str, Any]]:
    """What is asked, for `{% check_answers %}`."""
    rows: list[tuple[str, Any]] = [
        (_("Matter"), decision.get_kind_display()),
        (_("Call, agreement or mission"), str(decision.root)),
        (_("Reference"), decision.root.reference),
    ]
    if decision.mission is not None:
        rows += mission_matter(decision.kind).show(decision.mission, decision.proposal)
    elif decision.instalment is not None:
        amount = f"{baht(decision.instalment.amount)} {_('baht')}"
        rows += [
            (_("Instalment"), decision.instalment.ordinal),
            (_("Amount"), amount),
            (_("Result of acceptance"), decision.instalment.check_note),
        ]
    elif decision.agreement is not None:
        rows.append((_("Total sum"), f"{baht(decision.agreement.total)} {_('baht')}"))
    else:
        rows += _call_answers(decision)
    return [*rows, (_("Proposed by"), str(decision.proposed_by))]


def _appeal_answers(decision: Decision) -> list[tuple[str, Any]]:
    """Who appeals and why, and what is proposed as the answer."""
    appeal, said = decision.appeal, decision.proposal
    return [
        (_("Appellant"), f"{appeal.proposal.organisation} · {appeal.reference}"),
        (_("Present result"), appeal.proposal.get_state_display()),
        (_("Grounds of the appeal"), appeal.grounds),
        (_("Finding on the appeal"), AppealVerdict(said["verdict"]).label),
        (_("Remedy"), AppealRemedy(said["remedy"]).label),
        (_("Answer with reasons"), said["answer"]),
    ]


def _call_answers(decision: Decision) -> list[tuple[str, Any]]:
    """What a decision about a call rests on: ceiling and deadline, or what the committee resolved."""
    call = decision.call
    if decision.kind == DecisionKind.PUBLISH_ADDENDUM:
        return addendum_answers(decision)
    if decision.kind == DecisionKind.PROMOTE_RESERVE:
        return promotion_answers(decision)
    if decision.appeal is not None:
        return _appeal_answers(decision)
    if decision.kind != DecisionKind.SELECT_PROPOSALS:
        closes = show_moment(call.closes_at) if call.closes_at else "–"
        return [(_("Budget ceiling"), f"{baht(call.budget_ceiling)} {_('baht')}"), (_("Deadline"), closes)]
    return selection_answers(call)


def promotion_answers(decision: Decision) -> list[tuple[str, Any]]:
    """Who would be selected from the reserve, whose place it is, and why others were passed over (two queries)."""
    told = decision.proposal
    wanted = [told["proposal"], *told["passed_over"]]
    proposals = {row.pk: row for row in Proposal.objects.filter(pk__in=wanted).select_related("organisation")}
    chosen = proposals[told["proposal"]]
    rows = [(_("From the reserve list"), f"{chosen.organisation} · {baht(chosen.budget)} {_('baht')}")]
    vacant = Agreement.objects.filter(pk=told["instead_of"]).select_related("proposal__organisation").first()
    if vacant and vacant.proposal:
        rows.append((_("In place of"), f"{vacant.proposal.organisation} ({vacant.reference})"))
    if told["passed_over"]:
        rows.append((_("Passed over"), ", ".join(str(proposals[pk].organisation) for pk in told["passed_over"])))
        rows.append((_("Reason"), told["skip_reason"]))
    return rows
