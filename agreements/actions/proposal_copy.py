"""Beginning a proposal from an earlier one of the same organisation."""

from __future__ import annotations

from agreements.actions.proposal_content import rows_on_record
from agreements.actions.proposal_rows import write_part
from agreements.actions.proposals import BEGIN_PROPOSAL, new_draft
from agreements.models import Call, Proposal, ProposalPart
from agreements.proposal_sections import SECTIONS, Section
from core.workflow import NotYou, Stamp, birth
from partnerships.actors import Actor

NOT_COPIED = frozenset({"title"})  # typed anew when the draft is begun


def copy_proposal(*, source: Proposal, call: Call, title: str, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """A draft on an open call with the texts and rows of an earlier proposal of the actor's organisation.

    Documents are not taken along: they were attached for what another call wants. Raises NotNow, NotYou.
    """
    with birth(BEGIN_PROPOSAL, by=by, about=call, stamp=stamp) as door:
        if not Proposal.objects.of_organisation(by.organisation_id).filter(pk=source.pk).exists():
            raise NotYou()
        draft = new_draft(door, call, title, by, copied_from=source)
        for section in SECTIONS.values():
            _copy_section(section, source, draft, by)
        draft.save()
        door.payload["copied_from"] = source.reference
    return draft


def _copy_section(section: Section, source: Proposal, draft: Proposal, by: Actor) -> None:
    facts = {name: getattr(source, name) for name in section.fields if name not in NOT_COPIED}
    rows = {
        kind.code: [{name: row[name] for name in kind.columns} for row in rows_on_record(source, kind)]
        for kind in section.rows
    }
    if any(facts.values()) or any(rows.values()):
        write_part(draft, section.code, facts, rows)
        ProposalPart.objects.create(proposal=draft, part=section.code, version=1, saved_by=by.user)
