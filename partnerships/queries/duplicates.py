"""Whether two records are one organisation: caught on number, hinted at on similar name (Thai-aware).

Nothing is decided here. Names are taken apart into legal form, places and what is left; the left-overs are compared by
letters. Only organisations of the same province (or of none), and those that bear the very name elsewhere, are looked
at, so that a hint costs what a province costs and not what the register costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from core.search_text import search_text
from core.thai import arabic_digits
from partnerships.enums import PARTNER_KINDS, OrganisationStanding
from partnerships.models import NotDuplicate, Organisation
from partnerships.reference.legal_forms import JOINING, LOCAL, NOISE, OPPOSED, PLACES, PREFIXES, SUFFIXES

Text = str | Promise

ENOUGH = 86  # of 100 letters alike; measured on the table of pairs in the tests
HINTS = 10  # at most
SEARCHED = 4  # letters that a name must have left to be searched for in other provinces
ELSEWHERE = 50  # bearers of the very name in other provinces that are looked at
PAIRS = 100  # on one page
NEAR = 20  # neighbours in the order of letters, and of letters from behind, that a name is compared with
LONG_PLACE = 8  # letters from which a place's name may hold a slip

SAME_NAME, SIMILAR_NAME = _("The name is the same"), _("The name is similar")
SAME_FORM, SAME_PROVINCE = _("Same legal form"), _("Same province")
OTHER_PROVINCE, NO_PROVINCE = _("Another province"), _("One of the two has no province on record")
SAME_NUMBER = _("Same registration number")

_FORMS = sorted(PREFIXES, key=lambda row: -len(row[0]))


def _shape(words: tuple[str, ...]) -> re.Pattern[str]:
    """A word for a kind of place and the name behind it; a short word (with its point) only after a space."""
    spelt = (rf"(?<=\s){re.escape(word)}" if word.endswith(".") else re.escape(word) for word in words)
    return re.compile(rf"(?:{'|'.join(spelt)})\s*([^\s()]+)")


_PLACE = {level: _shape(words) for level, words in PLACES}
_NEXT_PLACE = re.compile("|".join(re.escape(word) for _level, words in PLACES[:3] for word in words if len(word) > 2))


@dataclass(frozen=True)
class NameParts:
    """A name taken apart. `core`: what is left, folded; `words`: the same by its spaces; `places`: level → name."""

    form: str
    core: str
    words: str
    numbers: tuple[str, ...]
    opposed: frozenset[str]
    places: dict[str, str] = field(default_factory=dict)

    @property
    def is_local(self) -> bool:
        return self.form in LOCAL


@lru_cache(maxsize=20_000)
def name_parts(name: str) -> NameParts:
    """Take a Thai name apart; digits become Arabic, what says nothing is left out."""
    rest = " ".join(arabic_digits(name).split())
    for noise in NOISE:
        rest = rest.replace(noise, " ")
    form, rest = _form_of(rest.strip())
    # A local government is named for its place: that is the name, not a part of it.
    places, rest = ({}, _without_words(rest)) if form in LOCAL else _places_of(rest)
    bare = rest
    for word in JOINING:
        bare = bare.replace(word, " ")
    return NameParts(
        form=form,
        core=search_text(bare),
        words=" ".join(filter(None, map(search_text, bare.split()))),
        numbers=tuple(re.findall(r"\d+", rest)),
        opposed=frozenset(word for word in OPPOSED if word in rest),
        places=places,
    )


def _form_of(name: str) -> tuple[str, str]:
    for prefix, form in _FORMS:
        if name.startswith(prefix) and len(name) > len(prefix):
            rest = name[len(prefix) :]
            for suffix in SUFFIXES if form in ("company", "partnership") else ():
                rest = rest.strip().removesuffix(suffix)
            return form, rest.strip()
    return "", name


def _without_words(name: str) -> str:
    """ "บ้านใหม่ จังหวัดน่าน" → "บ้านใหม่": the province stands in the address, what is governed in front of it."""
    return re.split(r"\s*(?:อำเภอ|จังหวัด|(?<=\s)อ\.|(?<=\s)จ\.)", name)[0] or name  # Thai on purpose


def _places_of(name: str) -> tuple[dict[str, str], str]:
    """The places named, by level, and the name without province, district and subdistrict."""
    places: dict[str, str] = {}
    for level, shape in _PLACE.items():
        if found := shape.search(name):
            place = found[1] if level == "village" else _NEXT_PLACE.split(found[1])[0]
            places[level] = search_text(place)
            if level != "village" and place:
                name = name[: found.start()] + " " + name[found.start(1) + len(place) :]
    return {level: place for level, place in places.items() if place}, name


def likeness(first: str, second: str) -> int:
    """How alike two Thai names are, 0-100; 0 where something says that they are two (form, place, number)."""
    one, other = name_parts(first), name_parts(second)
    if not _may_be_one(one, other):
        return 0
    if one.core == other.core:
        return 100 if one.core else 0
    if one.is_local:
        return 0  # บ้านใหม่ and บ้านใหญ่ differ by a letter and are two places
    return round(max(fuzz.ratio(one.core, other.core), fuzz.token_sort_ratio(one.words, other.words)))


def _may_be_one(one: NameParts, other: NameParts) -> bool:
    if one.form != other.form or one.numbers != other.numbers or one.opposed != other.opposed:
        return False
    shared = one.places.keys() & other.places.keys()
    return all(_same_place(one.places[level], other.places[level]) for level in shared)


def _same_place(one: str, other: str) -> bool:
    """The same letters, or in a long name a slip of the hand: หนองบัว and หนองบอน are two."""
    return one == other or (min(len(one), len(other)) >= LONG_PLACE and fuzz.ratio(one, other) >= ENOUGH)


# --- hints for one name ---------------------------------------------------------------------------------------------

_NAMED = ("pk", "name_th", "province_code")
Hint = tuple[Organisation, int, list[Text]]
IN_USE = (OrganisationStanding.SUBMITTED, OrganisationStanding.ACTIVE)


def similar_to(
    name_th: str, province_code: str = "", exclude_pk: int | None = None, standings: Iterable[str] = IN_USE
) -> list[Hint]:
    """Partners that may be the same as one of this Thai name and province: (organisation, likeness 86-100, reasons).

    The likest first, at most ten. Four queries at most, whatever the register holds.
    """
    passed_by = {exclude_pk, *_found_two(exclude_pk)}
    rows = _neighbours(name_th, province_code, standings)
    scored = [(pk, likeness(name_th, name), province) for pk, name, province in rows if pk not in passed_by]
    found = {pk: (score, province) for pk, score, province in scored if _tells(name_th, score, province, province_code)}
    best = sorted(found, key=lambda pk: (-found[pk][0], pk))[:HINTS]
    kept = Organisation.objects.in_bulk(best)
    return [(kept[pk], found[pk][0], _reasons(found[pk][0], found[pk][1], province_code)) for pk in best]


def _found_two(pk: int | None) -> list[int]:
    """Those that someone looked at and found to be another organisation than this one."""
    if pk is None:
        return []
    pairs = NotDuplicate.objects.filter(Q(first=pk) | Q(second=pk)).values_list("first_id", "second_id")
    return [second if first == pk else first for first, second in pairs]


def _neighbours(name_th: str, province_code: str, standings: Iterable[str]) -> set[tuple[int, str, str]]:
    """Id, name and province of partners of the province or of none, and of bearers of the very name elsewhere.

    Two queries, each by an index of its own: asked for in one, PostgreSQL would read the whole register.
    """
    wanted = Organisation.objects.filter(kind__in=PARTNER_KINDS, standing__in=list(standings)).order_by()
    found: set[tuple[int, str, str]] = set()
    if province_code:
        found.update(wanted.filter(province_code__in=[province_code, ""]).values_list(*_NAMED))
    core = search_text(name_parts(name_th).core)
    if len(core) >= SEARCHED:
        found.update(wanted.search(core).values_list(*_NAMED)[:ELSEWHERE])
    return found


def _tells(name_th: str, score: int, province: str, wanted: str) -> bool:
    """Near: from 86 on. In another province only the very name counts, and never a local government's."""
    if province and wanted and province != wanted:
        return score == 100 and not name_parts(name_th).is_local
    return score >= ENOUGH


