"""Keeping an agency's endorsement chains: setting one, taking it away, naming and ending deputies.

Everything passes the agency's door. Positions are never changed or deleted: rows that no longer hold are ended, and
what was proposed before keeps the positions it was proposed with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.workflow import Rule, Stamp, pass_door
from partnerships.actors import Actor
from partnerships.endorsement_kinds import GENERAL, decision_kinds
from partnerships.enums import DeputyCapacity
from partnerships.models import EndorsementPosition, Membership, Organisation, PositionDeputy
from partnerships.permissions.endorsement import may_be_named, may_edit_chain

LONGEST = 12  # positions

SET_CHAIN = Rule("set_chain", gettext_lazy("Set the endorsement chain"), may_edit_chain)
REMOVE_CHAIN = Rule("remove_chain", gettext_lazy("Take the chain away"), may_edit_chain)
NAME_DEPUTY = Rule("name_deputy", gettext_lazy("Name a deputy"), may_edit_chain)
END_DEPUTY = Rule("end_deputy", gettext_lazy("End the deputy's time"), may_edit_chain)


@dataclass(frozen=True)
class Wanted:
    """A position as it is to be; `seat_id` where it is one that the chain has already."""

    title: str
    holder_id: int
    seat_id: int | None = None


def set_chain(
    *, organisation: Organisation, kind: str, positions: Iterable[Wanted], by: Actor, stamp: Stamp | None = None
) -> list[EndorsementPosition]:
    """Put a new version of the chain for a kind ("" = general) in force, in the order given.

    Raises ValidationError for an unknown kind, no position or too many, a holder who is no member or holds two
    positions, or the administrator's own name.
    """
    wanted = list(positions)
    with pass_door(organisation, SET_CHAIN, by=by, stamp=stamp) as door:
        _check_chain(door.root, kind, wanted, by)
        now = list(EndorsementPosition.objects.of_chain(door.root.pk, kind))
        kept = [row for row in now if _is_kept(row, wanted)]
        _end([row for row in now if row not in kept])
        seats = {row.seat_id: row.seat_id for row in now if row not in kept}
        EndorsementPosition.objects.bulk_create(
            EndorsementPosition(
                organisation=door.root,
                kind=kind,
                ordinal=ordinal,
                title=one.title,
                holder_id=one.holder_id,
                origin_id=seats.pop(one.seat_id, None),
            )
            for ordinal, one in enumerate(wanted, start=1)
            if ordinal not in {row.ordinal for row in kept}
        )
        door.payload.update(kind=kind, positions=[{"title": one.title, "holder": one.holder_id} for one in wanted])
    return list(EndorsementPosition.objects.of_chain(organisation.pk, kind))


def _is_kept(row: EndorsementPosition, wanted: list[Wanted]) -> bool:
    if row.ordinal > len(wanted):
        return False
    one = wanted[row.ordinal - 1]
    return (one.seat_id, one.title, one.holder_id) == (row.seat_id, row.title, row.holder_id)


def _end(rows: list[EndorsementPosition]) -> None:
    EndorsementPosition.objects.filter(pk__in=[row.pk for row in rows]).update(valid_until=clock.today())


def _check_chain(organisation: Organisation, kind: str, wanted: list[Wanted], by: Actor) -> None:
    if kind != GENERAL and kind not in decision_kinds():
        raise ValidationError(_("There is no such kind of decision."))
    if not 1 <= len(wanted) <= LONGEST:
        raise ValidationError(_("A chain has between 1 and %(most)s positions."), params={"most": LONGEST})
    holders = [one.holder_id for one in wanted]
    if len(set(holders)) < len(holders):
        raise ValidationError(_("The same person cannot hold two positions of one chain."))
    if members_among(organisation, holders) != set(holders):
        raise ValidationError(_("The holder must be a current member of the organisation."))
    if not all(may_be_named(holder, by) for holder in holders):
        raise ValidationError(_("You cannot give yourself a position in the chain."))


def members_among(organisation: Organisation, people: Iterable[int]) -> set[int]:
    """Those of these users (ids) who are active members of the organisation today."""
    current = Membership.objects.current(clock.today()).filter(organisation=organisation, user__is_active=True)
    return set(current.filter(user__in=list(people)).values_list("user_id", flat=True))


def remove_chain(*, organisation: Organisation, kind: str, by: Actor, stamp: Stamp | None = None) -> None:
    """End the chain for a kind: the general one serves again, and without that the executive decides alone."""
    with pass_door(organisation, REMOVE_CHAIN, by=by, stamp=stamp) as door:
        _end(list(EndorsementPosition.objects.of_chain(door.root.pk, kind)))
        door.payload.update(kind=kind)


def name_deputy(
    *,
    position: EndorsementPosition,
    person_id: int,
    title: str,
    capacity: str,
    order_number: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
    by: Actor,
    stamp: Stamp | None = None,
) -> PositionDeputy:
    """Name who may act in a position besides its holder. Matters on their way are served too.

    Raises ValidationError at the field: no member, the holder, the administrator's own name, no order number for
    standing delegation, an end before the start or in the past.
    """
    with pass_door(position.organisation, NAME_DEPUTY, by=by, stamp=stamp) as door:
        _check_person(position, person_id, by)
        _check_ground(capacity, order_number, starts_on, ends_on)
        deputy = PositionDeputy.objects.create(
            seat_id=position.seat_id,
            person_id=person_id,
            title=title,
            capacity=capacity,
            order_number=order_number,
            starts_on=starts_on,
            ends_on=ends_on,
            named_by=by.user,
        )
        door.payload.update(_facts(deputy), position=position.title)
    return deputy


def _check_person(position: EndorsementPosition, person_id: int, by: Actor) -> None:
    if person_id == position.holder_id:
        raise _at("person", _("The holder needs no deputy's place."))
    if not members_among(position.organisation, [person_id]):
        raise _at("person", _("The deputy must be a current member of the organisation."))
    if not may_be_named(person_id, by):
        raise _at("person", _("You cannot name yourself."))


def _check_ground(capacity: str, order_number: str, starts_on: dt.date, ends_on: dt.date | None) -> None:
    if capacity == DeputyCapacity.ON_BEHALF and not order_number:
        raise _at(
            "order_number", _("Performing duties on behalf of the holder rests on an order: please give its number.")
        )
    if ends_on is not None and ends_on < starts_on:
        raise _at("ends_on", _("The last day must not come before the first."))
    if ends_on is not None and ends_on < clock.today():
        raise _at("ends_on", _("The last day is past: a deputy is named for today or for later."))


def _at(field: str, message: str) -> ValidationError:
    return ValidationError({field: message})


def end_deputy(*, deputy: PositionDeputy, by: Actor, stamp: Stamp | None = None) -> PositionDeputy:
    """Cut a deputy's time short, from now on; what he or she did stays as it is."""
    with pass_door(deputy.seat.organisation, END_DEPUTY, by=by, stamp=stamp) as door:
        current = PositionDeputy.objects.select_for_update(of=("self",)).get(pk=deputy.pk)
        if current.ended_at is None:
            current.ended_at, current.ended_by = clock.now(), by.user
            current.save(update_fields=["ended_at", "ended_by"])
        door.payload.update(_facts(current))
    return current


def _facts(deputy: PositionDeputy) -> dict[str, Any]:
    return {
        "deputy": deputy.pk,
        "seat": deputy.seat_id,
        "person": deputy.person_id,
        "capacity": deputy.capacity,
        "order": deputy.order_number,
        "from": deputy.starts_on,
        "until": deputy.ends_on,
    }
