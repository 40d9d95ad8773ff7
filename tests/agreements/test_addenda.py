"""Addenda: a published call changes by them alone, through the chain, before its deadline; everyone concerned is told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from agreements.actions.addenda import propose_addendum
from agreements.actions.call_endings import cancel_call, declare_void
from agreements.actions.calls import close_submissions, edit_call
from agreements.actions.decisions import endorse_decision, return_decision
from agreements.actions.submission import withdraw_proposal
from agreements.documents.memo import build_memo
from agreements.enums import CallState, CapacityKind, Procedure
from agreements.models import Call, CallAddendum, CallQuestion, Capacity, Decision
from agreements.requirements.call import BOOK
from agreements.requirements.call_facts import load
from core import clock
from core.models import AuditEvent, OutboxMessage
from core.site import site_url
from core.ui import show_moment
from core.workflow import Missing, NotNow, NotYou, Stale, Stamp
from partnerships.enums import Role
from partnerships.queries.actors import actor_for
from tests.factories import member_of
from tests.races import at_once, refusals
from tests.world import World

DAY = timedelta(days=1)


@pytest.fixture
def world(cast):
    return World(cast)


def browser(cast, name: str) -> Client:
    client = Client(headers={"accept-language": "th"})
    client.force_login(cast.people[name].user)
    return client


def propose(world, call, changes, **more):
    facts = {"summary": "ขยายเวลา", "by": world.act("officer"), **more}
    return propose_addendum(call=world.again(call), changes=changes, **facts)


def told(kind: str) -> set[int]:
    return set(OutboxMessage.objects.filter(kind=kind).values_list("to_user_id", flat=True))


def busy_call(world, cast):
    """A published call with a withdrawn proposal of one partner, a draft of another, a reviewer, and a question."""
    call = world.published_call("pbc")
    withdraw_proposal(proposal=world.submitted_proposal(call), by=world.act("partner_rep"))
    world.draft_proposal(call, by="rival_staff")
    Capacity.objects.create(call=call, user=cast.reviewer.user, kind=CapacityKind.REVIEWER)
    CallQuestion.objects.create(call=call, text="ยื่นร่วมกันได้หรือไม่", asked_by=cast.stranger.user)
    return world.again(call)


def concerned(cast) -> set[int]:
    people = ("partner_staff", "partner_rep", "rival_staff", "rival_rep", "reviewer", "stranger")
    return {cast.people[name].user.pk for name in people}


@pytest.mark.django_db
def test_an_addendum_goes_through_the_chain_changes_the_call_and_tells_everyone_concerned(world, cast):
    call = busy_call(world, cast)
    officer, url = browser(cast, "officer"), reverse("agreements:addendum_create", args=[call.reference])
    form = officer.get(url).context["form"]
    data = {
        name: form.fields[name].prepare_value(form.initial.get(name)) for name in form.fields if name in form.initial
    }
    data = {name: value for name, value in data.items() if value is not None}
    data |= {"closes_time": "16:30", "questions_time": "16:30", "version": call.version, "key": "k"}
    data["closes_on"] = form.fields["closes_on"].prepare_value((call.closes_at + 30 * DAY).date())

    lower = officer.post(url, data | {"summary": "ลดวงเงิน", "budget_ceiling": "5"})
    assert list(lower.context["form"].errors) == ["budget_ceiling"] and "ลดวงเงิน" in lower.text
    earlier = {"closes_on": form.fields["closes_on"].prepare_value((call.closes_at - DAY).date())}
    assert list(officer.post(url, data | earlier | {"summary": "x"}).context["form"].errors) == ["closes_on"]
    sent = officer.post(url, data | {"summary": "ขยายเวลาและขอบเขต", "scope": "ขอบเขตกว้างขึ้น", "title": "ชื่อใหม่"})
    assert sent.status_code == 302
    first = Decision.objects.get(kind="publish_addendum")
    assert world.again(call).scope == call.scope, "nothing changes before it is decided"
    return_decision(decision=first, by=world.act("executive"), comment="ขยายอีกห้าวัน")
    again = officer.get(url).context["form"]
    assert (again.initial["scope"], again.initial["summary"]) == ("ขอบเขตกว้างขึ้น", "ขยายเวลาและขอบเขต")

    new = call.closes_at + 35 * DAY
    decision = propose(
        world, call, {"closes_at": new, "scope": "ขอบเขตกว้างขึ้น", "budget_ceiling": Decimal("1500000.00")}
    )
    page = browser(cast, "executive").get(reverse("agreements:decision_detail", args=[decision.pk]))
    assert "ขอบเขตกว้างขึ้น" in page.text and "1,500,000.00" in page.text
    memo = " ".join(build_memo(decision).facts)
    assert "เดิม" in memo and "แก้ไขเป็น" in memo and "ขอบเขตกว้างขึ้น" in memo and "หนึ่งล้านห้าแสนบาทถ้วน" in memo
    with pytest.raises(NotYou):
        endorse_decision(decision=decision, by=world.act("officer"))
    OutboxMessage.objects.all().delete()
    endorse_decision(decision=decision, by=world.act("executive"))

    addendum, changed = CallAddendum.objects.get(number=1), world.again(call)
    assert (changed.closes_at, changed.scope, changed.budget_ceiling) == (new, "ขอบเขตกว้างขึ้น", Decimal("1500000.00"))
    assert (addendum.before["scope"], addendum.before["budget_ceiling"]) == (call.scope, "1000000.00")
    assert (changed.title, changed.state) == (call.title, CallState.PUBLISHED)
    assert told("call.addendum") == concerned(cast)
    letter = OutboxMessage.objects.get(kind="call.addendum", to_user_id=cast.people["partner_staff"].user.pk)
    for words in (
        "ขยายเวลา",
        f"เดิม {show_moment(call.closes_at)} เปลี่ยนเป็น {show_moment(new)}",
        site_url() + reverse("agreements:call_detail", args=[call.reference]),
    ):
        assert words in letter.body, words
    assert AuditEvent.objects.filter(kind="call.publish_addendum", root_id=call.pk).count() == 1
    endorse_decision(decision=propose(world, call, {"contact_phone": "02 111 1111"}), by=world.act("executive"))
    assert sorted(CallAddendum.objects.values_list("number", flat=True), key=str) == [1, 2, None]
    second = OutboxMessage.objects.filter(kind="call.addendum", to_user_id=cast.people["partner_staff"].user.pk).last()
    assert f"คงเดิม คือ {show_moment(new)}" in second.body and "เปลี่ยนเป็น" not in second.body
    for person in ("partner_staff", "officer"):
        shown = browser(cast, person).get(reverse("agreements:call_detail", args=[call.reference])).text
        assert "ขอบเขตกว้างขึ้น" in shown and 'id="addendum-2"' in shown, person


@pytest.mark.django_db
def test_what_an_addendum_cannot_do(world):
    call = world.published_call("pbc")
    moment = call.closes_at
    for changes, where in (
        ({"closes_at": moment - timedelta(seconds=1)}, {"closes_at"}),
        ({"budget_ceiling": call.budget_ceiling - 1}, {"budget_ceiling"}),
        ({"questions_until": moment + DAY}, {"questions_until"}),
        ({"decision_by": (moment - DAY).date()}, {"decision_by"}),
        ({"scope": ""}, {"scope"}),
        ({"questions_until": moment - DAY}, {"questions_until"}),  # questions were taken until the deadline
        ({"screening_by": clock.today() - DAY, "decision_by": None}, {"screening_by"}),
    ):
        with pytest.raises(ValidationError) as error:
            propose(world, call, changes)
        assert set(error.value.message_dict) == where
    with pytest.raises(ValidationError) as error:  # which date is in the way, and when it is
        propose(world, call, {"decision_by": (moment - DAY).date()})
    assert show_moment(moment) in error.value.message_dict["decision_by"][0]
    for nothing in ({}, {"scope": call.scope}, {"title": "อื่น", "appeal_days": 1, "is_blind": True}):
        with pytest.raises(ValidationError):
            propose(world, call, nothing)
    assert not CallAddendum.objects.exists() and not Decision.objects.filter(kind="publish_addendum").exists()
    with pytest.raises(NotNow):
        edit_call(call=call, by=world.act("officer"), facts={"scope": "แก้ตรง ๆ"})
    old = Stamp.fresh(call)
    propose(world, call, {"scope": "ใหม่"})
    with pytest.raises(NotNow):
        propose(world, call, {"scope": "ซ้อนกัน"})
    with pytest.raises(Stale):
        propose_addendum(call=call, summary="x", changes={"scope": "y"}, by=world.act("officer"), stamp=old)
    with pytest.raises(NotNow):
        cancel_call(call=world.again(call), reason="ยกเลิก", by=world.act("executive"))
    assert CallAddendum.objects.count() == 1


@pytest.mark.django_db
def test_the_time_for_questions_is_never_cut_short(world):
    call = world.published_call("pbc", questions_until=clock.real_now() + 10 * DAY)
    ends = call.questions_until
    for sooner in (ends - DAY, clock.real_now() - 2 * DAY):
        with pytest.raises(ValidationError) as error:
            propose(world, call, {"questions_until": sooner})
        assert set(error.value.message_dict) == {"questions_until"}
    for later in (ends + DAY, None):  # None: with the deadline
        endorse_decision(decision=propose(world, call, {"questions_until": later}), by=world.act("executive"))
    assert world.again(call).questions_until is None


@pytest.mark.django_db
def test_a_date_that_passed_while_those_who_decide_waited_is_not_published(world, monkeypatch):
    call = world.published_call("pbc", questions_until=clock.real_now() + DAY)
    decision = propose(world, call, {"questions_until": call.questions_until + DAY})
    late = clock.real_now() + 3 * DAY
    monkeypatch.setattr(clock, "now", lambda: late)
    with pytest.raises(ValidationError) as error:
        endorse_decision(decision=decision, by=world.act("executive"))
    assert "questions_until" in error.value.message_dict
    assert world.again(call).questions_until == call.questions_until


@pytest.mark.django_db
def test_an_addendum_decided_after_the_deadline_changes_nothing(world):
    call = world.published_call("pbc")
    decision = propose(world, call, {"scope": "ใหม่"})
    world.pass_deadline(call)
    with pytest.raises(Missing):
        endorse_decision(decision=decision, by=world.act("executive"))
    decision.refresh_from_db()
    assert (world.again(call).scope, decision.state) == (call.scope, "pending")
    return_decision(decision=decision, by=world.act("executive"), comment="พ้นกำหนดแล้ว")
    with pytest.raises(Missing):
        propose(world, call, {"scope": "ใหม่"})
    close_submissions(call=world.again(call), by=world.act("officer"))
    with pytest.raises(NotNow):
        propose(world, call, {"scope": "ใหม่"})


@pytest.mark.django_db
def test_at_the_deadlines_very_second_it_is_too_late(world):
    call = world.published_call("pbc")
    ahead = BOOK.requirements["closes_in_future"]
    facts = load(call)
    for apart, met in ((timedelta(microseconds=1), True), (timedelta(0), False), (timedelta(microseconds=-1), False)):
        facts = type(facts)(**{**vars(facts), "now": facts.closes_at - apart})
        assert ahead.met(facts) is met


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_decide_on_one_addendum_publish_it_once(cast):
    world = World(cast)
    second = actor_for(member_of(cast.organisations["agency"], Role.EXECUTIVE))
    call = world.published_call("grant")
    decision = propose(world, call, {"scope": "ใหม่"})
    answers = at_once(
        *[lambda by=by: endorse_decision(decision=decision, by=by) for by in (world.act("executive"), second)]
    )
    assert refusals(answers) == [NotNow]
    assert CallAddendum.objects.get().number == 1
    assert AuditEvent.objects.filter(kind="call.publish_addendum").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_officers_write_an_addendum_at_once_and_one_is_told_that_it_is_not_the_time(cast):
    world = World(cast)
    call = world.published_call("grant")
    acts = [lambda by=by: propose(world, call, {"scope": by}, by=world.act(by)) for by in ("officer", "second_officer")]
    assert refusals(at_once(*acts)) == [NotNow]
    assert CallAddendum.objects.count() == Decision.objects.filter(kind="publish_addendum").count() == 1


# --- ending before its time -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_cancelled_call_tells_everyone_concerned_and_stays_readable_with_its_reason(world, cast):
    call = busy_call(world, cast)
    OutboxMessage.objects.all().delete()
    client, url = browser(cast, "executive"), reverse("agreements:call_cancel", args=[call.reference])
    client.post(url, {"reason": "งบประมาณถูกตัด", "version": call.version, "key": "k"})
    call = world.again(call)
    assert (call.state, call.cancel_reason, call.ended_at is not None) == (CallState.CANCELLED, "งบประมาณถูกตัด", True)
    assert told("call.cancelled") == concerned(cast)
    for person in ("partner_staff", "rival_rep", "reviewer", "officer"):
        shown = browser(cast, person).get(reverse("agreements:call_detail", args=[call.reference]))
        assert "งบประมาณถูกตัด" in shown.text, person
    assert Call.objects.public().filter(pk=call.pk).exists()
    assert not Call.objects.open().filter(pk=call.pk).exists()


@pytest.mark.django_db
def test_a_draft_that_is_cancelled_is_nobodys_news(world, cast):
    call = world.draft_call(
        "pbc", procedure=Procedure.DIRECT, procedure_reason="มีรายเดียว", invited=[cast.organisations["partner"]]
    )
    cancel_call(call=call, reason="เปลี่ยนแผน", by=world.act("executive"))
    assert told("call.cancelled") == set()
    assert not Call.objects.visible_to(world.act("partner_rep")).filter(pk=call.pk).exists()


@pytest.mark.django_db
def test_a_call_without_a_result_is_declared_void_after_its_deadline_by_the_executive(world, cast):
    call = busy_call(world, cast)
    executive, url = browser(cast, "executive"), reverse("agreements:call_void", args=[call.reference])
    with pytest.raises(NotNow):
        declare_void(call=call, reason="ยังไม่ถึงเวลา", by=world.act("executive"))
    world.pass_deadline(call)
    close_submissions(call=world.again(call), by=world.act("officer"))
    with pytest.raises(NotYou):
        declare_void(call=world.again(call), reason="ไม่มีผู้ผ่าน", by=world.act("officer"))
    call = world.again(call)
    assert executive.post(url, {"reason": "", "version": call.version}).context["form"].errors.keys() == {"reason"}
    assert url in executive.get(reverse("agreements:call_detail", args=[call.reference])).text
    OutboxMessage.objects.all().delete()
    executive.post(url, {"reason": "ไม่มีผู้ผ่านคุณสมบัติ", "version": call.version, "key": "k"})
    call = world.again(call)
    assert (call.state, call.ended_at is not None) == (CallState.VOID, True)
    assert told("call.void") == concerned(cast)
    shown = browser(cast, "partner_rep").get(reverse("agreements:call_detail", args=[call.reference])).text
    assert "ไม่มีผู้ผ่านคุณสมบัติ" in shown
    with pytest.raises(NotNow):
        cancel_call(call=call, reason="ซ้ำ", by=world.act("executive"))
