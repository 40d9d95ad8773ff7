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
    """One criterion's part in a match: points given of the most there are, and why."""

    code: str
    label: Text
    points: int
    most: int
    reason: str


Judge = Callable[[Wanted, Offered], tuple[float, str]]


def _area(wanted: Wanted, offered: Offered) -> tuple[float, str]:
    if not wanted.areas:
        return 1.0, _("The mission is for the whole country")
    served = sorted(wanted.areas & offered.provinces)
    if not served:
        return 0.0, _("Does not serve the mission's area")
    names = ", ".join(province_name(code) for code in served[:5])
    if len(served) == len(wanted.areas):
        return 1.0, _("Serves the whole area of the mission: %(names)s") % {"names": names}
    told = {"count": len(served), "all": len(wanted.areas), "names": names}
    return len(served) / len(wanted.areas), _("Serves %(count)s of %(all)s provinces: %(names)s") % told


def _field(wanted: Wanted, offered: Offered) -> tuple[float, str]:
    return _shared(wanted.fields, offered.fields, _("The mission names no field of work"), _("Works in another field"))


def _group(wanted: Wanted, offered: Offered) -> tuple[float, str]:
    nothing, other = _("The mission names no target group of the list"), _("Works for other target groups")
    return _shared(wanted.groups, offered.groups, nothing, other)


def _shared(wanted: dict[int, str], offered: frozenset[int], nothing: str, other: str) -> tuple[float, str]:
    if not wanted:
        return 0.0, nothing
    shared = [name for pk, name in wanted.items() if pk in offered]
    return len(shared) / len(wanted), ", ".join(shared) if shared else other


def _kind(wanted: Wanted, offered: Offered) -> tuple[float, str]:
    if wanted.form in (Form.GRANT, Form.PBC) and offered.kind not in USUAL_KINDS:
        return 0.5, _("Allowed; usually a local government or civil society takes this form")
    return 1.0, _("A kind of organisation that usually takes such a mission")


def _track_record(wanted: Wanted, offered: Offered) -> tuple[float, str]:
    done = offered.projects + offered.agreements
    if not done:
        return 0.0, _("No past project in these fields is on record")
    said = []
    if offered.projects:
        told = ngettext("%(count)s past project in these fields", "%(count)s past projects in these fields", done)
        said.append(told % {"count": offered.projects})
    if offered.agreements:
        told = ngettext("%(count)s agreement in this system", "%(count)s agreements in this system", done)
        said.append(told % {"count": offered.agreements})
    return min(done, MANY_PROJECTS) / MANY_PROJECTS, ", ".join(said)


def _readiness(wanted: Wanted, offered: Offered) -> tuple[float, str]:
    if offered.readiness is None:
        return 0.0, _("Not assessed for this mission yet")
    told = {"mean": f"{offered.readiness:.1f}", "coverage": offered.readiness_coverage}
    return (offered.readiness - 1) / 4, _("%(mean)s of 5, over %(coverage)s of 8 criteria") % told


def _verification(wanted: Wanted, offered: Offered) -> tuple[float, str]:
    if offered.verified:
        return 1.0, _("Verified by OPDC")
    return 0.0, _("Not verified, or the verification has expired: it could not be selected now")


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
        share, reason = judge(wanted, offered)
        parts.append(Part(code, label, round(most * share), most, reason))
    return tuple(parts)


def total(parts: tuple[Part, ...]) -> int:
    """Points of a match, 0 to 100."""
    return sum(part.points for part in parts)
