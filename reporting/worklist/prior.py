"""Agreements entered later: to be confirmed by the executive, to be corrected by an officer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from agreements.enums import PriorState
from agreements.models import PriorAgreement
from partnerships.enums import Role
from reporting.worklist.item import LIMIT, WorkItem, at


def priors_to_confirm(actor: Any) -> Iterable[WorkItem]:
    """Entries of my agency that wait for an executive who did not enter them."""
    if not actor.holds(Role.EXECUTIVE):
        return
    for prior in _entries(actor, PriorState.PROPOSED).exclude(entered_by=actor.user_id)[:LIMIT]:
        yield at(prior, _("Confirm an agreement entered later"), prior.get_absolute_url())


def priors_to_correct(actor: Any) -> Iterable[WorkItem]:
    """Entries of my agency that were returned."""
    if not actor.holds(Role.OFFICER):
        return
    for prior in _entries(actor, PriorState.RETURNED)[:LIMIT]:
        url = prior.get_absolute_url()
        yield at(prior, _("Correct an agreement entered later"), url, officer_id=prior.entered_by_id)


def _entries(actor: Any, state: str) -> Any:
    own = PriorAgreement.objects.filter(agency_id=actor.organisation_id, state=state)
    return own.select_related("mission", "agreement").order_by("entered_at", "pk")
