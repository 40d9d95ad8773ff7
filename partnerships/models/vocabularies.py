"""Words that OPDC keeps: fields of work and target groups. A word no longer used is retired, never deleted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.workflow import RootModel


class Word(RootModel):
    """One word of a list, by a code that never changes."""

    code = models.SlugField(_("code"), max_length=50, unique=True)
    name_th = models.CharField(_("name in Thai"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    ordinal = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True
        ordering = ["ordinal", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The word in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_th


class FieldOfWork(Word):
    """What an organisation works at, or a mission is about (child protection, universal design …)."""

    history = HistoricalRecords()

    class Meta(Word.Meta):
        verbose_name = _("field of work")
        verbose_name_plural = _("fields of work")


class TargetGroup(Word):
    """Whom a service is for (§2: the people served)."""

    history = HistoricalRecords()

    class Meta(Word.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
