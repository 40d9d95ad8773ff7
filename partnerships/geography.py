"""Provinces, districts and subdistricts by their official (DOPA) codes, from the library geothai."""

from __future__ import annotations

from functools import cache

import geothai
from django.utils.translation import get_language

BANGKOK = "10"


def place_name(area: geothai.types.Province | geothai.types.District | geothai.types.Subdistrict | None) -> str:
    """The name of an area in the reader's language, "" for None."""
    if area is None:
        return ""
    return area.name_en if get_language() == "en" else area.name_th


def province_name(code: str) -> str:
    """The name of the province with this two-digit code in the reader's language, "" where there is none."""
    return place_name(geothai.province(code)) if code else ""


def province_choices() -> list[tuple[str, str]]:
    """All 77 provinces as (code, name), in the order of their names in the reader's language."""
    return list(_provinces_sorted(get_language() or "th"))


@cache
def _provinces_sorted(language: str) -> tuple[tuple[str, str], ...]:
    from partnerships.models.organisations import thai_sort_key

    rows = [(area.code, area.name_en if language == "en" else area.name_th) for area in geothai.provinces()]
    return tuple(sorted(rows, key=lambda row: thai_sort_key(row[1])))


def province_code_of(name: str) -> str:
    """The code of a province by its Thai or English name (with or without "จังหวัด"), "" where there is none."""
    bare = name.strip().removeprefix("จังหวัด").strip()  # Thai on purpose
    return next((area.code for area in geothai.provinces() if bare in (area.name_th, area.name_en)), "")
