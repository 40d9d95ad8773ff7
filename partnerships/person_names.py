"""Names of people as they are written on papers: the title before and remarks in brackets are not the name."""

from __future__ import annotations

import re

REMARK = re.compile(r"\([^)]*\)")
# Words before a name; what is left begins with the given name and ends with the family name.
THAI = ("ผู้ช่วยศาสตราจารย์", "รองศาสตราจารย์", "ศาสตราจารย์", "นางสาว", "ดร.", "นาง", "นาย")  # Thai on purpose
TITLES = (*THAI, "Mr.", "Mrs.", "Ms.", "Dr.")


def without_title(name: str) -> str:
    """ "นางสาวสมศรี ใจดี (ผู้แทน)" → "สมศรี ใจดี"; a name without a title as it is, spaces made single."""
    name, cut = " ".join(REMARK.sub(" ", name).split()), "-"
    while cut:
        cut = next((title for title in TITLES if name.startswith(title)), "")
        name = name.removeprefix(cut).strip()
    return name
