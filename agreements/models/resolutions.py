"""The selection committee (คณะกรรมการพิจารณาคัดเลือก) and its resolution (มติ), §3.2 step 4."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import MemberRole, Outcome
from agreements.models.calls import Call
from agreements.models.proposals import Proposal
from agreements.resolved import ResolutionQuerySet
from core import clock
from core.models import StoredFile
from partnerships.models import User


class SelectionCommittee(models.Model):
    """Appointed by an order, one for each call."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="selection_committee")
    order_number = models.CharField(_("number of the appointment order"), max_length=200)
    order_on = models.DateField(_("date of the order"))
    order_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("selection committee")
        verbose_name_plural = _("selection committees")

    def __str__(self) -> str:
        return self.order_number


class SelectionMember(models.Model):
    """Name and position are as on the order; `user` where the person has an account."""

    committee = models.ForeignKey(SelectionCommittee, models.CASCADE, related_name="members")
    ordinal = models.PositiveSmallIntegerField(_("order"), default=1)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("position"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=MemberRole.choices, default=MemberRole.MEMBER)

    class Meta:
        ordering = ["ordinal", "pk"]

    def __str__(self) -> str:
        return self.name


class Resolution(models.Model):
    """The selection committee's resolution (มติ) on a call, which the executive's decision rests on.

    `appointment_order` and `members` are what the committee's own record said on the day: later changes of it do not
    touch them.
    """

    call = models.OneToOneField(Call, models.PROTECT, related_name="resolution")
    appointment_order = models.CharField(_("appointment order of the committee"), max_length=200)
    meeting_number = models.CharField(_("meeting number"), max_length=50)
    held_on = models.DateField(_("held on"))
    began_at = models.TimeField(_("opened at"), null=True, blank=True)
    ended_at = models.TimeField(_("closed at"), null=True, blank=True)
    members = models.TextField(_("committee members present"))
    minutes = models.TextField(_("minutes and resolution"))
    attended = models.ManyToManyField(SelectionMember, related_name="+", blank=True)
    presided_by = models.ForeignKey(
        SelectionMember, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who presided")
    )
    over_ceiling_reason = models.TextField(_("reason for selecting above the budget ceiling"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")

    def __str__(self) -> str:
        return self.meeting_number


class ResolutionOutcome(models.Model):
    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="outcomes")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="outcome")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    reason = models.TextField(_("reason"))
    stepped_out = models.TextField(_("members who left the meeting for this applicant"), blank=True)
    reserve_rank = models.PositiveSmallIntegerField(_("place on the reserve list"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "reserve_rank"],
                name="outcome_reserve_rank_once",
                violation_error_message=_("Two proposals cannot have the same place on the reserve list."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.outcome}"
