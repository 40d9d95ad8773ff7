"""Notices to people, each in his or her own language: queued at the door, sent after commit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from core import clock
from core.workflow import Passage
from partnerships.models import MembershipRole, User


def people_in_roles(organisation_ids: Iterable[int], *roles: str) -> list[int]:
    """Ids of the active users who now hold one of the roles in one of the organisations."""
    held = MembershipRole.objects.filter(
        role__in=roles,
        membership__organisation__in=list(organisation_ids),
        membership__user__is_active=True,
        membership__starts_on__lte=clock.today(),
    ).exclude(membership__ends_on__lt=clock.today())
    return sorted(set(held.values_list("membership__user", flat=True)))


def tell(door: Passage, users: Iterable[int], *, kind: str, subject: Any, body: str) -> None:
    """Queue a notice to these users (ids); whoever acts is not told of his or her own act."""
    for user in User.objects.filter(pk__in=[pk for pk in users if pk != door.by.user_id]).order_by("pk"):
        with override(user.language):
            door.notify(kind=kind, to_user_id=user.pk, subject=str(subject), body=str(body))
