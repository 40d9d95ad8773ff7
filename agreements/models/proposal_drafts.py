"""A proposal while it is written: each part's own version, earlier states of the draft, who is writing just now."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models.proposals import Proposal
from core import clock
from partnerships.models import User


class ProposalPart(models.Model):
    """The version of one part: a form that was drawn from an older one does not overwrite it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="parts")
    part = models.SlugField(max_length=30)
    version = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "part"], name="proposal_part_once")]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.part} ({self.version})"


class ProposalRevision(models.Model):
    """The whole draft as it was, `content` as versions have it. One person's savings close together are one."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("revision"))
    content = models.JSONField(editable=False)
    parts = models.JSONField(_("parts that were changed"), default=list, editable=False)
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_revision_number_once")]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.number}"


class ProposalPresence(models.Model):
    """Who has a part open; seen again every few seconds while it is."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    part = models.SlugField(max_length=30)
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "user", "part"], name="proposal_presence_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.part}"
