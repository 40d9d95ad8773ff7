"""What to do next when nothing waits: one sentence and one link for each role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partnerships.enums import Role


@dataclass(frozen=True)
class NextStep:
    text: str
    url_name: str = ""
    action: str = ""


def next_step_for(actor: Any) -> NextStep:
    """The most useful thing this person can do when the list is empty."""
    if actor.is_opdc:
        return NextStep(
            _("Look at how the agreements of all ministries are going."), "reporting:dashboard", _("Open the dashboard")
        )
    if actor.organisation is None:
        return NextStep(
            _("When you are invited to review or to evaluate, it will be shown here."),
            "account_welcome",
            _("Register or join an organisation"),
        )
    if actor.is_agency and actor.holds(Role.OFFICER):
        return NextStep(
            _("Record a mission that your agency could hand to a partner, and choose its form."),
            "partnerships:mission_create",
            _("Record a mission"),
        )
    if actor.is_agency:
        return NextStep(
            _("When a matter needs your decision or payment, it will be shown here."),
            "agreements:agreement_list",
            _("Look at the agreements"),
        )
    if actor.holds(Role.STAFF, Role.REPRESENTATIVE):
        return NextStep(
            _("Look at the open calls: your organisation can make a proposal."),
            "agreements:public_calls",
            _("Look at the open calls"),
        )
    return NextStep(
        _("When money arrives or an account is to be drawn up, it will be shown here."),
        "agreements:agreement_list",
        _("Look at the agreements"),
    )
