"""A person's own record: profile, and having read the privacy notice."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Rule, Stamp, pass_door
from partnerships.models import PrivacyAcceptance, PrivacyNotice, User
from partnerships.permissions.people import is_self

PROFILE_FIELDS = (
    "full_name_th",
    "full_name_en",
    "position_title",
    "phone",
    "language",
    "signature_name",
    "signature_title",
)

EDIT_PROFILE = Rule("edit_profile", _("Edit the profile"), role=is_self, when=lambda user: user.closed_at is None)
ACCEPT_NOTICE = Rule("accept_privacy_notice", _("I have read the notice"), role=is_self)


def edit_profile(*, user: User, by: Any, stamp: Stamp | None = None, **facts: str) -> User:
    """Write the fields of PROFILE_FIELDS. The event names the fields only: personal data stay out of the chain."""
    with pass_door(user, EDIT_PROFILE, by=by, stamp=stamp) as door:
        changed = sorted(name for name, value in facts.items() if getattr(door.root, name) != value)
        for name in changed:
            setattr(door.root, name, facts[name])
        door.payload.update(fields=changed)
    return door.root


def accept_privacy_notice(*, notice: PrivacyNotice, by: Any, stamp: Stamp | None = None) -> PrivacyAcceptance:
    """Note that the person has read this version of the notice; once, whatever the number of windows."""
    with pass_door(by.user, ACCEPT_NOTICE, by=by, stamp=stamp) as door:
        acceptance, _made = PrivacyAcceptance.objects.get_or_create(
            user=door.root, notice=notice, defaults={"accepted_at": clock.real_now()}
        )
        door.payload.update(version=notice.version)
    return acceptance
