from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import file_scan, files
from core.models import ScanState


class Command(BaseCommand):
    help = "Asks the virus scanner about stored files that were not scanned yet, with --again about all uploads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="scan files again that were found clean before")

    def handle(self, *args: Any, **options: Any) -> None:
        if not file_scan.is_configured():
            raise CommandError("No scanner is configured: set CLAMAV_ADDRESS.")
        states = [ScanState.NOT_SCANNED, *([ScanState.CLEAN] if options["again"] else [])]
        try:
            counts = files.scan_stored(states)
        except file_scan.ScannerUnreachable as error:
            raise CommandError(f"The scanner gave no verdict: {error}") from error
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in counts.items()))
        if counts["infected"]:
            raise CommandError("Infected files were found and are no longer handed out: see the security log.")
