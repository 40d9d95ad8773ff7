"""What a form must do with bad input: say so at the field, keep what was typed, store nothing."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from agreements.models import ProposalPresence
from core.models import CacheEntry, SecurityEvent
from tests.journeys.visitor import Visitor, thai

# Written while one looks at a form, without anything being stored of what is in it.
BESIDE = (SecurityEvent, CacheEntry, ProposalPresence)
FLOORS = ("core", "partnerships", "agreements", "evaluations")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the product with all their values (but those of BESIDE)."""
    models = [model for floor in FLOORS for model in apps.get_app_config(floor).get_models(include_auto_created=True)]
    stored = [model for model in models if model._meta.managed and not model._meta.proxy and model not in BESIDE]
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in stored}


def changed(before: dict[str, list[Any]]) -> list[str]:
    """The tables that are not as they were."""
    return [label for label, rows in everything().items() if rows != before[label]]


def refused(visitor: Visitor, wrong: dict[str, Any], **messages: str) -> Visitor:
    """Send `wrong` and see it refused: each field of `messages` says that English msgid in Thai ("" for any message).

    A `__` in a name stands for a dash (rows of a formset: scoring__4__weight). What was typed is still there, and a file
    without a message is still chosen.
    """
    before = everything()
    visitor.send_wrong(wrong)
    for name, message in messages.items():
        said = visitor.error_at(name.replace("__", "-"))
        assert said and thai(message).split("%(")[0] in said, f"{name}: {said!r}"
    for name, typed in wrong.items():
        if isinstance(typed, str | int) and not isinstance(typed, bool):
            kept = visitor.kept(name)
            assert kept == str(typed), f"{name}: {typed!r} was not kept: {kept!r}"
        elif isinstance(typed, dict) and name not in messages:
            visitor.still_chosen(name, typed["name"])
    assert not changed(before), f"stored in spite of the refusal: {changed(before)}"
    return visitor


def bare(visitor: Visitor, *fields: str) -> Visitor:
    """Send the form with these fields empty: each asks to be filled in or chosen."""
    before = everything()
    visitor.send_wrong(dict.fromkeys(fields, ""))
    assert all(visitor.error_at(name) for name in fields), [name for name in fields if not visitor.error_at(name)]
    assert not changed(before), f"stored in spite of the refusal: {changed(before)}"
    return visitor
