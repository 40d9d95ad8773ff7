"""Letters to those who subscribed to calls, never written while somebody waits for a page.

`manage.py tick` writes them; where a worker stands beside the web process, it begins right after the publication.

Each published call and each addendum is told once to each address whose subscription it fits and that was confirmed
before it. Personal data that are not needed any more are deleted here too.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task

from agreements.actions.subscriptions import CONFIRM, CONFIRM_WITHIN, KEEP_LETTERS, NEWS
from agreements.call_hooks import ADDENDUM, PUBLISHED, listen_to_calls
from agreements.models import Call, CallAddendum, CallSubscription, SubscriptionArea
from core import clock
from core.models import OutboxMessage
from core.notice_texts import NoticeTexts, fill, texts_in_force
from core.outbox import enqueue, register_reminder
from core.site import site_url
from core.templatetags.ui_small import baht
from core.ui import show_moment

LOOK_BACK = timedelta(days=3)  # as long may `tick` have stood still without anybody missing a call


@task()
def write_to_subscribers() -> None:
    """What `tick` would do, done by a worker; both at once write each letter once."""
    with transaction.atomic():
        tell_subscribers()


def begin_at_once(door: Any, subject: Any) -> None:
    """Told inside the call's door. Without a worker a task would run in the request: then it is left to `tick`."""
    if settings.TASKS_BACKEND != "immediate":
        transaction.on_commit(write_to_subscribers.enqueue, robust=True)


for news in (PUBLISHED, ADDENDUM):
    listen_to_calls(news, begin_at_once)


@register_reminder
def tell_subscribers() -> None:
    """New calls, and addenda of calls, of the last days to everyone whom they fit and who was not told yet."""
    since = clock.real_now() - LOOK_BACK
    calls = Call.objects.public().before_deadline().filter(published_at__gte=since)
    for call in calls.select_related("agency").order_by("published_at", "pk"):
        _tell(NEWS[0], f"subscription:call:{call.pk}:", call, call.published_at, {})
    addenda = CallAddendum.objects.filter(published_at__gte=since, call__in=Call.objects.public().before_deadline())
    for row in addenda.select_related("call__agency").order_by("published_at", "pk"):
        facts = {"number": row.number, "summary": row.summary}
        _tell(NEWS[1], f"subscription:addendum:{row.pk}:", row.call, row.published_at, facts)


def subscribers_of(call: Call, at: datetime) -> QuerySet[CallSubscription]:
    """Subscriptions that a call fits and that were confirmed before: by field and by province, none being all."""
    live = CallSubscription.objects.filter(confirmed_at__lte=at, ended_at=None)
    return live.filter(_fits_fields(call), _fits_provinces(call)).order_by("pk")


def _fits_fields(call: Call) -> Q:
    """A call without fields of work is for everybody, as is a subscription without any."""
    fields = list(call.fields_of_work.values_list("pk", flat=True))
    if not fields:
        return Q()
    through = CallSubscription.fields_of_work.through.objects.filter(callsubscription=OuterRef("pk"))
    return ~Exists(through) | Q(Exists(through.filter(fieldofwork__in=fields)))


def _fits_provinces(call: Call) -> Q:
    """A call without provinces is for the whole country."""
    provinces = list(call.areas.values_list("province_code", flat=True))
    if not provinces:
        return Q()
    areas = SubscriptionArea.objects.filter(subscription=OuterRef("pk"))
    return ~Exists(areas) | Q(Exists(areas.filter(province_code__in=provinces)))


def _tell(kind: str, prefix: str, call: Call, at: datetime, facts: dict[str, Any]) -> None:
    """Queue the letters that are not written yet; the key holds a digest, so that it outlives no address."""
    written = set(OutboxMessage.objects.filter(dedupe_key__startswith=prefix).values_list("dedupe_key", flat=True))
    waiting = [(f"{prefix}{_digest(row.email)}", row) for row in subscribers_of(call, at).iterator()]
    waiting = [(key, row) for key, row in waiting if key not in written]
    if not waiting:
        return
    texts = texts_in_force(kind)
    words = {language: _words(texts, call, facts, language) for language in texts}
    for key, row in waiting:
        with transaction.atomic():
            told = words[row.language]
            enqueue(kind=kind, to_email=row.email, dedupe_key=key, context={"subscription": row.pk}, **told)


def _digest(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()[:32]


def _words(texts: NoticeTexts, call: Call, facts: dict[str, Any], language: str) -> dict[str, str]:
    """The letter's words in a language; what the call itself says stays as the agency wrote it."""
    with override(language):
        known = {
            "title": call.title,
            "reference": call.number or call.reference,
            "agency": call.agency.name,
            "until": show_moment(call.closes_at),
            "amount": baht(call.budget_ceiling),
            "link": site_url() + reverse("agreements:call_detail", args=[call.reference]),
            **facts,
        }
        return dict(fill(texts, known))


@register_reminder
def forget_subscribers() -> None:
    """What was not confirmed in time, what was ended, and letters of a month ago."""
    moment = clock.real_now()
    CallSubscription.objects.filter(confirmed_at=None, created_at__lte=moment - CONFIRM_WITHIN).delete()
    CallSubscription.objects.filter(ended_at__lte=moment - KEEP_LETTERS).delete()
    OutboxMessage.objects.filter(kind__in=[CONFIRM, *NEWS], created_at__lte=moment - KEEP_LETTERS).delete()
