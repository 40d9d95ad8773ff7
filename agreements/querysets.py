"""What each actor may read on this floor, by EXISTS and never by DISTINCT."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from agreements.call_dates import accepts_at
from agreements.enums import (
    RECEIVED_PROPOSALS,
    TAKEN_OUT,
    CallState,
    CapacityKind,
    ExportKind,
    Procedure,
    ProposalState,
    Standing,
)
from agreements.judges import (
    half_seen_calls,
    invitations,
    is_read_by_judge,
    is_scored_by,
    is_taken_by_judge,
    judged_calls,
)
from core import clock
from core.fields import StatefulQuerySet
from core.models.frozen import FrozenQuerySet
from core.search_text import search_text

MOST_WORDS = 8
# Once published, a call stays readable to whom it was: also when it was cancelled or declared void, with the reason.
PUBLIC_CALL = Q(published_at__isnull=False)
# Of a proposal: submitted, and submissions of its call are closed.
UNSEALED = Q(state__in=RECEIVED_PROPOSALS, call__closed_at__isnull=False)
NOTHING = Q(pk__in=())


def _rows(model: str) -> QuerySet[Any]:
    return apps.get_model("agreements", model).objects.all()


def _capacity(actor: Any, field: str, *kinds: str) -> Exists:
    """Whether the actor was invited in one of these capacities and the invitation has not ended."""
    current = apps.get_model("agreements", "Capacity").objects.current()
    return Exists(current.filter(**{field: OuterRef("pk")}, user_id=actor.user_id, kind__in=kinds))


class CallQuerySet(StatefulQuerySet):
    def public(self) -> CallQuerySet:
        """Calls that anyone may read: published ones that were not invitations."""
        return self.filter(PUBLIC_CALL, procedure=Procedure.OPEN)

    def open(self) -> CallQuerySet:
        """Published, and proposals are taken: the call's grace period counts."""
        return self.filter(accepts_at(clock.now()), state=CallState.PUBLISHED)

    def before_deadline(self) -> CallQuerySet:
        """Published and before the deadline: what is told of a deadline that is still ahead."""
        return self.filter(state=CallState.PUBLISHED, closes_at__gte=clock.now())

    def prepared_by(self, user_id: int | None) -> CallQuerySet:
        """Calls on which the person screened a proposal, wrote the resolution down, or opened a review again."""
        screened = _rows("ScreeningCheck").filter(proposal__call=OuterRef("pk"), checked_by=user_id)
        resolved = _rows("Resolution").filter(call=OuterRef("pk"), recorded_by=user_id)
        reopened = _rows("ReviewReopening").filter(review__proposal__call=OuterRef("pk"), reopened_by=user_id)
        before = _rows("ScreeningReopening").filter(proposal__call=OuterRef("pk"))
        before = before.filter(Q(screened_by=user_id) | Q(reopened_by=user_id))
        return self.filter(Q(Exists(screened)) | Q(Exists(before)) | Q(Exists(resolved)) | Q(Exists(reopened)))

    def visible_to(self, actor: Any) -> CallQuerySet:
        """Own agency's calls, all to OPDC; to others what is public, what they are invited to or judge."""
        if not actor.user_id:
            return self.public()
        if actor.is_opdc:
            return self.all()
        seen = Q(PUBLIC_CALL, procedure=Procedure.OPEN) | Q(pk__in=list(judged_calls(actor)))
        if actor.organisation_id is None:
            return self.filter(seen)
        seen |= Q(agency_id=actor.organisation_id)
        if not actor.is_agency:  # whom a giver invites is never a giver itself
            invited = apps.get_model("agreements", "CallInvitation").objects.filter(
                call=OuterRef("pk"), organisation_id=actor.organisation_id
            )
            seen |= Q(Exists(invited), PUBLIC_CALL)
        return self.filter(seen)


