"""The desk's list as XLSX, made aside in short turns: some hundred rows at a time, put together at the end.

Which proposals it holds, and in which order, is settled in the first turn; each is written as the one who asked reads
it in the turn that comes to it, and left out if that is no more at all.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from typing import Any

from django.core.files import File
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.documents.export_parts import Parts
from agreements.models import Export, Proposal
from agreements.permissions.calls import desk_reader
from agreements.queries.desk_columns import columns_of
from agreements.queries.proposal_desk import desk_rows, order_of, read_kept, with_columns
from core.files import store_made
from core.models import StoredFile
from core.spreadsheet import CONTENT_TYPE
from core.spreadsheet_parts import assemble, rows_as_xml
from partnerships.queries.actors import actor_for

AT_ONCE = 500
ORDER = "order.json"
HEAD_ROWS = 1


class TableFile:
    def __init__(self, export: Export) -> None:
        self.export, self.parts = export, Parts(export.pk)
        self.columns = columns_of(export.choice["columns"])

    def steps(self) -> Iterator[int]:
        """Write the rows that are not written yet; yields how many proposals have been come to."""
        order = self._order()
        done, written = self._so_far()
        while done < len(order):
            wanted = order[done : done + AT_ONCE]
            with translation.override(self.export.choice["language"]):
                cells = ([column.plain(row) for column in self.columns] for row in self._rows(wanted))
                piece, count = rows_as_xml(cells, first=HEAD_ROWS + written + 1)
            done, written = done + len(wanted), written + count
            self.parts.save(f"{done:09}-{written:09}.xml", piece)
            yield done

    def finish(self) -> StoredFile:
        with translation.override(self.export.choice["language"]), tempfile.TemporaryFile() as whole:
            head, widths = [str(column.label) for column in self.columns], [column.width for column in self.columns]
            assemble(whole, _("Proposals"), head, self.parts.each(self._pieces()), widths)
            kind = self.export.kind
            file = store_made(
                File(whole), name="proposals.xlsx", root=self.export, kind=kind, content_type=CONTENT_TYPE
            )
        self.parts.drop()
        return file

    def _pieces(self) -> list[str]:
        return [name for name in self.parts.names() if name.endswith(".xml")]

    def _so_far(self) -> tuple[int, int]:
        """How many proposals have been come to, and how many rows they made: the last piece's name says it."""
        pieces = self._pieces()
        if not pieces:
            return 0, 0
        done, written = pieces[-1].removesuffix(".xml").split("-")
        return int(done), int(written)

    def _order(self) -> list[int]:
        """The ids of the proposals, in the order that was asked for; settled once."""
        if not self.parts.has(ORDER):
            chosen, actor = read_kept(self.export.choice["chosen"]), self._reader()
            rows = desk_rows(actor, chosen).order_by(*order_of(chosen)) if actor else Proposal.objects.none()
            self.parts.save(ORDER, json.dumps(list(rows.values_list("pk", flat=True))).encode())
        return json.loads(self.parts.read(ORDER))

    def _rows(self, wanted: list[int]) -> list[Proposal]:
        """As the one who asked reads them now, in the order given."""
        actor = self._reader()
        found = with_columns(desk_rows(actor, {}), self.columns).in_bulk(wanted) if actor else {}
        return [found[pk] for pk in wanted if pk in found]

    def _reader(self) -> Any:
        """Who asked, if he or she still works at that desk."""
        actor = actor_for(self.export.asked_by, self.export.organisation_id)
        works = actor.organisation_id == self.export.organisation_id and desk_reader(actor)
        return actor if works else None
