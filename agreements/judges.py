"""Who judges a call, and which of its proposals a judge may read: said once, by the database (no model is imported).

A judge is whoever has a current invitation to the call as reviewer or committee member. Before a judge reads anything,
he or she has declared on every applicant; what a conflict bars stays barred whatever page, file or list is asked.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from agreements.enums import RECEIVED_PROPOSALS, CallState, CapacityKind, ExportKind, ProposalState
from core import clock
from core.fields import StatefulQuerySet

JUDGES = (CapacityKind.REVIEWER, CapacityKind.COMMITTEE_MEMBER)
# The committee reads once the qualifications have been screened: it sits on what is eligible.
COMMITTEE_READS = (CallState.SELECTION, CallState.DECIDED)


def _rows(model: str) -> QuerySet[Any]:
    return apps.get_model("agreements", model).objects.all()


def invitations(user_id: int | None, *kinds: str) -> QuerySet[Any]:
    """A person's current invitations to judge calls."""
    current = apps.get_model("agreements", "Capacity").objects.current()
    return current.filter(user_id=user_id, kind__in=kinds or JUDGES, call__isnull=False)


def judged_calls(actor: Any) -> dict[int, frozenset[str]]:
    """The calls that the actor is invited to judge now, each with the capacities; {} for most people."""
    return _now_and_before(actor)[0]


def calls_left_to_others(actor: Any) -> frozenset[int]:
    """The calls on which others do the agency's work: the actor judges them, or judged them and is bound by it still.

    Bound is whoever declared a conflict with an applicant, or finished a review, before the invitation ended.
    """
    judged, before = _now_and_before(actor)
    bound = actor.once("calls judged before", lambda: _bound_by(actor.user_id, before)) if before else frozenset()
    return bound.union(judged)


def _now_and_before(actor: Any) -> tuple[dict[int, frozenset[str]], frozenset[int]]:
    return actor.once("judged calls", lambda: _kinds_by_call(actor.user_id))


def _kinds_by_call(user_id: int | None) -> tuple[dict[int, frozenset[str]], frozenset[int]]:
    """The kinds of a person's current invitations by call, and the calls of those that have ended (one query)."""
    found: dict[int, frozenset[str]] = {}
    if user_id is None:
        return found, frozenset()
    rows = _rows("Capacity").filter(user_id=user_id, kind__in=JUDGES, call__isnull=False)
    before = set()
    for call_id, kind, starts_on, ends_on in rows.values_list("call_id", "kind", "starts_on", "ends_on"):
        if holds_today(starts_on, ends_on):
            found[call_id] = found.get(call_id, frozenset()) | {kind}
        else:
            before.add(call_id)
    return found, frozenset(before)


def holds_today(starts_on: date, ends_on: date | None) -> bool:
    """As `Capacity.objects.current()`, of an invitation that has been read."""
    today = clock.today()
    return starts_on <= today and (ends_on is None or ends_on >= today)


def _bound_by(user_id: int, call_ids: frozenset[int]) -> frozenset[int]:
    conflicts = _rows("ConflictDeclaration").filter(call__in=call_ids, user_id=user_id, is_conflicted=True)
    reviews = _rows("Review").finished().filter(proposal__call__in=call_ids, reviewer_id=user_id)
    return frozenset(conflicts.values_list("call", flat=True)).union(reviews.values_list("proposal__call", flat=True))


def half_seen_calls(actor: Any) -> list[int]:
    """The calls that the actor judges without reading every proposal with its applicant's name; [] for most people.

    What tells of all applicants at once (letters, calendar, minutes, decisions) is shut for this judge, whoever else he
    or she is: what a conflict or blind mode hides must not be read one page further.
    """
    judged = judged_calls(actor)
    return actor.once("half-seen calls", lambda: sorted(_half_seen(actor.user_id, judged))) if judged else []


def _half_seen(user_id: int, judged: dict[int, frozenset[str]]) -> set[int]:
    proposals = _rows("Proposal").filter(call__in=list(judged), state__in=RECEIVED_PROPOSALS)
    barred = set(proposals.filter(~is_read_by_judge(user_id)).values_list("call_id", flat=True))
    blind = _rows("Call").filter(pk__in=list(judged), is_blind=True).values_list("pk", "resolution")
    return barred | {
        pk for pk, resolution in blind if CapacityKind.COMMITTEE_MEMBER not in judged[pk] or resolution is None
    }


def undeclared(call: OuterRef, user: Any) -> QuerySet[Any]:
    """Proposals of a call whose applicant the person (an id or an OuterRef) has not declared on."""
    declared = _rows("ConflictDeclaration").filter(
        call=OuterRef("call"), organisation=OuterRef("organisation"), user_id=_deeper(user)
    )
    return _rows("Proposal").filter(~Exists(declared), call=call, state__in=RECEIVED_PROPOSALS)


def _deeper(value: Any) -> Any:
    return OuterRef(value) if isinstance(value, OuterRef) else value


def ready_invitations(user_id: int | None, *kinds: str) -> QuerySet[Any]:
    """Those of a person's invitations where the declarations on all applicants are given."""
    return invitations(user_id, *kinds).filter(~Exists(undeclared(OuterRef("call"), user_id)))


def is_barred(user_id: int | None) -> Q:
    """Of a proposal: the person declared a conflict with its applicant, or belongs or belonged to it."""
    conflict = _rows("ConflictDeclaration").filter(
        call=OuterRef("call"), organisation=OuterRef("organisation"), user_id=user_id, is_conflicted=True
    )
    memberships = apps.get_model("partnerships", "Membership").objects.filter(
        user_id=user_id, organisation=OuterRef("organisation")
    )
    return Q(Exists(conflict)) | Q(Exists(memberships))


