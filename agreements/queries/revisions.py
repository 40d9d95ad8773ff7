"""Earlier states of a draft and what changed between two of them: words, numbers as numbers, rows as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from agreements.actions.proposal_content import part_content
from agreements.models import Proposal
from agreements.proposal_sections import DECIMALS, FIELD_LABELS, SECTIONS, RowKind, Section
from core import text_difference
from core.text_difference import ADDED, REMOVED, SAME, Piece

NOW = "now"
MOST = 100  # of the latest revisions are listed
NUMBERS = frozenset({"duration_months", "beneficiaries", "budget", "number", "month_from", "month_to", *DECIMALS})


@dataclass(frozen=True)
class State:
    """A state of the draft: a revision ("r3"), a submitted version ("v1"), or the draft as it is ("now")."""

    code: str
    title: str
    at: datetime | None = None
    by: str = ""
    parts: tuple[str, ...] = ()

    @property
    def is_version(self) -> bool:
        return self.code.startswith("v")

    @property
    def sections(self) -> list[Any]:
        return [SECTIONS[part].heading for part in self.parts if part in SECTIONS]


def states_of(proposal: Proposal) -> list[State]:
    """Revisions and submitted versions, the latest first, without their content; the draft itself before them."""
    revisions = proposal.revisions.select_related("saved_by").defer("content").order_by("-number")[:MOST]
    states = [
        State(
            f"r{row.number}",
            _("Revision %(number)s") % {"number": row.number},
            row.saved_at,
            row.saved_by.get_full_name(),
            tuple(row.parts),
        )
        for row in revisions
    ]
    states += [
        State(
            f"v{row.number}",
            _("Submitted version %(number)s") % {"number": row.number},
            row.submitted_at,
            row.submitted_by_name,
        )
        for row in proposal.versions.defer("content")
    ]
    states.sort(key=lambda state: (state.at, state.is_version), reverse=True)
    return [State(NOW, _("The draft as it is now")), *states]


def content_of_state(proposal: Proposal, code: str) -> dict[str, Any] | None:
    """The content of a state of this proposal, or None where there is no such state."""
    if code == NOW:
        return part_content(proposal)
    number = code[1:]
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        return None
    if code.startswith("r"):
        return proposal.revisions.filter(number=int(number)).values_list("content", flat=True).first()
    if code.startswith("v"):
        content = proposal.versions.filter(number=int(number)).values_list("content", flat=True).first()
        return json.loads(content) if content else None
    return None


# --- what changed ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """A value that changed: `pieces` of text, or the number before and after as one piece each."""

    label: Any
    pieces: list[Piece]


@dataclass(frozen=True)
class RowChange:
    """`kind`: added, removed or changed; `cells` has every column that holds something."""

    kind: str
    cells: list[Change]

    @property
    def word(self) -> str:
        return {ADDED: _("Row added"), REMOVED: _("Row removed")}.get(self.kind, _("Row changed"))


@dataclass(frozen=True)
class SectionChange:
    code: str
    heading: Any
    fields: list[Change] = field(default_factory=list)
    rows: list[tuple[Any, list[RowChange]]] = field(default_factory=list)


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[SectionChange]:
    """The sections in which two contents differ, with nothing that stayed."""
    found = [_section_change(section, before, after) for section in SECTIONS.values()]
    found.append(_file_change(before, after))
    return [change for change in found if change.fields or change.rows]


def _section_change(section: Section, before: Mapping[str, Any], after: Mapping[str, Any]) -> SectionChange:
    names = [*section.fields, *(name for name in section.totals if name in NUMBERS)]
    fields = _field_changes(names, FIELD_LABELS, before["fields"], after["fields"])
    rows = []
    for kind in section.rows:
        changed = _row_changes(
            kind, before.get("rows", {}).get(kind.code, []), after.get("rows", {}).get(kind.code, [])
        )
        if changed:
            rows.append((kind.title, changed))
    return SectionChange(section.code, section.heading, fields, rows)


def _field_changes(
    names: Iterable[str], labels: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Change]:
    changes = []
    for name in names:
        old, new = _shown(name, before.get(name)), _shown(name, after.get(name))
        if old != new:
            changes.append(Change(labels[name], compare(name, old, new)))
    return changes


def compare(name: str, old: str, new: str) -> list[Piece]:
    """Numbers change as a whole; text by its words."""
    if name not in NUMBERS:
        return text_difference.difference(old, new)
    return [Piece(kind, text) for kind, text in ((REMOVED, old), (ADDED, new)) if text]


def _row_changes(kind: RowKind, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[RowChange]:
    old, new = [_row_shown(kind, row) for row in before], [_row_shown(kind, row) for row in after]
    changes = []
    for pair in text_difference.pair_rows(old, new):
        if pair.kind == SAME:
            continue
        left, right = pair.before or {}, pair.after or {}
        cells = [
            Change(label, _cell(name, left.get(name, ""), right.get(name, "")))
            for name, label in kind.columns.items()
            if left.get(name) or right.get(name)
        ]
        changes.append(RowChange(pair.kind, cells))
    return changes


def _cell(name: str, old: str, new: str) -> list[Piece]:
    return [Piece(SAME, old)] if old == new else compare(name, old, new)


def _row_shown(kind: RowKind, row: Mapping[str, Any]) -> dict[str, str]:
    choices = _choices(kind.related)
    shown = {}
    for name in kind.columns:
        value = row.get("target_group_name") if name == "target_group" else row.get(name)
        shown[name] = str(choices[name].get(value, "")) if name in choices else _shown(name, value)
    return shown


@lru_cache
def _choices(related: str) -> dict[str, dict[Any, Any]]:
    """The words of the columns that are chosen from a list, by value."""
    model = Proposal._meta.get_field(related).related_model
    return {one.name: dict(one.choices) for one in model._meta.fields if one.choices}


def _shown(name: str, value: Any) -> str:
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return _("Yes")
    return _number(value) if name in NUMBERS else str(value)


def _number(value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return f"{number:,.2f}" if number != number.to_integral_value() else f"{number:,.0f}"


def _file_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> SectionChange:
    old, new = ({row["sha256"]: row["name"] for row in content.get("files", [])} for content in (before, after))
    gone = [Change(_("File removed"), [Piece(REMOVED, name)]) for key, name in old.items() if key not in new]
    come = [Change(_("File added"), [Piece(ADDED, name)]) for key, name in new.items() if key not in old]
    return SectionChange("files", _("Attached files"), gone + come)
