"""A sponsor's word for an unregistered group (§2, องค์กรพี่เลี้ยง)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.workflow import move
from partnerships.enums import SponsorshipState as S
from partnerships.permissions.organisations import may_answer_sponsorship, may_end_sponsorship


class SponsorshipMoves(models.Model):
    class Meta:
        abstract = True

    @move(field="state", source=S.ASKED, target=S.AGREED, role=may_answer_sponsorship, title=_("Agree to sponsor"))
    def agree_to_sponsor(self) -> None:
        """From now on the group can take part through the sponsor."""

    @move(field="state", source=S.ASKED, target=S.DECLINED, role=may_answer_sponsorship, title=_("Decline to sponsor"))
    def decline_to_sponsor(self) -> None:
        """With the reason; the group may ask another."""

    @move(
        field="state",
        source=[S.ASKED, S.AGREED],
        target=S.ENDED,
        role=may_end_sponsorship,
        title=_("End the sponsorship"),
    )
    def end_sponsorship(self) -> None:
        """Either takes its word back, with the reason."""
