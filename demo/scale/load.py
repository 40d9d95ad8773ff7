"""Fill an empty database with as much synthetic data as is asked for."""

from __future__ import annotations

from datetime import date
from random import Random

from django.db import connection, transaction

from core import clock
from demo.scale.organisations import record_agencies, record_partners
from demo.scale.profiles import record_mission_profiles, record_profiles
from demo.scale.proposals import record_proposals
from demo.scale.work import record_agreements, record_calls, record_missions
from partnerships.enums import OrganisationKind
from partnerships.models import Membership

PARTNERS_PER_MISSION = 20
FEWEST_MISSIONS = 120  # some thirty open calls: a full page of every list, at every size


def load_scale(size: int, today: date | None = None) -> dict[str, int]:
    """`size` partners and what belongs to them; the same `size` and day give the same rows. Returns rows by kind.

    Written past the door, in bulk: no audit events and no history. Fit for measuring, never for showing.
    """
    today = today or clock.real_now().astimezone(clock.BANGKOK).date()
    random = Random(size)
    with transaction.atomic():
        departments, teams = record_agencies(today)
        opdc = Membership.objects.get(organisation__kind=OrganisationKind.OPDC)
        partners = record_partners(size, random, today)
        record_profiles(partners, random, opdc, today)
        wanted = max(FEWEST_MISSIONS, size // PARTNERS_PER_MISSION)
        missions = record_missions(wanted, departments, teams, random, today)
        record_mission_profiles(missions, random)
        calls = record_calls(missions, random, today)
        proposals = record_proposals(size, calls, partners, random)
        agreements = record_agreements(missions, partners, random, today)
    _refresh_statistics()
    counts = {"partners": size, "missions": len(missions)}
    return {**counts, "calls": len(calls), "proposals": proposals, "agreements": agreements}


def _refresh_statistics() -> None:
    """Let the planner know the new rows; a fresh bulk load has no statistics yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE" if connection.vendor == "postgresql" and not connection.in_atomic_block else "ANALYZE"
        )
