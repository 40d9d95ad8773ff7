"""How the actions on chains are tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agreements.actions.decisions import endorse_decision, return_decision
from core import clock
from partnerships.actions.endorsement import Wanted, end_deputy, name_deputy, remove_chain, set_chain
from partnerships.models import EndorsementPosition, PositionDeputy

Attempt = Callable[[Any, Any], Any]


def _positions(organisation: Any) -> list[EndorsementPosition]:
    return list(EndorsementPosition.objects.of_chain(organisation.pk, ""))


KEEPING: dict[str, Attempt] = {
    "set_chain": lambda o, by: set_chain(
        organisation=o, kind="pay_instalment", positions=[Wanted("อธิบดี", _positions(o)[3].holder_id)], by=by
    ),
    "remove_chain": lambda o, by: remove_chain(organisation=o, kind="", by=by),
    "name_deputy": lambda o, by: name_deputy(
        position=_positions(o)[3],
        person_id=_positions(o)[1].holder_id,
        title="รองอธิบดี",
        capacity="acting",
        order_number="",
        starts_on=clock.today(),
        ends_on=None,
        by=by,
    ),
    "end_deputy": lambda o, by: end_deputy(deputy=PositionDeputy.objects.filter(seat__organisation=o)[0], by=by),
}

MATTER: dict[str, Attempt] = {
    "act": lambda d, by: endorse_decision(decision=d, by=by),
    "return": lambda d, by: return_decision(decision=d, by=by, comment="แก้ไข"),
}
