"""What the ground floor itself lets OPDC decide."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.file_scan import ACCEPT, REFUSE, WHEN_UNREACHABLE
from core.settings_catalogue import Kind, register_setting

# Refused by default: whoever set up a scanner wants no unscanned file handed to every officer of a matter, and what is
# lost is some minutes (the form keeps what was typed). On a closing day OPDC can decide otherwise, here and at once.
register_setting(
    WHEN_UNREACHABLE,
    _("When the virus check cannot be reached"),
    help=_("Concerns sites with a virus scanner. A file accepted without a check is marked as not scanned."),
    kind=Kind.CHOICE,
    choices=(
        (REFUSE, _("Refuse the file and ask to try again")),
        (ACCEPT, _("Accept the file, marked as not scanned")),
    ),
    default=REFUSE,
    section=_("Uploaded files"),
    order=60,
)
