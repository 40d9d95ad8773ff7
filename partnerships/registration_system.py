"""What keeping the system tells core: the entry of the navigation, the cards of the hub, words for events."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.registry import register_admin_card, register_history_labels, register_nav
from partnerships.permissions.administration import is_administering

register_nav(_("System settings"), "partnerships:system", visible=is_administering, order=90, icon="gear")
register_admin_card(
    _("Settings"),
    _("Thresholds, validity, reminders, who needs a second factor"),
    "partnerships:setting_list",
    visible=is_administering,
    order=10,
    icon="sliders",
)
register_admin_card(
    _("Texts of notices"),
    _("What the system writes to people by e-mail, in Thai and English"),
    "partnerships:notice_list",
    visible=is_administering,
    order=20,
    icon="envelope",
)
register_history_labels({"setting.change": _("Setting changed")})
