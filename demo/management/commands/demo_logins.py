"""manage.py demo_logins: who can log in to the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from demo.factors import DOMAIN, current_code
from demo.people import BODIES, PASSWORD, PEOPLE
from partnerships.models import User


class Command(BaseCommand):
    help = "Print the demonstration's log-ins, one for each role, their shared password and present codes."

    def handle(self, *args: Any, **options: Any) -> None:
        people = User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True)
        there = {user.email: user for user in people}
        shown = [person for person in PEOPLE if person.does and person.email in there]
        if not shown:
            self.stdout.write("The demonstration is not loaded here: there are no demonstration log-ins.")
            return
        self.stdout.write(f"Demonstration log-ins (all fictitious), password for all: {PASSWORD}")
        for person in shown:
            body = BODIES.get(person.organisation)
            where = body.name_th if body else person.organisation
            code = current_code(there[person.email]) if settings.DEMO else None
            second = f"code {code[0]}" if code else ""
            self.stdout.write(f"  {person.email:34} {second:12} {person.does}{' · ' if where else ''}{where}")
        self.stdout.write(
            "Codes change every half minute. The log-in page shows the one that holds; so does `manage.py demo_code EMAIL`."
        )
