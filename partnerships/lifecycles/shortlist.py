"""States of an entry of a mission's shortlist: listed, invited, answered (§4 step 3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.workflow import move
from partnerships.enums import ShortlistState as S
from partnerships.permissions.candidates import may_keep_entry, may_see_invitation


class ShortlistMoves(models.Model):
    class Meta:
        abstract = True

    @move(field="state", source=[S.LISTED, S.DECLINED], target=S.INVITED, role=may_keep_entry, title=_("Invite"))
    def invite(self) -> None:
        """The partner is told and sees the public part of the mission; one that declined may be asked again."""

    @move(
        field="state",
        source=[S.INVITED, S.DECLINED],
        target=S.INTERESTED,
        role=may_see_invitation,
        title=_("We are interested"),
    )
    def express_interest(self) -> None:
        """Interest binds nobody: the agreement comes later, freely entered (§1)."""

    @move(
        field="state",
        source=[S.INVITED, S.INTERESTED],
        target=S.DECLINED,
        role=may_see_invitation,
        title=_("We decline the mission"),
    )
    def decline(self) -> None:
        """With words, so that the agency learns from it."""
