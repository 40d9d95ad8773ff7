"""Agencies as OPDC keeps them: the tree, and the duties of provincial offices."""

from __future__ import annotations

from django.db.models import F, Prefetch

from core import clock
from partnerships.enums import OrganisationKind, OrganisationStanding
from partnerships.models import FormerName, Organisation, ProvincialDuty


def agency_tree() -> list[Organisation]:
    """Ministries → `departments` → `offices`, each with `former_names`; those that ended stand last (five queries)."""
    return _level(OrganisationKind.MINISTRY, "departments", _level(OrganisationKind.DEPARTMENT, "offices", _level(
        OrganisationKind.PROVINCIAL_OFFICE
    )))  # fmt: skip


def _level(kind: str, name: str = "", below: object = None) -> object:
    agencies = Organisation.objects.filter(kind=kind, standing=OrganisationStanding.ACTIVE)
    former = Prefetch("former_names", FormerName.objects.select_related("parent"))
    rows = agencies.order_by(F("valid_until").asc(nulls_first=True), "sort_key", "pk").prefetch_related(former)
    return rows.prefetch_related(Prefetch("children", below, to_attr=name)) if name else rows


def duties_by_province() -> tuple[list[ProvincialDuty], list[ProvincialDuty]]:
    """Duties that hold today or later, and those that ended, each by province."""
    duties = ProvincialDuty.objects.select_related("office__parent", "named_by").order_by("province_code", "kind", "pk")
    today = clock.today()
    return list(duties.exclude(ends_on__lt=today)), list(duties.filter(ends_on__lt=today))
