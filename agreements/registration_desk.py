"""What the desk tells core: its place in the navigation, who reads an export's file, how long it is kept."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements import export_upkeep
from agreements.actions.exports import kept_since
from agreements.enums import ExportKind
from agreements.models import Export
from agreements.permissions.calls import desk_reader
from core.files import register_access
from core.registry import register_nav
from core.settings_catalogue import Kind, register_setting

__all__ = ["export_upkeep"]  # imported for the reminders it registers

register_nav(
    _("Proposals received"),
    "agreements:desk_list",
    visible=lambda actor: bool(actor and actor.user_id and desk_reader(actor)),
    order=32,
    icon="inbox",
)
register_setting(
    "desk.export_days",
    _("Days for which a finished export can be downloaded"),
    help=_("Archives and tables of proposals that were made aside. After that they are made anew when asked for."),
    kind=Kind.DAYS,
    default=7,
    minimum=1,
    maximum=90,
    section=_("Agreements"),
    order=60,
)


def reads_export(file: Any, actor: Any) -> bool:
    """Who asked for it, while still working at the desk of that organisation or judging the call, until it expires."""
    own = Export.objects.visible_to(actor).filter(pk=file.root_id, finished_at__gt=kept_since())
    return own.exists() if desk_reader(actor) else own.filter(kind=ExportKind.JUDGED_ZIP).exists()


register_access(Export._meta.label_lower, reads_export)
