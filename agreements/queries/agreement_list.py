"""Lists of agreements, filtered; the same number of queries however many rows."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from agreements.enums import Standing
from agreements.models import Agreement, Party

TONES = {
    Standing.PREPARING: "now",
    Standing.IN_FORCE: "good",
    Standing.SUSPENDED: "warn",
    Standing.CANCELLED: "stop",
    Standing.TERMINATED: "stop",
    Standing.CLOSED: "plain",
}


def agreements_for(actor: Any, *, q: str = "", form: str = "", standing: str = "") -> QuerySet[Agreement]:
    """Agreements the actor may read, with their parties; narrowed by words, form and standing."""
    rows = Agreement.objects.visible_to(actor).select_related("agency", "mission")
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(reference__icontains=q) | Q(number__icontains=q))
    if form:
        rows = rows.filter(form=form)
    if standing:
        rows = rows.filter(standing=standing)
    return rows.prefetch_related(Prefetch("parties", Party.objects.select_related("organisation")))
