"""States of a mission that was proposed unasked: sent, talked over, taken up or not (§4 step 3, from inside)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.workflow import move
from partnerships.enums import SuggestionState as S
from partnerships.permissions.missions import answers_suggestion, suggestion_officer

WAITING = (S.SENT, S.TALKS)


class SuggestionMoves(models.Model):
    class Meta:
        abstract = True

    @move(field="state", source=S.SENT, target=S.TALKS, role=answers_suggestion, title=_("Talk it over"))
    def talk_over(self) -> None:
        """Neither taken up nor declined yet: the words say with whom and when it is talked over."""

    @move(field="state", source=list(WAITING), target=S.ADOPTED, role=suggestion_officer, title=_("Take it up"))
    def adopt(self) -> None:
        """The agency makes it a mission of its own."""

    @move(field="state", source=list(WAITING), target=S.DECLINED, role=answers_suggestion, title=_("Do not take it up"))
    def decline(self) -> None:
        """By the agency it was put to; by OPDC where no agency has been found for it."""
