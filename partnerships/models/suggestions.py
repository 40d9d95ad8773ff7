"""A mission that a partner or OPDC proposes unasked to an agency (§4 step 3, from inside), and the answer to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import StateField
from core.workflow import RootModel
from partnerships.enums import SuggestionState
from partnerships.lifecycles.suggestion import SuggestionMoves
from partnerships.models.missions import Mission
from partnerships.models.organisations import Organisation
from partnerships.models.people import User
from partnerships.models.vocabularies import FieldOfWork, TargetGroup
from partnerships.querysets import SuggestionQuerySet


class MissionSuggestion(SuggestionMoves, RootModel):
    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    suggested_by = models.ForeignKey(
        Organisation, models.PROTECT, related_name="suggestions", verbose_name=_("proposed by"), editable=False
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    agency = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,  # as long as OPDC looks for the agency
        blank=True,
        related_name="suggestions_received",
        verbose_name=_("agency it is put to"),
    )
    title = models.CharField(_("title of the mission"), max_length=300)
    problem = models.TextField(_("problem"))
    idea = models.TextField(_("what is proposed, and whether it can be done"))
    awareness = models.TextField(_("what your own people think of it"), blank=True)
    area = models.CharField(_("area"), max_length=300, blank=True)
    fields_of_work = models.ManyToManyField(FieldOfWork, related_name="+", blank=True)
    target_groups = models.ManyToManyField(TargetGroup, related_name="+", blank=True)
    state = StateField(_("state"), choices=SuggestionState.choices, default=SuggestionState.SENT)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="suggestions", editable=False
    )
    sent_at = models.DateTimeField(editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed mission")
        verbose_name_plural = _("proposed missions")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.title
