"""What the desk tells core: its place in the navigation, who reads an export's file, how long it is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.models import Export
from agreements.permissions import desk_reader
from core import clock
from core.files import register_access
from core.registry import register_nav
from core.settings_catalogue import Kind, register_setting, value_of

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
    """Who asked for it, while still working at the desk of that organisation, until it expires."""
    since = clock.now() - timedelta(days=value_of("desk.export_days"))
    own = Export.objects.visible_to(actor).filter(pk=file.root_id, finished_at__gt=since)
    return desk_reader(actor) and own.exists()


register_access(Export._meta.label_lower, reads_export)
