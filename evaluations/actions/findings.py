"""What a round collects: findings from inside and outside, site visits, actual figures of the indicators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.files import store_file
from core.models import StoredFile
from core.workflow import NotYou, Rule, Stamp, pass_door
from evaluations.actions.rounds import is_collecting
from evaluations.models import Finding, IndicatorResult, Round, SiteVisit
from evaluations.permissions import finding_standpoint, may_record_finding, may_record_visit, round_receiver
from partnerships.actors import Actor

RECORD_FINDING = Rule("record_finding", _("Record findings"), may_record_finding, when=is_collecting)
RECORD_VISIT = Rule("record_visit", _("Record a site visit"), may_record_visit, when=is_collecting)
REPORT_RESULTS = Rule("report_results", _("Report actual figures"), round_receiver, when=is_collecting)


def record_finding(
    *,
    evaluation_round: Round,
    text: str,
    by: Actor,
    recommendation: str = "",
    file: Any = None,
    stamp: Stamp | None = None,
) -> Finding:
    """Record what the actor found; from where he or she judges (inside, outside, which side) follows from who it is."""
    with pass_door(evaluation_round, RECORD_FINDING, by=by, stamp=stamp) as door:
        standpoint = finding_standpoint(door.root, by)
        if standpoint is None:
            raise NotYou()
        perspective, side = standpoint
        finding = Finding.objects.create(
            round=door.root,
            perspective=perspective,
            side=side,
            evaluator=by.user,
            evaluator_name=by.user.full_name_th,
            text=text,
            recommendation=recommendation,
            file=_keep(file, door.root, "finding", by),
            recorded_at=clock.now(),
        )
        door.payload.update(finding=finding.pk, perspective=perspective, side=side)
    return finding


def record_visit(
    *,
    evaluation_round: Round,
    visited_on: date,
    place: str,
    participants: str,
    observations: str,
    by: Actor,
    file: Any = None,
    stamp: Stamp | None = None,
) -> SiteVisit:
    """Record a visit to the place of work, which cannot lie in the future (§3.2 step 6)."""
    with pass_door(evaluation_round, RECORD_VISIT, by=by, stamp=stamp) as door:
        if visited_on > clock.today():
            raise ValidationError({"visited_on": _("The visit cannot lie in the future.")})
        visit = SiteVisit.objects.create(
            round=door.root,
            visited_on=visited_on,
            place=place,
            participants=participants,
            observations=observations,
            file=_keep(file, door.root, "site_visit", by),
            recorded_by=by.user,
            recorded_at=clock.now(),
        )
        door.payload.update(visit=visit.pk, visited_on=visited_on)
    return visit


def report_results(
    *,
    evaluation_round: Round,
    results: Mapping[int, tuple[Decimal | None, str]],
    by: Actor,
    stamp: Stamp | None = None,
) -> None:
    """Report actual figures: indicator id → (figure or None where there is none yet, explanation)."""
    with pass_door(evaluation_round, REPORT_RESULTS, by=by, stamp=stamp) as door:
        agreed = set(door.root.agreement.indicators.values_list("pk", flat=True))
        if not agreed.issuperset(results):
            raise ValidationError(_("One of the indicators does not belong to this agreement."))
        before = {row.indicator_id: row for row in door.root.results.all()}
        changed = {}
        for indicator_id, (actual, explanation) in results.items():
            known = before.get(indicator_id)
            if (actual, explanation) == ((known.actual, known.explanation) if known else (None, "")):
                continue
            row = known or IndicatorResult(round=door.root, indicator_id=indicator_id)
            row.actual, row.explanation = actual, explanation
            row.reported_by, row.reported_at = by.user, clock.now()
            row.save()
            changed[str(indicator_id)] = actual
        door.payload.update(results=changed)


def _keep(file: Any, evaluation_round: Round, kind: str, by: Actor) -> StoredFile | None:
    """The upload as a file of the round, written in the action's transaction: a refused action leaves no row behind."""
    return store_file(file, name=file.name, root=evaluation_round, kind=kind, by=by) if file else None
