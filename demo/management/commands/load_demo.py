"""manage.py load_demo: fill an empty database with the demonstration."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.load import is_empty, load_demonstration


class Command(BaseCommand):
    help = "Load the demonstration (fictitious data) into an empty database, through the same actions as the browser's."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are data already")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_empty():
            if options["if_empty"]:
                self.stdout.write("There are data already: they are kept, the demonstration was not loaded.")
                return
            raise CommandError(
                "There are data already, so the demonstration was not loaded. Use an empty database, or `make reset-demo`."
            )
        self.stdout.write("Loading the demonstration (this takes some seconds) …")
        load_demonstration()
        self.stdout.write("The demonstration is loaded.")
