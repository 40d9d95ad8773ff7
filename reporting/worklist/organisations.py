"""What waits in one's own organisation: its registration, and groups that ask for a sponsor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.enums import OrganisationStanding, Role, SponsorshipState
from partnerships.models import Sponsorship
from reporting.worklist.item import LIMIT, WorkItem


def sponsorships_to_answer(actor: Any) -> Iterable[WorkItem]:
    """Groups that wait for the answer of the organisation I can bind."""
    if not actor.is_partner or not actor.holds(Role.ADMINISTRATOR, Role.REPRESENTATIVE):
        return
    asked = Sponsorship.objects.filter(sponsor=actor.organisation_id, state=SponsorshipState.ASKED)
    for one in asked.select_related("group").order_by("asked_at", "pk")[:LIMIT]:
        what = _("Answer a group that asks your organisation to be its sponsor")
        yield WorkItem(what=what, matter=one.group.name, reference="", url=one.get_absolute_url())


def profiles_to_finish(actor: Any) -> Iterable[WorkItem]:
    """The registration of the organisation I act for, while it has not been sent in."""
    if not actor.is_partner or not actor.holds(Role.ADMINISTRATOR, Role.REPRESENTATIVE):
        return
    if actor.organisation.standing == OrganisationStanding.DRAFT:
        url = reverse("partnerships:profile_detail", args=[actor.organisation_id])
        what = _("Complete the registration and send it in")
        yield WorkItem(what=what, matter=actor.organisation.name, reference="", url=url)
