"""Templates from which calls are written, kept by OPDC: one or more per form. A template in use is never changed
under the calls written from it: a call copies what it takes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models.call_parts import CallText, Criterion, WantedDocument
from core import clock
from core.workflow import RootModel
from partnerships.enums import Form


class CallTemplate(CallText, RootModel):
    form = models.CharField(
        _("form of partnership"), max_length=20, choices=[(Form.GRANT, Form.GRANT.label), (Form.PBC, Form.PBC.label)]
    )
    name = models.CharField(_("name of the template"), max_length=200)
    is_active = models.BooleanField(_("in use"), default=True)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("template of calls")
        verbose_name_plural = _("templates of calls")
        ordering = ["form", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class TemplateCriterion(Criterion):
    template = models.ForeignKey(CallTemplate, models.CASCADE, related_name="criteria")

    class Meta(Criterion.Meta):
        abstract = False


class TemplateDocument(WantedDocument):
    template = models.ForeignKey(CallTemplate, models.CASCADE, related_name="documents")

    class Meta(WantedDocument.Meta):
        abstract = False
