"""``manage.py render_document KIND REFERENCE OUTFILE``: print one official document to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.pdf import PdfError
from core.registry import document_kinds


class Command(BaseCommand):
    help = "Print an official document (kinds: mou, evaluation_report, memo) as PDF; --list shows which there are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="?", help="mou, evaluation_report or memo")
        parser.add_argument("reference", nargs="?", help="reference of the agreement; number of the decision")
        parser.add_argument("outfile", nargs="?", help="file to write")
        parser.add_argument("--list", action="store_true", help="a line KIND REFERENCE for each document")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            return self._list(options["kind"])
        if not options["outfile"]:
            raise CommandError("Give KIND REFERENCE OUTFILE, or --list.")
        pdf = self._render(options["kind"], options["reference"])
        try:
            Path(options["outfile"]).write_bytes(pdf)
        except OSError as error:
            raise CommandError(f"Cannot write the file: {error}") from error
        self.stdout.write(f"{options['outfile']}: {len(pdf)} bytes")
        return None

    def _list(self, only: str | None) -> None:
        for name, kind in sorted(document_kinds().items()):
            if only in (None, name):
                for reference in kind.references():
                    self.stdout.write(f"{name} {reference}")

    def _render(self, name: str, reference: str) -> bytes:
        kinds = document_kinds()
        if name not in kinds:
            raise CommandError(f"Unknown kind {name!r}; known: {', '.join(sorted(kinds))}.")
        try:
            return kinds[name].render(kinds[name].find(reference))
        except ObjectDoesNotExist:
            raise CommandError(f"There is no {name} with the reference {reference!r}.") from None
        except PdfError as error:
            raise CommandError(str(error)) from error
