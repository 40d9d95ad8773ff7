"""Words that tell who an applicant is, found in what it wrote and blacked out: names, people, numbers, addresses.

What the register and the proposal themselves know is found, however spaced or written in digits; a nickname, a place or
a well-known project is not: applicants of a blind call are asked to leave those out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from core.search_text import THAI_MARKS
from partnerships.models import AuthorisedRepresentative, Contact, FormerName, Membership, Organisation
from partnerships.person_names import without_title

Mask = Callable[[str], str]
FACTS = ("name_th", "name_en", "short_name", "tax_number", "registration_number", "phone", "email", "website")
# "มูลนิธิ ก" is known as "ก" too; what is left of a municipality's name is a place.
KINDS = ("มูลนิธิ", "สมาคม")  # Thai on purpose
LEAST = 3  # letters or digits; shorter words stand in every text
SHORT = 8  # a Thai word shorter than this counts only where it stands alone, for it may be part of others
ABBREVIATED = 4  # letters from which on an abbreviation with its full stop is no part of other words
THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"  # Thai on purpose
THAI, LATIN = rf"[\w{THAI_MARKS}]", "[A-Za-z0-9_]"  # what a word goes on with
GAP = "[\\s\u200b]*"
NUMBER = re.compile(r"[\d+][\d\s\-().]{5,}\d")


def words_of(organisations: Iterable[int]) -> dict[int, set[str]]:
    """Organisation id → the words by which the register knows it and its people; five queries for any number."""
    asked = set(organisations)
    words: dict[int, set[str]] = defaultdict(set)
    for row in Organisation.objects.filter(pk__in=asked).values("pk", *FACTS):
        words[row["pk"]] |= {row[name] for name in FACTS} | _without_kind(row["name_th"]) | _numbers(row["phone"])
    for pk, name in FormerName.objects.filter(organisation__in=asked).values_list("organisation_id", "name_th"):
        words[pk] |= {name} | _without_kind(name)
    people = AuthorisedRepresentative.objects.filter(organisation__in=asked)
    for pk, name in people.values_list("organisation_id", "name"):
        words[pk] |= name_of_person(name)
    contacts = Contact.objects.filter(organisation__in=asked)
    for pk, name, phone, email in contacts.values_list("organisation_id", "name", "phone", "email"):
        words[pk] |= {email} | name_of_person(name) | _numbers(phone)
    members = Membership.objects.filter(organisation__in=asked).values_list(
        "organisation_id", "user__full_name_th", "user__full_name_en", "user__email", "user__phone"
    )
    for pk, name_th, name_en, email, phone in members:
        words[pk] |= {email} | name_of_person(name_th) | name_of_person(name_en) | _numbers(phone)
    return {pk: {word for word in found if word} for pk, found in words.items()}


def _without_kind(name: str) -> set[str]:
    return {name.removeprefix(kind).strip() for kind in KINDS if name.startswith(kind)}


def name_of_person(name: str) -> set[str]:
    """Given and family name without title; a single word is left alone, as people write duties and nicknames there."""
    bare = without_title(name)
    return {bare} if " " in bare else set()


def _numbers(phone: str) -> set[str]:
    """ "02-345-6789 ต่อ 12" → the number that is dialled."""
    return set(NUMBER.findall(phone))


def mask_of(words: Iterable[str]) -> Mask:
    """A function that puts "[hidden]" in place of the words, the longest first."""
    known = {" ".join(word.split()) for word in words}
    parts = [_pattern(word) for word in sorted(known, key=len, reverse=True) if _letters(word) >= LEAST]
    if not parts:
        return lambda text: text
    found, instead = re.compile("|".join(parts), re.IGNORECASE), _("[hidden]")
    return lambda text: found.sub(instead, text)


def _pattern(word: str) -> str:
    """The word however spaced; a number with or without strokes, in Arabic or Thai digits."""
    if re.fullmatch(r"[\d\s\-().+]{7,}", word):
        return r"(?<!\d)" + r"[\s\-().]*".join(_digit(sign) for sign in re.findall(r"\d", word)) + r"(?!\d)"
    if word.isascii():
        pattern = GAP.join(re.escape(part) for part in word.split())
        return rf"(?<!{LATIN}){pattern}(?!{LATIN})"
    pattern = GAP.join(map(re.escape, "".join(word.split())))  # Thai is spaced as one likes
    is_own = len(word) >= SHORT or (word.endswith(".") and _letters(word) >= ABBREVIATED)
    return pattern if is_own else rf"(?<!{THAI}){pattern}(?!{THAI})"


def _letters(word: str) -> int:
    return len(re.findall(r"\w", word))


def _digit(sign: str) -> str:
    return f"[{sign}{THAI_DIGITS[int(sign)]}]"


def masked(value: Any, mask: Mask) -> Any:
    """Plain data with every text in it masked; keys stay."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: masked(item, mask) for key, item in value.items()}
    return [masked(item, mask) for item in value] if isinstance(value, list | tuple) else value
