"""The templates of calls that OPDC keeps, one or more for each form (§3.1 step 1, §3.2 step 1).

A call copies what it takes: changing a template touches no call. A form is never left without a template in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.call_parts import criteria_rows, store_criteria, store_documents
from agreements.models import CallTemplate
from core import clock
from core.models import Counter
from core.transactions import lock_or_create
from core.workflow import NotNow, Rule, Stamp, birth, pass_door
from partnerships.actors import Actor
from partnerships.permissions.administration import may_administer

TEMPLATE_FIELDS = (
    "name", "background", "scope", "objectives", "target_group", "area", "duration_months", "allocation",
    "evaluation_plan",
)  # fmt: skip

ADD_TEMPLATE = Rule("add_template", _("Add a template"), may_administer)
EDIT_TEMPLATE = Rule("edit", _("Edit the template"), may_administer)
RETIRE_TEMPLATE = Rule("retire", _("Retire the template"), may_administer, when=lambda template: template.is_active)
RESTORE_TEMPLATE = Rule(
    "restore", _("Take the template back into use"), may_administer, when=lambda template: not template.is_active
)


def add_template(*, source: CallTemplate, name: str, by: Actor, stamp: Stamp | None = None) -> CallTemplate:
    """A new template that begins as a copy of another of the same form. Raises ValidationError at a name in use."""
    with birth(ADD_TEMPLATE, by=by, stamp=stamp) as door:
        _one_after_the_other()
        _refuse_known_name(source.form, name)
        texts = {field: getattr(source, field) for field in TEMPLATE_FIELDS}
        template = CallTemplate.objects.create(form=source.form, changed_at=clock.now(), **{**texts, "name": name})
        store_criteria(template, source.criteria.values("kind", "title", "description", "weight", "levels"))
        store_documents(template, source.documents.values("title", "description", "is_required"))
        door.root = template
        door.payload.update(form=template.form, name=name, source=source.pk)
    return template


def edit_template(
    *, template: CallTemplate, by: Actor, facts: Mapping[str, Any], stamp: Stamp | None = None
) -> CallTemplate:
    """Rewrite the texts. facts: values of TEMPLATE_FIELDS. Raises ValidationError at a name in use."""
    with pass_door(template, EDIT_TEMPLATE, by=by, stamp=stamp) as door:
        _one_after_the_other()
        _refuse_known_name(door.root.form, facts.get("name", door.root.name), but=door.root)
        for name in TEMPLATE_FIELDS:
            if name in facts:
                setattr(door.root, name, facts[name])
        door.root.changed_at = clock.now()
        door.payload["name"] = door.root.name
    return door.root


def set_template_criteria(
    *,
    template: CallTemplate,
    qualifications: Iterable[Mapping[str, Any]],
    scoring: Iterable[Mapping[str, Any]],
    by: Actor,
    stamp: Stamp | None = None,
) -> CallTemplate:
    """As `set_criteria` of a call, and with the same refusals."""
    with pass_door(template, EDIT_TEMPLATE, by=by, stamp=stamp, kind="calltemplate.set_criteria") as door:
        rows = criteria_rows(qualifications, scoring)
        door.root.criteria.all().delete()
        store_criteria(door.root, rows)
        door.root.changed_at = clock.now()
        door.payload["weights"] = [row["weight"] for row in rows if row["weight"]]
    return door.root


def set_template_documents(
    *, template: CallTemplate, documents: Iterable[Mapping[str, Any]], by: Actor, stamp: Stamp | None = None
) -> CallTemplate:
    with pass_door(template, EDIT_TEMPLATE, by=by, stamp=stamp, kind="calltemplate.set_documents") as door:
        door.root.documents.all().delete()
        store_documents(door.root, documents)
        door.root.changed_at = clock.now()
    return door.root


def retire_template(*, template: CallTemplate, by: Actor, stamp: Stamp | None = None) -> CallTemplate:
    """Not offered any more. Raises NotNow for the last one of its form: calls are written from a template."""
    with pass_door(template, RETIRE_TEMPLATE, by=by, stamp=stamp) as door:
        _one_after_the_other()
        others = CallTemplate.objects.filter(form=door.root.form, is_active=True).exclude(pk=door.root.pk)
        if not others.exists():
            raise NotNow(_("This is the last template of its form in use. Add another one first."))
        door.root.is_active = False
    return door.root


def restore_template(*, template: CallTemplate, by: Actor, stamp: Stamp | None = None) -> CallTemplate:
    with pass_door(template, RESTORE_TEMPLATE, by=by, stamp=stamp) as door:
        door.root.is_active = True
    return door.root


def template_for(form: str, wanted: CallTemplate | None = None) -> CallTemplate:
    """The template a call of this form is written from: the wanted one, or the first in use.

    Raises ValidationError at `template` where the wanted one is of another form or retired, or there is none.
    """
    rows = CallTemplate.objects.filter(form=form, is_active=True).order_by("pk")
    found = rows.filter(pk=wanted.pk).first() if wanted else rows.first()
    if found is None:
        raise ValidationError({"template": _("Choose a template in use of this form of partnership.")})
    return found


def _one_after_the_other() -> None:
    """Two people cannot take the same name, nor retire the last two templates of a form at once."""
    lock_or_create(Counter, issuer="templates", kind="calltemplate", fiscal_year=0)


def _refuse_known_name(form: str, name: str, but: CallTemplate | None = None) -> None:
    others = CallTemplate.objects.filter(form=form, name__iexact=name).exclude(pk=but.pk if but else None)
    if others.exists():
        raise ValidationError({"name": _("There is a template of this name already.")})
