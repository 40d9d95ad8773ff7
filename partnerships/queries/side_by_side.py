"""Two organisations line by line, for whoever judges whether they are one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from core.ui import show_day
from partnerships.models import Organisation
from partnerships.queries.standing import verification_tone

MEMBERS = 20


class Row(NamedTuple):
    """One line; `differs` where both say something and not the same."""

    label: Any
    first: str
    second: str
    differs: bool


def rows_of(first: Organisation, second: Organisation) -> list[Row]:
    """What the two say of themselves, and what hangs on them."""
    return [_row(label, say(first), say(second)) for label, say in LINES]


def _row(label: Any, first: Any, second: Any) -> Row:
    one, other = str(first or ""), str(second or "")
    return Row(label, one or "–", other or "–", bool(one and other and one != other))


def _people(organisation: Organisation) -> str:
    members = organisation.memberships.select_related("user").order_by("pk")[:MEMBERS]
    return ", ".join(str(member.user) for member in members)


def _words(name: str) -> Callable[[Organisation], str]:
    return lambda organisation: ", ".join(word.name for word in getattr(organisation, name).all())


def _lines() -> Iterator[tuple[Any, Callable[[Organisation], Any]]]:
    yield _("Name in Thai"), lambda o: o.name_th
    yield _("Name in English"), lambda o: o.name_en
    yield _("Kind"), lambda o: o.get_local_type_display() or o.get_kind_display()
    yield _("Standing in the register"), lambda o: o.get_standing_display()
    yield _("13-digit tax number"), lambda o: o.tax_number
    yield _("Registration number"), lambda o: o.registration_number
    yield _("Province"), lambda o: o.province
    yield _("Address"), lambda o: o.address
    yield _("Telephone"), lambda o: o.phone
    yield _("E-mail"), lambda o: o.email
    yield _("Fields of work"), _words("fields_of_work")
    yield _("Target groups"), _words("target_groups")
    yield _("Verification"), lambda o: verification_tone(o)[1]
    yield _("Blocked since"), lambda o: show_day(o.blocked_at) if o.blocked_at else ""
    yield _("People"), _people


LINES = tuple(_lines())
