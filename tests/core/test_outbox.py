"""Notices: written with what they tell of, sent after commit, once, and again when sending failed."""

import threading
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from freezegun import freeze_time

from core import clock, outbox
from core.models import OutboxMessage
from core.outbox import deliver_due, deliver_outbox, enqueue
from core.transactions import NoTransactionError

pytestmark = pytest.mark.django_db(transaction=True)


def write(**changes: Any) -> OutboxMessage | None:
    notice = {"kind": "test.notice", "to_email": "a@example.org", "subject": "เรื่อง", "body": "ข้อความ"}
    with transaction.atomic():
        return enqueue(**{**notice, **changes})


def waiting(**changes: Any) -> OutboxMessage:
    """A notice that is due but was not sent at once."""
    with mock.patch.object(outbox, "_send", side_effect=OSError("down")):
        message = write(**changes)
    OutboxMessage.objects.filter(pk=message.pk).update(attempts=0, due_at=clock.real_now(), last_error="")
    return message


# --- writing --------------------------------------------------------------------------------------------------------


def test_a_notice_is_sent_after_commit_and_not_before() -> None:
    with transaction.atomic():
        enqueue(kind="test.notice", to_email="a@example.org", subject="เรื่อง", body="ข้อความ")
        assert mail.outbox == []
    assert [(m.subject, m.body, m.to) for m in mail.outbox] == [("เรื่อง", "ข้อความ", ["a@example.org"])]
    assert OutboxMessage.objects.get().sent_at is not None


def test_a_notice_of_what_was_rolled_back_is_never_sent() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(kind="test.notice", to_email="a@example.org", subject="s", body="b")
        raise ZeroDivisionError
    assert mail.outbox == []
    assert not OutboxMessage.objects.exists()


def test_a_notice_cannot_be_written_outside_a_transaction() -> None:
    with pytest.raises(NoTransactionError):
        enqueue(kind="test.notice", to_email="a@example.org", subject="s", body="b")


def test_the_same_dedupe_key_tells_once() -> None:
    first, second = write(dedupe_key="due:1"), write(dedupe_key="due:1")
    assert first.pk == OutboxMessage.objects.get().pk
    assert second is None
    assert len(mail.outbox) == 1


def test_a_line_break_in_a_subject_makes_no_new_header() -> None:
    write(subject="เรื่อง\r\nBcc: everybody@example.org")
    assert mail.outbox[0].subject == "เรื่อง Bcc: everybody@example.org"
    assert mail.outbox[0].recipients() == ["a@example.org"]


def test_a_notice_needs_a_receiver() -> None:
    with pytest.raises(Exception, match="outbox_has_receiver"):
        write(to_email=None)


# --- to whom --------------------------------------------------------------------------------------------------------


def a_user(email: str) -> Any:
    user = get_user_model()()
    setattr(user, get_user_model().USERNAME_FIELD, email)
    setattr(user, get_user_model().EMAIL_FIELD, email)
    user.set_unusable_password()
    user.save()
    return user


def test_a_users_address_is_looked_up_when_sending() -> None:
    user = a_user("old@example.org")
    message = waiting(to_email=None, to_user_id=user.pk)
    user.email = "new@example.org"
    user.save()
    assert deliver_outbox.call(message.pk) is True
    assert mail.outbox[0].to == ["new@example.org"]


def test_someone_switched_off_is_not_written_to() -> None:
    user = a_user("gone@example.org")
    user.is_active = False
    user.save()
    message = write(to_email=None, to_user_id=user.pk)
    message.refresh_from_db()
    assert mail.outbox == []
    assert (message.sent_at, message.attempts) == (None, 1)
    assert "no address" in message.last_error


# --- once -----------------------------------------------------------------------------------------------------------


def test_delivering_again_sends_nothing() -> None:
    message = write()
    assert deliver_outbox.call(message.pk) is False
    assert deliver_due() == 0
    assert len(mail.outbox) == 1


def test_two_workers_send_once() -> None:
    messages = [waiting() for _ in range(5)]
    sent: list[bool] = []
    start = threading.Barrier(2)

    def work() -> None:
        try:
            start.wait()
            sent.extend(deliver_outbox.call(message.pk) for message in messages)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sent.count(True) == 5
    assert len(mail.outbox) == 5


