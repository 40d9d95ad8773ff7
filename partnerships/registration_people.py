"""What the part about people tells core: words for its events, its place in the menu, letters with a secret."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.outbox import register_completion
from core.registry import register_admin_card, register_history_labels, register_nav, register_panel
from partnerships import middleware_people  # noqa: F401 - listens to log-ins
from partnerships.actions import closing, invitations, members  # noqa: F401 - tell the door their requirements
from partnerships.permissions.people import SECONDING_ROLES, manages_some_people, may_see_people


def _people_panel(request: HttpRequest, organisation: Any) -> dict[str, Any] | None:
    return {"organisation": organisation} if may_see_people(organisation, request.actor) else None


def _seconds(actor: Any) -> bool:
    return actor.is_opdc or (actor.holds(*SECONDING_ROLES) and not manages_some_people(actor))


register_completion(invitations.NOTICE, invitations.complete_letter)
register_nav(_("People and roles"), "partnerships:my_people", visible=manages_some_people, order=70, icon="people-fill")
register_admin_card(
    _("Appointments"),
    _("Executives and authorised representatives of organisations in which nobody else could be the second person."),
    "partnerships:appointment_list",
    visible=lambda actor: actor.is_opdc,
    order=72,
    icon="person-check",
)
register_panel("organisation_detail", "people", "partnerships/_panel_people.html", context=_people_panel, order=40)
register_history_labels(
    {
        "organisation.invite": _("A person was invited"),
        "invitation.send_again": _("Invitation sent again"),
        "invitation.cancel": _("Invitation cancelled"),
        "invitation.accept": _("Invitation accepted"),
        "invitation.decline": _("Invitation declined"),
        "membership.change": _("Roles or term of a member changed"),
        "membership.end": _("Membership ended"),
        "membership.leave": _("A member left"),
        "organisation.propose_appointment": _("Appointment proposed"),
        "appointment.confirm": _("Appointment confirmed by a second person"),
        "appointment.decline": _("Appointment not confirmed"),
        "user.edit_profile": _("Profile edited"),
        "user.accept_privacy_notice": _("Privacy notice read"),
        "user.close": _("Account closed"),
    }
)
