"""manage.py demo_logins: who can log in to the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from demo.people import BODIES, DOMAIN, PASSWORD, PEOPLE
from partnerships.models import User


class Command(BaseCommand):
    help = "Print the demonstration's log-ins, one for each role, and their shared password."

    def handle(self, *args: Any, **options: Any) -> None:
        there = set(User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True).values_list("email", flat=True))
        shown = [person for person in PEOPLE if person.does and person.email in there]
        if not shown:
            self.stdout.write("The demonstration is not loaded here: there are no demonstration log-ins.")
            return
        self.stdout.write(f"Demonstration log-ins (all fictitious), password for all: {PASSWORD}")
        for person in shown:
            body = BODIES.get(person.organisation)
            where = body.name_th if body else person.organisation
            self.stdout.write(f"  {person.email:34} {person.does}{' · ' if where else ''}{where}")
