"""Organisations and sponsorships in each state of registration_table, stamped by hand."""

from __future__ import annotations

from core import clock
from core.fields import state_writable
from core.workflow import set_first_state
from partnerships.models import Organisation, Sponsorship
from tests.cast import Cast
from tests.partnerships.profiles import add_money_and_people, add_papers


def make_organisation(cast: Cast, state: str, serial: int = 1) -> Organisation:
    """The partner of the cast in that standing, with papers; a group, so that it may ask for a sponsor."""
    partner = cast.organisations["partner"]
    add_papers(partner)
    add_money_and_people(partner, cast)
    with state_writable(partner):
        partner.standing = state
    partner.merged_into = cast.organisations["rival"] if state == "merged" else None
    partner.is_unregistered = True
    partner.save()
    return partner


def make_sponsorship(cast: Cast, state: str, serial: int = 1) -> Sponsorship:
    """The rival, as if it were a group, asks the partner."""
    made = Sponsorship(
        group=cast.organisations["rival"],
        sponsor=cast.organisations["partner"],
        asked_by=cast.rival_rep.user,
        asked_at=clock.now(),
    )
    set_first_state(made, state=state)
    made.save()
    return made
