"""The agreement's page for one actor: what is missing, whose turn it is, what this person can do now."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from agreements.actions.details import ADD_PARTY, EDIT_DETAILS, EDIT_PARTY
from agreements.actions.notes import KIND_OF_REQUIREMENT
from agreements.enums import ENDED, Standing
from agreements.models import Agreement, AgreementText, Call, Decision, Plan, Proposal, Signature, StepNote
from agreements.queries.facts import AgreementFacts, load_agreement_facts
from agreements.queries.frame import FrameStep, frame_of
from agreements.queries.turns import actions_of, address
from agreements.requirements.agreement import BEFORE_TEXT, REQUIREMENTS
from agreements.sequences import moves
from core.workflow import Judgement, Requirement, Rule, judge
from partnerships.enums import Form

ENDING = ("cancel", "terminate")


@dataclass
class Desk:
    """An agreement as one actor meets it; every list is loaded once, when it is first asked for."""

    agreement: Agreement
    actor: Any
    _judged: dict[tuple[str, Any], Judgement] = field(default_factory=dict)

    # --- what is on record

    @cached_property
    def facts(self) -> AgreementFacts:
        return load_agreement_facts(self.agreement)

    @cached_property
    def side(self) -> str:
        """The side on which the actor's organisation is a party, or ""."""
        return self.agreement.side_of(self.actor.organisation_id) or ""

    @cached_property
    def notes(self) -> list[StepNote]:
        rows = self.agreement.notes.select_related("recorded_by", "giver_confirmed_by", "receiver_confirmed_by", "file")
        return self._of_agreement(rows)

    @cached_property
    def text(self) -> AgreementText | None:
        """The frozen text, or None."""
        texts = self.agreement.texts.filter(superseded_at__isnull=True).select_related("signed_pdf")
        return next(iter(self._of_agreement(texts)), None)

    @cached_property
    def signatures(self) -> list[Signature]:
        """Signatures under the frozen text, each with its party as the page has it."""
        if self.text is None:
            return []
        parties = {party.pk: party for party in self.agreement.party_list}
        rows = list(self.text.signatures.select_related("scan", "recorded_by", "confirmed_by"))
        for row in rows:
            row.party, row.text = parties[row.party_id], self.text
        return rows

    @cached_property
    def plan(self) -> Plan | None:
        """The plan of the current cycle."""
        plans = self.agreement.plans.filter(cycle=self.agreement.cycle).select_related("recorded_by", "approved_by")
        return next(iter(self._of_agreement(plans.prefetch_related("activities"))), None)

    @cached_property
    def pending(self) -> dict[str, Decision]:
        """Decisions on their way, by kind."""
        rows = self.agreement.decisions.filter(state="pending").select_related("next_holder")
        return {row.kind: row for row in rows}

    def _of_agreement(self, rows: Any) -> list[Any]:
        found = list(rows)
        for row in found:
            row.agreement = self.agreement
        return found

    # --- judgements

    def judge(self, rule: Rule | str, subject: Any = None) -> Judgement:
        """The door's answers for this actor, asked once per rule and record."""
        subject = self.agreement if subject is None else subject
        key = (rule if isinstance(rule, str) else rule.name, (type(subject), subject.pk))
        if key not in self._judged:
            facts = self.facts if subject is self.agreement else None
            self._judged[key] = judge(subject, rule, self.actor, facts)
        return self._judged[key]

    def may(self, rule: Rule | str, subject: Any = None) -> bool:
        return self.judge(rule, subject).open

    @cached_property
    def step_moves(self) -> list[Judgement]:
        """The moves out of the current step that are open by state, whoever may make them."""
        judged = [self.judge(name) for name, _meta in moves(self.agreement.form)]
        return [each for each in judged if each.now]

    # --- what is missing

    @cached_property
    def missing(self) -> list[Requirement]:
        """What has to be there before the agreement can leave its step (or be closed), in order, each once."""
        if self.agreement.standing not in (Standing.PREPARING, Standing.IN_FORCE):
            return []
        names = list(self.agreement.current_step.requires)
        for judged in self.step_moves:
            names += [item.name for item in judged.missing]
        if not self.facts.text_ready:
            names = [name for each in names for name in self._first_the_text(each)]
        unmet = [REQUIREMENTS[name] for name in dict.fromkeys(names) if not REQUIREMENTS[name].met(self.facts)]
        return list({str(item.title): item for item in unmet}.values())

    def _first_the_text(self, name: str) -> tuple[str, ...]:
        return (*BEFORE_TEXT[self.agreement.form], name) if name == "text_signed" else (name,)

    @cached_property
    def missing_for_text(self) -> list[Requirement]:
        """What has to be there before the text can be proposed for signature."""
        wanted = [REQUIREMENTS[name] for name in BEFORE_TEXT[self.agreement.form]]
        return [item for item in wanted if not item.met(self.facts)]

    # --- what this person can do

    @cached_property
    def actions(self) -> list[dict[str, Any]]:
        """Buttons and links for what waits for this very person, the most pressing first."""
        return actions_of(self)

    @cached_property
    def needed_kinds(self) -> list[str]:
        """Kinds of notes that the step, or a move open by state, rests on (no end of the work while money is due)."""
        names = list(self.agreement.current_step.requires)
        open_now = {judged.name for judged in self.step_moves}
        for name, meta in moves(self.agreement.form):
            if name in open_now:
                names += meta.get_transition(self.agreement.step).custom["requires"]
        return list(dict.fromkeys(KIND_OF_REQUIREMENT[name] for name in names if name in KIND_OF_REQUIREMENT))

    @cached_property
    def edit_url(self) -> str:
        return self.url("agreement_edit") if self.may(EDIT_DETAILS) else ""

    @cached_property
    def parties_url(self) -> str:
        """The page of parties and signatories, where something can be changed there now."""
        return self.url("agreement_parties") if self.may(ADD_PARTY) or self.own_party_to_edit else ""

    @cached_property
    def endings(self) -> list[dict[str, Any]]:
        """Ending the agreement with a reason, for those who can bind a side."""
        return [
            {"label": self.judge(name).title, "url": self.url(f"agreement_{name}")} for name in ENDING if self.may(name)
        ]

    @cached_property
    def own_party_to_edit(self) -> Any:
        """The actor's own party where it can be edited now, or None."""
        own = [party for party in self.agreement.party_list if party.organisation_id == self.actor.organisation_id]
        return next((party for party in own if self.may(EDIT_PARTY, party)), None)

    def url(self, name: str, *args: Any) -> str:
        """A page of this agreement by its URL name."""
        return address(f"agreements:{name}", self.agreement.reference, *args)

    # --- where it stands

    @property
    def is_ended(self) -> bool:
        return self.agreement.standing in ENDED

    @property
    def is_settled(self) -> bool:
        """Signed, and nothing left for this person to edit in terms and parties: only looked up from now on."""
        return bool(self.agreement.signed_at) and not (self.edit_url or self.parties_url)

    @property
    def finished(self) -> bool:
        return self.agreement.standing == Standing.CLOSED

    @property
    def shown_cycle(self) -> int | None:
        """Only a joint contract goes round in cycles (§3.3)."""
        return self.agreement.cycle if self.agreement.form == Form.COMMISSIONING else None

    @cached_property
    def missing_title(self) -> str:
        """What the missing things stand before: the one move open by state, or the end of the step."""
        if len(self.step_moves) == 1:
            return _("Still missing before: %(move)s") % {"move": self.step_moves[0].title}
        return _("Still missing in this step")

    @cached_property
    def waiting(self) -> str:
        """Whose turn it is where this person has nothing to do and nothing is missing."""
        if self.is_ended:
            return ""
        if self.pending:
            return _("A decision is on its way at the giver's.")
        if any(not judged.missing for judged in self.step_moves):
            return _("Everything for this step is there. The next step is opened by the other side or another person.")
        return ""

    # --- frame and call

    @cached_property
    def call_url(self) -> str:
        call = self.agreement.call
        seen = call is not None and Call.objects.visible_to(self.actor).filter(pk=call.pk).exists()
        return address("agreements:call_detail", call.reference) if seen else ""

    @cached_property
    def proposal_url(self) -> str:
        proposal = self.agreement.proposal
        seen = proposal is not None and Proposal.objects.visible_to(self.actor).filter(pk=proposal.pk).exists()
        return address("agreements:proposal_detail", proposal.reference) if seen else ""

    @cached_property
    def frame(self) -> list[FrameStep]:
        mission = self.agreement.mission
        own = self.actor.is_opdc or mission.agency_id == self.actor.organisation_id
        url = address("partnerships:mission_detail", mission.reference) if own else ""
        return frame_of(self.facts, mission, mission_url=url)

    @cached_property
    def carried(self) -> list[Any]:
        """Steps that the call carried before there was an agreement."""
        here = self.agreement.current_step.number
        if self.agreement.call_id is None:
            return []
        return [step for step in self.agreement.steps if step.carrier == "call" and step.number < here]


def desk_of(agreement: Agreement, actor: Any) -> Desk:
    """The page's desk, one per drawn page: panels share what it has loaded."""
    known = agreement.__dict__.get("_desk")
    if known is None or known.actor is not actor:
        known = agreement.__dict__["_desk"] = Desk(agreement, actor)
    return known
