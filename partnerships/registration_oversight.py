"""What OPDC's oversight of organisations tells core: panels, navigation, cards, words for events."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.registry import register_admin_card, register_history_labels, register_nav, register_panel
from partnerships import reminders  # noqa: F401 - registers its reminder
from partnerships.oversight_panels import duplicates_panel, flags_panel, verification_panel
from partnerships.permissions.oversight import is_opdc_staff, sees_waiting_list


def _opdc(actor: Any) -> bool:
    return is_opdc_staff(None, actor)


def _provincial(actor: Any) -> bool:
    """OPDC, whose navigation is full, comes to the list from its work list and from the list of partners."""
    return sees_waiting_list(actor) and not actor.is_opdc


register_panel("organisation_detail", "flags", "partnerships/_panel_flags.html", context=flags_panel, order=5)
register_panel(
    "organisation_detail", "verification", "partnerships/_panel_verification.html", context=verification_panel, order=10
)
register_panel(
    "organisation_detail", "duplicates", "partnerships/_panel_duplicates.html", context=duplicates_panel, order=90
)
register_nav(_("To be verified"), "partnerships:verification_list", visible=_provincial, order=61, icon="patch-check")
register_admin_card(
    _("Duplicates"),
    _("Look at organisations that may be one, and merge them or say that they are two."),
    "partnerships:duplicate_list",
    visible=_opdc,
    order=30,
    icon="layers",
)
register_admin_card(
    _("Ministries and departments"),
    _("Add, rename, move or retire agencies; former names are kept."),
    "partnerships:agency_list",
    visible=_opdc,
    order=31,
    icon="bank",
)
register_admin_card(
    _("Provincial offices"),
    _("Name the offices that coordinate, or verify partners, in a province."),
    "partnerships:duty_list",
    visible=_opdc,
    order=32,
    icon="geo-alt",
)
register_history_labels(
    {
        "organisation.verify": _("Verification recorded"),
        "organisation.raise_flag": _("Flag raised"),
        "organisation.lift_flag": _("Flag lifted"),
        "organisation.take_over": _("Another record merged into this one"),
        "organisation.merge_away": _("Merged into another record"),
        "organisation.not_duplicate": _("Found to be another organisation than a similar one"),
        "organisation.enter": _("Entered by OPDC"),
        "organisation.add_agency": _("Agency added"),
        "organisation.rename_agency": _("Agency renamed"),
        "organisation.move_agency": _("Agency moved to another ministry"),
        "organisation.retire_agency": _("Agency retired"),
        "organisation.name_duty": _("Provincial duty given"),
        "organisation.end_duty": _("Provincial duty ended"),
    }
)
