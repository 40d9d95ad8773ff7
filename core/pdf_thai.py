"""Two cures of WeasyPrint's Thai, kept together so that they can be dropped together.

Why and how measured: docs/decisions/0007-thai-pdf-patch.md. Each replaces one name inside
WeasyPrint and nothing else:

* ``weasyprint.pdf.stream.Font``: what a glyph means when text is copied or searched is read
  from the font itself (cmap and GSUB) instead of from the text where it was first met.
* ``weasyprint.layout.inline.justify_line``: a justified line spreads its slack over spaces
  and letters, as Thai word processors do (กระจายแบบไทย), instead of over its few spaces.

Applied to tested versions alone; tests/documents/test_round_trip.py tells when they are needed.
"""

from __future__ import annotations

import io
import logging
from functools import lru_cache
from typing import Any

logger = logging.getLogger(__name__)

TESTED_VERSIONS = {"70.0"}
SHARE_OF_LETTERS = 0.65  # of the slack; the rest goes to the spaces
# In parts of the font size: past these a line with few letters, or few spaces, looks broken, not spread.
LARGEST_LETTER_GAP = 0.1
LARGEST_SPACE_GAP = 0.5

# GSUB lookup types that give one glyph for one or for several (OpenType, GSUB).
_SINGLE, _LIGATURE, _EXTENSION = 1, 4, 7


def apply() -> bool:
    """Put the cures in place, once; say whether they are there.

    An untested WeasyPrint is left as it is, with a warning: better an ugly line than a wrong guess
    about its inside.
    """
    import weasyprint
    from weasyprint.layout import inline
    from weasyprint.pdf import stream

    if weasyprint.__version__ not in TESTED_VERSIONS:
        logger.warning("WeasyPrint %s is not tested with the Thai cures; not applied", weasyprint.__version__)
        return False
    if inline.justify_line is not justify_line:
        stream.Font = _font_class(stream.Font)
        inline.justify_line = justify_line
    return True


# --- copy and search ---------------------------------------------------------------------------


class _GlyphTexts(dict):
    """Glyph id → text. What the font says of a glyph wins over what the caller guesses."""

    def __init__(self, known: dict[int, str]) -> None:
        super().__init__()
        self._known = known

    def __setitem__(self, glyph: int, text: str) -> None:
        super().__setitem__(glyph, self._known.get(glyph, text))


def _font_class(base: type) -> type:
    class FontWithTexts(base):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.to_unicode = _GlyphTexts(glyph_texts(self.file_content, self.index))

    return FontWithTexts


@lru_cache(maxsize=16)
def glyph_texts(font_file: bytes, index: int = 0) -> dict[int, str]:
    """Text of every glyph a font reaches from a character: by its cmap, then by GSUB single
    substitutions (marks moved aside for tall consonants) and ligatures, to any depth."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(font_file), fontNumber=index, lazy=True)
    texts: dict[str, str] = {}
    for codepoint, name in sorted((font.getBestCmap() or {}).items()):
        texts.setdefault(name, chr(codepoint))
    rules = list(_substitutions(font)) if "GSUB" in font else []
    growing = True
    while growing:
        growing = False
        for parts, result in rules:
            if result not in texts and all(part in texts for part in parts):
                texts[result] = "".join(texts[part] for part in parts)
                growing = True
    return {font.getGlyphID(name): text for name, text in texts.items()}


def _substitutions(font: Any) -> Any:
    """(glyphs replaced, glyph put in their place), for each rule of the font."""
    lookups = font["GSUB"].table.LookupList
    for lookup in lookups.Lookup if lookups else ():
        for table in lookup.SubTable:
            kind, rules = lookup.LookupType, table
            if kind == _EXTENSION:
                kind, rules = table.ExtSubTable.LookupType, table.ExtSubTable
            if kind == _SINGLE:
                yield from (((source,), result) for source, result in rules.mapping.items())
            elif kind == _LIGATURE:
                for first, ligatures in rules.ligatures.items():
                    yield from (((first, *each.Component), each.LigGlyph) for each in ligatures)


# --- justification -----------------------------------------------------------------------------


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Spread ``extra_width`` (CSS px) over the line's letters and spaces."""
    from weasyprint.layout.inline import add_word_spacing, count_expandable_spaces

    spaces = count_expandable_spaces(line)
    gaps = sum(_letter_gaps(box.text) for box in _text_boxes(line))
    if gaps:
        em = line.style["font_size"]
        for_spaces = min(extra_width * (1 - SHARE_OF_LETTERS), LARGEST_SPACE_GAP * em * spaces)
        gap = min((extra_width - for_spaces) / gaps, LARGEST_LETTER_GAP * em)
        extra_width -= _space_letters(context, line, gap, 0)
    if spaces:
        add_word_spacing(context, line, extra_width / spaces, 0)


def _text_boxes(box: Any) -> Any:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _text_boxes(child)


def _letter_gaps(text: str) -> int:
    """Places between letters; marks above and below stay with their consonant."""
    return max(sum(1 for char in text if not _is_mark(char)) - 1, 0)


def _is_mark(char: str) -> bool:
    return char == "\u0e31" or "\u0e34" <= char <= "\u0e3a" or "\u0e47" <= char <= "\u0e4e"


def _space_letters(context: Any, box: Any, gap: float, x_advance: float) -> float:
    """Move ``box`` by ``x_advance``, widen its texts by ``gap`` a letter; return the new advance."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        box.position_x += x_advance
        return x_advance + _space_text(context, box, gap)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += x_advance
        before = x_advance
        for child in box.children[:: -1 if box.style["direction"] == "rtl" else 1]:
            if child.is_in_normal_flow():
                x_advance = _space_letters(context, child, gap, x_advance)
        box.width += x_advance - before
    else:
        box.translate(x_advance, 0)
    return x_advance


def _space_text(context: Any, box: Any, gap: float) -> float:
    """Set the letter spacing of one text box and measure by how much it grew."""
    from weasyprint.text.line_break import create_layout, line_size

    def width(style: Any, measured_as: Any) -> tuple[float, Any]:
        layout = create_layout(box.text, style, context, max_width=None, justification_spacing=0)
        measured = line_size(layout.get_first_line()[0], measured_as)[0]
        layout.deactivate()
        return measured, layout

    plain = box.style
    spaced = plain.copy()
    spaced["letter_spacing"] = gap + (0 if plain["letter_spacing"] == "normal" else plain["letter_spacing"])
    grown, layout = width(spaced, plain)
    growth = grown - width(plain, plain)[0]
    box.style, box.pango_layout = spaced, layout
    box.width += growth
    return growth
