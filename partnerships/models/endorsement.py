"""The positions through which an organisation's own decisions pass, in order (ผอ.กลุ่ม → ผอ.กอง → … → อธิบดี).

A chain belongs to an organisation and a kind of decision; kind "" serves every kind that has none of its own. Rows are
never changed or deleted: a new version of the chain ends the old rows. What stays the same from version to version is
the *seat* (the first row of a position); deputies hang on the seat, so that they also serve decisions that were
proposed under an earlier version of the chain.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from partnerships.enums import DEPUTY_WORDS, DeputyCapacity
from partnerships.models.organisations import Organisation
from partnerships.models.people import User
from partnerships.querysets import DeputyQuerySet, PositionQuerySet


class EndorsementPosition(models.Model):
    """One position of a chain. Without any, a chain of two serves: officer proposes, executive decides."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="endorsement_positions")
    kind = models.CharField(_("kind of decision"), max_length=30, blank=True)
    ordinal = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("position"), max_length=200)
    holder = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("holder"))
    origin = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later", editable=False)
    valid_from = models.DateField(_("from"), default=clock.today)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("endorsement position")
        verbose_name_plural = _("endorsement positions")
        ordering = ["organisation", "kind", "ordinal", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "ordinal"],
                condition=Q(valid_until=None),
                name="endorsement_order_once_in_force",
            ),
            models.CheckConstraint(
                name="endorsement_position_ends_after_start",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal}. {self.title}"

    @property
    def seat_id(self) -> int:
        """What the position is known by in every version of the chain."""
        return self.origin_id or self.pk


class PositionDeputy(models.Model):
    """Who acts in a position beside or instead of its holder, on what ground and from when until when.

    `title` is the deputy's own position (รองอธิบดี). Never deleted: a deputy whose time is cut short has `ended_at`.
    """

    seat = models.ForeignKey(EndorsementPosition, models.PROTECT, related_name="deputies", verbose_name=_("position"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("deputy"))
    title = models.CharField(_("the deputy's own position"), max_length=200)
    capacity = models.CharField(_("acts as"), max_length=20, choices=DeputyCapacity.choices)
    order_number = models.CharField(_("number of the order"), max_length=100, blank=True)
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    named_at = models.DateTimeField(default=clock.now, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="deputy_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="deputy_on_behalf_has_order",
                condition=~Q(capacity=DeputyCapacity.ON_BEHALF) | ~Q(order_number=""),
                violation_error_message=_(
                    "Performing duties on behalf of the holder rests on an order: please give its number."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_capacity_display()}"

    def words_for(self, position: str) -> str:
        """ "รองอธิบดี ปฏิบัติราชการแทน อธิบดีกรม…": always Thai, for it is kept and printed so."""
        return f"{self.title} {DEPUTY_WORDS[DeputyCapacity(self.capacity)]} {position}"
