"""Saving a section of a proposal while it is written, also by two people at once: merged where that is certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from agreements.actions.proposal_content import rows_on_record
from agreements.actions.proposals import (
    EDIT_PROPOSAL,
    PartChanged,
    PartState,
    lateness_explained,
    part_state,
    save_part,
)
from agreements.models import Proposal
from agreements.proposal_sections import SECTIONS
from core.drafts import Clash, Kept, Merge, Written, digests, reconcile, rows_name
from core.workflow import Stamp, pass_draft
from partnerships.actors import Actor

TRIES = 3  # as many may come in between before the person is told to send again


def values_of_part(proposal: Proposal, part: str) -> dict[str, Any]:
    """What is on record of a section: fields by name, rows by kind."""
    section = SECTIONS[part]
    rows = {
        rows_name(kind.code): [_columns(row, kind) for row in rows_on_record(proposal, kind)] for kind in section.rows
    }
    return {name: getattr(proposal, name) for name in section.fields} | rows


def _columns(row: Mapping[str, Any], kind: Any) -> dict[str, Any]:
    return {name: row[name] for name in kind.columns}


def save_draft(*, proposal: Proposal, part: str, written: Written, by: Actor, stamp: Stamp | None = None) -> Kept:
    """Save of a section what was typed and differs; what somebody else alone changed meanwhile stays theirs.

    Raises Clash where both changed the same field or kind of rows: then nothing is saved. Else as `save_part`.
    """
    for _try in range(TRIES):
        proposal = Proposal.objects.select_related("call").get(pk=proposal.pk)
        state, theirs = part_state(proposal, part), values_of_part(proposal, part)
        merge = _merge(written, theirs, state.version)
        if merge.clash:
            raise _clash(merge.clash, state, theirs)
        try:
            _store(proposal, part, merge, by, state.version, stamp)
        except PartChanged:
            continue
        state = part_state(proposal, part)
        taken = tuple(name for name in merge.take if name not in written.wrong)
        return Kept(state.version, state.saved_at, state.saved_by, theirs | merge.keep, taken)
    raise _clash(merge.keep, state, theirs)


def _clash(names: Iterable[str], state: PartState, theirs: Mapping[str, Any]) -> Clash:
    return Clash(names, version=state.version, stored=theirs, saved_by=state.saved_by, saved_at=state.saved_at)


def _merge(written: Written, theirs: Mapping[str, Any], version: int) -> Merge:
    drawn = written.drawn
    if not drawn and (written.version or 0) == version:
        drawn = digests(theirs)
    return reconcile(drawn=drawn, mine=written.values, theirs=theirs)


def _store(proposal: Proposal, part: str, merge: Merge, by: Actor, version: int, stamp: Stamp | None) -> None:
    if not merge.keep:
        with lateness_explained(proposal), pass_draft(proposal, EDIT_PROPOSAL, by=by, stamp=stamp):
            return
    kinds = {rows_name(kind.code): kind.code for kind in SECTIONS[part].rows}
    save_part(
        proposal=proposal,
        part=part,
        facts={name: value for name, value in merge.keep.items() if name not in kinds},
        rows={kinds[name]: value for name, value in merge.keep.items() if name in kinds},
        by=by,
        part_version=version,
        stamp=stamp,
    )