def test_no_row_is_locked_while_the_mail_server_is_talked_to() -> None:
    message = waiting()
    seen: list[bool] = []
    with mock.patch.object(
        EmailBackend, "send_messages", side_effect=lambda m: seen.append(connection.in_atomic_block)
    ):
        deliver_outbox.call(message.pk)
    assert seen == [False]


def test_what_a_dead_worker_had_claimed_is_sent_when_its_lease_ends() -> None:
    message = waiting()
    OutboxMessage.objects.filter(pk=message.pk).update(claimed_until=clock.real_now() + outbox.LEASE)
    assert deliver_due() == 0
    with freeze_time(clock.real_now() + outbox.LEASE + timedelta(seconds=1)):
        assert deliver_due() == 1


# --- later, and again -----------------------------------------------------------------------------------------------


def test_a_failure_harms_nobody_and_is_tried_again_later() -> None:
    with mock.patch.object(EmailBackend, "send_messages", side_effect=OSError("no route")):
        message = write()
    message.refresh_from_db()
    assert (message.attempts, message.sent_at, message.claimed_until) == (1, None, None)
    assert message.last_error == "OSError: no route"
    assert deliver_due() == 0, "not before the pause is over"
    with freeze_time(message.due_at):
        assert deliver_due() == 1
    message.refresh_from_db()
    assert (message.attempts, message.last_error) == (2, "")


def test_every_attempt_carries_the_same_message_id() -> None:
    message = waiting()
    deliver_outbox.call(message.pk)
    OutboxMessage.objects.update(sent_at=None)  # as if we had died before noting it
    deliver_outbox.call(message.pk)
    assert len({m.message()["Message-ID"] for m in mail.outbox}) == 1


def test_after_the_last_attempt_it_is_given_up() -> None:
    message = waiting()
    OutboxMessage.objects.filter(pk=message.pk).update(attempts=outbox.MAX_ATTEMPTS)
    assert deliver_due() == 0


def test_what_is_due_later_waits_for_the_tick() -> None:
    later: datetime = clock.real_now() + timedelta(days=1)
    write(due_at=later)
    call_command("tick", verbosity=0)
    assert mail.outbox == []
    with freeze_time(later):
        call_command("tick", verbosity=0)
        call_command("tick", verbosity=0)
    assert len(mail.outbox) == 1


# --- reminders ------------------------------------------------------------------------------------------------------


@pytest.fixture
def reminders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_reminders", {})


def remind() -> None:
    enqueue(kind="test.due", to_email="a@example.org", subject="s", body="b", dedupe_key="due:1")


def fail() -> None:
    enqueue(kind="test.due", to_email="b@example.org", subject="s", body="b")
    raise ZeroDivisionError("wrong")


@pytest.mark.usefixtures("reminders")
def test_the_tick_calls_registered_reminders_and_tells_nobody_twice() -> None:
    outbox.register_reminder(remind)
    outbox.register_reminder(remind)
    call_command("tick", verbosity=0)
    call_command("tick", verbosity=0)
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("reminders")
def test_a_failing_reminder_is_told_and_stops_no_other() -> None:
    outbox.register_reminder(fail)
    outbox.register_reminder(remind)
    with pytest.raises(CommandError, match="fail"):
        call_command("tick", verbosity=0)
    assert [m.to for m in mail.outbox] == [["a@example.org"]]


# --- more headers, and what is not wanted any more ------------------------------------------------------------------


def test_a_kind_may_have_headers_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(outbox._headers, "test.news", lambda message: {"List-Unsubscribe": f"<x:{message.pk}>"})
    news, other = write(kind="test.news"), write()
    sent = {letter.extra_headers.get("List-Unsubscribe") for letter in mail.outbox}
    assert sent == {f"<x:{news.pk}>", None}
    assert len(mail.outbox) == 2
    assert OutboxMessage.objects.get(pk=other.pk).sent_at is not None


def test_what_is_not_wanted_any_more_is_dropped_and_never_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(message: OutboxMessage) -> str:
        raise outbox.NoLongerWantedError("ended")

    monkeypatch.setitem(outbox._completions, "test.news", ended)
    write(kind="test.news")
    assert mail.outbox == []
    assert not OutboxMessage.objects.exists()
