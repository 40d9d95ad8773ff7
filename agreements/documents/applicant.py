"""What the register knows of an organisation that proposes: shown with its proposal, never asked again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.ui_small import baht, day
from partnerships.geography import full_address
from partnerships.models import Organisation


def profile_facts(organisation_id: int, *, for_judges: bool = False) -> list[dict[str, Any]]:
    """Label and value of what is on record, read whole: who it is, where, since when, with whom, what it did, its documents.

    `for_judges`: what tells its kind and experience, without numbers, ways to reach it, and its people.
    """
    organisation = Organisation.objects.get(pk=organisation_id)
    facts = _experience(organisation) if for_judges else _everything(organisation)
    return [{"label": label, "value": value} for label, value in facts if value]


def _experience(organisation: Organisation) -> list[tuple[str, Any]]:
    return [
        (_("Organisation"), organisation.name),
        (_("Kind"), organisation.get_kind_display()),
        (_("Founded"), _founded(organisation)),
        (_("Staff and volunteers"), _people(organisation)),
        (_("Earlier projects"), _record(organisation)),
    ]


def _everything(organisation: Organisation) -> list[tuple[str, Any]]:
    return [
        (_("Organisation"), organisation.name),
        (_("Kind"), organisation.get_kind_display()),
        (_("Registration number"), organisation.registration_number),
        (_("13-digit tax number"), organisation.tax_number),
        (_("Address"), full_address(organisation)),
        (_("Telephone"), organisation.phone),
        (_("E-mail"), organisation.email),
        (_("Founded"), _founded(organisation)),
        (_("Staff and volunteers"), _people(organisation)),
        (_("Authorised representatives"), _representatives(organisation)),
        (_("Earlier projects"), _record(organisation)),
        (_("Documents on record"), _documents(organisation)),
    ]


def _founded(organisation: Organisation) -> str:
    year = organisation.founded_year
    return _("B.E. %(year)s") % {"year": year + 543} if year else ""


def _people(organisation: Organisation) -> str:
    """Not reported is left out, never 0."""
    numbers = (
        (_("%(number)s staff"), organisation.staff_count),
        (_("%(number)s volunteers"), organisation.volunteer_count),
    )
    return ", ".join(words % {"number": f"{number:,}"} for words, number in numbers if number is not None)


def _representatives(organisation: Organisation) -> str:
    rows = organisation.representatives.filter(void_at__isnull=True)
    return "\n".join(f"{row.name} ({row.position})" for row in rows)


def _record(organisation: Organisation) -> str:
    rows = organisation.track_records.order_by("-year_from", "-pk")[:10]
    return "\n".join(_one_record(row) for row in rows)


def _one_record(row: Any) -> str:
    amount = _(", %(amount)s baht") % {"amount": baht(row.amount)} if row.amount is not None else ""
    return f"{row.title} ({row.year_from + 543}, {row.giver}{amount})"


def _documents(organisation: Organisation) -> str:
    rows = organisation.documents.filter(void_at__isnull=True).order_by("kind", "-pk")
    return "\n".join(_one_document(row) for row in rows)


def _one_document(row: Any) -> str:
    until = _(", valid until %(day)s") % {"day": day(row.expires_on)} if row.expires_on else ""
    return f"{row.get_kind_display()} {row.number}".strip() + until
