"""The desk's list as XLSX, made aside: in one go, as the rows of a sheet cannot be added to later."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any

from django.core.files import File
from django.utils import translation

from agreements.models import Export
from agreements.permissions import desk_reader
from agreements.queries.desk_columns import columns_of
from agreements.queries.desk_table import write_xlsx
from agreements.queries.proposal_desk import desk_rows, order_of, read_kept, with_columns
from core.files import store_made
from core.models import StoredFile
from core.spreadsheet import CONTENT_TYPE
from partnerships.queries.actors import actor_for

READ_AT_ONCE = 2000


class TableFile:
    def __init__(self, export: Export) -> None:
        self.export = export

    def steps(self) -> Iterator[int]:
        return iter(())

    def finish(self) -> StoredFile:
        choice = self.export.choice
        with translation.override(choice["language"]), tempfile.TemporaryFile() as whole:
            write_xlsx(whole, self._rows(choice), columns_of(choice["columns"]))
            kind = self.export.kind
            return store_made(
                File(whole), name="proposals.xlsx", root=self.export, kind=kind, content_type=CONTENT_TYPE
            )

    def _rows(self, choice: dict[str, Any]) -> Any:
        """As the one who asked reads them now."""
        actor = actor_for(self.export.asked_by, self.export.organisation_id)
        if actor.organisation_id != self.export.organisation_id or not desk_reader(actor):
            return iter(())
        chosen = read_kept(choice["chosen"])
        rows = with_columns(desk_rows(actor, chosen)).order_by(*order_of(chosen))
        return rows.iterator(chunk_size=READ_AT_ONCE)
