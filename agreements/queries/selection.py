"""The committee's resolution as those see it who decide on it (§3.2 step 4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from agreements.enums import Outcome
from agreements.models import Call, Resolution, ResolutionOutcome
from agreements.queries.ranking import standings_of
from agreements.ranking import Place
from core.thai import baht
from core.ui import show_day


def selection_answers(call: Call) -> list[tuple[str, Any]]:
    """The resolution as it is decided on: ceiling and sum, the meeting, on each proposal its score and the reason."""
    resolution = Resolution.objects.filter(call=call).first()
    outcomes = ResolutionOutcome.objects.filter(resolution__call=call).select_related("proposal__organisation")
    order = list(Outcome)
    told = sorted(outcomes, key=lambda row: (order.index(Outcome(row.outcome)), row.reserve_rank or 0))
    selected = sum((row.proposal.budget or 0 for row in told if row.outcome == Outcome.SELECTED), Decimal(0))
    rows: list[tuple[str, Any]] = [
        (_("Budget ceiling"), f"{baht(call.budget_ceiling)} {_('baht')}"),
        (_("Budgets of the selected together"), f"{baht(selected)} {_('baht')}"),
    ]
    if resolution and resolution.over_ceiling_reason:
        rows.append((_("Reason for selecting above the budget ceiling"), linebreaksbr(resolution.over_ceiling_reason)))
    if resolution:
        rows += [(_("Meeting number"), resolution.meeting_number), (_("Held on"), show_day(resolution.held_on))]
    standings = standings_of(call)
    return [*rows, *(_resolved_on(row, standings.get(row.proposal_id)) for row in told)]


def _resolved_on(row: ResolutionOutcome, standing: Place | None) -> tuple[str, Any]:
    """The outcome and the place in reserve; who it is and for how much, the score with its rank, and the reason."""
    scored = _("No score")
    if standing is not None and standing.place is not None:
        facts = {"score": standing.final, "rank": standing.place}
        scored = _("Final score %(score)s of 100, rank %(rank)s") % facts
    lines = (f"{row.proposal.organisation} · {baht(row.proposal.budget)} {_('baht')}", scored, row.reason)
    label = f"{row.get_outcome_display()} {row.reserve_rank or ''}".strip()
    return label, format_html_join(mark_safe("<br>"), "{}", ((linebreaksbr(line),) for line in lines))
