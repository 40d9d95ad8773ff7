"""What subscriptions to calls tell the ground floor: how their letters are completed, and the letters' words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements import subscription_letters
from agreements.actions.subscriptions import CONFIRM, NEWS, complete_confirmation, complete_news, news_headers
from core.notice_texts import register_notice
from core.outbox import register_completion, register_headers
from core.settings_catalogue import Kind, register_setting

__all__ = ["subscription_letters"]  # imported for the reminders it registers

register_completion(CONFIRM, complete_confirmation)
for news in NEWS:
    register_completion(news, complete_news)
    register_headers(news, news_headers)

ABOUT_CALL = {
    "title": _("title of the call"),
    "reference": _("its number"),
    "agency": _("the agency"),
    "until": _("the deadline"),
    "amount": _("the budget ceiling in baht"),
    "link": _("address of the call's page"),
}
register_notice(
    NEWS[0],
    _("New call, to those who subscribed"),
    subject=_("New call for proposals: {title}"),
    body=_(
        "{agency} calls for proposals: {title} ({reference})\nUp to {amount} baht\nProposals until {until}\n\n{link}"
    ),
    placeholders=ABOUT_CALL,
    order=240,
)
register_notice(
    NEWS[1],
    _("Addendum to a call, to those who subscribed"),
    subject=_("Addendum {number} to a call for proposals: {title}"),
    body=_("{agency} changed the call {title} ({reference}):\n{summary}\n\nProposals until {until}\n\n{link}"),
    placeholders={**ABOUT_CALL, "number": _("number of the addendum"), "summary": _("what was changed and why")},
    order=241,
)
register_setting(
    "agreements.questions_per_day",
    _("Questions that an organisation may ask on one call in a day"),
    help=_("A person without an organisation counts for himself or herself."),
    kind=Kind.COUNT,
    default=10,
    minimum=1,
    maximum=100,
    section=_("Agreements"),
    order=45,
)
