"""Proposals on decided calls in quantity, as lists and their pages read them: with a version, some with reviewers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random

from agreements.enums import CallState, ProposalState
from agreements.models import Call, Proposal, ProposalVersion, ReviewAssignment
from core.canonical import canonical_json
from core.workflow import set_first_state
from demo.scale.organisations import BATCH
from partnerships.models import Organisation

STATES = (ProposalState.SELECTED, ProposalState.RESERVE, ProposalState.NOT_SELECTED, ProposalState.INELIGIBLE)


def record_proposals(count: int, calls: list[Call], partners: list[Organisation], random: Random) -> int:
    """About `count` proposals, spread evenly over the decided calls; returns how many."""
    decided = [call for call in calls if call.state == CallState.DECIDED]
    for call in decided:
        call.closed_at, call.decided_at = call.closes_at, call.closes_at + timedelta(days=20)
        call.letters_issued_at = call.decided_at
    Call._base_manager.bulk_update(decided, ["closed_at", "decided_at", "letters_issued_at"], batch_size=BATCH)
    each = min(len(partners), -(-count // len(decided)))
    drawn = Proposal._base_manager.bulk_create(_proposals(decided, each, partners, random), batch_size=BATCH)
    ProposalVersion._base_manager.bulk_create(map(_version, drawn), batch_size=BATCH)
    ReviewAssignment._base_manager.bulk_create(
        (
            ReviewAssignment(proposal=one, reviewer_id=one.call.officer_id, assigned_at=one.submitted_at)
            for one in drawn[::3]
        ),
        batch_size=BATCH,
    )
    return len(drawn)


def _proposals(calls: list[Call], each: int, partners: list[Organisation], random: Random) -> Iterator[Proposal]:
    number = 0
    for call in calls:
        for partner in random.sample(partners, each):
            number += 1
            one = Proposal(
                reference=f"S-P-{number:07}",
                call=call,
                organisation=partner,
                title=f"โครงการ{call.mission.title} ({number})",
                objectives="ข้อมูลสมมติ",
                budget=Decimal(random.randint(1, 400) * 5_000),
                beneficiaries=random.randint(10, 900),
                duration_months=12,
                submitted_at=call.closes_at - timedelta(minutes=random.randint(1, 40_000)),
                created_by_id=call.officer_id,
            )
            set_first_state(one, state=random.choice(STATES))
            one.set_derived()
            yield one


def _version(proposal: Proposal) -> ProposalVersion:
    content = canonical_json(
        {
            "schema": 2,
            "fields": {"title": proposal.title, "objectives": proposal.objectives},
            "rows": {},
            "files": [],
            "documents": [],
            "reference": proposal.reference,
            "organisation": {"id": proposal.organisation_id, "name": proposal.organisation.name_th},
        }
    )
    return ProposalVersion(
        proposal=proposal,
        number=1,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        submitted_at=proposal.submitted_at,
        submitted_by_id=proposal.created_by_id,
        submitted_by_name="บุคคลสมมติ",
    )
