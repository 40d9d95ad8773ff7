"""Evaluation rounds: to fill from each side, to propose a verdict for, to accept (§3.2 steps 6 and 8, §3.3 step 6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.enums import CapacityKind, Side, Standing
from agreements.models import Capacity
from evaluations.enums import RoundState
from evaluations.models import Finding, IndicatorResult, Round
from partnerships.enums import Role
from reporting.worklist.item import LIMIT, WorkItem, at, is_party


def _items(rounds: QuerySet[Round], what: str, page: str, *, officers: bool = False) -> Iterable[WorkItem]:
    rows = rounds.filter(state=RoundState.OPEN, agreement__standing=Standing.IN_FORCE).select_related("agreement")
    for one in rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:LIMIT]:
        yield at(
            one.agreement,
            what % {"kind": one.get_kind_display()},
            reverse(f"evaluations:{page}", args=[one.pk]),
            due_on=one.due_on,
            officer_id=one.agreement.officer_id if officers else None,
        )


def rounds_to_fill(actor: Any) -> Iterable[WorkItem]:
    """Rounds without a verdict, for the giver's officer."""
    if not actor.holds(Role.OFFICER):
        return ()
    rounds = Round.objects.filter(is_party(actor, Side.GIVER), verdict="")
    return _items(rounds, _("%(kind)s: gather findings and propose the verdict"), "round_detail", officers=True)


def results_to_report(actor: Any) -> Iterable[WorkItem]:
    """Rounds in which the receiver has reported no figure yet."""
    if not actor.holds(Role.STAFF, Role.REPRESENTATIVE):
        return ()
    reported = IndicatorResult.objects.filter(round=OuterRef("pk"), actual__isnull=False)
    rounds = Round.objects.filter(~Exists(reported), is_party(actor, Side.RECEIVER), verdict="")
    return _items(rounds, _("%(kind)s: report the actual figures"), "results_edit")


def findings_to_give(actor: Any) -> Iterable[WorkItem]:
    """Rounds that I was invited to judge from outside and have not written about yet."""
    mine = Capacity.objects.current().filter(
        agreement=OuterRef("agreement"), user_id=actor.user_id, kind=CapacityKind.EVALUATOR
    )
    written = Finding.objects.filter(round=OuterRef("pk"), evaluator_id=actor.user_id)
    rounds = Round.objects.filter(Exists(mine), ~Exists(written), verdict="")
    for side in Side.values if actor.organisation_id else ():
        rounds = rounds.exclude(is_party(actor, side))
    return _items(rounds, _("%(kind)s: record your findings"), "round_detail")


def rounds_to_accept(actor: Any) -> Iterable[WorkItem]:
    """Proposed verdicts for the giver's executive, but not one's own."""
    if not actor.holds(Role.EXECUTIVE):
        return ()
    rounds = Round.objects.filter(is_party(actor, Side.GIVER)).exclude(verdict="").exclude(verdict_by_id=actor.user_id)
    return _items(rounds, _("%(kind)s: look at the verdict and accept it"), "round_detail")
