"""What missions tell core: words of their events, requirements of their moves, who reads their files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.files import register_access
from core.models import StoredFile
from core.registry import register_history_labels
from core.workflow import register_book
from partnerships.models import Mission
from partnerships.requirements import mission as requirements

register_book(Mission, requirements.BOOK)


def _reads_mission_file(file: StoredFile, actor: Any) -> bool:
    return Mission.objects.visible_to(actor).filter(pk=file.root_id).exists()


register_access(Mission._meta.label_lower, _reads_mission_file)

register_history_labels(
    {
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
