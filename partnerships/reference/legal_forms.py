"""What organisations call their kind in front of (and behind) their name, spelt out or short, and what goes together.

Two organisations of different forms are two organisations, whatever the rest of their names: a foundation and an
association of one name are two legal persons, a subdistrict municipality and the subdistrict organisation beside it
are two local governments. Groups without legal personality change their word freely (กลุ่ม, ชมรม, เครือข่าย).
"""

from __future__ import annotations

FOUNDATION, ASSOCIATION, COMPANY, PARTNERSHIP = "foundation", "association", "company", "partnership"
INFORMAL, CENTRE, INSTITUTE = "informal", "centre", "institute"
CITY, TOWN, SUBDISTRICT, SAO, PAO = "city", "town", "subdistrict", "sao", "pao"
LOCAL = frozenset({CITY, TOWN, SUBDISTRICT, SAO, PAO})

# Beginning of a name → its form; the longest that fits counts.
PREFIXES: tuple[tuple[str, str], ...] = (
    ("มูลนิธิ", FOUNDATION),
    ("มนธ.", FOUNDATION),
    ("สมาคม", ASSOCIATION),
    ("บริษัท", COMPANY),
    ("บจก.", COMPANY),
    ("บมจ.", COMPANY),
    ("บ.", COMPANY),
    ("ห้างหุ้นส่วนจำกัด", PARTNERSHIP),
    ("ห้างหุ้นส่วนสามัญ", PARTNERSHIP),
    ("ห้างหุ้นส่วน", PARTNERSHIP),
    ("หจก.", PARTNERSHIP),
    ("หสม.", PARTNERSHIP),
    ("องค์การบริหารส่วนตำบล", SAO),
    ("อบต.", SAO),
    ("อบต", SAO),
    ("องค์การบริหารส่วนจังหวัด", PAO),
    ("อบจ.", PAO),
    ("อบจ", PAO),
    ("เทศบาลนคร", CITY),
    ("ทน.", CITY),
    ("เทศบาลเมือง", TOWN),
    ("ทม.", TOWN),
    ("เทศบาลตำบล", SUBDISTRICT),
    ("ทต.", SUBDISTRICT),
    ("เครือข่าย", INFORMAL),
    ("กลุ่ม", INFORMAL),
    ("ชมรม", INFORMAL),
    ("วิสาหกิจชุมชน", INFORMAL),
    ("ศูนย์", CENTRE),
    ("สถาบัน", INSTITUTE),
)
# What a company says behind its name.
SUFFIXES = ("จำกัด (มหาชน)", "จำกัด(มหาชน)", "จำกัดมหาชน", "(มหาชน)", "จำกัด")
# What says nothing about which organisation it is.
NOISE = ("(สมมติ)", "(ประเทศไทย)", "แห่งประเทศไทย", "ประเทศไทย", "ในพระบรมราชูปถัมภ์", "ฯ")
# Joining words that are written or left out as one likes.
JOINING = ("เพื่อการ", "เพื่อ", "และ", "แห่ง", "ของ")
# Parts of a name that say where: two that name different places are two.
PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("province", ("จังหวัด", "จ.")),
    ("district", ("อำเภอ", "อ.", "เขต")),
    ("subdistrict", ("ตำบล", "ต.", "แขวง")),
    ("village", ("หมู่บ้าน", "บ้าน", "ชุมชน", "หมู่ที่", "หมู่", "ม.")),
)
# Where one name has one of these and the other another, they are two (บ้านเหนือ, บ้านใต้).
OPPOSED = ("เหนือ", "ใต้", "ตะวันออก", "ตะวันตก", "กลาง", "ใหญ่", "น้อย", "บน", "ล่าง", "ใหม่", "เก่า", "ชาย", "หญิง")
