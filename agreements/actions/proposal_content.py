"""What a submission freezes: canonical JSON (schema 2) and its hash."""

from __future__ import annotations

import hashlib

from agreements.documents.proposal_data import ATTACHMENT, content_on_record, part_content, rows_on_record
from agreements.models import ProposalVersion
from core.canonical import canonical_json

__all__ = ["ATTACHMENT", "frozen_content", "part_content", "rows_on_record", "sha256_of"]


def frozen_content(version: ProposalVersion) -> str:
    """Canonical JSON of everything a reviewer judges: fields, rows, proposer, call, each file's name, size and hash."""
    proposal = version.proposal
    return canonical_json(
        {
            **content_on_record(proposal),
            "reference": proposal.reference,
            "version": version.number,
            "submitted_at": version.submitted_at,
            "call": proposal.call.reference,
            "organisation": {"id": proposal.organisation_id, "name": proposal.organisation.name_th},
        }
    )


def sha256_of(content: str) -> str:
    """SHA-256 (hex) of a version's content in UTF-8."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()
