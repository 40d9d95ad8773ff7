"""What NIST SP 800-63B-4 asks besides length: no password that is guessed from its surroundings or has no surprise."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Names of the service and of who runs it, as people would type them.
CONTEXT_WORDS = ("phakhi", "pakee", "pakhi", "opdc", "password", "partner", "agreement", "thailand")
CONTEXT_WORDS += ("ภาคี", "ก.พ.ร.", "กพร", "รหัสผ่าน", "ประเทศไทย")  # Thai on purpose
SHORTEST_WORD = 3
SURPRISE = 8  # characters that have to be left when everything guessable is taken out
DIFFERENT = 5  # different characters
ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890123456789")
RUN = 4


class GuessableValidator:
    """Refuses passwords made of the service's or the person's name or address, of runs, or of one word repeated."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError that says which of the two it is."""
        plain = unicodedata.normalize("NFKC", password).casefold()
        if len(plain) < SURPRISE:
            return  # too short is another validator's answer
        if len(without(plain, words_about(user))) < SURPRISE:
            raise ValidationError(
                _("This password is easy to guess from your name, your e-mail or the name of this system."),
                code="password_context",
            )
        if self._is_plain(plain):
            raise ValidationError(
                _("This password is easy to guess: it repeats itself, runs on, or is a well-known one with numbers."),
                code="password_pattern",
            )

    def _is_plain(self, plain: str) -> bool:
        part = once(plain)
        letters = "".join(sign for sign in plain if sign.isalpha())
        is_known = part in self.common or letters in self.common
        return is_known or len(set(plain)) < DIFFERENT or len(without_runs(part)) < SURPRISE

    def get_help_text(self) -> str:
        return _("Do not use your name, your e-mail, the name of this system, or runs such as 12345.")


def words_about(user: Any) -> list[str]:
    """The service's words and the person's own, longest first."""
    email = getattr(user, "email", "") or ""
    own = [email, *re.split(r"[^\w]+", email.partition("@")[0]), email.partition("@")[2].split(".")[0]]
    for name in ("full_name_th", "full_name_en"):
        own += (getattr(user, name, "") or "").split()
    words = {unicodedata.normalize("NFKC", word).casefold() for word in (*CONTEXT_WORDS, *own)}
    return sorted((word for word in words if len(word) >= SHORTEST_WORD), key=len, reverse=True)


def without(plain: str, words: list[str]) -> str:
    """What is left when the words, digits and punctuation are taken out, provided a word was in it."""
    left = plain
    for word in words:
        left = left.replace(word, "")
    return re.sub(r"[\W\d_]+", "", left) if left != plain else plain


def once(plain: str) -> str:
    """The part that a password is a repetition of, or the password itself."""
    found = re.fullmatch(r"(.+?)\1+.{0,3}", plain)
    return found.group(1) if found else plain


def without_runs(plain: str) -> str:
    """What is left without runs of the alphabet, of digits and of the keyboard, forwards and backwards."""
    left = plain
    for line in (*ROWS, *(row[::-1] for row in ROWS)):
        for size in range(len(line), RUN - 1, -1):
            for start in range(len(line) - size + 1):
                left = left.replace(line[start : start + size], "")
    return left
