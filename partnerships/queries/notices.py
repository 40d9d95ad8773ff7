"""Texts of notices as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from core import settings_history
from core.models import Setting
from core.notice_texts import LANGUAGES, NoticeKind, NoticeTexts, Words, notice_kinds, put_in, setting_key
from core.ui import is_thai

LANGUAGE_NAMES = {"th": gettext_lazy("Thai"), "en": gettext_lazy("English")}


@dataclass(frozen=True)
class NoticeRow:
    """One line of the list: the subject in force in the reader's language, and since when it is OPDC's own."""

    kind: NoticeKind
    subject: str
    own_since: Setting | None


def notice_rows() -> list[NoticeRow]:
    """All notices (one query)."""
    kinds = notice_kinds()
    held = settings_history.held_on(setting_key(kind.kind) for kind in kinds)
    language = "th" if is_thai() else "en"
    rows = []
    for kind in kinds:
        row = held.get(setting_key(kind.kind))
        own = row if row is not None and row.value else None
        words = own.value[language] if own else kind.default(language)
        rows.append(NoticeRow(kind, put_in(words["subject"], _samples(kind)), own))
    return rows


def preview(kind: NoticeKind, texts: NoticeTexts) -> list[tuple[str | Promise, str, Words]]:
    """(language's name, its code, subject and body) with each placeholder replaced by what it stands for."""
    samples = _samples(kind)
    return [
        (
            LANGUAGE_NAMES[language],
            language,
            {"subject": put_in(texts[language]["subject"], samples), "body": put_in(texts[language]["body"], samples)},
        )
        for language in LANGUAGES
    ]


def _samples(kind: NoticeKind) -> dict[str, Any]:
    return {name: f"[{meaning}]" for name, meaning in kind.placeholders.items()}


def history_words(value: NoticeTexts | None) -> list[tuple[str | Promise, str, str]]:
    """What a row of the history held: (language's name, subject, body), empty for the system's own text."""
    return [(LANGUAGE_NAMES[lang], value[lang]["subject"], value[lang]["body"]) for lang in LANGUAGES] if value else []
