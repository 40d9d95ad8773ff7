"""Who judges a call, and which of its proposals a judge may read: said once, by the database (no model is imported).

A judge is whoever has a current invitation to the call as reviewer or committee member. Before a judge reads anything,
he or she has declared on every applicant; what a conflict bars stays barred whatever page, file or list is asked.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from agreements.enums import RECEIVED_PROPOSALS, CallState, CapacityKind
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


def judges_call(user_id: int | None) -> Exists:
    """Of a proposal: whether the person judges its call, in either capacity."""
    return Exists(invitations(user_id).filter(call=OuterRef("call")))


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
        """Counting reviews; of a call that the actor reviews too, only where one's own review is finished.

        Says nothing of who may read the proposal: filter by `Proposal.visible_to` first.
        """
        own = _rows("Review").filter(
            proposal=OuterRef("proposal"), reviewer_id=actor.user_id, finished_at__isnull=False
        )
        reviews_call = invitations(actor.user_id, CapacityKind.REVIEWER).filter(call=OuterRef("proposal__call"))
        return self.counting().filter(Q(Exists(own)) | ~Q(Exists(reviews_call)))

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

    def of_call(self, call_id: int) -> AssignmentQuerySet:
        return self.filter(proposal__call=call_id)
