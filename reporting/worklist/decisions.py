"""Decisions that wait for my position."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.enums import DecisionKind
from agreements.queries.decisions import waiting_for
from reporting.worklist.item import LIMIT, WorkItem, at


def decisions_to_take(actor: Any) -> Iterable[WorkItem]:
    """Pending decisions whose next position is mine; not those I proposed."""
    if not actor.is_agency:
        return
    for decision in waiting_for(actor)[:LIMIT]:
        what = decision.get_kind_display()
        due_on = None
        if decision.kind == DecisionKind.PAY_INSTALMENT and decision.instalment:
            what = _("%(matter)s: instalment %(number)s") % {"matter": what, "number": decision.instalment.ordinal}
            due_on = decision.instalment.due_on
        yield at(decision.root, what, reverse("agreements:decision_detail", args=[decision.pk]), due_on=due_on)
