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

# Kinds whose words depend on what happened: the system's subject and text come whole, and can be put into other words.
WHOLE = {"subject": _("the subject as the system writes it"), "body": _("the text as the system writes it")}

for number, (kind, name) in enumerate(
    (
        ("organisation.submitted", _("Registration to check")),
        ("organisation.verified", _("Organisation verified")),
        ("organisation.not_verified", _("Organisation not verified")),
        ("organisation.reverify", _("Organisation to verify again")),
        ("organisation.expiry", _("Verification or document about to expire")),
        ("organisation.flagged", _("Flag raised about an organisation")),
        ("organisation.flag_lifted", _("Flag lifted")),
        ("organisation.merged", _("Organisations merged")),
        ("organisation.bank_account", _("Bank account changed")),
        ("sponsorship.asked", _("Request to sponsor a group")),
        ("sponsorship.answered", _("Answer to a request to sponsor")),
        ("sponsorship.ended", _("Sponsorship ended")),
        ("invitation.answered", _("Invitation answered")),
        ("appointment.proposed", _("Appointment to confirm")),
        ("appointment.decided", _("Appointment decided")),
        ("membership.change", _("Roles changed")),
        ("membership.end", _("Membership ended")),
        ("suggestion.sent", _("Mission suggested")),
        ("suggestion.answered", _("Answer to a suggested mission")),
    )
):
    register_notice(kind, name, subject="{subject}", body="{body}", placeholders=WHOLE, order=120 + number)
