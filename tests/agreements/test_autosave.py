"""A draft never vanishes: it saves itself as far as it is right, and nobody's text is overwritten silently."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override

from agreements.actions.drafts import save_draft
from agreements.actions.presence import SEEN_LATELY
from agreements.actions.proposals import begin_proposal
from agreements.actions.submission import submit_proposal
from agreements.models import Proposal, ProposalPart, ProposalPresence
from core.drafts import Clash, Written, digests
from core.models import AuditEvent
from partnerships.enums import Role
from partnerships.queries.actors import actor_for
from tests.agreements.drafting import address, logged_in, screen, send
from tests.factories import member_of
from tests.html_tools import page_of
from tests.races import at_once, refusals
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def proposal(world):
    return world.draft_proposal(world.published_call())


@pytest.fixture
def one(cast) -> Client:
    return logged_in(cast.partner_staff.user)


@pytest.fixture
def other(cast) -> Client:
    return logged_in(cast.partner_rep.user)


def thai(message: str) -> str:
    with override("th"):
        return gettext(message)


def test_a_month_beyond_the_projects_end_is_saved_and_warned_of_at_its_field(proposal, one):
    beyond = thai(
        "The project runs for %(months)s months: this lies after its end. It is saved, but cannot be submitted so."
    )
    said = beyond % {"months": proposal.duration_months}
    data = screen(proposal, "activities")
    answer = send(
        one, proposal, "activities", data, **{"activities-0-month_to": str(proposal.duration_months + 1)}
    ).json()
    assert (answer["state"], answer["errors"]) == ("saved", {})
    assert answer["warnings"] == {"activities-0-month_to": said}
    assert proposal.activity_rows.first().month_to == proposal.duration_months + 1
    page = one.get(address("proposal_edit", proposal, "activities"))
    assert page_of(page.text).one("#id_activities-0-month_to_helptext [data-warning]").words == said

    # Without a script it goes off as a whole: told on the page that comes next, beside "saved", with where it stands.
    sent = {**screen(proposal, "activities"), "activities": "เล่าใหม่"}
    followed = one.post(address("proposal_edit", proposal, "activities"), sent, follow=True)
    told = f"ส่วน “กิจกรรมและระยะเวลา” กิจกรรม แถวที่ 1 ช่อง “ถึงเดือนที่”: {said}"
    assert [str(message) for message in followed.context["messages"]] == [thai("Saved."), told]
    mended = send(one, proposal, "activities", screen(proposal, "activities"), **{"activities-0-month_to": "2"}).json()
    assert mended["warnings"] == {}


def test_an_own_contribution_from_the_states_money_is_saved_and_warned_of(proposal, one):
    said = thai(
        "A budget line is ticked as brought in by your organisation, but its source of money is the state budget. "
        "Please check the source."
    )
    ticked = {"lines-0-is_own": "on", "lines-0-source": "state_budget"}
    answer = send(one, proposal, "budget", screen(proposal, "budget"), **ticked).json()
    assert (answer["state"], answer["warnings"]) == ("saved", {"lines-0-source": said})
    page = page_of(one.get(address("proposal_edit", proposal, "budget")).text)
    assert page.one("#id_lines-0-source_helptext [data-warning]").words == said
    mended = send(one, proposal, "budget", screen(proposal, "budget"), **{"lines-0-source": "own_revenue"}).json()
    assert (mended["state"], mended["warnings"]) == ("saved", {})


def test_what_is_typed_is_saved_with_its_time_and_without_an_event(cast, proposal, one):
    events, key = AuditEvent.objects.count(), proposal.version
    data = screen(proposal, "work")
    answer = send(one, proposal, "work", data, objectives="ดูแลผู้สูงอายุที่อยู่ลำพัง", **{"beneficiaries-0-number": "๒๕๐"})
    assert answer.status_code == 200
    said = answer.json()
    assert (
        said["state"] == "saved"
        and said["errors"] == {}
        and said["saved_by"] == cast.partner_staff.user.get_full_name()
    )
    assert said["time"].endswith("น.") and said["time"].count(":") == 2
    stored = Proposal.objects.get()
    assert stored.objectives == "ดูแลผู้สูงอายุที่อยู่ลำพัง" and stored.beneficiaries == 250
    assert stored.version == key  # whoever is about to submit is not held up
    assert AuditEvent.objects.count() == events
    # The answer is what the next saving starts from: the same again changes nothing.
    data |= {"objectives": "ดูแลผู้สูงอายุที่อยู่ลำพัง", "beneficiaries-0-number": "250"}
    again = send(one, proposal, "work", data, part_version=said["version"], drawn=json.dumps(said["drawn"])).json()
    assert again["version"] == said["version"]


def test_bad_input_keeps_nothing_else_from_being_saved_and_destroys_nothing(proposal, one):
    data = screen(proposal, "budget")
    row = {name.replace("-0-", "-1-"): value for name, value in data.items() if name.startswith("lines-0-")}
    more = {**row, "lines-1-title": "ค่าวิทยากร", "lines-1-unit_cost": "1,500", "lines-TOTAL_FORMS": 3}
    more |= {"lines-0-unit_cost": "เก้าแสน", "lines-2-title": "ยังไม่ครบ", "budget_detail": "อธิบายใหม่"}
    said = send(one, proposal, "budget", data, places=json.dumps({"lines": {"0": 0}}), **more).json()
    assert said["state"] == "saved"
    assert set(said["errors"]) >= {"lines-0-unit_cost", "lines-2-unit_cost", "lines-2-quantity"}
    assert said["errors"]["lines-0-unit_cost"] == [thai("Enter an amount in digits, such as 1,250,000.00.")]
    stored = Proposal.objects.get()
    titles = list(stored.budget_rows.values_list("title", "unit_cost"))
    # The row that was right before keeps its old value, the new right one is there, the unfinished one waits.
    assert [title for title, _cost in titles] == ["ค่าใช้จ่ายเยี่ยมบ้าน", "ค่าวิทยากร"]
    assert titles[0][1] == 900_000 and titles[1][1] == 1_500
    assert stored.budget_detail == "อธิบายใหม่"
    assert said["places"]["lines"] == {"0": 0, "1": 1}
    empty = send(one, proposal, "work", screen(proposal, "work"), title="", area="จังหวัดน่าน").json()
    assert "title" in empty["errors"]
    assert (Proposal.objects.get().title, Proposal.objects.get().area) == (proposal.title, "จังหวัดน่าน")


def test_different_fields_of_two_people_are_merged(proposal, one, other):
    mine, theirs = screen(proposal, "network"), screen(proposal, "network")
    send(other, proposal, "network", theirs, network="เครือข่ายของผู้แทน")
    said = send(one, proposal, "network", mine, expertise="ความเชี่ยวชาญของเจ้าหน้าที่").json()
    assert said["state"] == "saved" and said["taken"]["fields"] == {"network": "เครือข่ายของผู้แทน"}
    stored = Proposal.objects.get()
    assert (stored.expertise, stored.network) == ("ความเชี่ยวชาญของเจ้าหน้าที่", "เครือข่ายของผู้แทน")


def test_the_same_field_of_two_people_is_refused_with_both_texts_and_can_be_chosen(cast, proposal, one, other):
    mine, theirs = screen(proposal, "work"), screen(proposal, "work")
    send(other, proposal, "work", theirs, objectives="วัตถุประสงค์ของผู้แทน", **{"beneficiaries-0-number": "300"})
    changed = {"objectives": "วัตถุประสงค์ของเจ้าหน้าที่", "area": "จังหวัดแพร่", "beneficiaries-0-number": "500"}
    answer = send(one, proposal, "work", mine, **changed)
    assert answer.status_code == 409
    said = answer.json()
    assert said["state"] == "clash" and cast.partner_rep.user.get_full_name() in said["who"]
    fields = {row["name"]: row for row in said["fields"]}
    assert set(fields) == {"objectives", "beneficiaries-rows"}
    assert (fields["objectives"]["mine"], fields["objectives"]["theirs"]) == (changed["objectives"], "วัตถุประสงค์ของผู้แทน")
    assert fields["objectives"]["label"] == thai("Objectives")
    assert fields["beneficiaries-rows"]["rows"][0]["number"] == "300" and "500" in fields["beneficiaries-rows"]["mine"]
    assert Proposal.objects.get().area != "จังหวัดแพร่"  # nothing of a refused saving is stored
    # Mine for the text, theirs for the rows.
    drawn = json.loads(mine["drawn"]) | {name: row["digest"] for name, row in fields.items()}
    settled = {**changed, "beneficiaries-0-number": "300", "part_version": said["version"], "drawn": json.dumps(drawn)}
    assert send(one, proposal, "work", mine, **settled).status_code == 200
    stored = Proposal.objects.get()
    assert (stored.objectives, stored.area, stored.beneficiaries) == (changed["objectives"], "จังหวัดแพร่", 300)


def test_different_rows_of_two_people_are_merged(proposal, one, other):
    mine, theirs = screen(proposal, "activities"), screen(proposal, "activities")
    send(other, proposal, "activities", theirs, **{"activities-0-title": "สำรวจใหม่"})
    said = send(one, proposal, "activities", mine, **{"activities-1-title": "เยี่ยมบ้านทุกเดือน"}).json()
    titles = ["สำรวจใหม่", "เยี่ยมบ้านทุกเดือน"]
    assert list(proposal.activity_rows.values_list("title", flat=True)) == titles
    assert (said["state"], [row["title"] for row in said["taken"]["rows"]["activities"]]) == ("saved", titles)
    # The answer came while more was typed: the page does not show the colleague's row yet, and clashes with nobody.
    drawn = json.dumps(said["drawn"] | said["taken"]["drawn"])
    typed = {**mine, "activities-1-title": "เยี่ยมบ้านทุกสัปดาห์", "part_version": said["version"], "drawn": drawn}
    again = send(one, proposal, "activities", typed)
    assert again.status_code == 200
    assert list(proposal.activity_rows.values_list("title", flat=True)) == ["สำรวจใหม่", "เยี่ยมบ้านทุกสัปดาห์"]
    # A row that is taken away meanwhile is no place to go by: the table as a whole is asked about.
    assert send(other, proposal, "activities", theirs, **{"activities-0-DELETE": "on"}).status_code == 409


def test_rows_of_a_colleague_come_to_the_screen_of_who_left_them_alone(proposal, one, other):
    mine, theirs = screen(proposal, "activities"), screen(proposal, "activities")
    gone = {"activities-1-DELETE": "on"}
    assert send(other, proposal, "activities", theirs, **gone).status_code == 200
    said = send(one, proposal, "activities", mine, activities="แนวทางใหม่").json()
    assert Proposal.objects.get().activities == "แนวทางใหม่"  # the field is called as the rows are
    assert [row["title"] for row in said["taken"]["rows"]["activities"]] == ["สำรวจข้อมูล"]
    assert Proposal.objects.get().activity_rows.count() == 1


def test_a_page_that_lost_its_digests_overwrites_nothing(proposal, one, other):
    mine = screen(proposal, "network")
    send(other, proposal, "network", screen(proposal, "network"), network="ของผู้แทน")
    assert send(one, proposal, "network", mine, drawn="{broken", network="ของเจ้าหน้าที่").status_code == 409
    assert Proposal.objects.get().network == "ของผู้แทน"


def test_an_answer_that_got_lost_makes_nobody_clash_with_himself(proposal, one, other):
    first = {**screen(proposal, "network"), "page": "17"}
    send(one, proposal, "network", first, network="เขียนถึงตรงนี้")  # saved; the answer never arrived
    assert send(one, proposal, "network", first, network="เขียนถึงตรงนี้ แล้วเขียนต่อ").status_code == 200
    assert Proposal.objects.get().network == "เขียนถึงตรงนี้ แล้วเขียนต่อ"
    send(other, proposal, "network", screen(proposal, "network"), network="ของผู้แทน")
    assert send(one, proposal, "network", first, network="เขียนต่ออีก").status_code == 409
    assert send(other, proposal, "network", first, network="หน้าอื่น").status_code == 409  # nobody else's page


def test_without_a_script_the_page_asks_which_text_is_to_stay(proposal, one, other):
    mine = {**screen(proposal, "work"), "key": "k1"}
    send(other, proposal, "work", screen(proposal, "work"), objectives="ของผู้แทน", area="ลำปาง")
    url = address("proposal_edit", proposal, "work")
    answer = one.post(url, {**mine, "objectives": "ของเจ้าหน้าที่", "title": "ชื่อใหม่"})
    assert answer.status_code == 409
    page = page_of(answer.content.decode())
    assert "ของเจ้าหน้าที่" in page.one("[data-mine]").words and "ของผู้แทน" in page.one("[data-theirs]").words
    kept = {field.get("name"): field.get("value") for field in page.all("main form.house-form input[type=hidden]")}
    assert kept["title"] == "ชื่อใหม่" and kept["objectives"] == "ของเจ้าหน้าที่"
    kept |= {"key": "k2", "choose-objectives": "theirs"}
    assert one.post(url, kept).status_code == 302
    stored = Proposal.objects.get()
    assert (stored.title, stored.objectives, stored.area) == ("ชื่อใหม่", "ของผู้แทน", "ลำปาง")


def test_the_deadline_passes_while_somebody_types(world, proposal, one):
    data = screen(proposal, "network")
    world.pass_deadline(proposal.call)
    answer = send(one, proposal, "network", data, network="สายไปแล้ว")
    assert answer.status_code == 410 and answer.json()["state"] == "closed"
    assert (
        thai("The deadline was %(deadline)s. Nothing more can be sent in; what you wrote is kept as it is.")[:12]
        in answer.json()["message"]
    )
    assert Proposal.objects.get().network == proposal.network
    assert one.get(address("proposal_detail", proposal)).status_code == 200  # the draft stays readable


def test_a_submitted_proposal_takes_no_more_text(cast, proposal, one):
    data = screen(proposal, "network")
    submit_proposal(proposal=proposal, by=cast.partner_rep.actor)
    assert send(one, proposal, "network", data, network="ช้าไป").status_code == 410


def test_who_may_save_and_who_is_told_what(cast, proposal, one):
    data = screen(proposal, "network")
    assert send(Client(), proposal, "network", data).status_code == 401
    assert send(Client(), proposal, "network", data).json() == {"state": "login"}
    for who, status in {"rival_staff": 404, "officer": 404, "stranger": 404, "partner_finance": 403}.items():
        client = logged_in(cast.people[who].user)
        assert send(client, proposal, "network", data, network="ของคนอื่น").status_code == status, who
        assert client.post(address("proposal_presence", proposal, "network")).status_code == status, who
    # Somebody else logged in in the same browser: the text on the screen is not theirs.
    answer = send(one, proposal, "network", data, network="x", writer=str(cast.partner_rep.user.pk))
    assert (answer.status_code, answer.json()["state"]) == (403, "stranger")
    assert one.post(address("proposal_draft", proposal, "nothing"), data).status_code == 404
    assert Proposal.objects.get().network == proposal.network


def test_without_the_token_nothing_is_saved(cast, proposal):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.partner_staff.user)
    data = screen(proposal, "network")
    assert send(strict, proposal, "network", data, network="ปลอม").status_code == 403
    token = strict.get(address("proposal_draft", proposal, "network")).json()["csrf"]
    assert send(strict, proposal, "network", data, network="จริง", csrfmiddlewaretoken=token).status_code == 200


def test_those_who_write_the_same_section_are_named(cast, proposal, one, other):
    beat = address("proposal_presence", proposal, "work")
    assert one.post(beat).json() == {"state": "here", "others": [], "version": 1}
    assert other.post(beat).json()["others"] == [cast.partner_staff.user.get_full_name()]
    assert other.post(address("proposal_presence", proposal, "team")).json()["others"] == []
    said = send(one, proposal, "work", screen(proposal, "work"), area="พะเยา").json()
    assert said["others"] == [cast.partner_rep.user.get_full_name()]
    ProposalPresence.objects.update(seen_at=ProposalPresence.objects.first().seen_at - 2 * SEEN_LATELY)
    assert one.post(beat).json()["others"] == []


def test_a_saving_costs_the_same_with_few_and_with_many_rows(proposal, one):
    few = screen(proposal, "budget")
    many: dict[str, Any] = {"lines-TOTAL_FORMS": 30}
    for number in range(30):
        many |= {
            name.replace("-0-", f"-{number}-"): value for name, value in few.items() if name.startswith("lines-0-")
        }
    counts = []
    for data in ({"budget_detail": "ก"}, many):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert send(one, proposal, "budget", screen(proposal, "budget"), **data).status_code == 200
        counts.append(len(seen))
    assert Proposal.objects.get().budget_rows.count() == 30
    assert counts[1] <= counts[0] + 4, counts


def test_a_first_saving_has_nothing_to_be_compared_with(cast, world, one):
    proposal = begin_proposal(call=world.published_call(), title="โครงการ", by=cast.partner_staff.actor)
    assert send(one, proposal, "team", screen(proposal, "team"), **{
        "members-TOTAL_FORMS": 1, "members-0-name": "นางสาวก (สมมติ)", "members-0-duty": "ผู้ประสานงาน",
    }).status_code == 200  # fmt: skip
    assert ProposalPart.objects.get(part="team").version == 1
    page = page_of(one.get(address("proposal_edit", proposal, "team")).content.decode())
    frame = page.one("[data-autosave]")
    assert frame.get("data-autosave-copy") == f"draft:{cast.partner_staff.user.pk}:{proposal.reference}:team"
    assert frame.get("data-autosave-time")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_wins_and_one_is_told(cast):
    world = World(cast)
    proposal = world.draft_proposal(world.published_call())
    stored = {"expertise": proposal.expertise, "network": proposal.network}
    second = actor_for(member_of(cast.organisations["partner"], Role.STAFF))

    def written(**values: str) -> Written:
        return Written({**stored, **values}, drawn=digests(stored), version=1)

    def act(by: Any, what: Written) -> Any:
        return lambda: save_draft(proposal=proposal, part="network", written=what, by=by)

    staff = cast.partner_staff.actor
    answers = at_once(act(staff, written(network="หนึ่ง")), act(second, written(network="สอง")))
    assert refusals(answers) == [Clash]
    told = next(answer for answer in answers if isinstance(answer, Clash))
    assert Proposal.objects.get().network == told.stored["network"]

    stored = {"expertise": proposal.expertise, "network": Proposal.objects.get().network}
    answers = at_once(act(staff, written(network="สาม")), act(second, written(expertise="สี่")))
    assert refusals(answers) == []
    assert (Proposal.objects.get().network, Proposal.objects.get().expertise) == ("สาม", "สี่")
