"""Presentations and what follows the decision: times to choose, points to give, letters to issue, appeals to answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.blind import name_on_calls
from agreements.enums import RECEIVED_PROPOSALS, CallState, DecisionState, ProposalState
from agreements.judges import calls_left_to_others
from agreements.models import Call, Decision, PresentationScore, Proposal, ResultLetter
from agreements.queries.results import open_appeals
from partnerships.enums import Form, Role
from reporting.worklist.item import LIMIT, WorkItem, at, to_judge

ANSWER_DAYS = 30  # Administrative Procedure Act B.E. 2539, s.45: an appeal is considered within 30 days


def times_to_choose(actor: Any) -> Iterable[WorkItem]:
    """My organisation is invited to present and has not chosen a time."""
    if not (actor.is_partner and actor.holds(Role.STAFF, Role.REPRESENTATIVE)):
        return
    waiting = Proposal.objects.filter(
        organisation=actor.organisation,
        state=ProposalState.ELIGIBLE,
        call__state=CallState.SCREENING,
        call__form=Form.PBC,
        presentation_invited_at__isnull=False,
        presentation__isnull=True,
        slot__isnull=True,
    )
    for proposal in waiting.order_by("presentation_invited_at", "pk")[:LIMIT]:
        url = reverse("agreements:proposal_slots", args=[proposal.reference])
        yield at(proposal, _("Choose the time of the presentation"), url)


def presentations_to_score(actor: Any) -> Iterable[WorkItem]:
    """Presentations on calls that weigh them, to which I have not given points."""
    own = PresentationScore.objects.filter(presentation__proposal=OuterRef("pk"), reviewer_id=actor.user_id)
    before_executive = Decision.objects.filter(call=OuterRef("call"), state=DecisionState.PENDING)
    waiting = Proposal.objects.scored_by(actor.user_id).filter(
        ~Exists(own),
        ~Exists(before_executive),
        state=ProposalState.ELIGIBLE,
        presentation__attended=True,
        call__presentation_weight__gt=0,
        call__state__in=[CallState.SCREENING, CallState.SELECTION],
    )
    rows = waiting.exclude(organisation_id=actor.organisation_id or 0).select_related("call", "organisation")
    for proposal in name_on_calls(rows.order_by("pk")[:LIMIT], actor):
        url = reverse("agreements:presentation_points", args=[proposal.reference])
        yield to_judge(proposal, _("Give points for the presentation"), url)


def letters_to_issue(actor: Any) -> Iterable[WorkItem]:
    """My agency's decided calls with applicants that have no letter yet."""
    if not (actor.is_agency and actor.holds(Role.OFFICER)):
        return
    letters = ResultLetter.objects.filter(proposal=OuterRef("pk"))
    unlettered = Proposal.objects.filter(~Exists(letters), call=OuterRef("pk"), state__in=RECEIVED_PROPOSALS)
    calls = Call.objects.filter(Exists(unlettered), agency=actor.organisation, state=CallState.DECIDED)
    for call in calls.exclude(pk__in=calls_left_to_others(actor)).order_by("decided_at", "pk")[:LIMIT]:
        url = reverse("agreements:call_letters", args=[call.reference])
        yield at(call, _("Issue the result letters"), url, officer_id=call.officer_id)


def appeals_to_answer(actor: Any) -> Iterable[WorkItem]:
    """Appeals without an answer on its way, due a month after they were filed."""
    if not (actor.is_agency and actor.holds(Role.OFFICER)):
        return
    for appeal in open_appeals(actor).exclude(call__in=calls_left_to_others(actor))[:LIMIT]:
        url = reverse("agreements:appeal_detail", args=[appeal.pk])
        due = timezone.localdate(appeal.filed_at) + timedelta(days=ANSWER_DAYS)
        yield at(appeal, _("Answer the appeal"), url, due_on=due, officer_id=appeal.call.officer_id)
