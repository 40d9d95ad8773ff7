"""Everything on record about one person, for that person (PDPA s. 30): who asks for it gets it at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Field, Model

from core import clock
from core.models import AuditEvent, OutboxMessage, SecurityEvent
from partnerships.models import Appointment, Invitation, Membership, PrivacyAcceptance, User

ACCOUNT = (
    "email",
    "full_name_th",
    "full_name_en",
    "position_title",
    "phone",
    "language",
    "signature_name",
    "signature_title",
    "date_joined",
    "last_login",
)
# Told in full elsewhere in the export, or without any content of its own.
TOLD_APART = {"Membership", "Invitation", "Appointment", "PrivacyAcceptance"}


def data_about(user: User) -> dict[str, Any]:
    """Account, memberships, invitations, acceptances, acts, notices and every record that names the person."""
    return {
        "made_at": clock.real_now(),
        "account": {name: getattr(user, name) for name in ACCOUNT},
        "memberships": [_membership(row) for row in memberships_ever(user)],
        "invitations": list(_invitations(user)),
        "appointments": list(_appointments(user)),
        "privacy_notices": list(
            PrivacyAcceptance.objects.filter(user=user).values("notice__version", "accepted_at").order_by("accepted_at")
        ),
        "acts": list(
            AuditEvent.objects.filter(actor_id=user.pk)
            .values("sequence", "kind", "recorded_at", "effective_on", "organisation_name", "root_type", "root_id")
            .order_by("sequence")
        ),
        "notices": list(
            OutboxMessage.objects.filter(to_user_id=user.pk)
            .values("kind", "subject", "body", "created_at", "sent_at")
            .order_by("pk")
        ),
        "security": list(
            SecurityEvent.objects.filter(actor_id=user.pk)
            .values("kind", "action", "recorded_at", "ip")
            .order_by("recorded_at", "pk")
        ),
        "named_in": dict(_named_in(user)),
    }


def memberships_ever(user: User) -> Iterable[Membership]:
    found = Membership.objects.filter(user=user).select_related("organisation").prefetch_related("roles")
    return found.order_by("starts_on", "pk")


def _membership(row: Membership) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in ("title", "starts_on", "ends_on", "end_reason")}
    return {"organisation": row.organisation.name_th, "roles": sorted(r.role for r in row.roles.all()), **facts}


def _invitations(user: User) -> Iterable[dict[str, Any]]:
    """Those addressed to the person; what he or she sent stands among the acts."""
    addressed = Invitation.objects.filter(email__iexact=user.email) | Invitation.objects.filter(answered_by=user)
    names = ("organisation__name_th", "email", "full_name", "title", "roles", "state", "invited_at", "answered_at")
    return addressed.values(*names).order_by("invited_at", "pk")


def _appointments(user: User) -> Iterable[dict[str, Any]]:
    names = ("organisation__name_th", "role", "state", "proposed_at", "decided_at", "note")
    return Appointment.objects.filter(user=user).values(*names).order_by("proposed_at", "pk")


def _named_in(user: User) -> Iterable[tuple[str, list[int]]]:
    """Ids of the records, of every floor, that point to the person: "agreements.agreement.officer" → [1, 4]."""
    for model, field in _pointing_to_people():
        found = list(model._base_manager.filter(**{field.name: user}).order_by("pk").values_list("pk", flat=True))
        if found:
            yield f"{model._meta.label_lower}.{field.name}", found


def _pointing_to_people() -> Iterable[tuple[type[Model], Field]]:
    """Every foreign key to people, hidden ones too, except a record's own account of the person told apart."""
    for relation in User._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.one_to_many):
            continue
        model, field = relation.related_model, relation.field
        ours = model._meta.app_label in ("core", "partnerships", "agreements", "evaluations")
        told_apart = field.name == "user" and model.__name__ in TOLD_APART
        if ours and not told_apart and not model.__name__.startswith("Historical"):
            yield model, field
