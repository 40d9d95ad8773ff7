"""Reminders that a verification or a paper expires: to the organisation, and gathered by day to OPDC.

`manage.py tick` calls this every few minutes; each notice is written once per day of expiry and reminder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core import clock
from core.notice_texts import fill, texts_in_force
from core.outbox import enqueue, register_reminder
from core.settings_catalogue import value_of
from core.ui import show_day
from partnerships.actions.notices import people_in_roles
from partnerships.enums import Role
from partnerships.models import Organisation, OrganisationDocument, User

ANSWERABLE = (Role.ADMINISTRATOR, Role.REPRESENTATIVE)
EXPIRY = "organisation.expiry"
NAMED = 30  # organisations named in one notice to OPDC


@dataclass(frozen=True)
class Expiry:
    """One thing that expires. `days`: which of the reminders this is (60, 30 …); `paper`: its kind, "" for the
    verification itself."""

    organisation: Organisation
    on: date
    days: int
    key: str
    paper: Any = ""


@register_reminder
def remind_of_expiry() -> None:
    """Tell everyone concerned what expires soon; what was told is not told again."""
    opdc = list(_opdc_people())
    by_day: dict[tuple[date, int], list[Expiry]] = defaultdict(list)
    for expiry in expiring(clock.today()):
        by_day[expiry.on, expiry.days].append(expiry)
        for user in _people_of(expiry.organisation):
            _remind(user, expiry)
    for (day, days), found in by_day.items():
        for user in opdc:
            _remind_opdc(user, day, days, found)


def expiring(today: date) -> Iterator[Expiry]:
    """What expires within the days of the setting, under the reminder that is due: the smallest that it is within."""
    stages = sorted(value_of("verification.reminder_days"))
    if not stages:
        return
    last = today + timedelta(days=stages[-1])
    partners = Organisation.objects.partners().listed()
    for organisation in partners.filter(verified_until__gt=today, verified_until__lte=last).order_by("pk").iterator():
        on = organisation.verified_until
        yield Expiry(organisation, on, _stage(stages, today, on), f"verification:{organisation.pk}")
    papers = OrganisationDocument.objects.filter(void_at=None, expires_on__gt=today, expires_on__lte=last)
    for paper in papers.filter(organisation__in=partners).select_related("organisation").order_by("pk").iterator():
        on = paper.expires_on
        yield Expiry(paper.organisation, on, _stage(stages, today, on), f"document:{paper.pk}", paper.kind)


def _stage(stages: Iterable[int], today: date, on: date) -> int:
    return next(days for days in stages if on <= today + timedelta(days=days))


def _people_of(organisation: Organisation) -> Iterable[User]:
    return User.objects.filter(pk__in=people_in_roles([organisation.pk], *ANSWERABLE)).order_by("pk")


def _opdc_people() -> Iterable[User]:
    held = Organisation.objects.filter(memberships__roles__role=Role.OPDC_STAFF).values_list("pk", flat=True)
    return User.objects.filter(pk__in=people_in_roles(set(held), Role.OPDC_STAFF)).order_by("pk")


def _remind(user: User, expiry: Expiry) -> None:
    with override(user.language):
        if expiry.paper:
            paper = OrganisationDocument(kind=expiry.paper).get_kind_display()
            subject = _("A document of your organisation expires soon: %(document)s") % {"document": paper}
        else:
            subject = _("The verification of your organisation expires soon")
        told = {"name": expiry.organisation.name, "day": show_day(expiry.on, "long")}
        body = _("%(name)s: valid until %(day)s. Please bring the profile up to date in time.") % told
        _enqueue(user, f"{expiry.key}:{expiry.on}:{expiry.days}", subject, body)


def _remind_opdc(user: User, day: date, days: int, found: list[Expiry]) -> None:
    with override(user.language):
        number = len({expiry.organisation.pk for expiry in found})
        subject = ngettext(
            "Verification or documents of %(number)s organisation expire on %(day)s",
            "Verification or documents of %(number)s organisations expire on %(day)s",
            number,
        ) % {"number": number, "day": show_day(day)}
        names = sorted({expiry.organisation.name for expiry in found})
        body = "\n".join([*names[:NAMED], *(["…"] if len(names) > NAMED else [])])
        _enqueue(user, f"expiry:{day}:{days}", subject, body)


def _enqueue(user: User, key: str, subject: str, body: str) -> None:
    words = fill(texts_in_force(EXPIRY), {"subject": subject, "body": body})
    enqueue(kind=EXPIRY, to_user_id=user.pk, dedupe_key=f"expiry:{key}:{user.pk}", **words)
