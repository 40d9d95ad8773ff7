"""What registering partners and their profiles tell core: words for events."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.registry import register_history_labels

register_history_labels(
    {
        "organisation.register": _("Registration begun"),
        "organisation.submit_registration": _("Registration sent in"),
        "organisation.return_registration": _("Registration returned for correction"),
        "organisation.accept_registration": _("Taken into the register"),
    }
)
