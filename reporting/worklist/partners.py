"""Partners to be verified, for OPDC and for provincial offices named as verifiers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.enums import Role
from partnerships.queries.verification import EXPIRED, EXPIRING, SUBMITTED, to_verify, waiting_words
from reporting.worklist.item import WorkItem

SHOWN = 20  # the list of what waits shows the rest


def partners_to_verify(actor: Any) -> Iterable[WorkItem]:
    """Registrations that were sent in first, then verifications by the day on which they expire."""
    if not (actor.is_opdc or (actor.is_provincial and actor.holds(Role.OFFICER))):
        return
    words = {
        SUBMITTED: _("Verify the registration"),
        EXPIRING: _("Verify again before it expires"),
        EXPIRED: _("Verify again: it has expired"),
    }
    waiting = to_verify(actor).order_by(F("verified_until").asc(nulls_first=True), "submitted_at", "pk")
    for organisation in waiting[:SHOWN]:
        yield WorkItem(
            what=words[waiting_words(organisation)],
            matter=organisation.name,
            reference=organisation.province,
            url=reverse("partnerships:organisation_detail", args=[organisation.pk]) + "#verification",
            due_on=organisation.verified_until,
        )
