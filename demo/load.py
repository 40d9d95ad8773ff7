"""Load the whole demonstration, once, through the product's own actions."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import override

from core import clock
from demo.chains import tell_chain
from demo.missions import tell_missions
from demo.others import tell_others
from demo.people import record_cast, tell_people
from demo.pilots import tell_pilot_a, tell_pilot_b
from demo.profiles import tell_profiles
from demo.story import Story
from demo.verified import tell_verification
from partnerships.models import Organisation, User

FIRST_DAY = 1000  # days ago; before everything else


def is_empty() -> bool:
    """Whether nobody has entered anything yet."""
    return not (User.objects.exists() or Organisation.objects.exists())


def load_demonstration(today: date | None = None) -> None:
    """People, the two pilots and the other examples as they stand on `today`; all of it or nothing."""
    today = today or clock.real_now().astimezone(clock.BANGKOK).date()
    with override("th"), transaction.atomic():
        with clock.acting_on(today - timedelta(days=FIRST_DAY)):
            cast = record_cast()
        story = Story(cast, today)
        tell_profiles(story)
        tell_verification(story)
        tell_pilot_a(story)
        tell_pilot_b(story)
        tell_others(story)
        tell_chain(story)
        tell_missions(story)
        tell_people(cast)
