"""Hearing of new calls by e-mail: anyone, by field of work and province, without an account.

Nothing here passes the door: a subscription belongs to a reader and to no matter of the house, and whoever subscribes
may be nobody that is known. Every change is one conditional UPDATE, so that a link pressed twice does nothing twice.
Its links carry the row's token signed by the server's key: a copy of the database does not open them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from agreements.models import CallSubscription, SubscriptionArea
from core import clock
from core.models import OutboxMessage
from core.outbox import NoLongerWantedError, enqueue
from core.site import site_url
from partnerships.actors import Actor
from partnerships.models import FieldOfWork
from partnerships.queries.people import owns_address

CONFIRM = "subscription.confirm"
NEWS = ("subscription.call", "subscription.addendum")
CONFIRM_WITHIN = timedelta(days=7)
LETTER_AGAIN_AFTER = timedelta(days=1)
KEEP_LETTERS = timedelta(days=30)

_signer = Signer(salt="agreements.subscription")


def subscribe(*, email: str, fields: Iterable[FieldOfWork], provinces: Iterable[str], by: Actor) -> CallSubscription:
    """Note the wish of an address; it counts when the link of the letter sent to it is followed and confirmed.

    fields, provinces (two-digit codes): none means all of them. Of a logged-in person whose proven address it is, the
    subscription counts at once. Its letters are written in the language that is active. Whether the address is
    subscribed already changes nothing that the asker can see.

    Asked again within a day of an unanswered letter, the wish takes the place of the one that waits, and no second
    letter is sent: nobody can fill a stranger's mailbox with this form.
    """
    email = email.strip().lower()
    own = by.user is not None and owns_address(by.user, email)
    with transaction.atomic():
        language = "en" if (get_language() or "").startswith("en") else "th"
        waiting = None if own else _waiting(email)
        subscription = waiting or CallSubscription(email=email, token=secrets.token_urlsafe(32))
        subscription.language = language
        subscription.save()
        subscription.fields_of_work.set(fields)
        subscription.areas.all().delete()
        SubscriptionArea.objects.bulk_create(
            SubscriptionArea(subscription=subscription, province_code=code) for code in sorted(set(provinces))
        )
        if own:
            confirm_subscription(subscription)
        elif waiting is None:
            _ask_to_confirm(subscription)
    return subscription


def _waiting(email: str) -> CallSubscription | None:
    """The address's subscription whose letter went out within the last day and was not answered, locked."""
    rows = CallSubscription.objects.select_for_update().filter(email=email, confirmed_at=None, ended_at=None)
    return rows.filter(created_at__gt=clock.real_now() - LETTER_AGAIN_AFTER).order_by("created_at").last()


def _ask_to_confirm(subscription: CallSubscription) -> None:
    enqueue(
        kind=CONFIRM,
        to_email=subscription.email,
        subject=_("Confirm that you want to hear of new calls for proposals"),
        body=_(
            "Somebody, you we hope, asked that this address hear of new calls for proposals on Phakhi. Open the link "
            "and confirm it within 7 days. If it was not you, do nothing: you get no further letter."
        ),
        context={"subscription": subscription.pk},
    )


def confirm_subscription(subscription: CallSubscription) -> bool:
    """Let a subscription count, in place of any other of the same address. True when it counts now.

    False for one that was ended, or was not confirmed within its time.
    """
    moment = clock.real_now()
    with transaction.atomic():
        waiting = CallSubscription.objects.filter(pk=subscription.pk, ended_at=None, confirmed_at=None)
        confirmed = waiting.filter(created_at__gt=moment - CONFIRM_WITHIN).update(confirmed_at=moment)
        if confirmed:
            same = CallSubscription.objects.filter(email=subscription.email, ended_at=None)
            for other in same.exclude(pk=subscription.pk).exclude(confirmed_at=None):
                _end(other)
    return CallSubscription.objects.filter(pk=subscription.pk, ended_at=None).exclude(confirmed_at=None).exists()


def end_subscription(subscription: CallSubscription) -> None:
    """End it: the address, its choices and the letters to it are forgotten at once. Ending twice does nothing."""
    with transaction.atomic():
        _end(subscription)
        letters = OutboxMessage.objects.filter(kind__in=[CONFIRM, *NEWS], context__subscription=subscription.pk)
        letters.delete()


def _end(subscription: CallSubscription) -> None:
    live = CallSubscription.objects.filter(pk=subscription.pk, ended_at=None)
    if live.update(ended_at=clock.real_now(), email=""):
        subscription.areas.all().delete()
        subscription.fields_of_work.clear()


# --- links ----------------------------------------------------------------------------------------------------------


def link_token(subscription: CallSubscription) -> str:
    """What stands in the address of a link."""
    return _signer.sign(subscription.token)


def subscription_of(token: str) -> CallSubscription | None:
    """The subscription whose link this is, or None for a token that we did not give out."""
    try:
        return CallSubscription.objects.filter(token=_signer.unsign(token)).first()
    except BadSignature:
        return None


def confirm_url(subscription: CallSubscription) -> str:
    return site_url() + reverse("agreements:subscription_confirm", args=[link_token(subscription)])


def end_url(subscription: CallSubscription) -> str:
    return site_url() + reverse("agreements:subscription_end", args=[link_token(subscription)])


# --- letters, completed when they are sent --------------------------------------------------------------------------


def complete_confirmation(message: OutboxMessage) -> str:
    """The letter with the link that confirms. Raises NoLongerWantedError where it was ended meanwhile."""
    return f"{message.body}\n\n{confirm_url(_live(message))}\n"


def complete_news(message: OutboxMessage) -> str:
    """News with the way to end the subscription below. Raises NoLongerWantedError where it was ended meanwhile."""
    subscription = _live(message)
    with override(subscription.language):  # as the letter itself
        why = _("You get this letter because you subscribed to calls for proposals. End it here:")
    return f"{message.body}\n\n--\n{why}\n{end_url(subscription)}\n"


def news_headers(message: OutboxMessage) -> dict[str, str]:
    """RFC 2369 and RFC 8058: the mail program's own button ends the subscription by one POST, without a log-in."""
    return {
        "List-Unsubscribe": f"<{end_url(_live(message))}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _live(message: OutboxMessage) -> CallSubscription:
    found = CallSubscription.objects.filter(pk=message.context.get("subscription"), ended_at=None).first()
    if found is None:
        raise NoLongerWantedError("the subscription was ended")
    return found
