"""Addenda of a call as its pages and decisions show them; the public's view is in `queries.call_public`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from agreements.models import Call, CallAddendum, Decision
from agreements.queries.call_changes import changes_of


def addendum_answers(decision: Decision) -> list[tuple[str, Any]]:
    """What an addendum says and changes, for those who decide on it: (label, "before → after") (one query)."""
    addendum = CallAddendum.objects.get(pk=decision.proposal["addendum"])
    words = _("%(before)s → %(after)s")
    changes = changes_of(addendum)
    return [
        (_("What is changed and why"), addendum.summary),
        *((row.label, words % {"before": row.before, "after": row.after}) for row in changes),
    ]


def last_unpublished(call: Call) -> CallAddendum | None:
    """The addendum that was written last and is not published: returned, so that it can be proposed again."""
    latest = call.addenda.order_by("-pk").first()
    return latest if latest and latest.number is None else None
