"""Rows of the profile that are told by the organisation alone and may be rewritten: contacts and past projects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.workflow import Passage, Rule, Stamp, pass_door
from partnerships.actions.profile import is_kept
from partnerships.actors import Actor
from partnerships.models import Contact, Organisation, TrackRecord
from partnerships.permissions.organisations import may_edit_profile

EDIT_CONTACTS = Rule("edit_contacts", _("Edit contacts"), may_edit_profile, when=is_kept)
EDIT_TRACK_RECORD = Rule("edit_track_record", _("Edit past projects"), may_edit_profile, when=is_kept)

CONTACT = ("name", "position", "phone", "email", "is_public")
PROJECT = ("title", "giver", "amount", "year_from", "year_until", "result")
ROWS_AT_MOST = 50


def save_contacts(
    *, organisation: Organisation, rows: Iterable[Mapping[str, Any]], by: Actor, stamp: Stamp | None = None
) -> list[int | None]:
    """Write contacts: a row with `pk` is changed (or taken away where `remove`), one without is added.

    Returns the number of each row given, None for one that was taken away.
    """
    with pass_door(organisation, EDIT_CONTACTS, by=by, stamp=stamp) as door:
        return _save_rows(door, Contact, CONTACT, rows)


def save_track_record(
    *, organisation: Organisation, rows: Iterable[Mapping[str, Any]], by: Actor, stamp: Stamp | None = None
) -> list[int | None]:
    """Write past projects (amount in baht, years CE), row by row as `save_contacts`."""
    with pass_door(organisation, EDIT_TRACK_RECORD, by=by, stamp=stamp) as door:
        return _save_rows(door, TrackRecord, PROJECT, rows)


def _save_rows(
    door: Passage, model: type[models.Model], names: tuple[str, ...], rows: Iterable[Mapping[str, Any]]
) -> list[int | None]:
    """Only rows of this very organisation are found by their number: another's answer as if they were not there."""
    own = {row.pk: row for row in model._base_manager.filter(organisation=door.root)}
    written = [_save_row(door, own.get(given.get("pk") or 0) or model(), names, given) for given in rows]
    if model._base_manager.filter(organisation=door.root).count() > ROWS_AT_MOST:
        raise ValidationError(_("Please keep to at most %(most)s rows.") % {"most": ROWS_AT_MOST})
    door.payload["rows"] = [pk for pk in written if pk]
    return written


def _save_row(door: Passage, row: models.Model, names: tuple[str, ...], given: Mapping[str, Any]) -> int | None:
    if given.get("remove"):
        if row.pk:
            row.delete()
        return None
    row.organisation = door.root
    for name in names:
        if name in given:
            setattr(row, name, given[name])
    row.save()
    return row.pk
