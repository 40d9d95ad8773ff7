"""How well a partner fits a mission: one table of criteria, each with its most points and its reason in words.

Nothing here reads the database: `Wanted` and `Offered` hold what was read. Points rank and explain; they never decide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.enums import CIVIL_SOCIETY_KINDS, Form, OrganisationKind
from partnerships.geography import province_name

Text = str | Promise

# §3.1, §3.2: in Grant and PBC the manual means civil society and local government; others are allowed (§2).
USUAL_KINDS = CIVIL_SOCIETY_KINDS | {OrganisationKind.LOCAL_GOVERNMENT}
NAMED = 5  # provinces named in a reason
MANY_PROJECTS = 3  # from so many past projects of the same field on, more do not add points


@dataclass(frozen=True)
class Wanted:
    """What a mission asks for. Ids of fields and target groups with their names; no area means the whole country."""

    fields: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    areas: frozenset[str] = frozenset()
    form: str = ""


@dataclass(frozen=True)
class Offered:
    """What a partner brings. `projects`: past projects of one of the wanted fields; `readiness` 1-5 or None."""

    kind: str
    fields: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    provinces: frozenset[str] = frozenset()
    projects: int = 0
    agreements: int = 0
    readiness: float | None = None
    readiness_coverage: int = 0
    verified: bool = False


@dataclass(frozen=True)
class Part:
    """One criterion's part in a match: points given of the most there are, and why (worded when it is read)."""

    code: str
    label: Text
    points: int
    most: int
    why: Callable[[], str]

    @property
    def reason(self) -> str:
        return self.why()


Judged = tuple[float, Callable[[], str]]
Judge = Callable[[Wanted, Offered], Judged]


def _area(wanted: Wanted, offered: Offered) -> Judged:
    if not wanted.areas:
        return 1.0, lambda: _("The mission is for the whole country")
    served = sorted(wanted.areas & offered.provinces)
    if not served:
        return 0.0, lambda: _("Does not serve the mission's area")
    return len(served) / len(wanted.areas), lambda: _served(served, len(wanted.areas))


def _served(served: list[str], asked: int) -> str:
    names = ", ".join(province_name(code) for code in served[:NAMED])
    if len(served) == asked:
        return _("Serves the whole area of the mission: %(names)s") % {"names": names}
    told = {"count": len(served), "all": asked, "names": names}
    return _("Serves %(count)s of %(all)s provinces: %(names)s") % told


def _field(wanted: Wanted, offered: Offered) -> Judged:
    if not wanted.fields:
        return 0.0, lambda: _("The mission names no field of work")
    return _shared(wanted.fields, offered.fields, lambda: _("Works in another field"))


def _group(wanted: Wanted, offered: Offered) -> Judged:
    if not wanted.groups:
        return 0.0, lambda: _("The mission names no target group of the list")
    return _shared(wanted.groups, offered.groups, lambda: _("Works for other target groups"))


def _shared(wanted: dict[int, str], offered: frozenset[int], none: Callable[[], str]) -> Judged:
    shared = [name for pk, name in wanted.items() if pk in offered]
    return len(shared) / len(wanted), (lambda: ", ".join(shared)) if shared else none


def _kind(wanted: Wanted, offered: Offered) -> Judged:
    if wanted.form in (Form.GRANT, Form.PBC) and offered.kind not in USUAL_KINDS:
        return 0.5, lambda: _("Allowed; usually a local government or civil society takes this form")
    return 1.0, lambda: _("A kind of organisation that usually takes such a mission")


def _track_record(wanted: Wanted, offered: Offered) -> Judged:
    done = offered.projects + offered.agreements
    return min(done, MANY_PROJECTS) / MANY_PROJECTS, lambda: _done(offered.projects, offered.agreements)


def _done(projects: int, agreements: int) -> str:
    said = []
    if projects:
        told = ngettext("%(count)s past project in these fields", "%(count)s past projects in these fields", projects)
        said.append(told % {"count": projects})
    if agreements:
        told = ngettext("%(count)s agreement in this system", "%(count)s agreements in this system", agreements)
        said.append(told % {"count": agreements})
    return ", ".join(said) or _("No past project in these fields is on record")


def _readiness(wanted: Wanted, offered: Offered) -> Judged:
    if offered.readiness is None:
        return 0.0, lambda: _("Not assessed for this mission yet")
    told = {"mean": f"{offered.readiness:.1f}", "coverage": offered.readiness_coverage}
    return (offered.readiness - 1) / 4, lambda: _("%(mean)s of 5, over %(coverage)s of 8 criteria") % told


def _verification(wanted: Wanted, offered: Offered) -> Judged:
    if offered.verified:
        return 1.0, lambda: _("Verified by OPDC")
    return 0.0, lambda: _("Not verified, or the verification has expired: it could not be selected now")


# (code, label, most points, how it is judged); the most points come to 100.
CRITERIA: tuple[tuple[str, Text, int, Judge], ...] = (
    ("area", gettext_lazy("Area"), 25, _area),
    ("field", gettext_lazy("Field of work"), 25, _field),
    ("group", gettext_lazy("Target group"), 10, _group),
    ("kind", gettext_lazy("Kind of organisation"), 5, _kind),
    ("track_record", gettext_lazy("Track record"), 10, _track_record),
    ("readiness", gettext_lazy("Readiness"), 15, _readiness),
    ("verification", gettext_lazy("Verification"), 10, _verification),
)


def parts_of(wanted: Wanted, offered: Offered) -> tuple[Part, ...]:
    """The parts of a match in the order of the table; their points are whole numbers, together 0 to 100."""
    parts = []
    for code, label, most, judge in CRITERIA:
        share, why = judge(wanted, offered)
        parts.append(Part(code, label, round(most * share), most, why))
    return tuple(parts)


def total(parts: tuple[Part, ...]) -> int:
    """Points of a match, 0 to 100."""
    return sum(part.points for part in parts)
