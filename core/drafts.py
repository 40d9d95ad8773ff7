"""Drafts that several people write at once: what was typed, what is stored, what both changed.

A form that saves itself carries two hidden fields: `part_version`, the version of the section it was drawn from, and
`drawn`, a digest of every value as it was then. With them a saving that comes late is told apart field by field:
changed here, changed by somebody else, or by both. Rows are one value, named by `rows_name`; as long as nobody adds or
takes away one, each is told apart as a field is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, HouseFormSet, any_value
from core.workflow import Stale

HIDDEN = ("part_version", "drawn")
BETWEEN = "."  # the digests of rows
NOT_REMEMBERED = {"autocomplete": "off"}  # browsers put old values back into pages that are loaded again


def rows_name(prefix: str) -> str:
    """The name under which the rows of a formset count as a value: a field may be called as the formset is."""
    return f"{prefix}-rows"


class DraftForm(HouseForm):
    """A form that can save itself while it is written. `root` as in HouseForm.

    Give `part_version` and `stored` (what is on record: fields by name, rows by `rows_name`) when it is drawn.
    """

    stamp_names = (*HouseForm.stamp_names, *HIDDEN)

    def __init__(
        self, *args: Any, part_version: int = 0, stored: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.clash: Clash | None = None
        self.fields["part_version"] = forms.IntegerField(
            required=False, min_value=0, widget=forms.HiddenInput(NOT_REMEMBERED), initial=part_version
        )
        self.fields["drawn"] = forms.CharField(
            required=False,
            max_length=8000,
            widget=forms.HiddenInput(NOT_REMEMBERED),
            initial=json.dumps(digests(stored)) if stored is not None else "",
        )


# --- digests ------------------------------------------------------------------------------------------------------


def digest(value: Any) -> str:
    """Twelve characters, the same for what counts as the same: 5 and 5.00, "" and nothing, a record and its key.

    Of rows: twelve for each, joined by BETWEEN.
    """
    if _are_rows(value):
        return BETWEEN.join(digest(row) for row in value)
    plain = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def digests(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: digest(value) for name, value in values.items()}


def read_drawn(text: str) -> dict[str, str]:
    """The digests a form brought back; none where they cannot be read (then whatever differs is asked about)."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _are_rows(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _plain(value: Any) -> Any:
    value = value.pk if isinstance(value, models.Model) else value
    if value is None or value == "" or value is False or value is True:
        return value or None
    if isinstance(value, Mapping):
        plain = {str(name): _plain(item) for name, item in value.items()}
        return {name: item for name, item in plain.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, int | Decimal):
        return format(Decimal(value).normalize(), "f")
    return str(value).replace("\r\n", "\n").strip()


# --- three sides --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Merge:
    """`keep`: to be stored. `take`: changed by somebody else only, to be shown here. `clash`: changed by both.

    Rows that several people changed, each another one, are in `keep` and in `take`.
    """

    keep: dict[str, Any]
    take: tuple[str, ...]
    clash: tuple[str, ...]


