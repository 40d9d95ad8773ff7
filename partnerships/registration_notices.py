"""The notices of the ground floor."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.notice_texts import register_notice

MISSION = {"title": _("title of the mission"), "reference": _("its reference")}
AGENCY = {"agency": _("name of the agency")}
PARTNER = {"partner": _("name of the partner")}
ABOUT = "{title} ({reference})"

register_notice(
    "mission.invitation",
    _("Question whether a partner would take a mission"),
    subject=_("An agency asks whether you would take a mission"),
    body=ABOUT + "\n{agency}\n\n{invitation}",
    placeholders={**MISSION, **AGENCY, "invitation": _("what the agency writes")},
    order=100,
)
register_notice(
    "mission.answer",
    _("Answer to such a question"),
    subject=_("A partner has answered your invitation"),
    body=ABOUT + "\n{partner}\n\n{answer}",
    placeholders={**MISSION, **PARTNER, "answer": _("what the partner answers")},
    order=101,
)
register_notice(
    "mission.self_assessment",
    _("Request to rate oneself"),
    subject=_("You are asked to rate your readiness"),
    body=ABOUT + "\n{agency}",
    placeholders={**MISSION, **AGENCY},
    order=102,
)
register_notice(
    "mission.self_assessed",
    _("Candidate has rated itself"),
    subject=_("A candidate has rated its readiness"),
    body=ABOUT + "\n{partner}",
    placeholders={**MISSION, **PARTNER},
    order=103,
)
