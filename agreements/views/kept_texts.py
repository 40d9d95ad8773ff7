"""Texts of a proposal that only the writer's browser has, once its sections can no longer be opened."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpRequest

from agreements.actions.proposals import is_being_written
from agreements.forms.proposal_rows import FORMSETS
from agreements.forms.proposals import PART_FORMS
from agreements.models import Proposal
from agreements.permissions.proposals import proposal_writer
from agreements.proposal_sections import SECTIONS, Section
from core.draft_views import copy_key


def kept_texts(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """Where the browser looks for copies and what their fields are called; nothing while the sections offer them."""
    if is_being_written(proposal) or not proposal_writer(proposal, request.actor):
        return {}
    return {
        "kept_texts": [
            {
                "key": copy_key(request, proposal.reference, code),
                "heading": SECTIONS[code].heading,
                "labels": json.dumps(_labels(SECTIONS[code]), ensure_ascii=False),
            }
            for code in PART_FORMS
        ]
    }


def _labels(section: Section) -> dict[str, str]:
    """Labels of what is written in words or numbers: fields by name, columns by "kind-column"."""
    form = PART_FORMS[section.code]
    labels = {name: str(label) for name, label in section.fields.items() if _is_text(form.base_fields.get(name))}
    for kind in section.rows:
        fields = FORMSETS[kind.code].form.base_fields
        columns = {name: label for name, label in kind.columns.items() if _is_text(fields.get(name))}
        labels |= {f"{kind.code}-{name}": f"{kind.title} · {label}" for name, label in columns.items()}
    return labels


def _is_text(field: forms.Field | None) -> bool:
    return field is not None and not isinstance(field, forms.ChoiceField | forms.BooleanField)
