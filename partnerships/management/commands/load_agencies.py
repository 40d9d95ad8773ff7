from typing import Any

from django.core.management.base import BaseCommand

from partnerships.actions.loading import load_agencies


class Command(BaseCommand):
    help = "Stores the ministries and departments of partnerships/reference/agencies.py that are not on record yet."

    def handle(self, *args: Any, **options: Any) -> None:
        _departments, added = load_agencies()
        self.stdout.write(f"added: {added}")
