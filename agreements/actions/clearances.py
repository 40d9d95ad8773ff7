"""Verdicts on an agreement, written by the floor above in the transaction of what they rest on (§3.2 steps 6 and 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from agreements.enums import Standing
from agreements.models import Agreement, Clearance
from agreements.permissions.agreements import giver_executive
from core import clock
from core.workflow import AlreadyDone, Missing, Requirement, Rule, Stamp, pass_door
from partnerships.actors import Actor


def _in_force(agreement: Agreement) -> bool:
    return agreement.standing == Standing.IN_FORCE


RECORD_VERDICT = Rule("record_verdict", _("Record the verdict of an evaluation"), giver_executive, when=_in_force)


def record_clearance(
    *,
    agreement: Agreement,
    kind: str,
    ordinal: int,
    verdict: str,
    by: Actor,
    rule: Rule = RECORD_VERDICT,
    stamp: Stamp | None = None,
    still_missing: Callable[[Agreement], Iterable[Requirement]] = lambda agreement: (),
) -> Clearance:
    """Write one verdict on the agreement, once for each kind and ordinal (instalment, cycle, else 1).

    `rule` says who may and when: the executive accepts evaluations; lessons bring a rule of their own.
    `still_missing` is asked under the agreement's lock for what the floor above demands.
    Raises NotNow, NotYou, Missing, Stale, AlreadyDone.
    """
    with pass_door(agreement, rule, by=by, stamp=stamp) as door:
        if door.root.clearances.filter(kind=kind, ordinal=ordinal).exists():
            raise AlreadyDone()
        if missing := list(still_missing(door.root)):
            raise Missing(missing)
        clearance = Clearance.objects.create(
            agreement=door.root, kind=kind, ordinal=ordinal, verdict=verdict, by=by.user, at=clock.now()
        )
        door.payload.update(clearance=clearance.pk, kind=kind, ordinal=ordinal, verdict=verdict)
    return clearance
