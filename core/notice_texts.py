"""The words of notices: each kind has a text that came with the system, and OPDC can put another in its place.

An app registers its kinds in `AppConfig.ready`; whoever tells names the kind and gives what its placeholders stand for.
A placeholder is a name in braces, replaced as it is: nothing in a text is carried out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from django.utils.functional import Promise
from django.utils.translation import get_language, override

from core import settings_history

Text = str | Promise
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
ANY_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
LANGUAGES = ("th", "en")


class Words(TypedDict):
    subject: str
    body: str


NoticeTexts = dict[str, Words]  # by language


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice. `placeholders`: name → what it stands for, in words."""

    kind: str
    title: Text
    subject: Text
    body: Text
    placeholders: Mapping[str, Text]
    order: int = 100

    def default(self, language: str) -> Words:
        """The text that came with the system, with its placeholders."""
        with override(language):
            return {"subject": str(self.subject), "body": str(self.body)}


_kinds: dict[str, NoticeKind] = {}


def register_notice(
    kind: str, title: Text, *, subject: Text, body: Text, placeholders: Mapping[str, Text], order: int = 100
) -> None:
    """Make a kind of notice known (in AppConfig.ready): its name for OPDC, its text, and what its placeholders mean."""
    _kinds[kind] = NoticeKind(kind, title, subject, body, placeholders, order)


def notice_kind(kind: str) -> NoticeKind:
    """Raises KeyError for a kind that nobody registered."""
    return _kinds[kind]


def is_registered(kind: str) -> bool:
    return kind in _kinds


def notice_kinds() -> list[NoticeKind]:
    """All kinds, by order, then code."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.kind))


def setting_key(kind: str) -> str:
    """Under which key another text of this kind is kept."""
    return f"notice.{kind}"


def texts_in_force(kind: str) -> NoticeTexts:
    """The text of a registered kind in each language as it holds today (one query). Raises KeyError."""
    known = notice_kind(kind)
    stored = settings_history.get(setting_key(kind)) or {}
    return {language: stored.get(language) or known.default(language) for language in LANGUAGES}


def fill(texts: NoticeTexts, context: Mapping[str, Any]) -> Words:
    """Subject and body in the language that is active, with placeholders replaced by `context`."""
    words = texts["en" if (get_language() or "").startswith("en") else "th"]
    return {"subject": put_in(words["subject"], context), "body": put_in(words["body"], context)}


def put_in(text: str, context: Mapping[str, Any]) -> str:
    """Replace {name} by what the context has under it; a name it does not have stays as it is written."""
    return PLACEHOLDER.sub(lambda found: str(context.get(found[1], found[0])), text)


def unknown_placeholders(text: str, kind: NoticeKind) -> list[str]:
    """What stands in braces in a text and means nothing for this kind, as it was typed."""
    known = {f"{{{name}}}" for name in kind.placeholders}
    return sorted({found for found in ANY_BRACES.findall(text) if found not in known})
