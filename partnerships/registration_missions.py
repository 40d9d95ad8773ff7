"""What missions tell core: words of their events, requirements of their moves, who reads their files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.files import register_access
from core.models import StoredFile
from core.registry import register_history_labels, register_nav
from core.workflow import register_book
from partnerships.actions import form_choice, shortlist  # noqa: F401  (register the matters of a mission)
from partnerships.models import Mission
from partnerships.requirements import mission as requirements

register_book(Mission, requirements.BOOK)


def _reads_mission_file(file: StoredFile, actor: Any) -> bool:
    return Mission.objects.visible_to(actor).filter(pk=file.root_id).exists()


register_access(Mission._meta.label_lower, _reads_mission_file)

register_history_labels(
    {
        "mission.record_approach": _("Approach to the agency recorded"),
        "mission.record_meeting": _("Meeting recorded"),
        "missionsuggestion.send": _("Proposal sent"),
        "missionsuggestion.assign": _("Put to an agency"),
        "missionsuggestion.talk_over": _("To be talked over"),
        "missionsuggestion.adopt": _("Taken up as a mission"),
        "missionsuggestion.decline": _("Not taken up"),
        "talk.create": _("Talk logged"),
        "talk.edit": _("Entry edited"),
        "policy.create": _("Policy recorded"),
        "policy.edit": _("Policy edited"),
        "policy.add": _("Mission put under the policy"),
        "policy.remove": _("Mission taken out of the list"),
        "policy.rank": _("Order of the missions changed"),
        "mission.add_to_shortlist": _("Partner put on the shortlist"),
        "mission.remove_from_shortlist": _("Partner taken off the shortlist"),
        "mission.invite_shortlist": _("Partners of the shortlist invited"),
        "shortlistentry.express_interest": _("An invited partner is interested"),
        "shortlistentry.decline": _("An invited partner declined"),
        "mission.assess_readiness": _("Readiness of a candidate assessed"),
        "mission.ask_for_self_assessment": _("Candidate asked to rate itself"),
        "readinessrequest.rate_itself": _("Candidate rated its own readiness"),
    }
)
register_nav(
    _("Invitations and proposals"),
    "partnerships:partner_missions",
    visible=lambda actor: actor.is_partner,
    order=22,
    icon="envelope",
)
