"""Notices to people, each in his or her own language: queued at the door, sent after commit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from core import clock
from core.notice_texts import fill, is_registered, texts_in_force
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


def tell(
    door: Passage,
    users: Iterable[int],
    *,
    kind: str,
    about: Any = None,
    subject: Any = "",
    body: Any = "",
    even_self: bool = False,
    attachments: list[dict[str, str]] | None = None,
    **context: Any,
) -> None:
    """Queue a notice to these users (ids), each in his or her own language.

    Whoever acts is not told of the own act, but `even_self` (a receipt).

    The words are those in force for a registered kind (`core.notice_texts`), its placeholders filled from `context`
    and from `about`, the matter (default: the door's root), as {title} and {reference}; a given subject and body are
    {subject} and {body} there. A kind that is not registered is told in the given subject and body. `attachments` go
    with the mail: mappings of name, content (text) and type.
    """
    matter = about or door.root
    known = {"title": getattr(matter, "title", ""), "reference": getattr(matter, "reference", ""), **context}
    known |= {"subject": subject, "body": body}
    texts = texts_in_force(kind) if is_registered(kind) else None
    kept = {"context": {"attachments": attachments}} if attachments else {}
    for user in User.objects.filter(pk__in=[pk for pk in users if even_self or pk != door.by.user_id]).order_by("pk"):
        with override(user.language):
            words = fill(texts, known) if texts else {"subject": str(subject), "body": str(body)}
        door.notify(kind=kind, to_user_id=user.pk, **words, **kept)
