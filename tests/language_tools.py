"""Reading a drawn page for its language: what of it is the house's own words, and what is data.

Data are told from the house's words without any mark in the templates: a word is data when it is stored in the
database. What is left of a page's Thai after every stored value has been taken out was written by us.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import tinyhtml5
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext, ngettext, override, pgettext

from core.catalogue import PLACEHOLDER, THAI, Message, messages_wanted
from core.models import OutboxMessage

OUR_APPS = ("core", "partnerships", "agreements", "evaluations", "reporting")
SAID_BY_ATTRIBUTES = ("alt", "aria-label", "content", "label", "placeholder", "title", "data-confirm")
TEXTS = (models.CharField, models.JSONField, models.TextField)
SILENT = {"script", "style", "template"}
SPACE = re.compile(r"\s+")


def says(html: str) -> Iterator[str]:
    """Every text of a page that a person sees or hears, white space folded; not what is marked as the other tongue."""
    page = tinyhtml5.parse(html, namespace_html_elements=False)
    yield from (text for raw in _said(page, page.get("lang")) if (text := SPACE.sub(" ", raw).strip()))


def _said(element: Any, language: str | None) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in SILENT or element.get("lang", language) != language:
        return
    yield element.text or ""
    yield from (element.get(name, "") for name in SAID_BY_ATTRIBUTES)
    for child in element:
        yield from _said(child, language)
        yield child.tail or ""


def stored_texts() -> list[str]:
    """Every Thai text in the database, whole and by lines, the longest first; not notices, which we wrote."""
    found: set[str] = set()
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            names = [f.name for f in model._meta.fields if isinstance(f, TEXTS) and model is not OutboxMessage]
            for row in model._base_manager.values_list(*names) if names else ():
                for value in row:
                    found.update(_lines(value))
    return sorted(found, key=len, reverse=True)


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _lines(each)
    elif isinstance(value, str) and THAI.search(value):
        yield from (SPACE.sub(" ", part).strip() for part in (value, *value.splitlines()) if part.strip())


def own_thai(html: str, stored: Iterable[str]) -> list[str]:
    """Texts of a page in which Thai is left when what is stored in the database is taken out."""
    stored, left = list(stored), []
    for text in says(html):
        rest = text
        for value in stored:
            if not THAI.search(rest):
                break
            rest = rest.replace(value, "")
        if THAI.search(rest) and not _is_cut(rest, stored):
            left.append(text)
    return left


def _is_cut(text: str, stored: Iterable[str]) -> bool:
    """Whether the text is the beginning of something stored, ending in an ellipsis."""
    begun = text.strip().removesuffix("…").strip()
    return text.strip().endswith("…") and any(value.startswith(begun) for value in stored)


@cache
def messages() -> list[Message]:
    """Every message of ours, in code and templates: read once for all tests that ask."""
    return list(messages_wanted(settings.BASE_DIR))


@cache
def english_sentences() -> tuple[frozenset[str], re.Pattern[str]]:
    """Our English sentences that have another Thai: those without placeholders, and a pattern of those with."""
    plain, patterns = set(), []
    with override("th"):
        for message in messages():
            for english in filter(None, (message.singular, message.plural)):
                if _thai_of(message) == english or not re.search("[A-Za-z]{3}", PLACEHOLDER.sub("", english)):
                    continue
                if PLACEHOLDER.search(english):
                    patterns.append(".+?".join(map(re.escape, PLACEHOLDER.split(english))))
                else:
                    plain.add(SPACE.sub(" ", english).strip())
    return frozenset(plain), re.compile("|".join(f"(?:{p})" for p in sorted(patterns)))


def _thai_of(message: Message) -> str:
    if message.plural:
        return ngettext(message.singular, message.plural, 2)
    return pgettext(message.context, message.singular) if message.context else gettext(message.singular)


def own_english(html: str, stored: Iterable[str] = ()) -> list[str]:
    """Texts of a page that are one of our English sentences as it stands."""
    stored = set(stored)
    return [text for text in says(html) if text not in stored and _is_our_english(text)]


@cache
def _is_our_english(text: str) -> bool:
    """Kept for each text: the head and foot of a page say the same on all of them."""
    plain, pattern = english_sentences()
    return text in plain or bool(pattern.fullmatch(text))
