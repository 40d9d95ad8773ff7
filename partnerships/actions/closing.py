"""Closing an account: the person goes, what the law keeps stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Book, Requirement, Rule, Stamp, pass_door, register_book, together
from core.workflow.refusals import Text
from partnerships.actions.members import keeps_an_administrator, leave_organisation
from partnerships.models import EndorsementPosition, Membership, User
from partnerships.permissions.people import is_self

CLOSED_ADDRESS = "closed-%d@closed.invalid"  # RFC 2606: no mail ever arrives there
REASON = _("The account was closed by the person.")

Duties = Callable[[User], Iterable[Text]]
_duties: dict[str, Duties] = {}


def register_running_duties(name: str, find: Duties) -> None:
    """Have an upper floor say which duties keep a person from closing the account (in AppConfig.ready)."""
    _duties[name] = find


def what_hinders(user: User) -> list[Requirement]:
    """What has to be handed over before the account can be closed: one line each, empty where nothing is."""
    found = [*_last_administrator_of(user), *_positions_of(user)]
    for find in _duties.values():
        found += find(user)
    return [Requirement(f"duty_{n}", title, lambda _facts: False) for n, title in enumerate(found)]


def _last_administrator_of(user: User) -> Iterable[Text]:
    current = Membership.objects.current(clock.today()).filter(user=user).select_related("organisation")
    for membership in current.order_by("pk"):
        if not keeps_an_administrator(membership):
            yield gettext("Name another administrator of %(organisation)s") % {
                "organisation": membership.organisation.name
            }


def _positions_of(user: User) -> Iterable[Text]:
    held = EndorsementPosition.objects.filter(Q(valid_until=None) | Q(valid_until__gte=clock.today()), holder=user)
    for position in held.select_related("organisation"):
        facts = {"position": position.title, "organisation": position.organisation.name}
        yield gettext("Hand over the position %(position)s in the approval chain of %(organisation)s") % facts


register_book(
    User,
    Book(
        load=what_hinders,
        requirements={
            "nothing_in_hand": Requirement(
                "nothing_in_hand", _("Duties that have to be handed over first"), lambda hindrances: not hindrances
            )
        },
    ),
)
CLOSE = Rule(
    "close",
    _("Close the account"),
    role=is_self,
    when=lambda user: user.closed_at is None,
    requires=("nothing_in_hand",),
)


def close_account(*, user: User, by: Any, stamp: Stamp | None = None) -> User:
    """End all memberships, switch the account off and reduce the personal data; history and signatures stay.

    Raises Missing while the person is the last administrator somewhere or holds a running duty.
    """
    memberships = Membership.objects.current(clock.today()).filter(user=user).select_related("organisation")
    with together():
        for membership in memberships.order_by("organisation_id"):
            leave_organisation(membership=membership, reason=str(REASON), by=by)
        with pass_door(user, CLOSE, by=by, stamp=stamp) as door:
            _reduce(door.root)
    return door.root


def _reduce(user: User) -> None:
    """What is not needed for the history goes. The name stays: what was signed and decided has to say by whom."""
    user.is_active, user.is_staff, user.closed_at = False, False, clock.real_now()
    user.email = CLOSED_ADDRESS % user.pk
    user.phone = user.position_title = user.signature_name = user.signature_title = ""
    user.set_unusable_password()
    EmailAddress.objects.filter(user=user).delete()
    for app, model in (("mfa", "Authenticator"), ("socialaccount", "SocialAccount")):
        if apps.is_installed(f"allauth.{app}"):
            apps.get_model(app, model).objects.filter(user=user).delete()