def _is_readable(actor: Any, call: Any = None) -> Q | None:
    """Of a proposal: whether the actor reads it (`ProposalQuerySet.visible_to` says who); None for who reads none.

    `call`: the one that all of them are on, where it is at hand and the actor does not judge it.
    """
    if not actor.user_id:
        return None
    judged = judged_calls(actor) if call is None else ()
    own, inside = _is_own(actor), _is_inside(actor, call)
    if judged and inside is not None:
        inside &= ~Q(call__in=list(judged))
    ways = [way for way in (own, inside, is_read_by_judge(actor.user_id) if judged else None) if way is not None]
    return reduce(or_, ways) if ways else None


def _is_own(actor: Any) -> Q | None:
    """Of the organisation acted for, but what was entered in its name by mistake."""
    if actor.is_opdc or actor.organisation_id is None:
        return None
    return Q(organisation_id=actor.organisation_id) & ~Q(state=ProposalState.DISCARDED)


def _is_inside(actor: Any, call: Any) -> Q | None:
    """What OPDC and the call's agency read; what a call at hand tells itself is not asked of the database."""
    unsealed = UNSEALED
    if call is not None:
        unsealed = Q(state__in=RECEIVED_PROPOSALS) if call.closed_at else NOTHING
    if actor.is_opdc:
        return unsealed
    if actor.organisation_id is None or (call is not None and call.agency_id != actor.organisation_id):
        return None
    written = unsealed | Q(entered_by__isnull=False)
    return written if call is not None else Q(call__agency_id=actor.organisation_id) & written


class ProposalQuerySet(StatefulQuerySet):
    def received(self) -> ProposalQuerySet:
        """Proposals that were submitted and not withdrawn."""
        return self.filter(state__in=RECEIVED_PROPOSALS)

    def of_organisation(self, organisation_id: int | None) -> ProposalQuerySet:
        """The organisation's own, without what was entered in its name by mistake: that is somebody else's text."""
        return self.filter(~Q(state=ProposalState.DISCARDED), organisation_id=organisation_id)

    def in_place(self) -> ProposalQuerySet:
        """Those that hold the place of their organisation on the call: one of each at most."""
        return self.exclude(state__in=TAKEN_OUT)

    def visible_to(self, actor: Any) -> ProposalQuerySet:
        """The proposing organisation; once submissions are closed, the call's agency, its judges and OPDC.

        Until then what was submitted is sealed: nobody learns what others propose while it can still be used. What
        came on paper is read by the agency that writes it down, and by it alone where it was entered by mistake.
        Whoever judges a call reads its proposals as a judge alone (`agreements.judges`), also where he or she belongs
        to the agency or to OPDC.
        """
        readable = _is_readable(actor)
        return self.none() if readable is None else self.filter(readable)

    def one_visible_to(self, actor: Any, **named: Any) -> ProposalQuerySet:
        """As `visible_to`, of the one proposal that `named` says (`reference=…`).

        Asked as a whole: as conditions of the query, PostgreSQL holds every state in it against every partial index
        before it begins, which takes ten times as long as reading the record.
        """
        readable = _is_readable(actor)
        if readable is None:
            return self.none()
        return self.filter(Case(When(readable, then=Value(True)), default=Value(False)), **named)

    def visible_on(self, call: Any, actor: Any) -> ProposalQuerySet:
        """As `visible_to`, of one call at hand: planning its alternatives costs PostgreSQL more than answering them."""
        rows = self.filter(call=call)
        if call.pk in judged_calls(actor):
            return rows.visible_to(actor)
        readable = _is_readable(actor, call)
        return rows.none() if readable is None else rows.filter(readable)

    def on_desk_of(self, actor: Any) -> ProposalQuerySet:
        """Unsealed proposals that the actor works on: of the agency's own calls, to OPDC of all.

        What `visible_to` gives them by their organisation alone: without its other ways in, the database cuts the page
        before it has read every proposal.

        Those on calls that the person judges are not among them: a judge reads them as a judge alone, blind if so set.
        """
        if not actor.user_id or (actor.organisation_id is None and not actor.is_opdc):
            return self.none()
        rows = self.filter(UNSEALED)
        if not actor.is_opdc:
            rows = rows.filter(call__agency_id=actor.organisation_id)
        judged = judged_calls(actor)
        return rows.exclude(call__in=list(judged)) if judged else rows

    def search(self, wanted: str) -> ProposalQuerySet:
        """Those whose title, reference or organisation contains each of these words, however spaced or typed."""
        words = [folded for word in wanted.split()[:MOST_WORDS] if (folded := search_text(word))]
        if not words:
            return self.none()
        found = self
        for word in words:
            found = found.filter(search_text__contains=word)
        return found

    def read_by_judge(self, user_id: int | None) -> ProposalQuerySet:
        """Those that the person reads as a judge of their call, whoever else he or she is."""
        return self.filter(is_read_by_judge(user_id))

    def scored_by(self, user_id: int | None) -> ProposalQuerySet:
        """Those assigned to this reviewer, who may read them."""
        return self.filter(is_scored_by(user_id))


