import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.audit_verify import verify_chain


class Command(BaseCommand):
    help = "Verifies the chain of audit events; names the first event that was edited, deleted, swapped or inserted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect-head",
            metavar="HASH",
            help="a head hash noted earlier: the chain must still contain the event it seals",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        result = verify_chain(expect_head=options["expect_head"])
        if result.ok:
            self.stdout.write(f"{result.count} events, unbroken\nhead {result.head}")
            return
        self.stderr.write(f"BROKEN ({result.wrong}): {result.sentence}")
        self.stderr.write(f"{result.count} events before it are in order, up to hash {result.head}")
        sys.exit(1)
