"""How a partner stands: what is held against it, whether it is verified, and what that means for it, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ui import show_day
from partnerships.enums import PARTNER_KINDS, FlagKind
from partnerships.models import AuthorisedRepresentative, Flag, Organisation

Text = str | Promise
_day = lazy(show_day, str)


def flags_binding(organisation_id: int) -> QuerySet[Flag]:
    """Every flag that concerns the organisation: its own, and those of records that were merged into it."""
    return Flag.objects.filter(Q(organisation=organisation_id) | Q(organisation__merged_into=organisation_id))


def open_flags(organisation: Organisation) -> QuerySet[Flag]:
    """The flags that bind it and were not lifted, the latest first."""
    return flags_binding(organisation.pk).filter(lifting__isnull=True)


def why_blocked(organisation_id: int | None) -> Text | None:
    """Why the organisation can neither submit nor be selected today, in words for its people; None where it can."""
    if organisation_id is None:
        return None
    held = flags_binding(organisation_id).filter(kind=FlagKind.BLOCKED, lifting__isnull=True)
    flag = held.select_related("organisation").order_by("raised_at", "pk").first()
    return words_of_block(flag) if flag else None


def why_unrepresented(organisation: Organisation) -> Text | None:
    """Why the organisation cannot sign today: nobody on record may bind it; None where someone may (§4 step 5).

    Only partners are asked: an agency's signatory acts by its office.
    """
    if organisation.kind not in PARTNER_KINDS:
        return None
    if AuthorisedRepresentative.objects.current(clock.today()).filter(organisation=organisation).exists():
        return None
    return _(
        "The organisation's profile names no authorised representative whose authority holds today. Its administrator "
        "adds one there; then it can sign."
    )


def words_of_block(flag: Flag) -> Text:
    """Since when, why, on what ground, and whom to turn to."""
    sentence = _(
        "{name} has been blocked since {day} and can neither send in proposals nor be selected nor sign a new "
        "agreement. Reason: {reason} Legal ground: {ground} Questions and objections: {contact}"
    )
    return format_lazy(
        sentence,
        name=flag.organisation.name_th,
        day=_day(flag.raised_on),
        reason=_ended(flag.reason),
        ground=_ended(flag.legal_ground),
        contact=settings.HELP_CONTACT or _("OPDC"),
    )


def _ended(text: str) -> str:
    return text.strip().rstrip(".") + "."


def why_not_selectable(organisation: Organisation) -> Text | None:
    """Why this organisation cannot be selected today, in words for the giver; None where it can."""
    if organisation.is_blocked:
        return format_lazy(_("{name} is blocked."), name=organisation.name_th)
    if not organisation.is_verified:
        return format_lazy(_("{name} is not verified today."), name=organisation.name_th)
    return None


def unselectable(organisations: Iterable[Organisation]) -> list[Text]:
    """The reasons of all that cannot be selected today."""
    return [reason for organisation in organisations if (reason := why_not_selectable(organisation))]


def verification_tone(organisation: Organisation) -> tuple[str, Text]:
    """How the verification stands today, as tone and words."""
    if organisation.is_verified:
        return "good", format_lazy(_("Verified until {day}"), day=_day(organisation.verified_until))
    if organisation.verified_until and organisation.verified_until < clock.today():
        return "warn", format_lazy(_("Verification expired on {day}"), day=_day(organisation.verified_until))
    return "plain", _("Not verified")
