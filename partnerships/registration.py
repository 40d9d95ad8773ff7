"""What this floor tells core: the organisations one may act for, and words for its events."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.registry import ActingChoice, register_acting_choices, register_history_labels, register_nav
from partnerships.permissions import may_see_partners


def acting_choices(request: HttpRequest) -> Iterator[ActingChoice]:
    """The organisations of the person who asks, with the roles held in each."""
    for membership in request.memberships:
        yield ActingChoice(
            value=str(membership.organisation_id),
            label=membership.organisation.name,
            detail=", ".join(str(role.get_role_display()) for role in membership.roles.all()),
            current=membership.organisation_id == request.actor.organisation_id,
        )


register_acting_choices(acting_choices)
register_history_labels(
    {
        "mission.create": _("Mission recorded"),
        "mission.edit": _("Mission edited"),
        "mission.choose_form": _("Form of partnership chosen"),
        "mission.propose_form": _("Form of partnership proposed"),
    }
)
register_nav(_("Missions"), "partnerships:mission_list", visible=may_see_partners, order=20, icon="bullseye")
register_nav(_("Partners"), "partnerships:organisation_list", visible=may_see_partners, order=60, icon="people")
