"""A template of calls in each of its states, beside the ones that came with the system."""

from __future__ import annotations

from agreements.models import CallTemplate
from tests.cast import Cast


def make_template(cast: Cast, state: str) -> CallTemplate:
    return CallTemplate.objects.create(form="grant", name="แม่แบบทดสอบสิทธิ", is_active=state == "in use")
