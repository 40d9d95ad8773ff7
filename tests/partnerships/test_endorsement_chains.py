"""The pages on which an agency's administrator keeps the endorsement chains, and what is said to bad input."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.audit import history_of
from core.workflow import NotYou
from partnerships.actions.endorsement import Wanted, name_deputy, set_chain
from partnerships.models import EndorsementPosition, Organisation, PositionDeputy, User
from tests.cast import Cast
from tests.chains import TITLES, chain_of_four, deputy_for, in_days, person, position

pytestmark = pytest.mark.django_db


def as_(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.people[who].user)
    return client


def agency(cast: Cast) -> Organisation:
    return Organisation.objects.get(pk=cast.organisations["agency"].pk)


def page(cast: Cast, name: str = "endorsement_chains", *more: Any) -> str:
    return reverse(f"partnerships:{name}", args=[cast.organisations["agency"].pk, *more])


def rows(cast: Cast, *positions: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    data = {"version": agency(cast).version, "key": ""}
    data |= {"positions-TOTAL_FORMS": len(positions), "positions-INITIAL_FORMS": initial}
    for index, row in enumerate(positions):
        data |= {f"positions-{index}-{name}": value for name, value in row.items()}
    return data


def row(holder: User, title: str, ordinal: Any = "", **more: Any) -> dict[str, Any]:
    return {"holder": holder.pk, "title": title, "ordinal": ordinal, "seat": "", **more}


def chain(cast: Cast, kind: str = "") -> list[tuple[str, int]]:
    found = EndorsementPosition.objects.of_chain(cast.organisations["agency"].pk, kind)
    return list(found.values_list("title", "holder_id"))


# --- setting and changing -------------------------------------------------------------------------------------------


def test_the_administrator_sets_a_chain_in_the_order_of_the_numbers(cast: Cast) -> None:
    first, last = person(cast, "นายหนึ่ง"), person(cast, "นายสอง")
    client = as_(cast, "agency_admin")
    assert client.get(page(cast, "chain_edit", "general")).status_code == 200
    sent = rows(cast, row(last, "อธิบดี", 2), row(first, "ผู้อำนวยการกอง", 1))
    assert client.post(page(cast, "chain_edit", "general"), sent).status_code == 302
    assert chain(cast) == [("ผู้อำนวยการกอง", first.pk), ("อธิบดี", last.pk)]
    shown = client.get(page(cast)).content.decode()
    assert "1. ผู้อำนวยการกอง · นายหนึ่ง" in shown and "2. อธิบดี · นายสอง" in shown
    assert history_of(agency(cast)).filter(kind="organisation.set_chain").count() == 1


def test_positions_are_reordered_taken_away_and_added_and_old_rows_stay(cast: Cast) -> None:
    holders = chain_of_four(cast)
    seats = [position(cast, number).seat_id for number in range(1, 5)]
    new = person(cast, "นายใหม่")
    sent = rows(
        cast,
        row(holders[0], TITLES[0], 2, seat=seats[0]),
        row(holders[1], TITLES[1], 1, seat=seats[1]),
        row(holders[2], TITLES[2], 3, seat=seats[2], DELETE="on"),
        row(new, TITLES[3], 4, seat=seats[3]),
        initial=4,
    )
    assert as_(cast, "agency_admin").post(page(cast, "chain_edit", "general"), sent).status_code == 302
    assert chain(cast) == [(TITLES[1], holders[1].pk), (TITLES[0], holders[0].pk), (TITLES[3], new.pk)]
    assert [position(cast, number).seat_id for number in (1, 2, 3)] == [seats[1], seats[0], seats[3]]
    ended = EndorsementPosition.objects.exclude(valid_until=None)
    assert {(one.title, one.holder_id) for one in ended} == set(zip(TITLES, (one.pk for one in holders), strict=True))


def test_a_chain_saved_without_a_change_writes_no_new_rows(cast: Cast) -> None:
    chain_of_four(cast)
    before = list(EndorsementPosition.objects.order_by("pk").values())
    wanted = [Wanted(one["title"], one["holder_id"], one["id"]) for one in before]
    set_chain(organisation=agency(cast), kind="", positions=wanted, by=cast.agency_admin.actor)
    assert list(EndorsementPosition.objects.order_by("pk").values()) == before


def test_a_chain_of_a_kind_is_taken_away_after_a_look(cast: Cast) -> None:
    chain_of_four(cast, "publish_call")
    client, url = as_(cast, "agency_admin"), page(cast, "chain_remove", "publish_call")
    assert TITLES[3] in client.get(url).content.decode()
    assert client.post(url, {"version": agency(cast).version, "key": "k"}).status_code == 302
    assert chain(cast, "publish_call") == []
    assert client.get(url).status_code == 404
    assert EndorsementPosition.objects.count() == 4


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"title": " "}, "title", "โปรดกรอกข้อมูลช่องนี้"),
    ({"title": "ก" * 201}, "title", ""),
    ({"holder": ""}, "holder", "โปรดเลือก"),
    ({"holder": 999999}, "holder", ""),
    ({"holder": "x"}, "holder", ""),
    ({"ordinal": "0"}, "ordinal", ""),
    ({"ordinal": "หนึ่ง"}, "ordinal", ""),
    ({"ordinal": "-3"}, "ordinal", ""),
]


@pytest.mark.parametrize(("bad", "field", "words"), BAD)
def test_bad_positions_are_answered_at_the_field_and_kept(
    cast: Cast, bad: dict[str, Any], field: str, words: str
) -> None:
    holder, other = person(cast, "นายหนึ่ง"), person(cast, "นายสอง")
    sent = rows(cast, row(holder, "ตำแหน่งที่พิมพ์ไว้", 1), {**row(other, "อธิบดี", 2), **bad})
    answer = as_(cast, "agency_admin").post(page(cast, "chain_edit", "general"), sent)
    assert answer.status_code == 200
    assert list(answer.context["formsets"][0].errors[1]) == [field]
    assert "ตำแหน่งที่พิมพ์ไว้" in answer.content.decode()
    assert not EndorsementPosition.objects.exists()


def test_nobody_has_two_positions_of_a_chain_nor_gives_oneself_one(cast: Cast) -> None:
    one = person(cast, "นายคนเดียว")
    client, url = as_(cast, "agency_admin"), page(cast, "chain_edit", "general")
    twice = client.post(url, rows(cast, row(one, "ผู้อำนวยการกอง", 1), row(one, "อธิบดี", 2)))
    assert list(twice.context["formsets"][0].errors[1]) == ["holder"]
    own = client.post(url, rows(cast, row(cast.agency_admin.user, "อธิบดี", 1)))
    assert list(own.context["formsets"][0].errors[0]) == ["holder"]
    with pytest.raises(ValidationError):
        mine = [Wanted("อธิบดี", cast.agency_admin.user.pk)]
        set_chain(organisation=agency(cast), kind="", positions=mine, by=cast.agency_admin.actor)
    assert not EndorsementPosition.objects.exists()


@pytest.mark.parametrize("outsider", ["partner_rep", "other_officer", "opdc", "stranger"])
def test_only_members_hold_positions_or_deputise(cast: Cast, outsider: str) -> None:
    user, admin = cast.people[outsider].user, cast.agency_admin.actor
    with pytest.raises(ValidationError):
        set_chain(organisation=agency(cast), kind="", positions=[Wanted("อธิบดี", user.pk)], by=admin)
    chain_of_four(cast)
    with pytest.raises(ValidationError) as refused:
        deputy_for(cast, 1, user)
    assert list(refused.value.error_dict) == ["person"]


def test_an_empty_chain_and_an_unknown_kind_are_refused(cast: Cast) -> None:
    client = as_(cast, "agency_admin")
    answer = client.post(page(cast, "chain_edit", "general"), rows(cast))
    assert answer.status_code == 200 and answer.context["form"].non_field_errors()
    assert client.get(page(cast, "chain_edit", "nonsense")).status_code == 404


def test_a_stale_page_keeps_the_input(cast: Cast) -> None:
    one = person(cast, "นายหนึ่ง")
    sent = rows(cast, row(one, "ตำแหน่งที่พิมพ์ไว้", 1))
    chain_of_four(cast)
    answer = as_(cast, "agency_admin").post(page(cast, "chain_edit", "general"), sent)
    assert answer.status_code == 200 and "ตำแหน่งที่พิมพ์ไว้" in answer.content.decode()
    assert len(chain(cast)) == 4


# --- deputies -------------------------------------------------------------------------------------------------------


def deputy_fields(user: User, **more: Any) -> dict[str, Any]:
    given = {"person": user.pk, "title": "รองอธิบดี", "capacity": "on_behalf", "order_number": "12/2569"}
    return {**given, "starts_on": be(0), "ends_on": "", **more}


def be(days: int) -> str:
    day = in_days(days)
    return f"{day.day}/{day.month}/{day.year + 543}"


def test_the_administrator_names_and_ends_a_deputy(cast: Cast) -> None:
    chain_of_four(cast)
    user, client = person(cast, "นายรอง คนใหม่"), as_(cast, "agency_admin")
    url = reverse("partnerships:deputy_create", args=[position(cast, 4).pk])
    assert client.get(url).status_code == 200
    sent = {**deputy_fields(user, ends_on=be(30)), "version": agency(cast).version, "key": ""}
    assert client.post(url, sent).status_code == 302
    deputy = PositionDeputy.objects.get()
    assert (deputy.person, deputy.seat.title, deputy.ends_on) == (user, TITLES[3], in_days(30))
    assert "นายรอง คนใหม่" in client.get(page(cast)).content.decode()
    end = reverse("partnerships:deputy_end", args=[deputy.pk])
    assert client.post(end, {"version": agency(cast).version, "key": "e"}).status_code == 302
    assert PositionDeputy.objects.get().ended_by == cast.agency_admin.user
    kinds = history_of(agency(cast)).values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["organisation.name_deputy", "organisation.end_deputy"]


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"order_number": ""}, "order_number"),
        ({"order_number": "ก" * 101}, "order_number"),
        ({"title": ""}, "title"),
        ({"capacity": "king"}, "capacity"),
        ({"capacity": ""}, "capacity"),
        ({"person": ""}, "person"),
        ({"person": "holder"}, "person"),
        ({"starts_on": "29/2/2568"}, "starts_on"),
        ({"starts_on": ""}, "starts_on"),
        ({"ends_on": "before"}, "ends_on"),
        ({"ends_on": "past"}, "ends_on"),
    ],
)
def test_bad_deputies_are_answered_at_the_field_and_kept(cast: Cast, bad: dict[str, str], field: str) -> None:
    holders = chain_of_four(cast)
    words = {"holder": str(holders[3].pk), "before": be(-1), "past": be(-2)}
    given = {name: words.get(value, value) for name, value in bad.items()}
    given |= {"starts_on": be(-9)} if bad.get("ends_on") == "past" else {}
    sent = {**deputy_fields(person(cast, "นายรอง"), **given), "version": agency(cast).version, "key": ""}
    if field != "title":
        sent["title"] = "ตำแหน่งที่พิมพ์ไว้"
    answer = as_(cast, "agency_admin").post(reverse("partnerships:deputy_create", args=[position(cast, 4).pk]), sent)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert field == "title" or "ตำแหน่งที่พิมพ์ไว้" in answer.content.decode()
    assert not PositionDeputy.objects.exists()


def test_an_acting_deputy_needs_no_order(cast: Cast) -> None:
    chain_of_four(cast)
    user = person(cast, "นายรอง")
    sent = {**deputy_fields(user, capacity="acting", order_number=""), "version": agency(cast).version, "key": ""}
    url = reverse("partnerships:deputy_create", args=[position(cast, 4).pk])
    assert as_(cast, "agency_admin").post(url, sent).status_code == 302


def test_an_administrator_does_not_name_oneself_deputy(cast: Cast) -> None:
    chain_of_four(cast)
    with pytest.raises(ValidationError) as refused:
        deputy_for(cast, 4, cast.agency_admin.user)
    assert list(refused.value.error_dict) == ["person"]


# --- who sees and edits ---------------------------------------------------------------------------------------------


def test_administrators_edit_opdc_looks_insiders_are_refused_and_others_find_nothing(cast: Cast) -> None:
    chain_of_four(cast)
    deputy = deputy_for(cast, 1, person(cast, "นายรอง"))
    edits = [
        page(cast, "chain_edit", "general"),
        page(cast, "chain_remove", "general"),
        reverse("partnerships:deputy_create", args=[position(cast, 1).pk]),
    ]
    end = reverse("partnerships:deputy_end", args=[deputy.pk])
    for who, sees, edit in (
        ("agency_admin", 200, 200),
        ("opdc", 200, 403),
        ("officer", 403, 403),
        ("executive", 403, 403),
        ("other_officer", 404, 404),
        ("partner_rep", 404, 404),
    ):
        client = as_(cast, who)
        assert client.get(page(cast)).status_code == sees, who
        assert [client.get(url).status_code for url in edits] == [edit] * 3, who
        if who != "agency_admin":
            assert client.post(end, {"version": "0", "key": "k"}).status_code == edit
    assert PositionDeputy.objects.get().ended_at is None
    shown = as_(cast, "opdc").get(page(cast)).content.decode()
    assert TITLES[0] in shown and page(cast, "chain_edit", "general") not in shown


def test_the_way_there_is_shown_to_administrators_of_agencies_alone(cast: Cast) -> None:
    url = reverse("partnerships:own_chains")
    for who, status in (("agency_admin", 302), ("officer", 403), ("opdc", 403), ("partner_rep", 403)):
        client = as_(cast, who)
        assert client.get(url).status_code == status, who
        home = client.get(reverse("partnerships:organisation_detail", args=[cast.organisations["agency"].pk]))
        assert (f'href="{url}"' in home.content.decode()) is (who == "agency_admin")


def test_actions_are_refused_to_everybody_else(cast: Cast) -> None:
    holders = chain_of_four(cast)
    where, helper = position(cast, 1), person(cast, "นายช่วย")
    for who in ("officer", "executive", "finance", "opdc", "other_officer", "partner_rep"):
        by = cast.people[who].actor
        with pytest.raises(NotYou):
            wanted = [Wanted("อธิบดี", holders[0].pk)]
            set_chain(organisation=agency(cast), kind="", positions=wanted, by=by)
        with pytest.raises(NotYou):
            name_deputy(
                position=where,
                person_id=helper.pk,
                title="รอง",
                capacity="acting",
                order_number="",
                starts_on=in_days(0),
                ends_on=None,
                by=by,
            )


def test_the_page_costs_the_same_at_1_and_at_30_positions_and_deputies(cast: Cast) -> None:
    chain_of_four(cast)
    deputy_for(cast, 1, person(cast, "นายรอง"))
    client = as_(cast, "agency_admin")
    few = queries_of(client, page(cast))
    for number in range(30):
        user = person(cast, f"นายที่ {number}")
        place = EndorsementPosition.objects.create(
            organisation=agency(cast), ordinal=10 + number, title="หัวหน้า", holder=user
        )
        PositionDeputy.objects.create(
            seat=place, person=user, title="รอง", capacity="acting", named_by=cast.agency_admin.user
        )
    assert queries_of(client, page(cast)) == few


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
