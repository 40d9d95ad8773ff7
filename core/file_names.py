"""Names of uploaded files, made harmless: shown on pages, sent in headers, saved on people's disks."""

import re
import unicodedata

MAX_LENGTH = 120  # characters; Thai ones take three bytes each, and file systems stop at 255 bytes
MAX_BYTES = 240
# Control characters, formatting ones (they can turn the reading direction), halves, private ones, line ends.
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Signs that are shown as nothing although they count as letters or marks.
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0")
VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# What file systems refuse, and what looks like a path, a drive or another extension without being one.
RESERVED_CHARACTERS = re.compile(
    r'[<>:"|?*\u2024\u2044\u2215\u29f5\u29f8\u29f9\ua789\ufe52\ufe55\ufe68\uff0e\uff0f\uff1a\uff3c]'
)
RESERVED_NAMES = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


def clean_name(name: str) -> str:
    """`name` without path, hidden characters and what file systems refuse; at most 120 characters, extension kept.

    Never empty: "file" when nothing is left.
    """
    # The path goes first, on the text as it came: NFKC-like surprises cannot make a new separator afterwards.
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(" " if char in "\t\r\n" else char for char in base if char in "\t\r\n" or _is_visible(char))
    visible = VARIATIONS.sub("", visible)
    plain = re.sub(r"\s+", " ", RESERVED_CHARACTERS.sub("_", visible)).strip(" .")
    if RESERVED_NAMES.match(plain):
        plain = f"_{plain}"
    return _shorten(plain) or "file"


def extension_of(name: str) -> str:
    """The part after the last dot, in small letters, without the dot; "" when there is none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in HIDDEN and char not in BLANKS


def _shorten(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        stem, dot, extension = name, "", ""
    tail = dot + extension
    while stem and (len(stem + tail) > MAX_LENGTH or len((stem + tail).encode()) > MAX_BYTES):
        stem = stem[:-1]
    return stem.rstrip(" .") + tail
