"""Notices: written with what they tell of, sent after commit, once.

`enqueue` in a transaction writes the row; when that is committed a task sends it. What could not be sent, and what is
due later, is sent by `manage.py tick`.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import F, Q
from django_tasks import task

from core import clock
from core.models import OutboxMessage
from core.transactions import require_transaction

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 8

log = logging.getLogger(__name__)


class NoAddressError(RuntimeError):
    """The receiver has no address any more: no such user, switched off, or no e-mail."""


class NoLongerWantedError(RuntimeError):
    """Raised while a notice is completed: whoever it is for does not want it any more. It is dropped, not sent."""


# --- writing --------------------------------------------------------------------------------------------------------


def enqueue(
    *,
    kind: str,
    subject: str,
    body: str,
    to_user_id: int | None = None,
    to_email: str | None = None,
    context: dict[str, Any] | None = None,
    due_at: datetime | None = None,
    dedupe_key: str | None = None,
) -> OutboxMessage | None:
    """Write a notice to a user (by id) or to an address, in the caller's transaction.

    subject, body: text in the receiver's language. context: data for pages that list notices, and
    `attachments` ([{"name", "content", "type"}], content is text) for the mail. due_at: not to be sent before (default:
    at once). dedupe_key: told only once; returns None when it was told already.
    Raises NoTransactionError.
    """
    require_transaction("enqueue")
    moment = clock.real_now()
    message = OutboxMessage(
        kind=kind,
        to_user_id=to_user_id,
        to_email=to_email,
        subject=" ".join(str(subject).split())[:300],
        body=str(body),
        context=context or {},
        created_at=moment,
        due_at=due_at or moment,
        dedupe_key=dedupe_key,
    )
    if not _write_once(message):
        return None
    if message.due_at <= moment:
        transaction.on_commit(lambda: deliver_outbox.enqueue(message.pk), robust=True)
    return message


def _write_once(message: OutboxMessage) -> bool:
    if message.dedupe_key is None:
        message.save()
        return True
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)
    written = OutboxMessage.objects.filter(dedupe_key=message.dedupe_key, created_at=message.created_at).first()
    message.pk = written.pk if written else None
    return written is not None


# --- what must not lie in the database, as the secret of a link: put into the text only when it is sent

Complete = Callable[[OutboxMessage], str]
_completions: dict[str, Complete] = {}


def register_completion(kind: str, complete: Complete) -> None:
    """Have notices of a kind sent with the body that `complete(message)` gives (in AppConfig.ready)."""
    _completions[kind] = complete


Headers = Callable[[OutboxMessage], dict[str, str]]
_headers: dict[str, Headers] = {}


def register_headers(kind: str, headers: Headers) -> None:
    """Have notices of a kind sent with more headers (List-Unsubscribe …), worked out when they are sent."""
    _headers[kind] = headers


def _headers_of(message: OutboxMessage) -> dict[str, str]:
    headers = _headers.get(message.kind)
    return headers(message) if headers else {}


def _body_of(message: OutboxMessage) -> str:
    complete = _completions.get(message.kind)
    return complete(message) if complete else message.body


# --- sending --------------------------------------------------------------------------------------------------------


@task()
def deliver_outbox(message_id: int) -> bool:
    """Send one notice if it is due and nobody else sends or has sent it; True when this call sent it."""
    if not _claim(message_id):
        return False
    message = OutboxMessage.objects.get(pk=message_id)
    try:
        _send(message)
    except NoLongerWantedError:
        message.delete()
        return False
    except Exception as error:  # any mail server's trouble: note it, try again later
        _put_back(message, error)
        return False
    OutboxMessage.objects.filter(pk=message_id).update(sent_at=clock.real_now(), claimed_until=None, last_error="")
    return True


def deliver_due() -> int:
    """Send everything that is due; returns how many were sent by this call (messages)."""
    return sum(deliver_outbox.call(message_id) for message_id in list(_due().values_list("pk", flat=True)))


def _due() -> models.QuerySet[OutboxMessage]:
    moment = clock.real_now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=moment)
    return OutboxMessage.objects.filter(free, sent_at__isnull=True, due_at__lte=moment, attempts__lt=MAX_ATTEMPTS)


def _claim(message_id: int) -> bool:
    """Take the lease by one conditional UPDATE: of two workers the second waits for the first, then matches nothing."""
    claimed = _due().filter(pk=message_id).update(claimed_until=clock.real_now() + LEASE, attempts=F("attempts") + 1)
    return claimed == 1


def _send(message: OutboxMessage) -> None:
    mail = EmailMessage(
        subject=message.subject, body=_body_of(message), to=[_address(message)], headers=_headers_of(message)
    )
    # The same on every attempt: a mail server may notice a notice sent twice because we died before noting it.
    mail.extra_headers["Message-ID"] = f"<outbox-{message.pk}-{message.created_at:%Y%m%d%H%M%S%f}@{_mail_domain()}>"
    for file in message.context.get("attachments", ()):
        mail.attach(file["name"], file["content"], file["type"])
    mail.send()


def _address(message: OutboxMessage) -> str:
    if message.to_email:
        return message.to_email
    user = get_user_model()._default_manager.filter(pk=message.to_user_id, is_active=True).first()
    address = getattr(user, user.get_email_field_name(), "") if user else ""
    if not address:
        raise NoAddressError(f"no address for user {message.to_user_id}")
    return address


def _mail_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"


def _put_back(message: OutboxMessage, error: Exception) -> None:
    """Try again after 2, 4, 8 … minutes."""
    log.warning("notice %s could not be sent (attempt %s): %s", message.pk, message.attempts, type(error).__name__)
    OutboxMessage.objects.filter(pk=message.pk).update(
        claimed_until=None,
        due_at=clock.real_now() + timedelta(minutes=2**message.attempts),
        last_error=f"{type(error).__name__}: {error}"[:500],
    )


# --- reminders ------------------------------------------------------------------------------------------------------

Reminder = Callable[[], None]
_reminders: dict[str, Reminder] = {}


def register_reminder(reminder: Reminder) -> Reminder:
    """Have `manage.py tick` call a function without arguments, in a transaction of its own (in AppConfig.ready).

    It looks for what is due by `core.clock.today()` and enqueues notices with a dedupe_key, so that calling it again
    tells nobody twice. It changes no state. Usable as a decorator.
    """
    _reminders[f"{reminder.__module__}.{reminder.__qualname__}"] = reminder
    return reminder


def run_reminders() -> dict[str, Exception]:
    """Call every reminder; returns name → error of those that failed (the others are done all the same)."""
    failed: dict[str, Exception] = {}
    for name, reminder in list(_reminders.items()):
        try:
            with transaction.atomic():
                reminder()
        except Exception as error:
            log.exception("reminder %s failed", name)
            failed[name] = error
    return failed
