"""manage.py check_ledger: recompute every account from its entries and report what differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.queries.ledger import differences


class Command(BaseCommand):
    help = "Recompute every agreement's account from its entries; exits with 1 when any sum differs."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for one in differences():
            found += 1
            kept = "no account" if one.kept is None else f"{one.kept:.2f}"
            self.stdout.write(f"{one.reference} {one.name}: kept {kept}, entries say {one.recomputed:.2f}")
        if found:
            raise CommandError(f"{found} sum(s) differ from the entries.", returncode=1)
        self.stdout.write("Every account agrees with its entries.")
