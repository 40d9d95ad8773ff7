"""ใบรับข้อเสนอโครงการ: what was received, when to the second, from whom, and the fingerprint by which it is known.

Read only, always Thai, out of the frozen version: the same receipt can be printed at any time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from agreements.documents.build import FICTITIOUS
from agreements.models import ProposalVersion
from core import clock, thai
from core.pdf import render_pdf


@dataclass(frozen=True)
class ReceivedFile:
    name: str
    sha256: str


@dataclass(frozen=True)
class Receipt:
    """`received`: "วันที่ 1 ตุลาคม 2569 เวลา 16:29:58 น.", Thai time."""

    reference: str
    number: str
    received: str
    channel: str
    agency: str
    call: str
    call_number: str
    organisation: str
    title: str
    version: int
    submitted_by: str
    files: tuple[ReceivedFile, ...]
    sha256: str
    is_invented: bool

    @property
    def note(self) -> str:
        return FICTITIOUS if self.is_invented else ""


def build_receipt(version: ProposalVersion) -> Receipt:
    """The receipt of one submitted version, from its frozen content (names as they were then)."""
    content, proposal = json.loads(version.content), version.proposal
    call = proposal.call
    local = version.submitted_at.astimezone(clock.BANGKOK)
    paper = proposal.received_at is not None and version.submitted_at <= proposal.received_at
    return Receipt(
        reference=proposal.reference,
        number=version.receipt_number,
        received=f"{thai.official_date(local.date())} เวลา {local:%H:%M:%S} น.",
        channel="ยื่นเป็นเอกสาร" if paper else "ยื่นออนไลน์",
        agency=call.agency.name_th,
        call=call.title,
        call_number=call.number or call.reference,
        organisation=content["organisation"]["name"],
        title=content["fields"]["title"],
        version=version.number,
        submitted_by=version.submitted_by_name,
        files=tuple(ReceivedFile(row["name"], row["sha256"]) for row in content["files"]),
        sha256=version.sha256,
        is_invented=clock.is_acting(),
    )


def receipt_pdf(version: ProposalVersion) -> bytes:
    """The receipt as PDF."""
    receipt = build_receipt(version)
    with translation.override("th"):
        html = render_to_string("documents/receipt.html", {"doc": receipt, "sha256": receipt.sha256})
    return render_pdf(html, title=f"ใบรับข้อเสนอโครงการ {receipt.number}")
