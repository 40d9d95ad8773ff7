"""All proposals of a call as PDF in one ZIP: each is printed once and kept, until the archive is put together."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from agreements.documents.proposal import proposal_pdf
from agreements.models import Export, Proposal
from core.file_names import clean_name
from core.files import store_made
from core.models import StoredFile

SHORT = 60  # characters of the organisation's name in a file's name


def member_name(proposal: Proposal) -> str:
    """What a proposal is called in the archive: its reference makes the name unique."""
    whose = re.sub(r"[/\\]", "_", proposal.organisation.name_th[:SHORT])  # or clean_name takes it for a path
    return clean_name(f"{proposal.reference} {whose}.pdf")


class Archive:
    def __init__(self, export: Export) -> None:
        self.export = export
        self.wanted: list[int] = export.choice["proposals"]

    def _part(self, pk: int) -> str:
        return f"exports/{self.export.pk}/{pk}.pdf"

    def steps(self) -> Iterator[int]:
        """Print what is not printed yet; yields how many are."""
        for done, pk in enumerate(self.wanted, 1):
            if not default_storage.exists(self._part(pk)):
                proposal = Proposal.objects.select_related("organisation", "call__agency").get(pk=pk)
                content = proposal_pdf(proposal.latest_version or proposal)
                default_storage.save(self._part(pk), ContentFile(content))
                yield done

    def finish(self) -> StoredFile:
        rows = Proposal.objects.select_related("organisation").in_bulk(self.wanted)
        with tempfile.TemporaryFile() as whole:
            with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:  # PDFs are packed already
                for pk in self.wanted:
                    with default_storage.open(self._part(pk)) as part:
                        archive.writestr(member_name(rows[pk]), part.read())
            file = store_made(
                File(whole),
                name=f"{self.export.call.reference}.zip",
                root=self.export,
                kind=self.export.kind,
                content_type="application/zip",
            )
        for pk in self.wanted:
            default_storage.delete(self._part(pk))
        return file
