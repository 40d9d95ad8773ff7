"""English pages carry no Thai of ours, Thai pages no English of ours, and one thing has one word.

Several people walk through the pages by their links, one page of each kind and more of those that differ by person.
How words of the house are told from data: see `tests.language_tools`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from core.catalogue import merged
from tests.cast import Cast
from tests.language_tools import messages, own_english, own_thai, says, stored_texts
from tests.world import World

WALKERS = ("", "officer", "partner_rep", "executive", "finance", "reviewer", "evaluator", "opdc")
LINK = re.compile(r'(?:href|data-hx-get)="(/[^"#]*)')
SEEN_BY_EACH = ("_detail", "_list", ":home")  # pages that say something else to each person

# English → Thai of which one must be there wherever the English is: the words of the glossary.
WORDS = {
    r"instalments?": "งวด|ขอเบิกใหม่",
    r"calls? for proposals": "ประกาศ",
    r"proposals?": "ข้อเสนอ|ยื่น",
    r"indicators?": "ตัวชี้วัด",
    r"baseline": "ค่าฐาน",
    r"signator(y|ies)": "ผู้มีอำนาจลงนาม",
    r"action plans?": "แผนปฏิบัติการ",
    r"resolutions?": "มติ",
    r"bank interest": "ดอกเบี้ยเงินฝาก",
    r"site visits?": "ลงพื้นที่",
    r"lessons?": "บทเรียน",
    r"joint committees?": "คณะกรรมการร่วม",
    r"joint contract": "สัญญาร่วม",
    r"missions?": "ภารกิจ",
    r"parties": "คู่ภาคี",
    r"givers?": "ผู้มอบภารกิจ",
    r"receivers?": "ผู้รับมอบภารกิจ",
    r"reviewers?": "ผู้พิจารณา",
    r"agreements?": "ข้อตกลง|ลงนาม",
    r"executives?": "ผู้บริหาร",
    r"responsible officers?": "เจ้าหน้าที่ผู้รับผิดชอบ",
    r"returned for revision": "ส่งกลับแก้ไข",
    r"verdicts?": "ผล",
}
AVOIDED = re.compile("ผู้รับจ้าง|ว่าจ้าง|ค่าปรับ|พัสดุ|ทิ้งงาน|ผู้ชนะ|กรุณา")  # it is not hiring; one word for please


def walk(client: Client, who: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """(address, HTML) of the pages that links lead to, each kind once for all walkers or once for each."""
    ahead, met = ["/"], {"/"}
    while ahead:
        url = ahead.pop(0)
        kind = kind_of(url, who)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        answer = client.get(url, follow=True)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            html = answer.content.decode()
            if "<html" not in html:
                continue  # a part of a page, read with the page that holds it
            yield url, html
            links = [link.replace("&amp;", "&") for link in LINK.findall(html)]
            ahead += [link for link in links if link not in met]
            met.update(links)


def kind_of(url: str, who: str) -> str | None:
    """What kind of page an address is, None for files and for leaving."""
    try:
        name = resolve(urlparse(url).path).view_name
    except Resolver404:
        return None
    return (
        None if "logout" in name or name.endswith("_pdf") else f"{who} {name}" if name.endswith(SEEN_BY_EACH) else name
    )


@pytest.fixture
def story(cast: Cast) -> Cast:
    """A call with a draft proposal, one under review, and an agreement under evaluation: something for everyone."""
    world = World(cast)
    world.draft_proposal(world.published_call("grant"))
    world.draft_call("pbc")
    world.agreement("pbc", at="pbc_6_midterm_evaluation")
    world.agreement("commissioning")
    return cast


def client_in(language: str, cast: Cast, who: str) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if who:
        client.force_login(cast.people[who].user)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "th"])
def test_pages_speak_one_language(story: Cast, language: str) -> None:
    stored, seen, wrong = stored_texts(), set(), []
    for who in WALKERS:
        for url, html in walk(client_in(language, story, who), who, seen):
            assert f'<html lang="{language}"' in html, url
            foreign = own_thai(html, stored) if language == "en" else own_english(html, stored)
            wrong += [f"{who or 'anyone'} at {url}: {text}" for text in foreign]
    assert len(seen) > 40, f"the walk came to {len(seen)} kinds of pages only"
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize(
    ("who", "name", "empty"),
    [("officer", "partnerships:mission_create", "title"), ("", "account_login", "login")],
)
def test_refused_forms_speak_one_language(cast: Cast, language: str, who: str, name: str, empty: str) -> None:
    html = client_in(language, cast, who).post(reverse(name), {empty: ""}).content.decode()
    assert "error-summary" in html
    assert not (own_thai(html, stored_texts()) if language == "en" else own_english(html, stored_texts()))


def test_a_word_of_ours_is_told_from_data() -> None:
    html = '<html lang="en"><body><p>กรมทดสอบ</p><p>บันทึก กรมทดสอบ</p><a lang="th">ภาษาไทย</a></body></html>'
    assert own_thai(html, ["กรมทดสอบ"]) == ["บันทึก กรมทดสอบ"]
    html = '<html lang="th"><body><p>Responsible officer</p><p title="Step 3">ขั้นตอน</p></body></html>'
    assert own_english(html) == ["Responsible officer", "Step 3"]
    assert "ภาษาไทย" not in list(says(html))


def test_one_thing_has_one_word() -> None:
    fragments = sorted((settings.BASE_DIR / "locale" / "th" / "fragments").glob("*.po"))
    wanted = messages()
    ours, wrong = {message.singular for message in wanted}, []
    for entry in (entry for entry in merged(fragments, wanted)[0] if entry.msgid in ours):
        thai = entry.msgstr or entry.msgstr_plural.get(0, "")
        sentence = re.sub(r"%\(\w+\)s", "", entry.msgid)
        for english, words in WORDS.items():
            if re.search(rf"\b{english}\b", sentence, re.IGNORECASE) and not re.search(words, thai):
                wrong.append(f"{entry.msgid!r}: {thai!r} lacks {words}")
        if AVOIDED.search(thai):
            wrong.append(f"{entry.msgid!r}: {thai!r} has a word to avoid")
    assert not wrong, "\n".join(wrong)
