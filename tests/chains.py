"""A department's chain of four with a deputy, as the tests of chains want it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from agreements.models import Call, Decision
from core import clock
from partnerships.actions.endorsement import Wanted, name_deputy, set_chain
from partnerships.actors import Actor
from partnerships.models import EndorsementPosition, PositionDeputy, User
from partnerships.queries.actors import actor_for
from tests.cast import Cast
from tests.factories import member_of
from tests.world import World

TITLES = ("ผู้อำนวยการกลุ่ม", "ผู้อำนวยการกอง", "รองอธิบดี", "อธิบดีกรมทดสอบ")
NAMES = ("นายกลุ่ม หนึ่ง", "นางกอง สอง", "นายรอง สาม", "นางอธิบดี สี่")
DEPUTY = "นางสาวผู้แทน ห้า"


def person(cast: Cast, name: str, title: str = "", *roles: str) -> User:
    """A member of the agency, by default without any role."""
    user = member_of(cast.organisations["agency"], *roles, email=f"p{User.objects.count()}@example.org")
    user.full_name_th, user.position_title = name, title
    user.save()
    return user


def chain_of_four(cast: Cast, kind: str = "") -> list[User]:
    """The four positions, none of whom holds a role; gives their holders in order."""
    holders = [person(cast, name) for name in NAMES]
    wanted = [Wanted(title, holder.pk) for title, holder in zip(TITLES, holders, strict=True)]
    set_chain(organisation=cast.organisations["agency"], kind=kind, positions=wanted, by=cast.agency_admin.actor)
    return holders


def position(cast: Cast, ordinal: int, kind: str = "") -> EndorsementPosition:
    return EndorsementPosition.objects.of_chain(cast.organisations["agency"].pk, kind).get(ordinal=ordinal)


def deputy_for(cast: Cast, ordinal: int, user: User, kind: str = "", **facts: Any) -> PositionDeputy:
    """Somebody who may act on behalf of that position from today."""
    given = {
        "title": "ผู้ช่วยผู้อำนวยการ",
        "capacity": "on_behalf",
        "order_number": "คำสั่งกรมทดสอบ ที่ 12/2569",
        "starts_on": clock.today(),
        "ends_on": None,
        **facts,
    }
    where = position(cast, ordinal, kind)
    return name_deputy(position=where, person_id=user.pk, by=cast.agency_admin.actor, **given)


def acting(user: User) -> Actor:
    return actor_for(user)


def again(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


def draft_call(cast: Cast) -> Call:
    """A draft that can be published."""
    return World(cast).draft_call()


def in_days(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)
