"""Writing a part of a proposal under its lock: fields, rows as a whole, and the totals that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agreements.models import Proposal
from agreements.proposal_sections import BENEFICIARIES, KINDS, LINES, SECTIONS, RowKind
from agreements.proposal_totals import MOST, budget_totals

MOST_PEOPLE = 2_000_000_000


def write_part(
    proposal: Proposal, part: str, facts: Mapping[str, Any], rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    """Set fields and replace the kinds of rows that are given, on a locked proposal that the caller saves.

    Raises ValueError for a field or a kind that is no part of the section, ValidationError for rows that cannot be.
    """
    section = SECTIONS[part]
    kinds = {kind.code for kind in section.rows}
    if alien := (set(facts) - set(section.fields)) | (set(rows) - kinds):
        raise ValueError(f"{', '.join(sorted(alien))}: no part of section {part}")
    for name, value in facts.items():
        setattr(proposal, name, value)
    proposal.clean_fields(exclude=[f.name for f in proposal._meta.fields if f.name not in facts])
    for code, given in rows.items():
        written = _replace(proposal, KINDS[code], given)
        if code == LINES.code:
            _keep_money(proposal, written)
        elif code == BENEFICIARIES.code:
            _keep_people(proposal, written)


def _replace(proposal: Proposal, kind: RowKind, given: Sequence[Mapping[str, Any]]) -> list[Any]:
    if len(given) > kind.most:
        raise ValidationError(_("Please send at most %(number)s rows.") % {"number": kind.most})
    manager = getattr(proposal, kind.related)
    records = [_record(manager.model, proposal, kind, ordinal, row) for ordinal, row in enumerate(given, start=1)]
    manager.all().delete()
    return manager.bulk_create(records)


def _record(model: Any, proposal: Proposal, kind: RowKind, ordinal: int, row: Mapping[str, Any]) -> Any:
    if alien := set(row) - set(kind.columns):
        raise ValueError(f"{', '.join(sorted(alien))}: no column of {kind.code}")
    facts = dict(row)
    group = facts.pop("target_group", None)
    record = model(proposal=proposal, ordinal=ordinal, **facts)
    if "target_group" in kind.columns:
        record.target_group_id = getattr(group, "pk", group)
    record.clean_fields(exclude=["proposal", "target_group"])
    _refuse_unsound(record, kind)
    return record


def _refuse_unsound(record: Any, kind: RowKind) -> None:
    """What the database would refuse, said in words (its constraints without a query for each row)."""
    if kind.code == "activities" and not 1 <= record.month_from <= record.month_to:
        raise ValidationError(_("The last month must not come before the first."))
    if kind.code == LINES.code and not (record.quantity > 0 and record.unit_cost > 0):
        raise ValidationError(_("Quantity and unit cost must be more than 0."))
    if kind.code == "indicators" and record.baseline is not None and record.baseline == record.target:
        raise ValidationError(_("The target must differ from the baseline."))
    if kind.code == BENEFICIARIES.code:
        if record.number < 1:
            raise ValidationError(_("The number of people must be at least 1."))
        if record.target_group_id is None and not record.description:
            raise ValidationError(_("Choose a target group or say who they are."))


def _keep_money(proposal: Proposal, lines: Iterable[Any]) -> None:
    """What is asked of the agency (baht); None while nothing is."""
    money = budget_totals([{name: getattr(line, name) for name in LINES.columns} for line in lines])
    if money.total > MOST:
        raise ValidationError(_("The budget is larger than any call can be."))
    proposal.budget = money.asked or None


def _keep_people(proposal: Proposal, groups: Sequence[Any]) -> None:
    """The number of people, None without any; and who they are in words, as lists and agreements show it."""
    people = sum(group.number for group in groups)
    if people > MOST_PEOPLE:
        raise ValidationError(_("The number of people is larger than it can be."))
    proposal.beneficiaries = people or None
    names = [group.description or group.target_group.name_th for group in groups]
    proposal.target_group = ", ".join(dict.fromkeys(names))[:300]