def _reasons(score: int, province: str, wanted: str) -> list[Text]:
    where = SAME_PROVINCE if province == wanted else OTHER_PROVINCE
    return [SAME_NAME if score == 100 else SIMILAR_NAME, SAME_FORM, where if province and wanted else NO_PROVINCE]


# --- pairs in the register ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """Two organisations that may be one; `first` has the lower id."""

    first: Organisation
    second: Organisation
    likeness: int
    reasons: list[Text]


def pairs_by_number() -> list[Pair]:
    """Organisations of different kinds that gave the same registration number (the same kind cannot)."""
    rows = Organisation.objects.partners().filter(standing__in=IN_USE).exclude(registration_number="")
    again = rows.order_by().values("registration_number")
    shared = again.annotate(n=Count("pk")).filter(n__gt=1).values("registration_number")[:PAIRS]
    by_number: dict[str, list[Organisation]] = {}
    for organisation in rows.filter(registration_number__in=shared).order_by("pk"):
        by_number.setdefault(organisation.registration_number, []).append(organisation)
    return _still_open(pair_of(one, other) for group in by_number.values() for one, other in combinations(group, 2))


def pairs_by_name(province_code: str) -> list[Pair]:
    """Partners of one province whose names are alike, the likest first."""
    rows = Organisation.objects.partners().filter(standing__in=IN_USE, province_code=province_code)
    names = dict(rows.order_by("pk").values_list("pk", "name_th"))
    scores = {
        (one, other): score
        for one, other in _near_each_other(names)
        if (score := likeness(names[one], names[other])) >= ENOUGH
    }
    best = sorted(scores, key=lambda pair: (-scores[pair], pair))[:PAIRS]
    kept = Organisation.objects.in_bulk({pk for pair in best for pk in pair})
    found = ((kept[one], kept[other], scores[one, other]) for one, other in best)
    return _still_open(Pair(*row, _reasons(row[2], province_code, province_code)) for row in found)


