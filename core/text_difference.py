"""What was added and taken away between two texts, also in Thai, which writes no spaces between words.

Texts are cut into pieces that a reader never sees apart (a Thai consonant with the vowels and tones around it, a Latin
word, a number, a space) and compared by their longest common subsequence. Short bits that happen to be the same between
two changes are counted as changed, so that a difference reads as words and not as scattered letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Indel

SAME, ADDED, REMOVED = "same", "added", "removed"
# Leading vowel, consonant, marks above and below, following vowel; else a word, a number, a sign.
PIECE = re.compile(
    r"[เ-ไ]?[ก-ฮ](?:[ัิ-ฺ็-๎]*)(?:[ะาำๅ][็-๎]?ะ?)?"  # Thai on purpose
    r"|\d+(?:[.,]\d+)*|[^\W\d_ก-๛]+|\s|.",  # Thai on purpose
    re.DOTALL,
)
THAI = frozenset(map(chr, range(0x0E01, 0x0E4F)))
SHORT = 3  # pieces: fewer of them between two changes are no island worth standing
FAR = 20_000  # pieces: longer texts are compared line by line


@dataclass(frozen=True)
class Piece:
    """`kind`: same, added or removed."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces from which both texts can be read: same and removed give `before`, same and added give `after`."""
    old, new = pieces_of(before), pieces_of(after)
    if len(old) > FAR or len(new) > FAR:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    runs = _without_islands(list(_runs(old, new)))
    return [Piece(kind, text) for kind, text in _joined(runs)]


def pieces_of(text: str) -> list[str]:
    """A text in pieces that stay together; joined they are the text again."""
    return PIECE.findall(text)


Run = tuple[bool, list[str], list[str]]  # the same on both sides?, pieces before, pieces after


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterable[Run]:
    for step in Indel.opcodes(old, new):
        yield step.tag == "equal", list(old[step.src_start : step.src_end]), list(new[step.dest_start : step.dest_end])


def _without_islands(runs: list[Run]) -> list[Run]:
    """Changes with only a short same bit between them become one change."""
    merged: list[Run] = []
    for number, (equal, old, new) in enumerate(runs):
        island = len(old) < SHORT and (_within_a_word(old) if number in (0, len(runs) - 1) else "\n" not in old)
        same = equal and not (island and len(runs) > 1)
        if merged and merged[-1][0] == same:
            merged[-1][1].extend(old)
            merged[-1][2].extend(new)
        else:
            merged.append((same, old, new))
    return merged


def _within_a_word(pieces: Sequence[str]) -> bool:
    """Thai letters alone: the end of a word whose beginning changed, or the other way round."""
    return bool(pieces) and all(piece[0] in THAI for piece in pieces)


def _joined(runs: Iterable[Run]) -> Iterable[tuple[str, str]]:
    for same, old, new in runs:
        if same:
            yield SAME, "".join(old)
            continue
        if old:
            yield REMOVED, "".join(old)
        if new:
            yield ADDED, "".join(new)


# --- rows ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RowPair:
    """A row before and after; None where it was not there."""

    before: Any
    after: Any

    @property
    def kind(self) -> str:
        if self.before is None:
            return ADDED
        if self.after is None:
            return REMOVED
        return SAME if self.before == self.after else "changed"


def pair_rows(before: Sequence[Any], after: Sequence[Any], *, alike: int = 50) -> list[RowPair]:
    """Rows (mappings of plain values) paired in order: the same ones first, then those that are `alike` in percent."""
    old, new = [_spelled(row) for row in before], [_spelled(row) for row in after]
    pairs: list[RowPair] = []
    gone: list[Any] = []
    come: list[Any] = []
    for step in Indel.opcodes(old, new):
        left, right = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        if step.tag != "equal":
            gone += left
            come += right
            continue
        pairs += _changed(gone, come, alike)
        pairs += [RowPair(one, two) for one, two in zip(left, right, strict=True)]
        gone, come = [], []
    return pairs + _changed(gone, come, alike)


def _changed(gone: Sequence[Any], come: Sequence[Any], alike: int) -> list[RowPair]:
    """Rows that went and came between the same neighbours: one that came like one that went is that row, changed."""
    pairs: list[RowPair] = []
    left = list(gone)
    for row in come:
        scored = [(Indel.normalized_similarity(_spelled(one), _spelled(row)), -place) for place, one in enumerate(left)]
        likeness, place = max(scored, default=(0.0, 0))
        if likeness * 100 < alike:
            pairs.append(RowPair(None, row))
            continue
        pairs += [RowPair(one, None) for one in left[:-place]]
        pairs.append(RowPair(left[-place], row))
        left = left[1 - place :]
    return pairs + [RowPair(one, None) for one in left]


def _spelled(row: Any) -> str:
    return "\x1f".join("" if value is None else str(value) for value in row.values())
