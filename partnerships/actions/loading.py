"""The ministries and departments that every installation begins with (§2)."""

from __future__ import annotations

from django.db import transaction

from core.audit import append_event
from partnerships.enums import OrganisationKind
from partnerships.models import Organisation
from partnerships.reference.agencies import MINISTRIES

STATE = (OrganisationKind.MINISTRY, OrganisationKind.DEPARTMENT)


def load_agencies() -> tuple[dict[str, Organisation], int]:
    """Store what is not on record yet, by its Thai name or one that it bore before; what is there stays as it is.

    Gives the departments by the names of the list, and how many agencies were added. Nobody acts: it is the
    installation itself, and each addition is an event of the chain.
    """
    departments, added = {}, 0
    with transaction.atomic():
        for row in MINISTRIES:
            ministry, new = _stored(OrganisationKind.MINISTRY, row.name_th, row.name_en)
            added += new
            for name_th, name_en, short_name in row.departments:
                facts = {"parent": ministry, "short_name": short_name}
                departments[name_th], new = _stored(OrganisationKind.DEPARTMENT, name_th, name_en, **facts)
                added += new
    return departments, added


def _stored(kind: str, name_th: str, name_en: str, **facts: object) -> tuple[Organisation, bool]:
    known = Organisation.objects.filter(kind__in=STATE)
    found = known.filter(name_th=name_th).first() or known.filter(former_names__name_th=name_th).first()
    if found:
        return found, False
    made = Organisation.objects.create(kind=kind, name_th=name_th, name_en=name_en, **facts)
    append_event(kind="organisation.add_agency", subject=made, root=made, actor=None, payload={"name": name_th})
    return made, True
