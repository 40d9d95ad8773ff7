"""Two texts compared: what is marked is what changed, in Thai too, and both texts can be read from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text_difference import ADDED, REMOVED, SAME, Piece, difference, pair_rows, pieces_of

SIGNS = st.text(alphabet="กขงนรสผเแไาำะิีุูั็่้์ ๆ฿0123,.ab\né🙂", max_size=60)


def read(pieces: list[Piece], without: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != without)


@given(SIGNS, SIGNS)
def test_both_texts_can_be_read_from_the_difference(before, after):
    found = difference(before, after)
    assert read(found, ADDED) == before and read(found, REMOVED) == after
    assert all(piece.text for piece in found)
    assert (not any(piece.kind != SAME for piece in found)) == (before == after)


@pytest.mark.parametrize("text", ["ผู้สูงอายุ", "น้ำใจ", "เกาะ", "ก๋วยเตี๋ยว", "เพื่อสำนักงาน", "1,250.00 บาท", "Bangkok 2569"])
def test_no_piece_begins_with_a_mark_that_hangs_on_the_sign_before(text):
    pieces = pieces_of(text)
    assert "".join(pieces) == text
    assert not any(piece[0] in "ะาำัิีึืฺุู็่้๊๋์ํ๎" for piece in pieces), pieces


def test_a_thai_sentence_is_marked_by_what_was_put_in():
    found = difference("ผู้สูงอายุได้รับการดูแล 200 คน", "ผู้สูงอายุและผู้พิการได้รับการดูแล 350 คน")
    assert found == [
        Piece(SAME, "ผู้สูงอายุ"),
        Piece(ADDED, "และผู้พิการ"),
        Piece(SAME, "ได้รับการดูแล "),
        Piece(REMOVED, "200"),
        Piece(ADDED, "350"),
        Piece(SAME, " คน"),
    ]


def test_a_text_written_anew_is_not_broken_into_crumbs():
    found = difference("จัดอบรมอาสาสมัครในตำบล", "สำรวจความต้องการของชุมชน")
    assert len(found) <= 4, found


def test_texts_as_long_as_a_field_may_be_are_compared_piece_by_piece():
    text = "พัฒนาคุณภาพชีวิตผู้สูงอายุในชุมชนอย่างยั่งยืน " * 130  # some 6,000 signs
    found = difference(text, text[::-1])
    assert "".join(piece.text for piece in found if piece.kind != ADDED) == text
    assert "".join(piece.text for piece in found if piece.kind != REMOVED) == text[::-1]


def test_rows_are_paired_as_rows():
    before = [{"title": "ค่าวิทยากร", "cost": "500"}, {"title": "ค่าเดินทาง", "cost": "300"}, {"title": "วัสดุ", "cost": "9"}]
    after = [{"title": "ค่าวิทยากรภายนอก", "cost": "500"}, {"title": "จ้างพิมพ์เอกสาร", "cost": "77"}, before[1]]
    pairs = pair_rows(before, after)
    assert [pair.kind for pair in pairs] == ["changed", ADDED, SAME, REMOVED]
    assert pairs[0].before == before[0] and pairs[0].after == after[0]
    assert [pair.before for pair in pairs if pair.before] == before
    assert [pair.after for pair in pairs if pair.after] == after
    assert pair_rows([], []) == []
