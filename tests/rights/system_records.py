"""A word in each of its states."""

from __future__ import annotations

from partnerships.models import FieldOfWork
from tests.cast import Cast


def make_word(cast: Cast, state: str) -> FieldOfWork:
    return FieldOfWork.objects.create(
        code="rights-test", name_th="คำหนึ่ง", name_en="One word", ordinal=1, is_active=state == "in use"
    )
