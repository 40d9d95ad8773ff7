"""The notices of evaluations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.registration_notices import ABOUT, COMMENT, MATTER
from core.notice_texts import register_notice

register_notice(
    "round.opened",
    _("Evaluation opened"),
    subject=_("An evaluation has been opened: please report your actual figures"),
    body=ABOUT,
    placeholders=MATTER,
    order=300,
)
register_notice(
    "round.invited",
    _("Invitation to evaluate"),
    subject=_("You are invited to evaluate an agreement from outside"),
    body=ABOUT,
    placeholders=MATTER,
    order=301,
)
register_notice(
    "round.verdict_proposed",
    _("Evaluation to accept"),
    subject=_("An evaluation is waiting for your acceptance"),
    body=ABOUT,
    placeholders=MATTER,
    order=302,
)
register_notice(
    "round.verdict_returned",
    _("Verdict sent back"),
    subject=_("The verdict you proposed was sent back"),
    body=ABOUT + "\n{comment}",
    placeholders={**MATTER, **COMMENT},
    order=303,
)
register_notice(
    "round.accepted",
    _("Evaluation accepted"),
    subject=_("An evaluation has been accepted"),
    body=ABOUT,
    placeholders=MATTER,
    order=304,
)
