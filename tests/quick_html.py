"""Quicker reading of pages: tinyhtml5 means to keep the patterns it reads by, and makes each anew every time.

It stores a pattern under the pattern itself instead of under the characters it was made of, and so never finds one: half
the time a page takes to be parsed. WeasyPrint's reading of what it prints gains too.
"""

import re

from tinyhtml5 import inputstream


class Patterns(dict[tuple[frozenset[str], bool], re.Pattern[str]]):
    """By the characters to stop before, or (True) to go on through; made when first asked for."""

    def __missing__(self, wanted: tuple[frozenset[str], bool]) -> re.Pattern[str]:
        characters, go_through = wanted
        listed = "".join(f"\\x{ord(each):02x}" for each in characters)
        self[wanted] = re.compile(f"[{'' if go_through else '^'}{listed}]+")
        return self[wanted]


def keep_patterns() -> None:
    """Called once, by conftest."""
    inputstream.characters_until_regex = Patterns()
