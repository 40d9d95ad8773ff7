"""What must be on record before a move of a mission: pure conditions over one `MissionFacts`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.workflow import Book, Requirement
from partnerships.enums import ShortlistState
from partnerships.models import Mission


@dataclass(frozen=True)
class MissionFacts:
    """`to_invite`: entries of the shortlist that can be invited now."""

    form: str
    to_invite: int


def load(mission: Mission) -> MissionFacts:
    """One query."""
    open_states = [ShortlistState.LISTED, ShortlistState.DECLINED]
    return MissionFacts(mission.form, mission.shortlist.filter(state__in=open_states).count())


BOOK = Book(
    load,
    {
        one.name: one
        for one in (
            Requirement("form_chosen", _("The form of partnership"), lambda facts: bool(facts.form), "form"),
            Requirement(
                "someone_to_invite",
                _("A partner on the shortlist who is not invited yet"),
                lambda facts: facts.to_invite > 0,
                "candidates",
            ),
        )
    },
)