class ExportQuerySet(QuerySet):
    def visible_to(self, actor: Any) -> ExportQuerySet:
        """Who asked for it alone, while acting for the organisation it was asked for.

        Not once he or she judges the call: then the names in it may have to stay hidden. A judge's archive is there for
        the judge alone, and no longer than each proposal in it may be read.
        """
        if not actor.user_id:
            return self.none()
        own = self.filter(asked_by_id=actor.user_id)
        judged = is_taken_by_judge(actor.user_id)
        if actor.organisation_id is None:
            return own.filter(judged)
        judges_it = Exists(invitations(actor.user_id).filter(call=OuterRef("call")))
        from_desk = Q(organisation_id=actor.organisation_id) & ~Q(kind=ExportKind.JUDGED_ZIP) & ~Q(judges_it)
        return own.filter(from_desk | judged)


class _AfterDecision(QuerySet):
    """Result letters and appeals: of the applicant, read by it, by the agency that decided, and by OPDC."""

    def visible_to(self, actor: Any) -> QuerySet:
        """Never by judges from outside; by those within only where every applicant of the call is known to them."""
        if not actor.user_id:
            return self.none()
        half_seen = Q(proposal__call__in=half_seen_calls(actor))
        if actor.is_opdc:
            return self.exclude(half_seen)
        if actor.organisation_id is None:
            return self.none()
        own = Q(proposal__organisation_id=actor.organisation_id)
        return self.filter(own | (Q(proposal__call__agency_id=actor.organisation_id) & ~half_seen))


class ResultLetterQuerySet(_AfterDecision, FrozenQuerySet):
    pass


class AppealQuerySet(_AfterDecision, StatefulQuerySet):
    pass


class PriorAgreementQuerySet(StatefulQuerySet):
    def visible_to(self, actor: Any) -> PriorAgreementQuerySet:
        """The agency whose agreement it is, and OPDC; the receiver sees the agreement once it is confirmed."""
        if not actor.user_id:
            return self.none()
        return self.all() if actor.is_opdc else self.filter(agency_id=actor.organisation_id)


class AgreementQuerySet(StatefulQuerySet):
    def public(self) -> AgreementQuerySet:
        """Agreements made public after signing (§4 step 5): metadata only are shown."""
        return self.filter(public_at__isnull=False)

    def running(self) -> AgreementQuerySet:
        return self.filter(standing__in=[Standing.PREPARING, Standing.IN_FORCE, Standing.SUSPENDED])

    def visible_to(self, actor: Any) -> AgreementQuerySet:
        """Its parties, those invited to it, and OPDC, which sees every agreement (§2)."""
        if not actor.user_id:
            return self.none()
        if actor.is_opdc:
            return self.all()
        invited = _capacity(
            actor, "agreement", CapacityKind.EVALUATOR, CapacityKind.COMMITTEE_MEMBER, CapacityKind.AUDITOR
        )
        if actor.organisation_id is None:
            return self.filter(invited)
        party = apps.get_model("agreements", "Party").objects.filter(
            agreement=OuterRef("pk"), organisation_id=actor.organisation_id
        )
        return self.filter(Q(Exists(party)) | Q(invited))
