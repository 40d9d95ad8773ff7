"""Provinces, districts and subdistricts by their official (DOPA) codes, from the library geothai."""

from __future__ import annotations

from functools import cache
from typing import Any

import geothai
from django.utils.translation import get_language

from core.search_text import thai_sort_key

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
    rows = [(area.code, area.name_en if language == "en" else area.name_th) for area in geothai.provinces()]
    return tuple(sorted(rows, key=lambda row: thai_sort_key(row[1])))


def province_code_of(name: str) -> str:
    """The code of a province by its Thai or English name (with or without "จังหวัด"), "" where there is none."""
    bare = name.strip().removeprefix("จังหวัด").strip()  # Thai on purpose
    return next((area.code for area in geothai.provinces() if bare in (area.name_th, area.name_en)), "")


def district_choices(province_code: str) -> list[tuple[str, str]]:
    """The districts of a province as (code, name), in the order of their names; none for an unknown province."""
    return _sorted_places(geothai.districts(province_code)) if province_code else []


def subdistrict_choices(district_code: str) -> list[tuple[str, str]]:
    """The subdistricts of a district as (code, name), in the order of their names; none for an unknown district."""
    return _sorted_places(geothai.subdistricts(district_code)) if district_code else []


def postal_codes(subdistrict_code: str) -> tuple[str, ...]:
    """The postal codes in use in a subdistrict: mostly one, none for an unknown subdistrict."""
    found = geothai.subdistrict(subdistrict_code) if subdistrict_code else None
    return tuple(code for code in found.postal_codes if code) if found else ()


def full_address(organisation: Any) -> str:
    """The address in one line, down to the postal code, as letters are addressed in the reader's language."""
    parts = [organisation.address, _named(organisation.subdistrict_code, "subdistrict", organisation.province_code)]
    parts += [_named(organisation.district_code, "district", organisation.province_code)]
    parts += [_province_named(organisation.province_code), organisation.postal_code]
    return " ".join(" ".join(part.split()) for part in parts if part)


# In Bangkok a subdistrict is a แขวง and a district a เขต; a province's name stands behind จังหวัด everywhere else.
WORDS_TH = {"subdistrict": ("ตำบล", "แขวง"), "district": ("อำเภอ", "เขต")}  # Thai on purpose


def _named(code: str, level: str, province_code: str) -> str:
    area = {"subdistrict": geothai.subdistrict, "district": geothai.district}[level](code) if code else None
    if area is None:
        return ""
    return place_name(area) if get_language() == "en" else WORDS_TH[level][province_code == BANGKOK] + area.name_th


def _province_named(code: str) -> str:
    prefix = "" if get_language() == "en" or code == BANGKOK else "จังหวัด"  # Thai on purpose
    return f"{prefix}{province_name(code)}" if code else ""


def _sorted_places(areas: list[Any]) -> list[tuple[str, str]]:
    return sorted(((area.code, place_name(area)) for area in areas), key=lambda row: thai_sort_key(row[1]))
