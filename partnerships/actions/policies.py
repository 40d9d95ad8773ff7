"""Policies under which missions are ranked: one order without gaps, kept under the policy's lock (§3.3)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import NotNow, Rule, Stamp, birth, pass_door
from partnerships.actors import Actor
from partnerships.models import Mission, Policy
from partnerships.permissions.missions import may_create_mission, may_keep_policy

CREATE_POLICY = Rule("create", _("Record a policy"), may_create_mission)
EDIT_POLICY = Rule("edit", _("Edit the policy"), may_keep_policy)
RANK_MISSIONS = Rule("rank", _("Rank the missions"), may_keep_policy)
PARKED = 10_000  # no two missions may share a rank, even between two statements


def create_policy(*, title: str, description: str, by: Actor, stamp: Stamp | None = None) -> Policy:
    """A policy or strategy of the officer's agency."""
    with birth(CREATE_POLICY, by=by, stamp=stamp) as door:
        door.root = Policy.objects.create(
            agency=by.organisation, title=title, description=description, created_on=clock.today()
        )
        door.payload.update(title=title)
    return door.root


def edit_policy(*, policy: Policy, title: str, description: str, by: Actor, stamp: Stamp | None = None) -> Policy:
    with pass_door(policy, EDIT_POLICY, by=by, stamp=stamp) as door:
        door.payload["before"] = {"title": door.root.title, "description": door.root.description}
        door.root.title, door.root.description = title, description
    return door.root


def put_under_policy(*, policy: Policy, mission: Mission, by: Actor, stamp: Stamp | None = None) -> Policy:
    """Put a mission of the same agency at the end of the list. Raises ValidationError where it is under one already."""
    with pass_door(policy, RANK_MISSIONS, by=by, stamp=stamp, kind="policy.add") as door:
        found = Mission.objects.select_for_update(of=("self",)).get(pk=mission.pk)
        if found.agency_id != door.root.agency_id:
            raise ValidationError({"mission": _("This mission belongs to another agency.")})
        if found.policy_id is not None:
            raise ValidationError({"mission": _("This mission stands under a policy already.")})
        _store(door.root, [*_ranked(door.root), found])
        door.payload.update(mission=found.pk, reference=found.reference)
    return door.root


def take_from_policy(*, policy: Policy, mission: Mission, by: Actor, stamp: Stamp | None = None) -> Policy:
    """Take a mission out of the list; those behind it move up. Raises NotNow where it is not in the list."""
    with pass_door(policy, RANK_MISSIONS, by=by, stamp=stamp, kind="policy.remove") as door:
        rows = _ranked(door.root)
        rest = [row for row in rows if row.pk != mission.pk]
        if len(rest) == len(rows):
            raise NotNow()
        Mission.objects.filter(pk=mission.pk).update(policy=None, rank=None)
        _store(door.root, rest)
        door.payload.update(mission=mission.pk, reference=mission.reference)
    return door.root


def move_in_policy(*, policy: Policy, mission: Mission, rank: int, by: Actor, stamp: Stamp | None = None) -> Policy:
    """Give a mission another rank (1 is the first); the others close up. Raises NotNow, ValidationError."""
    with pass_door(policy, RANK_MISSIONS, by=by, stamp=stamp) as door:
        rows = _ranked(door.root)
        moved = next((row for row in rows if row.pk == mission.pk), None)
        if moved is None:
            raise NotNow()
        if not 1 <= rank <= len(rows):
            raise ValidationError({"rank": _("Choose a rank of the list.")})
        before = [row.pk for row in rows]
        rows.remove(moved)
        rows.insert(rank - 1, moved)
        _store(door.root, rows)
        door.payload.update(mission=moved.pk, before=before, after=[row.pk for row in rows])
    return door.root


def _ranked(policy: Policy) -> list[Mission]:
    return list(Mission.objects.select_for_update(of=("self",)).filter(policy=policy).order_by("rank"))


def _store(policy: Policy, rows: list[Mission]) -> None:
    """The list as it stands now: 1, 2, 3 … by way of ranks that nobody has."""
    moved: list[tuple[Mission, Any]] = [(row, n) for n, row in enumerate(rows, start=1) if row.rank != n]
    for row, rank in moved:
        Mission.objects.filter(pk=row.pk).update(policy=policy, rank=PARKED + rank)
    for row, rank in moved:
        Mission.objects.filter(pk=row.pk).update(rank=rank)
