"""Putting an earlier state of a draft back: as a new saving, so that what it replaces stays among the revisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agreements.actions.proposal_content import part_content
from agreements.actions.proposal_rows import write_part
from agreements.actions.proposals import EDIT_PROPOSAL, lateness_explained
from agreements.actions.revisions import record_revision
from agreements.models import Proposal, ProposalPart, ProposalRevision
from agreements.proposal_sections import KINDS, SECTIONS, Section, typed_rows
from core import clock
from core.workflow import Stamp, pass_draft
from partnerships.actors import Actor


def restore_state(
    *, proposal: Proposal, content: Mapping[str, Any], by: Actor, stamp: Stamp | None = None
) -> ProposalRevision:
    """Write an earlier content (of a revision or a submitted version) into the draft; its files are left as they are.

    Every section that changes gets a new version, so that forms drawn before are told. Raises NotNow after the
    deadline or once submitted, NotYou, AlreadyDone.
    """
    with lateness_explained(proposal), pass_draft(proposal, EDIT_PROPOSAL, by=by, stamp=stamp) as draft:
        changed = write_content(draft, content, by=by)
        return record_revision(draft, changed, part_content(draft), by=by, apart=True)


def write_content(draft: Proposal, content: Mapping[str, Any], *, by: Actor) -> list[str]:
    """Write a content into a locked draft that the caller saves; the codes of the sections that it changed."""
    before = part_content(draft)
    changed = [code for code, section in SECTIONS.items() if _differs(section, before, content)]
    for code in changed:
        write_part(draft, code, _facts(SECTIONS[code], content), _rows(SECTIONS[code], content))
        saved, _new = ProposalPart.objects.get_or_create(proposal=draft, part=code, defaults={"saved_by": by.user})
        saved.version, saved.saved_by, saved.saved_at = saved.version + 1, by.user, clock.now()
        saved.save()
    return changed


def _differs(section: Section, now: Mapping[str, Any], then: Mapping[str, Any]) -> bool:
    fields = any(name in then["fields"] and now["fields"][name] != then["fields"][name] for name in section.fields)
    rows = then.get("rows", {})
    return fields or any(kind.code in rows and now["rows"][kind.code] != rows[kind.code] for kind in section.rows)


def _facts(section: Section, content: Mapping[str, Any]) -> dict[str, Any]:
    stored = content["fields"]
    return {name: Proposal._meta.get_field(name).to_python(stored[name]) for name in section.fields if name in stored}


def _rows(section: Section, content: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Kinds that the content knows: a version of before there were rows leaves them as they are."""
    rows = content.get("rows", {})
    return {kind.code: typed_rows(rows, KINDS[kind.code]) for kind in section.rows if kind.code in rows}
