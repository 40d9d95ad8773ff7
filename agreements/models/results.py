"""After the decision: result letters (หนังสือแจ้งผลการพิจารณา) and appeals against the result."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.enums import AppealRemedy, AppealState, AppealVerdict
from agreements.lifecycles.appeal import AppealMoves
from agreements.models.calls import Call
from agreements.models.proposals import Proposal
from agreements.querysets import AppealQuerySet, ResultLetterQuerySet
from core import clock
from core.fields import StateField
from core.models import StoredFile
from core.models.frozen import FrozenModel
from core.workflow import RootModel
from partnerships.models import User


class ResultLetter(FrozenModel):
    """What one applicant was told, and when: the window for an appeal counts from here. `content` is the letter's data.

    A letter after an appeal is another row, never a change of the first.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="result_letters")
    number = models.CharField(_("number"), max_length=60)
    outcome = models.CharField(_("outcome"), max_length=20)
    content = models.JSONField(editable=False)
    issued_at = models.DateTimeField(default=clock.now, editable=False)
    appeal_until = models.DateTimeField(_("appeals until"), null=True, editable=False)

    objects = ResultLetterQuerySet.as_manager()

    class Meta:
        ordering = ["issued_at", "pk"]

    def __str__(self) -> str:
        return self.number


class Appeal(AppealMoves, RootModel):
    """One for each proposal that was not selected, within the call's window; answered through the chain."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="appeal")
    call = models.ForeignKey(Call, models.PROTECT, related_name="appeals")
    grounds = models.TextField(_("grounds of the appeal"))
    wish = models.TextField(_("what is asked for"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = StateField(_("state"), choices=AppealState.choices, default=AppealState.FILED)
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    filed_at = models.DateTimeField(default=clock.now, editable=False)
    verdict = models.CharField(_("verdict"), max_length=10, choices=AppealVerdict.choices, blank=True, editable=False)
    remedy = models.CharField(_("remedy"), max_length=10, choices=AppealRemedy.choices, blank=True, editable=False)
    answer = models.TextField(_("answer"), blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["filed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="appeal_answered_in_full",
                condition=~Q(state=AppealState.ANSWERED)
                | (~Q(verdict="") & ~Q(answer="") & Q(answered_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal}"

    @property
    def reference(self) -> str:
        """The number on its receipt: there is one appeal for each proposal."""
        return f"{self.proposal.reference}-A"

    @property
    def title(self) -> str:
        return self.proposal.title
