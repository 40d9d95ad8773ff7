"""The balanced draw: who judges which proposal. A pure function of what is put in, the seed included.

Every proposal gets the reviewers it wants, nobody gets one that is barred, and the loads are as even as the bars allow:
the greatest load is the least possible, and no load could be lowered by handing a proposal on to somebody with less.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Pair = tuple[int, int]


@dataclass(frozen=True)
class Draw:
    """`assigned`: proposal → its reviewers, the fixed ones included; `lacking`: proposal → how many are missing."""

    assigned: Mapping[int, frozenset[int]]
    lacking: Mapping[int, int] = field(default_factory=dict)

    @property
    def loads(self) -> dict[int, int]:
        """Reviewer → number of proposals, of those who have any."""
        loads: dict[int, int] = {}
        for reviewers in self.assigned.values():
            for reviewer in reviewers:
                loads[reviewer] = loads.get(reviewer, 0) + 1
        return loads


def draw(
    *,
    proposals: Iterable[int],
    reviewers: Iterable[int],
    wanted: int | None,
    barred: Iterable[Pair] = (),
    fixed: Iterable[Pair] = (),
    seed: str = "",
) -> Draw:
    """Fill up each proposal to `wanted` reviewers (None: everyone who is not barred from it).

    barred, fixed: (proposal, reviewer) that must not be, and that are there already and stay. The same input gives the
    same draw; another seed another one, as good. Where too few are left, as many as there are, and `lacking` says so.
    """
    proposals, reviewers = _shuffled(proposals, seed), _shuffled(reviewers, seed)
    table = _Table(proposals, reviewers, set(barred), set(fixed))
    for proposal in proposals:
        goal = len(table.admitted(proposal)) if wanted is None else wanted
        while len(table.given[proposal]) < goal and table.add_one(proposal):
            pass
    given = {proposal: frozenset(table.given[proposal]) for proposal in sorted(proposals)}
    goal = max(wanted or 1, 1)
    return Draw(given, {pk: goal - len(found) for pk, found in given.items() if len(found) < goal})


def _shuffled(ids: Iterable[int], seed: str) -> list[int]:
    return sorted(set(ids), key=lambda pk: hashlib.sha256(f"{seed}:{pk}".encode()).digest())


class _Table:
    """The draw under way. Adding one reviewer to a proposal may hand others on along a chain of proposals.

    Each addition ends at the least loaded reviewer that any chain reaches (a shortest augmenting path, where the cost
    of a reviewer's next proposal rises with the load): therefore the loads are as even as they can be.
    """

    def __init__(self, proposals: list[int], reviewers: list[int], barred: set[Pair], fixed: set[Pair]) -> None:
        self.reviewers, self.barred, self.fixed = reviewers, barred, fixed
        self.given: dict[int, set[int]] = {proposal: set() for proposal in proposals}
        for proposal, reviewer in fixed:
            if proposal in self.given:
                self.given[proposal].add(reviewer)
        self.load = dict.fromkeys(reviewers, 0)
        for given in self.given.values():
            for reviewer in given & self.load.keys():
                self.load[reviewer] += 1

    def admitted(self, proposal: int) -> set[int]:
        open_to = {reviewer for reviewer in self.reviewers if (proposal, reviewer) not in self.barred}
        return open_to | self.given[proposal]

    def add_one(self, proposal: int) -> bool:
        """One more reviewer for the proposal; False where nobody is left."""
        came_from = self._reachable(proposal)
        if not came_from:
            return False
        last = min(came_from, key=lambda reviewer: (self.load[reviewer], self.reviewers.index(reviewer)))
        self.load[last] += 1
        reviewer: int | None = last
        while reviewer is not None:
            taker, instead = came_from[reviewer]
            self.given[taker].add(reviewer)
            if instead is not None:
                self.given[taker].discard(instead)
            reviewer = instead
        return True

    def _reachable(self, start: int) -> dict[int, tuple[int, int | None]]:
        """Reviewer → (proposal that would take him or her, reviewer whom it would hand on for that, or None)."""
        came_from: dict[int, tuple[int, int | None]] = {}
        waiting: deque[tuple[int, int | None]] = deque([(start, None)])
        while waiting:
            proposal, instead = waiting.popleft()
            for reviewer in self.reviewers:
                taken = reviewer in self.given[proposal] or (proposal, reviewer) in self.barred
                if taken or reviewer in came_from:
                    continue
                came_from[reviewer] = (proposal, instead)
                waiting.extend((other, reviewer) for other in self._held_by(reviewer) if other != proposal)
        return came_from

    def _held_by(self, reviewer: int) -> list[int]:
        """Proposals that could be handed on by this reviewer: his or hers, and not fixed."""
        return [
            proposal
            for proposal, given in self.given.items()
            if reviewer in given and (proposal, reviewer) not in self.fixed
        ]
