"""NIST SP 800-63B-4: length and lists of bad passwords, no rules of composition."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from partnerships.models import User

PERSON = User(email="somchai.jaidee@example.org", full_name_th="นายสมชาย ใจดีมาก", full_name_en="Somchai Jaidee")

GOOD = (
    "แมวนอนบนหลังคาบ้านสวน",
    "correct horse battery staple",
    "lowercase letters only here",
    "ไม่มีตัวเลขและไม่มีตัวใหญ่",
    "837465920174836",
    "phakhi และแม่น้ำหน้าบ้านยาย",  # a word of the system beside enough surprise
)
BAD = (
    ("สั้นไป", "password_too_short"),
    ("fourteen.chars", "password_too_short"),
    ("phakhi-opdc-2569", "password_context"),
    ("ภาคีภาคีภาคี2569!!", "password_context"),
    ("somchai.jaidee1", "password_context"),
    ("SomchaiJaidee2569", "password_context"),
    ("สมชาย-ใจดีมาก-12345", "password_context"),
    ("aaaaaaaaaaaaaaa", "password_pattern"),
    ("123456789012345", "password_pattern"),
    ("abcdefghijklmnop", "password_pattern"),
    ("qwertyuiopasdfgh", "password_pattern"),
    ("sunshinesunshine", "password_pattern"),
    ("football12345678", "password_pattern"),
)


@pytest.mark.parametrize("password", GOOD)
def test_a_long_password_of_any_kind_is_good(password: str) -> None:
    validate_password(password, PERSON)


@pytest.mark.parametrize(("password", "code"), BAD)
def test_a_bad_password_is_refused_for_its_reason(password: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, PERSON)
    assert code in {error.code for error in refused.value.error_list}


def test_another_person_may_use_what_is_only_this_ones_name() -> None:
    validate_password("somchai.jaidee1", User(email="other@example.org", full_name_th="นางอื่น"))
