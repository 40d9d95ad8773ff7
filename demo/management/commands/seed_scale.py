"""manage.py seed_scale: fill an empty database with synthetic data in quantity."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.load import is_empty
from demo.scale.load import load_scale


class Command(BaseCommand):
    help = "Fill an empty database with synthetic partners, missions, calls and agreements, to measure speed with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", type=int, required=True, help="how many partners; the rest is in proportion")

    def handle(self, *args: Any, **options: Any) -> None:
        size = options["size"]
        if size < 1:
            raise CommandError("--size has to be 1 or more.")
        if not is_empty():
            raise CommandError("This database has data already; synthetic data go into an empty one only.")
        begun = monotonic()
        counts = load_scale(size)
        loaded = ", ".join(f"{number:,} {name}" for name, number in counts.items())
        self.stdout.write(f"Loaded {loaded} in {monotonic() - begun:.1f} s.")
