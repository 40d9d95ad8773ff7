"""The main navigation, by what a role does."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.registry import register_nav
from partnerships.permissions import may_see_partners
from reporting.permissions import may_see_dashboard


def _logged_in(actor: Any) -> bool:
    return actor is not None and actor.user_id is not None


def _keeps_missions(actor: Any) -> bool:
    return _logged_in(actor) and (actor.is_agency or actor.is_opdc)


def _sees_partners(actor: Any) -> bool:
    return _logged_in(actor) and may_see_partners(actor)


def _sees_dashboard(actor: Any) -> bool:
    return _logged_in(actor) and may_see_dashboard(actor)


def _outside(actor: Any) -> bool:
    """Not logged in, or in without a place of one's own among the calls."""
    return not _logged_in(actor)


def register() -> None:
    register_nav(_("My work"), "reporting:home", visible=_logged_in, order=10, icon="list-check")
    register_nav(_("Missions"), "partnerships:mission_list", visible=_keeps_missions, order=20, icon="flag")
    register_nav(_("Calls for proposals"), "agreements:call_list", visible=_logged_in, order=30, icon="megaphone")
    register_nav(_("Agreements"), "agreements:agreement_list", visible=_logged_in, order=40, icon="file-earmark-check")
    register_nav(_("Decisions"), "agreements:decision_list", visible=_keeps_missions, order=50, icon="pen")
    register_nav(_("Partners"), "partnerships:organisation_list", visible=_sees_partners, order=60, icon="people")
    register_nav(_("Dashboard"), "reporting:dashboard", visible=_sees_dashboard, order=70, icon="bar-chart")
    register_nav(_("Open calls"), "reporting:public_calls", visible=_outside, order=80, icon="megaphone")
    register_nav(_("Public register"), "reporting:public_agreements", order=90, icon="globe2")
