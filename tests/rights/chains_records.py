"""Agencies with a chain, and matters that have come to one of its positions."""

from __future__ import annotations

from collections.abc import Callable

from agreements.enums import DecisionKind, DecisionState
from agreements.models import Decision
from core.workflow import set_first_state
from partnerships.endorsement import chain_for, snapshot_of
from partnerships.models import EndorsementPosition, Organisation, PositionDeputy
from tests.cast import Cast
from tests.chains import in_days
from tests.rights import chains_attempts as attempts
from tests.rights import chains_table as table
from tests.rights.records import make_call

HOLDERS = ("second_officer", "finance", "agency_admin", "executive")
DEPUTIES = ((1, "finance", -1), (2, "second_officer", 0), (3, "second_officer", 0), (4, "officer", 0))


def make_agency(cast: Cast, _state: str, kind: str = "") -> Organisation:
    """The agency with its chain of four and their deputies."""
    agency = cast.organisations["agency"]
    for ordinal, name in enumerate(HOLDERS, start=1):
        EndorsementPosition.objects.create(
            organisation=agency, kind=kind, ordinal=ordinal, title=f"ตำแหน่ง {ordinal}", holder=cast.people[name].user
        )
    for ordinal, name, last_day in DEPUTIES:
        PositionDeputy.objects.create(
            seat=EndorsementPosition.objects.of_chain(agency.pk, kind).get(ordinal=ordinal),
            person=cast.people[name].user,
            title="รอง",
            capacity="acting",
            starts_on=in_days(-9),
            ends_on=in_days(last_day),
            named_by=cast.agency_admin.user,
        )
    return agency


def make_matter(cast: Cast, state: str) -> Decision:
    """A call's publication at the position whose turn it is ("at_3"), or ended."""
    agency = make_agency(cast, state)
    call = make_call(cast, "draft")
    reached = int(state[-1]) - 1 if state.startswith("at_") else 0
    decision = Decision(
        kind=DecisionKind.PUBLISH_CALL,
        organisation=agency,
        call=call,
        positions=snapshot_of(chain_for(agency.pk, DecisionKind.PUBLISH_CALL)),
        reached=4 if state == "decided" else reached,
        proposed_by=cast.officer.user,
        last_by=cast.people[("officer", *HOLDERS)[reached]].user,
    )
    set_first_state(decision, state=getattr(DecisionState, "PENDING" if state.startswith("at_") else state.upper()))
    decision.save()
    return decision


KINDS: dict[str, tuple[set[str], dict, dict, Callable]] = {
    "chain": (table.KEEPING_STATES, table.KEEPING_RIGHTS, attempts.KEEPING, make_agency),
    **{
        f"turn {'/'.join(sorted(states))}": (states, rights, attempts.MATTER, make_matter)
        for states, rights in table.TURNS
    },
}
