"""The proposals of a call as PDF in one ZIP: each is printed once and kept, until the archive is put together."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator

from django.core.files import File

from agreements.blind import code_of
from agreements.documents.export_parts import Parts
from agreements.documents.proposal import judge_pdf, proposal_pdf
from agreements.models import Export, Proposal
from core.file_names import clean_name
from core.files import store_made
from core.models import StoredFile
from core.workflow import NotYou

SHORT = 60  # characters of the organisation's name in a file's name


def member_name(proposal: Proposal) -> str:
    """What a proposal is called in the archive: its reference makes the name unique."""
    whose = re.sub(r"[/\\]", "_", proposal.organisation.name_th[:SHORT])  # or clean_name takes it for a path
    return clean_name(f"{proposal.reference} {whose}.pdf")


class Archive:
    def __init__(self, export: Export) -> None:
        self.export = export
        self.wanted = self.proposals_of(export)
        self.parts = Parts(export.pk)

    def proposals_of(self, export: Export) -> list[int]:
        return export.choice["proposals"]

    def printed(self, proposal: Proposal) -> bytes:
        return proposal_pdf(proposal.latest_version or proposal)

    def name_of(self, proposal: Proposal) -> str:
        return member_name(proposal)

    def steps(self) -> Iterator[int]:
        """Print what is not printed yet; yields how many are."""
        for done, pk in enumerate(self.wanted, 1):
            if not self.parts.has(f"{pk}.pdf"):
                proposal = Proposal.objects.select_related("organisation", "call__agency").get(pk=pk)
                self.parts.save(f"{pk}.pdf", self.printed(proposal))
                yield done

    def finish(self) -> StoredFile:
        rows = Proposal.objects.select_related("organisation").in_bulk(self.wanted)
        with tempfile.TemporaryFile() as whole:
            with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:  # PDFs are packed already
                for pk in self.wanted:
                    archive.writestr(self.name_of(rows[pk]), self.parts.read(f"{pk}.pdf"))
            file = store_made(
                File(whole),
                name=f"{self.export.call.reference}.zip",
                root=self.export,
                kind=self.export.kind,
                content_type="application/zip",
            )
        self.parts.drop()
        return file


class JudgeArchive(Archive):
    """What a judge reads of a call. A blind call's in the order and under the names of codes, for its committee too."""

    def proposals_of(self, export: Export) -> list[int]:
        rows = list(export.proposals.all())
        blind = export.call.is_blind
        return [one.pk for one in sorted(rows, key=code_of if blind else lambda one: one.reference)]

    def printed(self, proposal: Proposal) -> bytes:
        self._refuse_unless_read([proposal.pk])
        return judge_pdf(proposal.latest_version, masked=self.export.call.is_blind)

    def name_of(self, proposal: Proposal) -> str:
        return f"{code_of(proposal)}.pdf" if self.export.call.is_blind else member_name(proposal)

    def finish(self) -> StoredFile:
        self._refuse_unless_read(self.wanted)
        return super().finish()

    def _refuse_unless_read(self, asked: list[int]) -> None:
        """Asked anew at each step: a conflict can be declared while it is made."""
        read = Proposal.objects.read_by_judge(self.export.asked_by_id).filter(pk__in=asked)
        if read.count() != len(asked):
            raise NotYou
