"""Words that OPDC keeps: added, renamed, ordered, retired; never deleted."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.audit import history_of
from core.workflow import NotNow, Stamp
from partnerships.actions import vocabularies
from partnerships.models import FieldOfWork, TargetGroup
from partnerships.models.vocabularies import Word
from tests.cast import Cast

pytestmark = pytest.mark.django_db

LISTS = {"fields-of-work": FieldOfWork, "target-groups": TargetGroup}


@pytest.fixture(params=LISTS)
def vocabulary(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def words(vocabulary: str) -> list[Word]:
    model = LISTS[vocabulary]
    model.objects.all().delete()
    return [
        model.objects.create(code=code, name_th=f"คำ {code}", name_en=f"Word {code}", ordinal=n)
        for n, code in enumerate("abc", start=1)
    ]


@pytest.fixture
def opdc(cast: Cast, client: Client) -> Client:
    client.force_login(cast.opdc.user)
    return client


def url(name: str, vocabulary: str, *arguments: Any) -> str:
    return reverse(f"partnerships:{name}", args=[vocabulary, *arguments])


def stamp_of(word: Word | None = None) -> dict[str, str]:
    return {"version": str(word.version) if word else "", "key": str(uuid.uuid4())}


def press(client: Client, vocabulary: str, word: Word, move: str) -> Any:
    word.refresh_from_db()
    return client.post(url("word_move", vocabulary, word.pk, move), stamp_of(word), follow=True)


def order(model: type[Word]) -> str:
    return "".join(model.objects.values_list("code", flat=True))


def test_a_new_word_comes_last_with_a_code_that_stays(opdc: Client, vocabulary: str, words: list[Word]) -> None:
    names = {"name_th": "งานเด็ก", "name_en": "Child care"}
    page = opdc.post(url("word_create", vocabulary), {**stamp_of(), **names}, follow=True).content.decode()
    assert "เพิ่มคำแล้ว" in page and "งานเด็ก" in page
    word = LISTS[vocabulary].objects.get(code="child-care")
    assert (word.ordinal, word.is_active) == (4, True)
    renamed = {"name_th": "งานเด็กและเยาวชน", "name_en": "Children and youth"}
    opdc.post(url("word_edit", vocabulary, word.pk), {**stamp_of(word), **renamed})
    word.refresh_from_db()
    assert (word.code, word.name_th) == ("child-care", "งานเด็กและเยาวชน")
    assert [event.kind.partition(".")[2] for event in history_of(word)] == ["add_word", "rename_word"]
    assert word.history.count() >= 2
    page = opdc.get(url("word_edit", vocabulary, word.pk)).content.decode()
    assert "เปลี่ยนชื่อคำ" in page and "เพิ่มคำ" in page and "นางสาวเจ้าหน้าที่ ก.พ.ร." in page


def test_a_word_is_retired_and_taken_back_never_deleted(opdc: Client, vocabulary: str, words: list[Word]) -> None:
    page = press(opdc, vocabulary, words[0], "retire").content.decode()
    assert "เลิกใช้คำแล้ว" in page
    words[0].refresh_from_db()
    assert not words[0].is_active
    press(opdc, vocabulary, words[0], "retire")
    assert history_of(words[0]).count() == 1, "a second time changes nothing"
    assert "นำคำกลับมาใช้แล้ว" in press(opdc, vocabulary, words[0], "restore").content.decode()
    words[0].refresh_from_db()
    assert words[0].is_active


def test_words_are_put_in_order(opdc: Client, vocabulary: str, words: list[Word]) -> None:
    model, (a, _b, c) = LISTS[vocabulary], words
    press(opdc, vocabulary, c, "up")
    assert order(model) == "acb"
    press(opdc, vocabulary, a, "down")
    assert order(model) == "cab"
    press(opdc, vocabulary, c, "up")
    assert order(model) == "cab", "the first stays the first"
    assert sorted(model.objects.values_list("ordinal", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("names", "field", "told"),
    [
        ({"name_th": "", "name_en": "X"}, "name_th", "โปรดกรอก"),
        ({"name_th": "ใหม่", "name_en": "word A"}, "name_en", "มีคำนี้ในรายการแล้ว"),
        ({"name_th": " คำ a ", "name_en": "X"}, "name_th", "มีคำนี้ในรายการแล้ว"),
        ({"name_th": "ก" * 201, "name_en": "X"}, "name_th", "200"),
    ],
)
def test_bad_input_is_told_at_its_field(
    opdc: Client, vocabulary: str, words: list[Word], names: dict[str, str], field: str, told: str
) -> None:
    answer = opdc.post(url("word_create", vocabulary), {**stamp_of(), **names})
    assert told in " ".join(answer.context["form"].errors[field])
    assert answer.context["form"].data["name_en"] == names["name_en"]
    assert LISTS[vocabulary].objects.count() == 3


def test_a_word_may_keep_its_own_name(opdc: Client, vocabulary: str, words: list[Word]) -> None:
    names = {"name_th": words[0].name_th, "name_en": "Other"}
    assert opdc.post(url("word_edit", vocabulary, words[0].pk), {**stamp_of(words[0]), **names}).status_code == 302


def test_an_out_of_date_page_changes_nothing(opdc: Client, cast: Cast, vocabulary: str, words: list[Word]) -> None:
    vocabularies.rename_word(word=words[0], name_th="ใหม่", name_en="New", by=cast.opdc.actor)
    answer = opdc.post(url("word_move", vocabulary, words[0].pk, "retire"), {"version": "0", "key": "k"}, follow=True)
    assert "มีผู้อื่นแก้ไขข้อมูลนี้" in answer.content.decode()
    words[0].refresh_from_db()
    assert words[0].is_active
    with pytest.raises(NotNow):
        vocabularies.restore_word(word=words[0], by=cast.opdc.actor, stamp=Stamp())


def test_others_are_refused(cast: Cast, client: Client, vocabulary: str, words: list[Word]) -> None:
    for who in ("officer", "partner_rep", "stranger"):
        client.force_login(cast.people[who].user)
        assert client.get(url("word_list", vocabulary)).status_code == 403
        assert client.get(url("word_create", vocabulary)).status_code == 403
        assert press(client, vocabulary, words[0], "retire").status_code == 403
    assert client.get(url("word_list", "no-such-list")).status_code == 403


def test_what_does_not_exist_is_not_found(opdc: Client, vocabulary: str, words: list[Word]) -> None:
    assert opdc.get(url("word_list", "no-such-list")).status_code == 404
    assert opdc.get(url("word_edit", vocabulary, 0)).status_code == 404
    assert press(opdc, vocabulary, words[0], "delete").status_code == 404


def test_a_list_costs_the_same_with_one_word_and_with_thirty(opdc: Client, vocabulary: str, words: list[Word]) -> None:
    model = LISTS[vocabulary]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            opdc.get(url("word_list", vocabulary))
        return len(queries)

    once = cost()
    model.objects.bulk_create(
        model(code=f"w{n}", name_th=f"คำ {n}", name_en=f"Word {n}", ordinal=n + 9) for n in range(30)
    )
    assert cost() == once
