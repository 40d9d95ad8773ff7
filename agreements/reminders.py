"""Reminders of a call's deadline, to organisations whose draft has not been sent in (imported in AppConfig.ready).

`manage.py tick` calls this every few minutes; each is written once per draft, deadline and day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import override

from agreements.enums import ProposalSource, ProposalState
from agreements.models import Call, Proposal
from core import clock
from core.notice_texts import fill, texts_in_force
from core.outbox import enqueue, register_reminder
from core.ui import show_moment
from partnerships.actions.notices import people_in_roles
from partnerships.enums import Role
from partnerships.models import User

DEADLINE = "proposal.deadline"
DAYS_BEFORE = (3, 1)


@register_reminder
def remind_of_deadlines() -> None:
    """Three days and one day before the deadline: drafts, and proposals that were withdrawn and not sent in again."""
    texts = texts_in_force(DEADLINE)
    for proposal, days in unsent(clock.real_now()):
        closes_at = proposal.call.closes_at
        people = people_in_roles([proposal.organisation_id], Role.REPRESENTATIVE, Role.STAFF)
        for user in User.objects.filter(pk__in=people).order_by("pk"):
            with override(user.language):
                known = {"title": proposal.title, "reference": proposal.reference, "until": show_moment(closes_at)}
                words = fill(texts, known)
            key = f"{DEADLINE}:{proposal.pk}:{closes_at.isoformat()}:{days}:{user.pk}"
            enqueue(kind=DEADLINE, to_user_id=user.pk, dedupe_key=key, **words)


def unsent(now: datetime) -> Iterator[tuple[Proposal, int]]:
    """Online proposals that wait to be sent in, each with the nearest of DAYS_BEFORE that the deadline has come to."""
    soon = Call.objects.before_deadline().filter(closes_at__lte=now + timedelta(days=max(DAYS_BEFORE)))
    waiting = [ProposalState.DRAFT, ProposalState.WITHDRAWN]
    rows = Proposal.objects.filter(call__in=soon, state__in=waiting, source=ProposalSource.ONLINE)
    for proposal in rows.select_related("call").order_by("pk"):
        left = proposal.call.closes_at - now
        yield proposal, min(days for days in DAYS_BEFORE if left <= timedelta(days=days))
