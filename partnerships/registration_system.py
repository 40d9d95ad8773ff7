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
register_admin_card(
    _("Fields of work"),
    _("What organisations work at and missions are about"),
    "partnerships:word_list",
    args=("fields-of-work",),
    visible=is_administering,
    order=30,
    icon="tag",
)
register_admin_card(
    _("Target groups"),
    _("Whom services are for"),
    "partnerships:word_list",
    args=("target-groups",),
    visible=is_administering,
    order=31,
    icon="people",
)
register_admin_card(
    _("Privacy notice"),
    _("What people are told about their personal data, by version"),
    "partnerships:privacy_notice_list",
    visible=is_administering,
    order=40,
    icon="shield-check",
)
register_history_labels(
    {
        "setting.change": _("Setting changed"),
        "privacynotice.publish": _("Privacy notice published"),
        **{
            f"{model}.{move}": words
            for model in ("fieldofwork", "targetgroup")
            for move, words in (
                ("add_word", _("Word added")),
                ("rename_word", _("Word renamed")),
                ("retire_word", _("Word retired")),
                ("restore_word", _("Word taken back into use")),
                ("move_word", _("Word moved in its list")),
            )
        },
    }
)
