"""States of a choice of form: proposed, then chosen or returned (§3.0)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.workflow import move
from partnerships.enums import FormChoiceState as S
from partnerships.permissions.missions import may_edit_choice


class FormChoiceMoves(models.Model):
    class Meta:
        abstract = True

    @move(field="state", source=S.PROPOSED, target=S.CHOSEN, role=may_edit_choice, title=_("Choose the form"))
    def hold(self) -> None:
        """By the officer at once; where the agency has a chain for it, by what the chain decided."""

    @move(field="state", source=S.PROPOSED, target=S.RETURNED, role=may_edit_choice, title=_("Return for revision"))
    def give_back(self) -> None:
        """The chain returned it, or another choice was proposed after it."""
