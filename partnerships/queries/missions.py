"""Lists of missions, and what a mission's page shows; the same number of queries however many rows."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.enums import ProcurementScreening
from partnerships.models import Mission

NO_FORM = "none"  # what the filter says for missions without a form
DONE, DOING, TODO = "done", "doing", "todo"


def missions_for(
    actor: Any, *, q: str = "", agency: Any = None, field: Any = None, form: str = ""
) -> QuerySet[Mission]:
    """Missions the actor may read, narrowed by words, agency, field of work and form."""
    rows = Mission.objects.visible_to(actor).select_related("agency", "officer")
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(reference__icontains=q) | Q(target_group__icontains=q))
    if agency:
        rows = rows.filter(agency=agency)
    if field:
        rows = rows.filter(fields_of_work=field)
    if form:
        rows = rows.filter(form="" if form == NO_FORM else form)
    return rows


def parts_of(mission: Mission) -> list[dict[str, str]]:
    """The parts of the record as tasks that one can come back to: what is there, what is not."""
    words, groups = list(mission.fields_of_work.all()), list(mission.target_groups.all())
    money = list(mission.funding.all())
    screened = mission.procurement_screening != ProcurementScreening.NOT_SCREENED
    parts = (
        ("about", _("What the mission is"), (mission.problem, mission.objectives, mission.scope, words)),
        ("people", _("For whom and where"), (mission.target_group, groups, mission.area)),
        ("means", _("Time frame and money"), (mission.time_frame, money)),
        ("law", _("Legal basis and procurement"), (mission.legal_basis, screened)),
    )
    return [
        {
            "title": title,
            "url": reverse("partnerships:mission_edit_part", args=[mission.reference, code]),
            "state": DONE if all(found) else DOING if any(found) else TODO,
        }
        for code, title, found in parts
    ]
