"""How the owner of a mission was won (§4 step 2), and OPDC's own log of talks across agencies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.workflow import RootModel
from partnerships.enums import ApproachOrigin, ApproachStage, PolicyKind, TalkOutcome, ThirdPartyKind
from partnerships.models.missions import Mission
from partnerships.models.organisations import Organisation
from partnerships.models.people import User
from partnerships.querysets import TalkQuerySet


class Approach(models.Model):
    """From inside, from outside by a third party, or not needed, with the reason; how far it has come."""

    mission = models.OneToOneField(Mission, models.PROTECT, related_name="approach_record")
    origin = models.CharField(_("origin"), max_length=20, choices=ApproachOrigin.choices)
    reason = models.TextField(_("why it is not needed"), blank=True)
    third_party = models.CharField(_("third party"), max_length=20, choices=ThirdPartyKind.choices, blank=True)
    third_party_name = models.CharField(_("which one"), max_length=300, blank=True)
    idea = models.TextField(_("idea and feasibility study"), blank=True)
    idea_on = models.DateField(_("date"), null=True, blank=True)
    awareness = models.TextField(_("awareness of executives and staff"), blank=True)
    awareness_on = models.DateField(_("date"), null=True, blank=True)
    policy_kind = models.CharField(_("adopted in"), max_length=30, choices=PolicyKind.choices, blank=True)
    policy_title = models.CharField(_("name of the plan or commitment"), max_length=300, blank=True)
    policy_on = models.DateField(_("date"), null=True, blank=True)
    note = models.TextField(_("result of the talks"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("approach to the agency")
        verbose_name_plural = _("approaches to agencies")

    def __str__(self) -> str:
        return self.get_origin_display()

    @property
    def stage(self) -> str:
        """The furthest of the three stages that is on record, "" for none."""
        if self.policy_title:
            return ApproachStage.POLICY
        if self.awareness:
            return ApproachStage.AWARENESS
        return ApproachStage.IDEA if self.idea else ""


class ApproachMeeting(models.Model):
    """A meeting on the way: who was there, what came of it, what comes next."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="approach_meetings")
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=300, blank=True)
    participants = models.TextField(_("participants"))
    result = models.TextField(_("result"))
    next_step = models.TextField(_("next step"), blank=True)
    next_on = models.DateField(_("next step by"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("minutes")
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.held_on} {self.mission}"


class Talk(RootModel):
    """An entry of OPDC's log: with which agency, about what, what came of it, what comes next."""

    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="talks", verbose_name=_("agency"))
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner concerned")
    )
    mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="talks", verbose_name=_("mission")
    )
    subject = models.CharField(_("subject"), max_length=300)
    held_on = models.DateField(_("held on"))
    participants = models.TextField(_("participants"))
    result = models.TextField(_("result"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=TalkOutcome.choices, default=TalkOutcome.ONGOING)
    next_step = models.TextField(_("next step"), blank=True)
    next_on = models.DateField(_("next step by"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk with an agency")
        verbose_name_plural = _("talks with agencies")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.subject
