"""Text as it is searched, compared and sorted: what people type differently but mean the same becomes the same."""

from __future__ import annotations

import re
import unicodedata

SPLIT_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")  # Thai on purpose
TWO_SARA_E = re.compile("\u0e40\u0e40")  # Thai on purpose
# Marks that count as parts of words: \W would take Thai vowels and tone marks for punctuation.
THAI_MARKS = "\u0e31\u0e33-\u0e3a\u0e47-\u0e4e"  # Thai on purpose
BETWEEN_WORDS = re.compile(rf"[^\w{THAI_MARKS}]+|_+")


def search_text(*texts: str) -> str:
    """The texts in small letters without spaces and punctuation, Thai vowels in one spelling; joined by a space.

    What is searched for is put through the same function, so that "ส.ค. " finds "สค" and "เเม่" finds "แม่".
    """
    return " ".join(found for found in map(_folded, texts) if found)


def _folded(text: str) -> str:
    one = unicodedata.normalize("NFC", text).casefold()
    one = SPLIT_SARA_AM.sub("\\1\u0e33", TWO_SARA_E.sub("\u0e41", one))  # Thai on purpose
    return BETWEEN_WORDS.sub("", one)


def thai_sort_key(name: str) -> str:
    """A key that sorts Thai names as a dictionary does: a leading vowel (เ แ โ ใ ไ) goes behind its consonant."""
    key, index = [], 0
    while index < len(name):
        if name[index] in "เแโใไ" and index + 1 < len(name):  # Thai on purpose
            key += [name[index + 1], name[index]]
            index += 2
        else:
            key.append(name[index])
            index += 1
    return "".join(key)[:300]
