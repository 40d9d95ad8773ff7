"""What the form advisor recommended and what the officer chose, both kept (§3.0: the choice and its reasons)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import StateField, StatefulModel
from partnerships.enums import Form, FormChoiceState
from partnerships.lifecycles.form_choice import FormChoiceMoves
from partnerships.models.missions import Mission
from partnerships.models.people import User


class FormChoice(FormChoiceMoves, StatefulModel):
    """One passage through the advisor. `answers`: criterion → answer, `scores`: form → points then given, by codes."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="form_choices")
    answers = models.JSONField(default=dict)
    scores = models.JSONField(default=dict)
    rules_version = models.PositiveSmallIntegerField(default=1)
    recommended = models.CharField(_("recommended"), max_length=20, choices=Form.choices, blank=True)
    was_close = models.BooleanField(_("two forms were close"), default=False)
    form = models.CharField(_("chosen"), max_length=20, choices=Form.choices)
    reason = models.TextField(_("reason for the form"))
    comment = models.TextField(_("comment of those who returned it"), blank=True, editable=False)
    state = StateField(_("state"), choices=FormChoiceState.choices, default=FormChoiceState.PROPOSED)
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    chosen_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("choice of the form")
        verbose_name_plural = _("choices of the form")
        ordering = ["-chosen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.mission} · {self.get_form_display()}"