def reconcile(*, drawn: Mapping[str, str], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merge:
    """Compare what was typed (`mine`) and what is stored (`theirs`) with what the form was drawn from (`drawn`).

    Names that are not in `mine` (not readable as typed) are left alone. Without a digest of a name, any difference
    counts as a clash: nothing is overwritten on a guess.
    """
    keep, take, clash = {}, [], []
    for name, value in mine.items():
        own, stored, before = digest(value), digest(theirs.get(name)), drawn.get(name)
        if own == stored:
            continue
        if stored == before:
            keep[name] = value
        elif own == before:
            take.append(name)
        elif rows := _merged_rows(value, theirs.get(name), (before or "").split(BETWEEN)):
            keep[name] = rows
            if digest(rows) != own:
                take.append(name)
        else:
            clash.append(name)
    return Merge(keep, tuple(take), tuple(clash))


def _merged_rows(mine: Any, theirs: Any, drawn: Sequence[str]) -> list[Any]:
    """Each row as the one has left it who changed it; none where both did, or where rows were added or taken away."""
    if not (_are_rows(mine) and _are_rows(theirs) and len(mine) == len(theirs) == len(drawn)):
        return []
    rows = []
    for own, stored, before in zip(mine, theirs, drawn, strict=True):
        if digest(stored) in (before, digest(own)):
            rows.append(own)
        elif digest(own) == before:
            rows.append(stored)
        else:
            return []
    return rows


def drawn_still(before: str, shown: Any, stored: Any) -> str:
    """What a page was drawn from that goes on showing `shown`, where `stored` is on record now and `before` was.

    Rows that it shows as they are stored count as drawn anew: who writes on in them does not clash with himself.
    """
    old = before.split(BETWEEN)
    if not (_are_rows(shown) and _are_rows(stored) and len(shown) == len(stored) == len(old)):
        return before
    new = [digest(row) for row in stored]
    return BETWEEN.join(now if digest(row) == now else mark for row, now, mark in zip(shown, new, old, strict=True))


class Clash(Stale):
    """Both changed the same: `names` of fields and kinds of rows; `stored`: what is on record now, by whom and when."""

    kind = "clash"
    message = _("Somebody else changed the same field meanwhile. Choose which text is to stay.")

    def __init__(
        self,
        names: Iterable[str],
        *,
        version: int,
        stored: Mapping[str, Any],
        saved_by: Any = None,
        saved_at: Any = None,
    ) -> None:
        self.names, self.version, self.stored = tuple(names), version, stored
        self.saved_by, self.saved_at = saved_by, saved_at
        super().__init__()


@dataclass(frozen=True)
class Kept:
    """What a saving came to. `stored`: the values on record now. `taken`: names that somebody else alone changed."""

    version: int
    saved_at: Any
    saved_by: Any
    stored: Mapping[str, Any]
    taken: tuple[str, ...] = ()


# --- what was typed -----------------------------------------------------------------------------------------------


@dataclass
class Written:
    """What a form brought: values that can be stored, and the names of those that cannot (their raw text stays there).

    `places`: for each kind of rows, the row of the form (by its index) → its place among the stored ones.
    """

    values: dict[str, Any]
    wrong: frozenset[str] = frozenset()
    version: int | None = None
    drawn: dict[str, str] = field(default_factory=dict)
    places: dict[str, dict[int, int]] = field(default_factory=dict)


def read_written(
    form: DraftForm,
    formsets: Sequence[HouseFormSet],
    *,
    stored: Mapping[str, Any],
    places: Mapping[str, Mapping[str, int]] | None = None,
    theirs: Iterable[str] = (),
) -> Written:
    """Take from bound forms whatever is valid. `stored`: what is on record, fields by name and rows by `rows_name`.

    A row with something unreadable in it keeps the place and the values it has on record (`places`, as the last saving
    answered them); one that has no place yet waits in the browser. `theirs`: names whose stored value was chosen.
    """
    valid = form.is_valid()
    chosen = frozenset(theirs)
    values = {name: value for name, value in form.facts.items() if name not in chosen}
    wrong = set() if valid else {name for name in form.errors if name in form.fields and name not in form.stamp_names}
    written = Written(
        values, version=form.cleaned_data.get("part_version"), drawn=read_drawn(form.cleaned_data.get("drawn", ""))
    )
    for formset in formsets:
        name = rows_name(formset.prefix)
        if name in chosen:
            continue
        if formset.is_valid():
            values[name] = formset.rows
            continue
        wrong.add(name)
        if not formset.non_form_errors():
            before = {int(row): place for row, place in (places or {}).get(formset.prefix, {}).items() if row.isdigit()}
            values[name] = _rows_as_far_as_right(formset, stored.get(name, ()), before)
    written.wrong = frozenset(wrong)
    written.places = {one.prefix: _places(one, (places or {}).get(one.prefix, {})) for one in formsets}
    return written


def _rows_as_far_as_right(
    formset: HouseFormSet, stored: Sequence[Mapping[str, Any]], places: Mapping[int, int]
) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for index, row in enumerate(formset.forms):
        if row.errors:
            place = places.get(index)
            if place is not None and place < len(stored):
                rows.append(stored[place])
        elif _counts(row):
            rows.append({name: value for name, value in row.cleaned_data.items() if name != "DELETE"})
    return rows


def _counts(row: Any) -> bool:
    data = row.cleaned_data
    return bool(row.has_changed() and not data.get("DELETE") and any_value(data))


def _places(formset: HouseFormSet, before: Mapping[str, int]) -> dict[int, int]:
    """Where each row of the form stands among the stored ones after this saving."""
    places: dict[int, int] = {}
    for index, row in enumerate(formset.forms):
        if (str(index) in before) if row.errors else _counts(row):
            places[index] = len(places)
    return places
