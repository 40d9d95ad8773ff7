"""A proposal's content as plain data out of its records, and out of what was frozen: read only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from agreements.models import Proposal, ProposalVersion
from agreements.proposal_sections import FIELDS, KINDS, LINES, TOTALS, RowKind
from agreements.proposal_totals import budget_totals, cost_per_person
from core.canonical import canonical_json
from core.files import files_of

SCHEMA = 2
ATTACHMENT = "attachment"


def part_content(proposal: Proposal) -> dict[str, Any]:
    """The whole draft as plain JSON data, in the shape that a frozen version has it (numbers with places as text).

    `fields` with the totals among them, `rows` by kind in their order, `totals` of the money, `documents` by the
    title the call wants them by, `files` (id, name, size, content_type, sha256).
    """
    return json.loads(canonical_json(content_on_record(proposal)))


def version_content(version: ProposalVersion) -> dict[str, Any]:
    """The frozen content as data, of schema 1 (which knows no rows) too; the budget is typed again."""
    content = json.loads(version.content)
    budget = content["fields"].get("budget")
    content["fields"]["budget"] = None if budget is None else Decimal(budget)
    return content


def content_on_record(proposal: Proposal) -> dict[str, Any]:
    """The same with its numbers as they are."""
    attached = files_of(proposal, ATTACHMENT).values("pk", "name", "size", "content_type", "sha256")
    rows = {code: list(rows_on_record(proposal, kind)) for code, kind in KINDS.items()}
    return {
        "schema": SCHEMA,
        "fields": {name: getattr(proposal, name) for name in (*FIELDS, *TOTALS)},
        "rows": rows,
        "totals": _totals(proposal, rows[LINES.code]),
        "documents": _documents(proposal),
        "files": [{"id": row.pop("pk"), **row} for row in attached],
    }


def rows_on_record(proposal: Proposal, kind: RowKind) -> Iterator[dict[str, Any]]:
    """The rows of one kind by column, as stored; a target group by its id, with its Thai name beside it."""
    records = getattr(proposal, kind.related).all()
    grouped = "target_group" in kind.columns
    for record in records.select_related("target_group") if grouped else records:
        row = {name: getattr(record, name) for name in kind.columns if name != "target_group"}
        if grouped:
            row["target_group"] = record.target_group_id
            row["target_group_name"] = record.target_group.name_th if record.target_group else ""
        yield row


def _totals(proposal: Proposal, lines: list[dict[str, Any]]) -> dict[str, Any]:
    if not lines:
        return {}
    money = budget_totals(lines)
    return {
        "total": money.total,
        "asked": money.asked,
        "own": money.own,
        "by_category": money.by_category,
        "by_source": money.by_source,
        "cost_per_person": cost_per_person(money.asked, proposal.beneficiaries),
    }


def _documents(proposal: Proposal) -> list[Mapping[str, Any]]:
    """Every document that the call wants, with the ids of the files that answer it."""
    answers: dict[int, list[int]] = {}
    for wanted, file in (
        proposal.document_rows.filter(file__kind=ATTACHMENT).order_by("pk").values_list("wanted_id", "file_id")
    ):
        answers.setdefault(wanted, []).append(file)
    return [
        {"wanted": one.pk, "title": one.title, "required": one.is_required, "files": answers.get(one.pk, [])}
        for one in proposal.call.documents.all()
    ]