def pair_of(one: Organisation, other: Organisation) -> Pair:
    """What speaks for these two being one, for the page on which they stand side by side."""
    first, second = sorted((one, other), key=lambda organisation: organisation.pk)
    score = likeness(first.name_th, second.name_th)
    reasons = _reasons(score, first.province_code, second.province_code) if score >= ENOUGH else []
    if first.registration_number and first.registration_number == second.registration_number:
        reasons = [SAME_NUMBER, *reasons]
    return Pair(first, second, score, reasons)


def _near_each_other(names: dict[int, str]) -> set[tuple[int, int]]:
    """Pairs of ids whose names stand near each other by form and letters, read from the front or from behind.

    A slip leaves the beginning or the end of a name as it was, so that few are missed, and the work grows with the
    number of names and not with its square.
    """
    parts = {pk: name_parts(name) for pk, name in names.items()}
    orders = (
        sorted(parts, key=lambda pk: (parts[pk].form, parts[pk].core, pk)),
        sorted(parts, key=lambda pk: (parts[pk].form, parts[pk].core[::-1], pk)),
    )
    return {
        (min(one, other), max(one, other))
        for order in orders
        for place, one in enumerate(order)
        for other in order[place + 1 : place + 1 + NEAR]
    }


def _still_open(pairs: Iterable[Pair]) -> list[Pair]:
    """Without those that someone looked at and found to be two."""
    found = list(pairs)
    looked_at = NotDuplicate.objects.filter(
        first__in=[pair.first for pair in found], second__in=[pair.second for pair in found]
    )
    settled = set(looked_at.values_list("first_id", "second_id"))
    return [pair for pair in found if (pair.first.pk, pair.second.pk) not in settled]
