"""Who may judge what on a call, and who does: the table of proposals and reviewers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from agreements.assignment import Draw, Pair, draw
from agreements.enums import RECEIVED_PROPOSALS, CapacityKind, ProposalState
from agreements.models import Call, Capacity, ConflictDeclaration, Proposal, Review, ReviewAssignment
from partnerships.models import Membership


@dataclass
class AssignmentTable:
    """The eligible proposals of a call and its current reviewers, in six queries however many there are."""

    call: Call

    @cached_property
    def proposals(self) -> list[Proposal]:
        rows = Proposal.objects.filter(call=self.call, state=ProposalState.ELIGIBLE)
        return list(rows.select_related("organisation").order_by("submitted_at", "pk"))

    @cached_property
    def reviewers(self) -> list[Capacity]:
        """In the order of naming."""
        rows = self.call.capacities.current().filter(kind=CapacityKind.REVIEWER).select_related("user")
        return list(rows.only("kind", "call_id", "user__full_name_th").order_by("pk"))

    @cached_property
    def declared(self) -> dict[int, dict[int, bool]]:
        """User → organisation → whether a conflict was declared."""
        found: dict[int, dict[int, bool]] = defaultdict(dict)
        rows = ConflictDeclaration.objects.filter(call=self.call)
        for user, organisation, conflicted in rows.values_list("user_id", "organisation_id", "is_conflicted"):
            found[user][organisation] = conflicted
        return found

    @cached_property
    def applicants(self) -> set[int]:
        rows = Proposal.objects.filter(call=self.call, state__in=RECEIVED_PROPOSALS)
        return set(rows.values_list("organisation_id", flat=True))

    @cached_property
    def members(self) -> set[Pair]:
        """(organisation, user) of everyone who is or was a member of an applicant."""
        rows = Membership.objects.filter(
            user__in=[row.user_id for row in self.reviewers], organisation__in=self.applicants
        )
        return set(rows.values_list("organisation_id", "user_id"))

    @cached_property
    def assigned(self) -> set[Pair]:
        """(proposal, reviewer)."""
        rows = ReviewAssignment.objects.of_call(self.call.pk)
        return set(rows.values_list("proposal_id", "reviewer_id"))

    @cached_property
    def finished(self) -> set[Pair]:
        rows = Review.objects.finished().filter(proposal__call=self.call)
        return set(rows.values_list("proposal_id", "reviewer_id"))

    def has_declared(self, user_id: int) -> bool:
        """On every applicant."""
        return self.applicants <= set(self.declared.get(user_id, ()))

    def is_barred(self, proposal: Proposal, user_id: int) -> bool:
        """By a declared conflict, or a membership now or in the past."""
        organisation = proposal.organisation_id
        return self.declared.get(user_id, {}).get(organisation, False) or (organisation, user_id) in self.members

    @property
    def undeclared(self) -> list[Capacity]:
        return [row for row in self.reviewers if not self.has_declared(row.user_id)]

    def may_score(self, proposal: Proposal, user_id: int) -> bool:
        return self.has_declared(user_id) and not self.is_barred(proposal, user_id)

    def drawn(self) -> Draw:
        """The draw that fills up what is assigned; with everyone wanted, only what nobody has chosen by hand."""
        wanted = self.call.reviewers_per_proposal
        chosen = {pk for pk, _reviewer in self.assigned} if wanted is None else set()
        people = [row.user_id for row in self.reviewers]
        barred = {(row.pk, user) for row in self.proposals for user in people if not self.may_score(row, user)}
        barred |= {(pk, user) for pk in chosen for user in people}
        return draw(
            proposals=[row.pk for row in self.proposals],
            reviewers=people,
            wanted=wanted,
            barred=barred - self.assigned,
            fixed={pair for pair in self.assigned if pair[0] in {row.pk for row in self.proposals}},
            seed=self.call.reference,
        )
