"""What the endorsement chains tell core: navigation, the link on an agency's page, words for events."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.registry import register_history_labels, register_nav, register_panel
from partnerships.models import Organisation
from partnerships.permissions.endorsement import keeps_chains, may_see_chain


def chains_panel(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """The way to an agency's chains, for those who may see them."""
    if not may_see_chain(organisation, request.actor):
        return None
    return {"url": reverse("partnerships:endorsement_chains", args=[organisation.pk])}


register_nav(_("Endorsement chains"), "partnerships:own_chains", visible=keeps_chains, order=70, icon="diagram-3")
register_panel("organisation_detail", "chains", "partnerships/_panel_chains.html", context=chains_panel, order=50)
register_history_labels(
    {
        "organisation.set_chain": _("Endorsement chain set"),
        "organisation.remove_chain": _("Endorsement chain taken away"),
        "organisation.name_deputy": _("Deputy named"),
        "organisation.end_deputy": _("Deputy's time ended"),
    }
)