def is_barred_from(organisation: OuterRef) -> Q:
    """Of an invitation: its person declared a conflict with that applicant, or belongs or belonged to it."""
    conflict = _rows("ConflictDeclaration").filter(
        call=OuterRef("call"), user_id=OuterRef("user_id"), organisation=organisation, is_conflicted=True
    )
    memberships = apps.get_model("partnerships", "Membership").objects.filter(
        user_id=OuterRef("user_id"), organisation=organisation
    )
    return Q(Exists(conflict)) | Q(Exists(memberships))


def is_scored_by(user_id: int | None) -> Q:
    """Of a proposal: assigned to this reviewer, who has declared on all applicants and is not barred."""
    assigned = _rows("ReviewAssignment").filter(proposal=OuterRef("pk"), reviewer_id=user_id)
    ready = ready_invitations(user_id, CapacityKind.REVIEWER).values("call")
    return Q(Exists(assigned), call__in=ready, state__in=RECEIVED_PROPOSALS) & ~is_barred(user_id)


def is_resolved_by(user_id: int | None) -> Q:
    """Of a proposal: on a call whose committee the person sits on; declared on all applicants, and not barred."""
    ready = ready_invitations(user_id, CapacityKind.COMMITTEE_MEMBER).values("call")
    return Q(call__in=ready, call__state__in=COMMITTEE_READS, state__in=RECEIVED_PROPOSALS) & ~is_barred(user_id)


def is_read_by_judge(user_id: int | None) -> Q:
    """Of a proposal: whether the person reads it as a judge of its call."""
    return is_scored_by(user_id) | is_resolved_by(user_id)


def is_taken_by_judge(user_id: int | None) -> Q:
    """Of a judge's archive: the person still judges its call, and still reads every proposal that is in it."""
    read = _rows("Proposal").filter(is_read_by_judge(user_id))
    inside = apps.get_model("agreements", "Export").proposals.through.objects.filter(export=OuterRef("pk"))
    ready = ready_invitations(user_id).values("call")
    return Q(kind=ExportKind.JUDGED_ZIP, call__in=ready) & ~Q(Exists(inside.exclude(proposal__in=read.values("pk"))))


class ReviewQuerySet(StatefulQuerySet):
    def finished(self) -> ReviewQuerySet:
        return self.filter(finished_at__isnull=False)

    def unbiased(self) -> ReviewQuerySet:
        """Without those of people who declared a conflict with the applicant, before or later: kept, never counted."""
        conflict = _rows("ConflictDeclaration").filter(
            call=OuterRef("proposal__call"),
            organisation=OuterRef("proposal__organisation"),
            user_id=OuterRef("reviewer_id"),
            is_conflicted=True,
        )
        return self.filter(~Exists(conflict))

    def counting(self) -> ReviewQuerySet:
        """Finished, and by nobody with a conflict: what means, ranking and completeness count."""
        return self.finished().unbiased()

    def readable_by(self, actor: Any) -> ReviewQuerySet:
        """Counting reviews; of a call that the actor reviews too, only where his or her own scores are all given.

        That is, the review is finished, and no points for the presentation are owed. Says nothing of who may read the
        proposal: filter by `Proposal.visible_to` first.
        """
        own = _rows("Review").filter(
            proposal=OuterRef("proposal"), reviewer_id=actor.user_id, finished_at__isnull=False
        )
        owing = (
            _rows("ReviewAssignment").owing_points().filter(proposal=OuterRef("proposal"), reviewer_id=actor.user_id)
        )
        reviews_call = invitations(actor.user_id, CapacityKind.REVIEWER).filter(call=OuterRef("proposal__call"))
        return self.counting().filter((Q(Exists(own)) & ~Q(Exists(owing))) | ~Q(Exists(reviews_call)))

    def set_aside(self) -> ReviewQuerySet:
        """Finished reviews that no longer count, as the reviewer has a conflict."""
        return self.finished().exclude(pk__in=self.model.objects.unbiased().values("pk"))


class AssignmentQuerySet(StatefulQuerySet):
    def without_review(self) -> AssignmentQuerySet:
        """Assigned, and the review is not finished yet."""
        finished = _rows("Review").filter(
            proposal=OuterRef("proposal"), reviewer_id=OuterRef("reviewer_id"), finished_at__isnull=False
        )
        return self.filter(~Exists(finished))

    def owing_points(self) -> AssignmentQuerySet:
        """Of eligible proposals whose presentation weighs and was heard: the reviewer has given no points for it yet.

        Only of those still invited: a reviewer who was dismissed owes nothing, and the finished review counts.
        """
        given = _rows("PresentationScore").filter(
            presentation__proposal=OuterRef("proposal"), reviewer_id=OuterRef("reviewer_id")
        )
        current = apps.get_model("agreements", "Capacity").objects.current()
        sitting = current.filter(
            call=OuterRef("proposal__call"), user_id=OuterRef("reviewer_id"), kind=CapacityKind.REVIEWER
        )
        return self.filter(
            ~Exists(given),
            Exists(sitting),
            proposal__state=ProposalState.ELIGIBLE,
            proposal__call__presentation_weight__gt=0,
            proposal__presentation__attended=True,
        )

    def of_call(self, call_id: int) -> AssignmentQuerySet:
        return self.filter(proposal__call=call_id)


class PresentationScoreQuerySet(QuerySet):
    def unbiased(self) -> PresentationScoreQuerySet:
        """Without those of people who declared a conflict with the applicant: kept, never counted, like reviews."""
        conflict = _rows("ConflictDeclaration").filter(
            call=OuterRef("presentation__proposal__call"),
            organisation=OuterRef("presentation__proposal__organisation"),
            user_id=OuterRef("reviewer_id"),
            is_conflicted=True,
        )
        return self.filter(~Exists(conflict))
