"""Presentations (§3.2 step 3): times made by the officer, one chosen by each applicant, what happened, points."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from agreements.actions.assignments import assign_reviewers
from agreements.actions.calls import begin_selection
from agreements.actions.presentations import invite_to_present, record_presentation, score_presentation
from agreements.actions.slots import add_slots, book_slot, change_slot, release_slot, remove_slot
from agreements.calendar_files import booked_file, slots_file
from agreements.models import PresentationScore, PresentationSlot
from agreements.queries.ranking import entry_for
from agreements.queries.slots import choice_ends, slot_of, slots_of
from agreements.requirements.call_facts import load
from core import clock
from core.audit import history_of
from core.models import OutboxMessage
from core.thai import be_year
from core.workflow import Missing, NotNow, NotYou, Stamp
from tests.agreements.after_world import ROOM, invited, make_slots, moment, presenting
from tests.races import at_once, refusals
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


def logged_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


def url(page: str, record, *args) -> str:
    return reverse(f"agreements:{page}", args=[record.reference, *args])


def typed(day) -> str:
    return f"{day.day}/{day.month}/{be_year(day)}"


def stamped(record, **data) -> dict:
    return {"version": record.version, "key": "", **data}


def no_rows(**data) -> dict:
    return {"slots-TOTAL_FORMS": "1", "slots-INITIAL_FORMS": "0", **data}


# --- the pages, from the first time to the booked one -----------------------------------------------------------------


def test_times_are_made_in_a_row_applicants_choose_and_nobody_sees_who_else_comes(
    cast, world, django_capture_on_commit_callbacks
):
    call, mine, rival = presenting(world)
    officer, partner, other = (logged_in(cast, name) for name in ("officer", "partner_staff", "rival_rep"))
    series = {"on": typed(moment(5).date()), "begins": "09:00", "ends": "10.45", "minutes": "30", "place": ROOM}

    wrong = officer.post(
        url("call_slots_add", call), no_rows(**stamped(call, **series | {"ends": "9:00", "place": ""}))
    )
    assert set(wrong.context["form"].errors) == {"place"}
    wrong = officer.post(url("call_slots_add", call), no_rows(**stamped(call, **series | {"ends": "09:00"})))
    assert set(wrong.context["form"].errors) == {"ends"}
    assert wrong.context["form"]["place"].value() == ROOM
    assert officer.post(url("call_slots_add", call), no_rows(**stamped(call))).status_code == 200  # nothing was given
    assert officer.post(url("call_slots_add", call), no_rows(**stamped(call, **series))).status_code == 302
    assert [slot.starts_at.astimezone(clock.BANGKOK).strftime("%H:%M") for slot in slots_of(call)] == [
        "09:00", "09:30", "10:00",
    ]  # fmt: skip

    assert partner.get(url("proposal_slots", mine)).status_code == 302  # not invited yet
    assert officer.post(url("call_invite_all", call)).status_code == 302
    first, second, _third = slots_of(call)
    calendar = partner.get(url("proposal_slots", mine))
    assert len(calendar.context["days"][0].slots) == 3
    with django_capture_on_commit_callbacks(execute=True):
        partner.post(url("slot_book", mine, first.pk), stamped(world.again(mine)))
    assert slot_of(mine).pk == first.pk
    sent = [each for each in mail.outbox if each.to == [cast.partner_rep.user.email] and each.attachments]
    assert len(sent) == 1
    assert Calendar.from_ical(sent[0].attachments[0].content)["METHOD"] == "PUBLISH"

    taken = other.post(url("slot_book", rival, first.pk), stamped(world.again(rival)), follow=True)
    assert "Somebody else" in taken.content.decode() or "ผู้อื่น" in taken.content.decode()
    page = other.get(url("proposal_slots", rival)).content.decode()
    assert cast.organisations["partner"].name not in page
    other.post(url("slot_book", rival, second.pk), stamped(world.again(rival)))
    listed = officer.get(url("call_slots", call)).content.decode()
    assert all(cast.organisations[name].name in listed for name in ("partner", "rival"))
    assert other.get(url("call_slots", call)).status_code == 403
    assert other.get(url("presentation_file", mine)).status_code == 404
    shown = partner.get(url("proposal_detail", mine)).content.decode()
    assert url("presentation_file", mine) in shown
    assert "proposal.book_slot" in history_of(mine).values_list("kind", flat=True)


def test_the_calendar_costs_the_same_at_one_and_at_thirty_times(cast, world):
    call, mine, _rival = invited(world)
    slots = make_slots(world, call, 1)
    book_slot(slot=slots[0], proposal=mine, by=world.act("partner_rep"))
    client = logged_in(cast, "officer")
    client.get(url("call_slots", call))
    counts = []
    for more in (0, 29):
        if more:
            make_slots(world, call, more, days=6)
        with CaptureQueriesContext(connection) as queries:
            client.get(url("call_slots", call))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- iCalendar --------------------------------------------------------------------------------------------------------


def test_the_file_keeps_its_number_its_sequence_rises_and_long_thai_lines_are_folded(world):
    call, mine, rival = invited(world)
    title = "โครงการดูแลผู้สูงอายุ; ระยะที่ 1, ชุมชนริมน้ำและชุมชนบนดอยที่อยู่ห่างไกล"
    type(mine).objects.filter(pk=mine.pk).update(title=title)
    first, second = make_slots(world, call)
    files = []
    for slot in (first, second):
        booked = book_slot(slot=slot, proposal=world.again(mine), by=world.act("partner_rep"))
        files.append(booked_file(booked))
    change_slot(
        slot=slot_of(mine),
        facts={"starts_at": moment(7), "ends_at": moment(7, 10), "place": "ห้องประชุม 2", "link": ""},
        by=world.act("officer"),
    )
    files.append(booked_file(slot_of(mine)))
    release_slot(proposal=world.again(mine), by=world.act("partner_staff"))
    cancel = OutboxMessage.objects.filter(kind="presentation.released").first().context["attachments"][0]
    assert cancel["type"].endswith("method=CANCEL")
    files.append(cancel["content"].encode())
    events = [Calendar.from_ical(each).walk("VEVENT")[0] for each in files]
    assert len({event["UID"] for event in events}) == 1
    sequences = [event["SEQUENCE"] for event in events]
    assert sequences == sorted(set(sequences))
    assert events[0]["SUMMARY"].endswith(title)
    assert events[2].start == moment(7)
    assert all(len(line) <= 75 for each in files for line in each.split(b"\r\n"))
    book_slot(slot=first, proposal=world.again(rival), by=world.act("rival_rep"))
    assert rival.organisation.name.encode() not in b"".join(files)
    whole = Calendar.from_ical(slots_file(call, slots_of(call)))
    assert rival.reference in "".join(str(event["SUMMARY"]) for event in whole.walk("VEVENT"))
    assert len(whole.walk("VEVENT")) == 2


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_applicants_choose_until_the_day_before_begins_and_the_officer_after_that(world, monkeypatch):
    call, mine, _rival = invited(world)
    first, second = make_slots(world, call, days=3)
    limit = choice_ends(first)
    assert limit == moment(2, 0)
    monkeypatch.setattr(clock, "real_now", lambda: limit - timedelta(seconds=1))
    book_slot(slot=first, proposal=mine, by=world.act("partner_rep"))
    monkeypatch.setattr(clock, "real_now", lambda: limit)
    with pytest.raises(NotNow, match="02 000 0000"):
        book_slot(slot=second, proposal=world.again(mine), by=world.act("partner_rep"))
    with pytest.raises(NotNow):
        release_slot(proposal=world.again(mine), by=world.act("partner_rep"))
    book_slot(slot=second, proposal=world.again(mine), by=world.act("officer"))
    assert slot_of(mine).pk == second.pk
    assert PresentationSlot.objects.get(pk=first.pk).proposal is None
    monkeypatch.setattr(clock, "real_now", lambda: first.starts_at)
    with pytest.raises(NotNow):
        book_slot(slot=first, proposal=world.again(mine), by=world.act("officer"))


def test_times_that_make_no_sense_are_refused_and_a_taken_one_is_not_removed(world):
    call, mine, _rival = invited(world)
    first, second = make_slots(world, call)
    officer = world.act("officer")
    sound = {"starts_at": moment(8), "ends_at": moment(8, 10), "place": ROOM, "link": ""}
    for flaw in (
        {"starts_at": moment(-1)},
        {"ends_at": moment(8)},
        {"place": ""},
        {"starts_at": first.starts_at + timedelta(minutes=10), "ends_at": first.ends_at},
    ):
        with pytest.raises(ValidationError):
            add_slots(call=world.again(call), slots=[{**sound, **flaw}], by=officer)
    add_slots(call=world.again(call), slots=[{**sound, "starts_at": first.starts_at, "place": "ห้องอื่น"}], by=officer)
    book_slot(slot=first, proposal=mine, by=world.act("partner_rep"))
    with pytest.raises(NotNow):
        remove_slot(slot=first, by=officer)
    remove_slot(slot=second, by=officer)
    with pytest.raises(NotNow):
        book_slot(slot=second, proposal=world.again(mine), by=world.act("partner_rep"))


def test_a_bulk_invitation_leaves_out_what_is_not_allowed_and_says_why(world):
    _call, mine, rival = presenting(world)
    first = invite_to_present(proposals=[mine], by=world.act("officer"))
    again = invite_to_present(proposals=[mine, rival], by=world.act("officer"))
    assert ([p.pk for p in first.done], [p.pk for p in again.done]) == ([mine.pk], [rival.pk])
    assert [(p.pk, bool(str(why))) for p, why in again.skipped] == [(mine.pk, True)]
    told = OutboxMessage.objects.filter(kind="presentation.invited", to_user_id=world.cast.rival_rep.user.pk)
    assert told.count() == 1
    stranger = invite_to_present(proposals=[mine], by=world.act("other_officer"))
    assert not stranger.done


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_applicants_at_one_time_the_first_has_it_and_the_other_is_told(cast):
    world = World(cast)
    call, mine, rival = invited(world)
    first, second = make_slots(world, call)
    acts = [
        lambda: book_slot(slot=first, proposal=mine, by=cast.partner_rep.actor),
        lambda: book_slot(slot=first, proposal=rival, by=cast.rival_rep.actor),
    ]
    assert refusals(at_once(*acts)) == [NotNow]
    loser = rival if slot_of(mine) else mine
    winner = mine if slot_of(mine) else rival
    by = {mine.pk: cast.partner_rep.actor, rival.pk: cast.rival_rep.actor}
    book_slot(slot=second, proposal=world.again(loser), by=by[loser.pk])
    swaps = [
        lambda: book_slot(slot=second, proposal=world.again(winner), by=by[winner.pk]),
        lambda: book_slot(slot=first, proposal=world.again(loser), by=by[loser.pk]),
    ]
    assert refusals(at_once(*swaps)) == [NotNow, NotNow]  # who swap do not lock each other out
    assert {slot_of(winner).pk, slot_of(loser).pk} == {first.pk, second.pk}


# --- what happened ----------------------------------------------------------------------------------------------------


def test_who_did_not_come_is_recorded_with_the_reason_and_the_call_goes_on(cast, world):
    call, mine, rival = invited(world)
    officer = logged_in(cast, "officer")
    world.name_reviewers(call)
    record_presentation(
        proposal=mine,
        held_on=clock.today(),
        place=ROOM,
        minutes="นำเสนอครบ",
        questions="ถาม ตอบ",
        by=world.act("officer"),
    )
    with pytest.raises(Missing):
        begin_selection(call=world.again(call), by=world.act("officer"))
    facts = {"attended": "no", "held_on": typed(clock.today()), "place": ROOM, "minutes": ""}
    answer = officer.post(url("proposal_present", rival), stamped(world.again(rival), **facts))
    assert list(answer.context["form"].errors) == ["minutes"]
    facts["minutes"] = "ติดต่อแล้วแจ้งว่าไม่สะดวก"
    assert officer.post(url("proposal_present", rival), stamped(world.again(rival), **facts)).status_code == 302
    rival = world.again(rival)
    assert rival.presentation.attended is False
    begin_selection(call=world.again(call), by=world.act("officer"))
    assert world.again(call).state == "selection"


def test_points_for_the_presentation_are_given_by_reviewers_where_the_call_weighs_it(cast, world):
    call, mine, rival = invited(world, weight=20)
    world.name_reviewers(call)
    for proposal, came in ((mine, True), (rival, False)):
        record_presentation(
            proposal=world.again(proposal), held_on=clock.today(), place=ROOM, minutes="บันทึก", attended=came,
            by=world.act("officer"),
        )  # fmt: skip
    both = {mine.pk: [cast.reviewer.user.pk], rival.pk: [cast.reviewer.user.pk]}
    assign_reviewers(call=world.again(call), assignments=both, by=world.act("officer"))
    reviewer = logged_in(cast, "reviewer")
    answer = reviewer.post(url("presentation_points", mine), stamped(world.again(mine), points="4", reason=""))
    assert list(answer.context["form"].errors) == ["reason"]
    sent = stamped(world.again(mine), points="4", reason="ชัดเจน")
    assert reviewer.post(url("presentation_points", mine), sent).status_code == 302
    score_presentation(proposal=world.again(mine), points=5, reason="ชัดเจนมาก", by=world.act("reviewer"))
    assert list(PresentationScore.objects.values_list("points", flat=True)) == [5]
    with pytest.raises(NotNow):  # did not come
        score_presentation(proposal=world.again(rival), points=5, reason="ดี", by=world.act("reviewer"))
    with pytest.raises(ValidationError):
        score_presentation(proposal=world.again(mine), points=6, reason="ดี", by=world.act("reviewer"))
    with pytest.raises(NotYou):
        score_presentation(proposal=world.again(mine), points=5, reason="ดี", by=world.act("officer"))
    with pytest.raises(ValidationError):  # points were given: the applicant came
        record_presentation(
            proposal=world.again(mine), held_on=clock.today(), place=ROOM, minutes="ไม่มา", attended=False,
            by=world.act("officer"), stamp=Stamp(world.again(mine).version, "k"),
        )  # fmt: skip
    assert "ชัดเจนมาก" in logged_in(cast, "officer").get(url("proposal_detail", mine)).content.decode()
    assert "ชัดเจนมาก" not in logged_in(cast, "partner_rep").get(url("proposal_detail", mine)).content.decode()
    facts = load(world.again(call))
    assert [one.presentation_scored for one in facts.eligible] == [True, True]  # who did not come waits for no points
    assert entry_for(world.again(rival)).presented == {0: 0}
