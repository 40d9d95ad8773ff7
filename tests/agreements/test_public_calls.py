"""Calls for everybody: the list and its filters, one address, the call on paper, the feed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.result_letters import issue_result_letters
from agreements.models import Call, CallAddendum, CallArea, CallDocument
from agreements.queries.call_public import dates_of, days_left, public_call
from core import clock
from core.ui import local_day, show_date, show_moment
from core.workflow import set_first_state
from core.working_days import term_ends
from partnerships.models import FieldOfWork
from tests.agreements.after_world import decided
from tests.cast import Cast
from tests.documents.reading import normal, read_by_poppler
from tests.factories import CallFactory, MissionFactory
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LIST = "agreements:public_calls"
ATOM = "{http://www.w3.org/2005/Atom}"


def stored(cast: Cast, **facts: object) -> Call:
    """A published call, stored as it is (the way there is tried elsewhere)."""
    mission = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user)
    state = facts.pop("state", "published")
    call = CallFactory.build(
        mission=mission, agency=mission.agency, officer=cast.officer.user, form=facts.pop("form", "pbc"), **facts
    )
    set_first_state(call, state=state)
    call.published_at = None if state == "draft" else clock.real_now() - DAY
    call.save()
    return call


def titles(client: Client, **query: object) -> list[str]:
    return [call.title for call in client.get(reverse(LIST), query).context["page"]]


def test_the_list_is_narrowed_and_what_closes_soon_comes_first(cast: Cast) -> None:
    now, client = clock.real_now(), Client()
    field = FieldOfWork.objects.create(code="elderly", name_th="ผู้สูงอายุ", name_en="Elderly")
    later = stored(cast, title="ก ภายหลัง", closes_at=now + 9 * DAY, form="grant")
    soon = stored(cast, title="ข เร็ว", closes_at=now + 2 * DAY)
    closed = stored(cast, title="ค ปิดแล้ว", closes_at=now - DAY)
    judged = stored(cast, title="ง กำลังพิจารณา", closes_at=now - 2 * DAY, state="selection")
    stored(cast, title="จ ร่าง", state="draft")
    stored(cast, title="ฉ เชิญ", procedure="direct", procedure_reason="มีรายเดียว")
    other = FieldOfWork.objects.create(code="youth", name_th="เยาวชน", name_en="Youth")
    soon.fields_of_work.add(field)
    CallArea.objects.create(call=soon, province_code="55")
    assert titles(client) == [soon.title, later.title]
    assert titles(client, state="closed") == [closed.title, judged.title]
    assert titles(client, q="เร็ว") == [soon.title]
    assert titles(client, form="grant") == [later.title]
    assert titles(client, field=field.pk) == [soon.title, later.title]  # without a field is for each of them
    assert titles(client, field=other.pk) == [later.title]
    assert titles(client, province="55") == [soon.title, later.title]  # the whole country is every province
    assert titles(client, province="54") == [later.title]
    for nonsense in ({"field": "9" * 30}, {"field": "x"}, {"province": "00"}, {"form": "gift"}, {"state": "?"}):
        assert titles(client, **nonsense) == [soon.title, later.title]
    page = client.get(reverse(LIST), {"field": field.pk}).content.decode()
    assert "application/atom+xml" in page
    assert f"feed.atom?field={field.pk}" in page


def test_the_list_costs_the_same_at_1_and_at_30_and_its_pages_join(cast: Cast) -> None:
    client, counts = Client(), []
    field = FieldOfWork.objects.create(code="any", name_th="งาน", name_en="Work")
    for more in (1, 29):
        for number in range(more):
            call = stored(cast, title=f"ประกาศ {more}-{number}", closes_at=clock.real_now() + (number % 3 + 1) * DAY)
            call.fields_of_work.add(field)
            CallArea.objects.create(call=call, province_code="55")
        for name in (LIST, "reporting:home", "agreements:call_feed"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse(name)).status_code == 200
            counts.append(len(asked))
    assert counts[:3] == counts[3:]
    first = client.get(reverse(LIST)).context["page"]
    second = client.get(reverse(LIST) + first.next_url).context["page"]
    assert len({call.pk for call in (*first, *second)}) == len(first) + len(second) == 30


def test_one_address_for_everybody(cast: Cast) -> None:
    world = World(cast)
    call, draft = world.published_call(), world.draft_call(title="ร่างที่ยังไม่เผยแพร่")
    address = reverse("agreements:call_detail", args=[call.reference])
    page = Client().get(address).content.decode()
    assert f"http://testserver{address}" in page
    assert 'property="og:title"' in page
    assert f"{reverse('account_login')}?next={address.replace('/', '%2F')}" in page
    assert Client().get(reverse("agreements:public_call", args=[call.reference])).url == address
    # What is not public, and what does not exist, ask for a log-in in the same way.
    for reference in (draft.reference, "CALL-9999-99999"):
        for name in ("call_detail", "call_pdf"):
            answer = Client().get(reverse(f"agreements:{name}", args=[reference]))
            assert (answer.status_code, answer.url.startswith(reverse("account_login"))) == (302, True)
    partner = Client()
    partner.force_login(cast.partner_staff.user)
    text = partner.get(address).content.decode()
    assert reverse("agreements:proposal_create", args=[call.reference]) in text
    assert call.objectives in text


def test_what_everybody_sees_of_a_call(cast: Cast) -> None:
    call = World(cast).published_call()
    Call.objects.filter(pk=call.pk).update(
        questions_until=call.closes_at - DAY, decision_by=(call.closes_at + 40 * DAY).date(), instalment_count=3
    )
    criterion = call.criteria.filter(kind="scoring").first()
    criterion.levels = [[5, "ครบถ้วนมีหลักฐาน"], [0, "ไม่มีข้อมูล"]]
    criterion.save()
    CallArea.objects.create(call=call, province_code="55")
    CallDocument.objects.create(call=call, title="หนังสือรับรององค์กร")
    CallAddendum.objects.create(
        call=call,
        number=1,
        summary="ขยายเวลา",
        changes={"closes_at": call.closes_at.isoformat(), "budget_ceiling": "1000000.00"},
        before={"closes_at": (call.closes_at - DAY).isoformat(), "budget_ceiling": "900000.00"},
        written_by=cast.officer.user,
        published_at=clock.real_now(),
    )
    CallAddendum.objects.create(call=call, summary="ยังไม่ผ่านการอนุมัติ", written_by=cast.officer.user)
    text = Client().get(reverse("agreements:call_detail", args=[call.reference])).content.decode()
    for words in (
        "น่าน", "ครบถ้วนมีหลักฐาน", "หนังสือรับรององค์กร", "ขยายเวลา", "900,000.00", "1,000,000.00",
        show_moment(call.closes_at - DAY), criterion.title,
    ):  # fmt: skip
        assert words in text
    assert "ยังไม่ผ่านการอนุมัติ" not in text
    assert cast.officer.user.full_name_th not in text
    call.refresh_from_db()
    assert [row.state for row in dates_of(call)] == ["done", "next", "later", "later"]


def test_the_last_day_to_appeal_is_the_one_in_the_letters_and_unknown_before_them(cast: Cast) -> None:
    world = World(cast)
    call, _winner, loser = decided(world)
    Call.objects.filter(pk=call.pk).update(decided_at=clock.real_now() - 14 * DAY)
    address = reverse("agreements:call_detail", args=[call.reference])
    within = f"อุทธรณ์ได้ภายใน {call.appeal_days} วันนับจากหนังสือ"
    before = Client().get(address)
    assert "appeal" not in [row.code for row in before.context["public"]["dates"]]
    assert within in before.content.decode()

    issue_result_letters(call=world.again(call), by=cast.officer.actor)
    after = Client().get(address)
    (shown,) = [row.shown for row in after.context["public"]["dates"] if row.code == "appeal"]
    assert shown == show_date(local_day(loser.result_letters.get().appeal_until))
    assert shown == show_date(term_ends(clock.today(), call.appeal_days))
    assert within not in after.content.decode()


def test_days_left_are_counted_in_thailand(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    midnight = clock.real_now().astimezone(clock.BANGKOK).replace(hour=0, minute=0, second=0, microsecond=0) + 3 * DAY
    call = stored(cast, closes_at=midnight + timedelta(hours=16), grace_minutes=5)
    for now, expected in (
        (midnight - timedelta(seconds=1), 1),
        (midnight, 0),
        (call.closes_at, 0),
        (call.closes_at + timedelta(minutes=5), 0),
        (call.closes_at + timedelta(minutes=5, seconds=1), None),
    ):
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        assert days_left(call) == expected
        assert public_call(call)["is_open"] is (expected is not None)


def test_the_call_on_paper_reads_back(cast: Cast, tmp_path: Path) -> None:
    call = World(cast).published_call()
    CallAddendum.objects.create(
        call=call,
        number=1,
        summary="ขยายเวลาเนื่องจากน้ำท่วม",
        changes={"cure_days": 7},
        before={"cure_days": 0},
        written_by=cast.officer.user,
        published_at=clock.real_now(),
    )
    answer = Client().get(reverse("agreements:call_pdf", args=[call.reference]))
    assert answer["Content-Type"] == "application/pdf"
    text = normal(read_by_poppler(answer.content, tmp_path))
    for words in (
        "ประกาศกรมทดสอบ", call.title, "วงเงินไม่เกิน ๑,๐๐๐,๐๐๐.๐๐ บาท (หนึ่งล้านบาทถ้วน)", "เกณฑ์การพิจารณาข้อเสนอโครงการ",
        "ขยายเวลาเนื่องจากน้ำท่วม", cast.executive.user.full_name_th,
    ):  # fmt: skip
        assert normal(words) in text
    assert cast.officer.user.full_name_th not in text


def test_the_feed_is_atom_with_ids_that_stay(cast: Cast) -> None:
    field = FieldOfWork.objects.create(code="care", name_th="ดูแล", name_en="Care")
    world, client = World(cast), Client()
    call = world.published_call(title="ดูแล <เด็ก> & ผู้สูงอายุ")
    call.fields_of_work.add(field)
    other = stored(cast, title="สาขาอื่น", closes_at=clock.real_now() + DAY)
    other.fields_of_work.add(FieldOfWork.objects.create(code="youth", name_th="เยาวชน", name_en="Youth"))
    answer = client.get(reverse("agreements:call_feed"), {"field": field.pk})
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    for name in ("id", "title", "updated", "author"):  # RFC 4287, 4.1.1
        assert len(feed.findall(ATOM + name)) == 1
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == call.title
    first = entry.find(f"{ATOM}id").text
    assert first.startswith("tag:testserver,")
    assert first.endswith(call.reference)
    assert call.reference in entry.find(f"{ATOM}link").get("href")
    updated = entry.find(f"{ATOM}updated").text
    CallAddendum.objects.create(
        call=call, number=1, summary="ก", written_by=cast.officer.user, published_at=clock.real_now() + DAY
    )
    again = ElementTree.fromstring(client.get(reverse("agreements:call_feed")).content)
    entries = {each.find(f"{ATOM}id").text: each.find(f"{ATOM}updated").text for each in again.findall(f"{ATOM}entry")}
    assert entries[first] > updated
    assert len(entries) == 2
