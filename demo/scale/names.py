"""Names and places of synthetic organisations: kind, invented calling and a real subdistrict, all marked (สมมติ)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import geothai

from partnerships.enums import LocalGovernmentType as LocalType
from partnerships.enums import OrganisationKind as Kind

# Of 38,000 partners: the issue of scale is 8,000 local governments and 30,000 others.
LOCAL_OF_38 = 8
OTHERS: dict[str, int] = {
    Kind.COMMUNITY: 12,
    Kind.PRIVATE: 5,
    Kind.ASSOCIATION: 4,
    Kind.FOUNDATION: 4,
    Kind.NETWORK: 2,
    Kind.NGO: 1,
    Kind.CHARITY: 1,
    Kind.ACADEMIC: 1,
}
BANGKOK = "10"
LOCAL_TITLES = (
    ("องค์การบริหารส่วนตำบล", "Subdistrict Administrative Organisation", LocalType.SUBDISTRICT_ORGANISATION),
    ("เทศบาลตำบล", "Subdistrict Municipality", LocalType.SUBDISTRICT_MUNICIPALITY),
    ("เทศบาลเมือง", "Town Municipality", LocalType.TOWN),
)
TITLES: dict[str, tuple[str, str]] = {
    Kind.COMMUNITY: ("กลุ่ม", "Group"),
    Kind.PRIVATE: ("บริษัท", "Company"),
    Kind.ASSOCIATION: ("สมาคม", "Association"),
    Kind.FOUNDATION: ("มูลนิธิ", "Foundation"),
    Kind.NETWORK: ("เครือข่าย", "Network"),
    Kind.NGO: ("องค์กร", "Organisation"),
    Kind.CHARITY: ("องค์กรการกุศล", "Charity"),
    Kind.ACADEMIC: ("ศูนย์วิจัย", "Research Centre"),
}
CALLINGS = (
    ("ดูแลผู้สูงอายุ", "Care of Older Persons"),
    ("พัฒนาเด็กปฐมวัย", "Early Childhood"),
    ("คุ้มครองเด็ก", "Child Protection"),
    ("ส่งเสริมอาชีพคนพิการ", "Work for Persons with Disabilities"),
    ("น้ำสะอาดชุมชน", "Clean Water"),
    ("จัดการขยะ", "Waste"),
    ("ป่าชุมชน", "Community Forest"),
    ("เกษตรอินทรีย์", "Organic Farming"),
    ("ส่งเสริมการอ่าน", "Reading"),
    ("อาสาสมัครสาธารณสุข", "Health Volunteers"),
    ("พัฒนาสตรี", "Women"),
    ("ป้องกันภัยพิบัติ", "Disaster Preparedness"),
    ("ที่อยู่อาศัย", "Housing"),
    ("สุขภาพจิต", "Mental Health"),
    ("วัฒนธรรมท้องถิ่น", "Local Culture"),
    ("ออมทรัพย์", "Savings"),
)


@dataclass(frozen=True)
class Place:
    """A subdistrict with what is above it, by official codes and Thai names."""

    province_code: str
    province: str
    district_code: str
    district: str
    subdistrict_code: str
    subdistrict: str
    subdistrict_en: str
    postal_code: str


@dataclass(frozen=True)
class Body:
    """What one synthetic organisation is."""

    kind: str
    name_th: str
    name_en: str
    place: Place
    local_type: str = ""


def places() -> list[Place]:
    """Every subdistrict of the country, by its code."""
    above = ((p, d) for p in geothai.provinces() for d in geothai.districts(p.code))
    found = [
        Place(
            province.code,
            province.name_th,
            district.code,
            district.name_th,
            subdistrict.code,
            subdistrict.name_th,
            subdistrict.name_en,
            next(iter(subdistrict.postal_codes), ""),
        )
        for province, district in above
        for subdistrict in geothai.subdistricts(district.code)
    ]
    return sorted(found, key=lambda place: place.subdistrict_code)


def bodies(size: int, random: Random) -> Iterator[Body]:
    """`size` organisations in the fixed mix; a name may come twice only with a number behind it."""
    country = places()
    local = round(size * LOCAL_OF_38 / 38)
    outside = [place for place in country if place.province_code != BANGKOK]  # which has districts of its own instead
    used: dict[str, int] = {}
    for number in range(local):
        # Once through the country with each title: no two of a kind in one subdistrict before all have one.
        title_th, title_en, local_type = LOCAL_TITLES[number // len(outside) % len(LOCAL_TITLES)]
        place = outside[number * 3571 % len(outside)]  # a prime's steps spread few rows over all provinces
        body = _body(
            Kind.LOCAL_GOVERNMENT, title_th + place.subdistrict, f"{place.subdistrict_en} {title_en}", place, used
        )
        yield replace(body, local_type=local_type)
    kinds = random.choices(list(OTHERS), list(OTHERS.values()), k=size - local)
    for kind in kinds:
        place = random.choice(country)
        calling_th, calling_en = random.choice(CALLINGS)
        title_th, title_en = TITLES[kind]
        name_th = f"{title_th}{calling_th}{place.subdistrict}"
        yield _body(kind, name_th, f"{place.subdistrict_en} {calling_en} {title_en}", place, used)


def _body(kind: str, name_th: str, name_en: str, place: Place, used: dict[str, int]) -> Body:
    used[name_th] = again = used.get(name_th, 0) + 1
    ordinal = f" {again}" if again > 1 else ""
    return Body(kind, f"{name_th}{ordinal} (สมมติ)", f"{name_en}{ordinal} (fictitious)", place)
