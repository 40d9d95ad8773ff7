"""manage.py demo_code EMAIL: the code that a demonstration person's authenticator app shows now."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.factors import current_code, is_demo_person
from partnerships.models import User


class Command(BaseCommand):
    help = "Print the current code of a demonstration person's authenticator app (each code counts once)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="for example executive.dcy@demo.example")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration (DEMO is off): codes are on people's own telephones.")
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None or not is_demo_person(user):
            raise CommandError(
                f"{options['email']} is nobody of the demonstration; `manage.py demo_logins` lists them."
            )
        shown = current_code(user)
        if shown is None:
            raise CommandError(f"{user.email} needs no code: the password is enough.")
        code, seconds = shown
        self.stdout.write(f"{code}  (for {seconds} seconds more)")
