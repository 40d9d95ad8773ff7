"""Questions on a call: until the cut-off, answered once and to everybody, without the name of who asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.questions import answer_question, ask_question
from agreements.models import Call, CallQuestion
from core import clock
from core.models import AuditEvent, OutboxMessage
from core.settings_history import change_setting
from core.ui import show_moment
from core.workflow import NotNow, NotYou
from reporting.worklist import work_of
from tests import races
from tests.cast import Cast
from tests.world import World

pytestmark = pytest.mark.django_db
ASKED = "องค์กรที่ไม่ได้จดทะเบียนยื่นข้อเสนอได้หรือไม่"
ANSWERED = "ยื่นได้ หากมีองค์กรพี่เลี้ยงรับรอง"


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


def page(client: Client, call: Call) -> str:
    return client.get(reverse("agreements:call_detail", args=[call.reference])).content.decode()


def told(kind: str) -> set[int]:
    return set(OutboxMessage.objects.filter(kind=kind).values_list("to_user_id", flat=True))


def test_from_asking_to_an_answer_for_everybody(cast: Cast) -> None:
    world = World(cast)
    call = world.published_call()
    world.draft_proposal(call, by="rival_staff")
    asker, officer = client_of(cast, "partner_staff"), client_of(cast, "officer")
    address = reverse("agreements:question_create", args=[call.reference])

    refused = asker.post(address, {"text": "  ", "key": "a"})
    assert "โปรดกรอก" in refused.content.decode()
    too_long = asker.post(address, {"text": "ก" * 2001, "key": "b"}).content.decode()
    assert "ก" * 100 in too_long  # input kept
    assert CallQuestion.objects.count() == 0
    for _twice in range(2):
        assert asker.post(address, {"text": ASKED, "key": "once"}).status_code == 302
    question = CallQuestion.objects.get()
    assert question.organisation == cast.organisations["partner"]
    assert told("call.question") == {cast.officer.user.pk, cast.second_officer.user.pk}
    assert ASKED in page(asker, call)  # one's own, waiting
    assert ASKED not in page(Client(), call)
    assert ASKED not in page(client_of(cast, "rival_staff"), call)

    listed = officer.get(reverse("agreements:question_list", args=[call.reference])).content.decode()
    assert cast.partner_staff.user.full_name_th in listed
    assert (
        client_of(cast, "rival_rep").get(reverse("agreements:question_list", args=[call.reference])).status_code == 403
    )
    work = [item.url for group in work_of(cast.officer.actor).groups for item in group.items]
    assert reverse("agreements:question_list", args=[call.reference]) in work

    answer = reverse("agreements:question_answer", args=[question.pk])
    stamp = {"version": world.again(call).version, "key": "answer"}
    assert client_of(cast, "partner_staff").get(answer).status_code == 404
    assert officer.post(answer, {"answer": "", **stamp}).status_code == 200
    assert officer.post(answer, {"answer": ANSWERED, **stamp}).status_code == 302
    for reader in (Client(), client_of(cast, "rival_staff"), client_of(cast, "stranger")):
        text = page(reader, call)
        assert ASKED in text
        assert ANSWERED in text
        assert cast.partner_staff.user.full_name_th not in text
        assert cast.organisations["partner"].name_th not in text
    concerned = {cast.people[name].user.pk for name in ("partner_staff", "rival_staff", "rival_rep")}
    assert told("call.answered") == concerned
    assert not [item for group in work_of(cast.officer.actor).groups for item in group.items if "questions" in item.url]
    events = AuditEvent.objects.filter(kind__startswith="callquestion.").order_by("sequence")
    assert [event.kind for event in events] == ["callquestion.ask", "callquestion.answer"]

    with pytest.raises(NotNow):
        answer_question(question=world.again(question), answer="คำตอบใหม่", by=cast.second_officer.actor)
    assert world.again(question).answer == ANSWERED


def test_a_late_question_is_refused_with_the_time_of_the_cut_off(cast: Cast) -> None:
    call = World(cast).published_call()
    until = clock.real_now() - timedelta(minutes=1)
    Call.objects.filter(pk=call.pk).update(questions_until=until)
    client, address = client_of(cast, "rival_staff"), reverse("agreements:question_create", args=[call.reference])
    assert show_moment(until) in client.get(address, follow=True).content.decode()
    answer = client.post(address, {"text": ASKED, "key": "late"}).content.decode()
    assert show_moment(until) in answer
    assert ASKED in answer  # what was written is kept
    assert CallQuestion.objects.count() == 0


def test_the_second_of_the_cut_off_is_still_in_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    call = World(cast).published_call()
    until = clock.real_now() + timedelta(days=1)
    Call.objects.filter(pk=call.pk).update(questions_until=until)
    call.refresh_from_db()
    monkeypatch.setattr(clock, "now", lambda: until)
    ask_question(call=call, text=ASKED, by=cast.rival_staff.actor)
    monkeypatch.setattr(clock, "now", lambda: until + timedelta(microseconds=1))
    with pytest.raises(NotNow):
        ask_question(call=call, text=ASKED, by=cast.rival_staff.actor)


def test_an_organisation_asks_so_many_a_day_and_nobody_else_is_held_up(cast: Cast) -> None:
    call = World(cast).published_call()
    change_setting(key="agreements.questions_per_day", value=2, by=cast.opdc.actor, reason="ทดสอบ")
    for name in ("partner_staff", "partner_rep"):
        ask_question(call=call, text=ASKED, by=cast.people[name].actor)
    with pytest.raises(NotYou, match="2"):
        ask_question(call=call, text=ASKED, by=cast.partner_finance.actor)
    for name in ("rival_staff", "stranger"):
        ask_question(call=call, text=ASKED, by=cast.people[name].actor)
    CallQuestion.objects.update(asked_at=clock.real_now() - timedelta(days=1))
    ask_question(call=call, text=ASKED, by=cast.partner_staff.actor)


def test_nothing_to_ask_is_refused_at_its_field(cast: Cast) -> None:
    call = World(cast).published_call()
    for text in ("", " \n", "ก" * 2001):
        with pytest.raises(ValidationError) as refused:
            ask_question(call=call, text=text, by=cast.stranger.actor)
        assert "text" in refused.value.message_dict


def test_the_pages_cost_the_same_at_1_and_at_30_questions(cast: Cast) -> None:
    call = World(cast).published_call()
    public = reverse("agreements:call_detail", args=[call.reference])
    listed = reverse("agreements:question_list", args=[call.reference])
    counts = []
    for more in (1, 29):
        CallQuestion.objects.bulk_create(
            CallQuestion(
                call=call,
                text=ASKED,
                asked_by=cast.partner_staff.user,
                organisation=cast.organisations["partner"],
                answer=ANSWERED,
                answered_by=cast.officer.user,
                answered_at=clock.real_now(),
            )
            for _number in range(more)
        )
        for client, address in ((Client(), public), (client_of(cast, "officer"), listed)):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_officers_answer_at_once_and_one_answer_stands(cast: Cast) -> None:
    call = World(cast).published_call()
    question = ask_question(call=call, text=ASKED, by=cast.partner_staff.actor)

    def answer(name: str) -> None:
        answer_question(question=CallQuestion.objects.get(pk=question.pk), answer=name, by=cast.people[name].actor)

    answers = races.at_once(lambda: answer("officer"), lambda: answer("second_officer"))
    assert races.refusals(answers) == [NotNow]
    assert CallQuestion.objects.get().answer in ("officer", "second_officer")
