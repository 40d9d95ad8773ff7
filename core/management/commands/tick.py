from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.outbox import deliver_due, run_reminders


class Command(BaseCommand):
    help = "Writes reminders that are due and sends what waits in the outbox; run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = run_reminders()
        self.stdout.write(f"sent: {deliver_due()}")
        if failed:
            raise CommandError("failed: " + ", ".join(f"{name} ({error})" for name, error in failed.items()))
