"""This floor's part of the main navigation; the floors below register theirs (missions 20, calls 30 …)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.registry import register_history_labels, register_nav, register_panel
from reporting.matching_panel import matching_panel
from reporting.permissions import may_see_dashboard


def _logged_in(actor: Any) -> bool:
    return actor is not None and actor.user_id is not None


def _sees_decisions(actor: Any) -> bool:
    """A giver's own chain: its agency, and OPDC."""
    return _logged_in(actor) and (actor.is_agency or actor.is_opdc)


def _sees_dashboard(actor: Any) -> bool:
    return _logged_in(actor) and may_see_dashboard(actor)


def _outside(actor: Any) -> bool:
    """Whoever is logged in finds the open calls among all others."""
    return not _logged_in(actor)


def _acts_for_partner(actor: Any) -> bool:
    return _logged_in(actor) and actor.is_partner


def register() -> None:
    register_panel("mission_detail", "matching", "reporting/_panel_matching.html", context=matching_panel, order=30)
    register_history_labels(
        {"mission.show": _("Mission shown to partners"), "mission.hide": _("Mission no longer shown to partners")}
    )
    register_nav(_("My work"), "reporting:home", visible=_logged_in, order=10, icon="list-check")
    register_nav(_("Decisions"), "agreements:decision_list", visible=_sees_decisions, order=50, icon="pen")
    register_nav(_("Dashboard"), "reporting:dashboard", visible=_sees_dashboard, order=70, icon="bar-chart")
    register_nav(_("What fits us"), "reporting:own_offers", visible=_acts_for_partner, order=20, icon="bullseye")
    register_nav(_("Open calls"), "agreements:public_calls", visible=_outside, order=80, icon="megaphone")
    register_nav(_("Public register"), "reporting:public_agreements", order=90, icon="globe2")
