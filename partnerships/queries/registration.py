"""What is read back to a person before a registration is sent in."""

from __future__ import annotations

from importlib import import_module, util
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.thai import baht
from core.ui import show_year
from partnerships.models import Organisation
from partnerships.queries.profile import Profile

Row = tuple[Any, Any, str]


def answers_of(profile: Profile) -> list[dict[str, Any]]:
    """The answers by part: title, and rows of label, value and where it is changed."""
    one, url = profile.organisation, profile.organisation.pk

    def rows(page: str, *pairs: tuple[Any, Any]) -> list[Row]:
        address = reverse(f"partnerships:profile_{page}", args=[url])
        return [(label, value if value not in (None, "") else "–", address) for label, value in pairs]

    professional = profile.professional or {}
    kind = one.get_local_type_display() or one.get_kind_display()
    kind = f"{kind} · {_('not registered as a legal person')}" if one.is_unregistered else kind
    reached = [" · ".join(part for part in (c.name, c.phone, c.email) if part) for c in profile.contacts]
    return [
        {
            "title": _("Who"),
            "rows": [
                *rows(
                    "identity", (_("Kind"), kind), (_("Name in Thai"), one.name_th), (_("Name in English"), one.name_en)
                ),
                *rows(
                    "numbers",
                    (_("13-digit tax number"), one.tax_number),
                    (_("Number on the registration certificate"), one.registration_number),
                ),
            ],
        },
        {
            "title": _("Where"),
            "rows": [
                *rows("address", (_("Address"), professional.get("address")), (_("Telephone"), one.phone)),
                *rows("work", (_("Areas served"), profile.public["areas"])),
            ],
        },
        {
            "title": _("What"),
            "rows": [
                *rows(
                    "work",
                    (_("Fields of work"), ", ".join(profile.public["fields"])),
                    (_("Target groups"), ", ".join(profile.public["groups"])),
                ),
                *rows("size", (_("Year founded"), show_year(one.founded_year))),
                *rows("size", (_("Yearly income"), None if one.yearly_income is None else baht(one.yearly_income))),
                *rows("contacts", (_("Contacts"), ", ".join(reached))),
            ],
        },
    ]


def similar_names(organisation: Organisation) -> list[Any]:
    """Organisations of a similar name in the register: a hint, never a bar. Empty where nothing can compare names."""
    if util.find_spec("partnerships.queries.duplicates") is None:
        return []
    found = import_module("partnerships.queries.duplicates").similar_to(
        organisation.name_th, organisation.province_code
    )
    return [one for one in found if getattr(one, "pk", None) != organisation.pk][:5]
