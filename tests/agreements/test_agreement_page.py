"""The agreement's pages: what each person sees and can do, what is missing, and that strangers see nothing at all."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.details import add_party
from agreements.actions.plan import draw_up_plan
from agreements.actions.signing import hand_in_scan
from agreements.models import Agreement, Party
from agreements.queries.desk import desk_of
from core import clock
from core.models import AuditEvent
from tests.world import World, evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def joint(world):
    return world.born("commissioning")


def page(client, world, agreement, person, **query):
    client.force_login(world.cast.people[person].user)
    return client.get(reverse("agreements:agreement_detail", args=[agreement.reference]), query)


def labels(world, agreement, person) -> list[str]:
    desk = desk_of(world.again(agreement), world.act(person))
    return [str(action["url"]).rstrip("/").rsplit("/", 1)[-1] for action in desk.actions]


def missing(world, agreement) -> list[str]:
    return [item.name for item in desk_of(world.again(agreement), world.act("officer")).missing]


# --- who sees it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200),
        ("executive", 200),
        ("finance", 200),
        ("partner_staff", 200),
        ("partner_rep", 200),
        ("opdc", 200),
        ("rival_rep", 404),
        ("rival_staff", 404),
        ("other_officer", 404),
        ("reviewer", 404),
        ("stranger", 404),
    ],
)
def test_parties_and_opdc_see_the_agreement_and_nobody_else(world, joint, client, person, status):
    assert page(client, world, joint, person).status_code == status


def addresses(world, agreement) -> list[str]:
    """Every page and button of this slice that stands on an agreement."""
    officer = world.act("officer")
    party = agreement.parties.get(organisation=world.cast.organisations["partner"])
    note = agreement.notes.first()
    plan = draw_up_plan(agreement=world.again(agreement), activities=[ACTIVITY], by=officer)
    signature = hand_in_scan(
        party=party, signed_on=clock.today(), signatory_name="นายผู้แทน", scan=evidence(), by=world.act("partner_rep")
    )
    by_reference = (
        "agreement_detail agreement_edit agreement_parties agreement_cancel agreement_terminate agreement_close note_create "
        "agreement_pdf text_propose text_withdraw text_publish committee_edit committee_waive plan_edit indicator_edit"
    )
    made = [reverse(f"agreements:{name}", args=[agreement.reference]) for name in by_reference.split()]
    made.append(reverse("agreements:agreement_move", args=[agreement.reference, "assess_needs"]))
    made.append(reverse("agreements:agreement_create", args=[agreement.mission.reference]))
    for record, names in (
        (party, "party_edit party_remove signature_sign signature_paper"),
        (note, "note_confirm"),
        (signature, "signature_confirm signature_reject"),
        (plan, "plan_propose plan_approve"),
    ):
        made += [reverse(f"agreements:{name}", args=[record.pk]) for name in names.split()]
    return made


ACTIVITY = {"title": "สำรวจ", "month_from": 1, "month_to": 2, "responsible": "receiver", "budget": Decimal(0)}


def test_every_address_is_closed_to_rivals_strangers_and_anonymous_people(world, joint, client):
    world.prepare(joint)
    world.ready_text(joint)
    urls = addresses(world, world.again(joint))
    events = AuditEvent.objects.count()

    for url in urls:
        assert client.post(url).status_code == 302, url
        assert "/accounts/login/" in client.get(url).url, url
    for person in ("rival_rep", "rival_staff", "other_officer", "stranger"):
        client.force_login(world.cast.people[person].user)
        for url in urls:
            answers = {client.get(url).status_code, client.post(url).status_code}
            assert 404 in answers, (person, url)
            assert answers <= {404, 405}, (person, url)
    assert AuditEvent.objects.count() == events


# --- what it shows --------------------------------------------------------------------------------------------------


def test_a_new_grant_shows_the_call_the_duties_and_all_that_is_missing(world, client):
    agreement = world.born("grant")
    response = page(client, world, agreement, "officer")
    html = response.content.decode()

    step = agreement.current_step
    assert step.number == 2
    assert step.giver_duty_th in html
    assert step.receiver_duty_th in html
    assert reverse("agreements:call_detail", args=[agreement.call.reference]) in html
    assert missing(world, agreement) == [
        "discussion_vision",
        "discussion_priorities",
        "discussion_selection",
        "discussion_draft",
        "details_complete",
        "duties_written",
        "signatories_named",
        "indicators_weighted",
        "instalments_planned",
        "text_signed",
        "made_public",
        "committee_settled",
    ]
    anchors = {f'id="{item.where}"' for item in desk_of(agreement, world.act("officer")).missing}
    assert all(anchor in html for anchor in anchors), anchors


def test_every_panel_is_there_in_order(world, joint, client):
    html = page(client, world, joint, "partner_rep").content.decode()
    places = [
        html.index(f'id="{anchor}"')
        for anchor in ("details", "notes", "text", "committee", "plan", "indicators", "money", "documents", "history")
    ]

    assert places == sorted(places)


def test_the_page_costs_the_same_with_more_notes_and_parties(world, joint, client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert page(client, world, joint, "officer").status_code == 200
        return len(queries)

    world.note(joint, "vision")
    page(client, world, joint, "officer")
    before = cost()
    for _number in range(5):
        world.note(joint, "other")
    add_party(
        agreement=world.again(joint),
        organisation=world.cast.organisations["rival"],
        side="supporter",
        by=world.act("officer"),
    )
    assert cost() == before
    assert before <= 60


# --- what each can do -----------------------------------------------------------------------------------------------


def test_actions_follow_the_turn(world, joint, client):
    people = ("officer", "partner_staff", "partner_rep", "executive", "finance", "opdc")
    note = ["?kind=vision"]
    assert [labels(world, joint, person) for person in people] == [note, note, note, [], [], []]

    world.prepare(joint)
    assert labels(world, joint, "officer") == ["propose"]
    assert labels(world, joint, "partner_rep") == []

    world.ready_text(joint)
    assert labels(world, joint, "officer") == []
    assert labels(world, joint, "executive") == ["sign"]
    assert labels(world, joint, "partner_rep") == ["sign"]
    assert labels(world, joint, "partner_staff") == []


def test_the_officer_makes_public_and_moves_on(world, joint, client):
    world.prepare(joint)
    world.sign(joint)
    assert missing(world, joint) == []
    assert labels(world, joint, "officer") == ["assess_needs"]

    agreement = world.again(joint)
    client.force_login(world.cast.officer.user)
    url = reverse("agreements:agreement_move", args=[agreement.reference, "assess_needs"])
    data = {"version": agreement.version, "key": "once"}
    assert client.post(url, data).status_code == 302
    assert client.post(url, data).status_code == 302
    assert world.again(joint).step == "commissioning_2_needs"


def test_a_move_with_something_missing_goes_nowhere_and_says_what(world, joint, client):
    client.force_login(world.cast.officer.user)
    url = reverse("agreements:agreement_move", args=[joint.reference, "assess_needs"])

    response = client.post(url, {"version": joint.version, "key": "k"}, follow=True)

    assert world.again(joint).step == "commissioning_1_priorities"
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


@pytest.mark.parametrize("person", ["partner_rep", "executive", "opdc"])
def test_a_move_by_an_insider_without_the_right_is_forbidden(world, joint, client, person):
    client.force_login(world.cast.people[person].user)
    url = reverse("agreements:agreement_move", args=[joint.reference, "assess_needs"])

    assert client.post(url, {"version": joint.version, "key": "k"}).status_code == 403


def test_a_move_of_another_form_is_not_there(world, joint, client):
    client.force_login(world.cast.officer.user)
    for move in ("allocate_subsidy", "close", "enter_into_force", "delete"):
        url = reverse("agreements:agreement_move", args=[joint.reference, move])
        assert client.post(url, {"version": joint.version, "key": move}).status_code == 404


@pytest.mark.parametrize("person", ["executive", "partner_rep"])
def test_either_head_may_cancel_before_signing_with_the_reason(world, joint, client, person):
    client.force_login(world.cast.people[person].user)
    url = reverse("agreements:agreement_cancel", args=[joint.reference])
    stamp = {"version": joint.version, "key": "k"}

    assert list(client.post(url, {**stamp, "reason": "  "}).context["form"].errors) == ["reason"]
    assert client.post(url, {**stamp, "reason": "งบประมาณถูกตัด"}).status_code == 302
    agreement = world.again(joint)
    assert (agreement.standing, agreement.end_reason) == ("cancelled", "งบประมาณถูกตัด")
    assert labels(world, joint, person) == []
    assert "งบประมาณถูกตัด" in page(client, world, joint, "opdc").content.decode()


def test_completion_of_the_work_is_asked_for_with_the_last_instalment_only(world):
    first = world.agreement("pbc", at="pbc_5_first_instalment", instalments=2)
    assert desk_of(first, world.act("officer")).needed_kinds == []

    only = world.agreement("pbc", at="pbc_5_first_instalment", instalments=1)
    assert desk_of(only, world.act("officer")).needed_kinds == ["work_completed"]


# --- writing the terms ----------------------------------------------------------------------------------------------

TERMS = {"title": "สัญญาร่วม", "total": "0", "notice_days": "30", "procurement_screening": "subsidy"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_on": "29 ก.พ. 2568"}, "starts_on"),
        ({"starts_on": "1/10/2026"}, "starts_on"),
        ({"starts_on": "1/10/2569", "ends_on": "30/9/2569"}, "ends_on"),
        ({"total": "-5"}, "total"),
        ({"title": ""}, "title"),
        ({"title": "ก" * 401}, "title"),
        ({"notice_days": "0"}, "notice_days"),
    ],
)
def test_bad_terms_are_said_at_the_field_with_the_input_kept(world, joint, client, wrong, field):
    client.force_login(world.cast.officer.user)
    url = reverse("agreements:agreement_edit", args=[joint.reference])

    response = client.post(url, {**TERMS, "area": "จังหวัดน่าน", **wrong, "version": joint.version, "key": "k"})

    assert list(response.context["form"].errors) == [field]
    assert 'value="จังหวัดน่าน"' in response.content.decode()
    assert world.again(joint).version == joint.version


def test_terms_typed_in_the_buddhist_era_are_kept(world, joint, client):
    client.force_login(world.cast.officer.user)
    url = reverse("agreements:agreement_edit", args=[joint.reference])
    data = {
        **TERMS,
        "starts_on": "1 ต.ค. 2569",
        "ends_on": "๓๐/๙/๒๕๗๐",
        "total": "1,250,000.50",
        "version": joint.version,
        "key": "k",
    }

    assert client.post(url, data).status_code == 302
    agreement = world.again(joint)
    assert (agreement.starts_on, agreement.ends_on) == (date(2026, 10, 1), date(2027, 9, 30))
    assert agreement.total == Decimal("1250000.50")


def test_who_edits_a_page_that_changed_meanwhile_keeps_the_input(world, joint, client):
    client.force_login(world.cast.officer.user)
    url = reverse("agreements:agreement_edit", args=[joint.reference])
    world.note(joint, "vision")

    response = client.post(url, {**TERMS, "area": "จังหวัดน่าน", "version": joint.version, "key": "k"})

    assert response.status_code == 200
    assert 'value="จังหวัดน่าน"' in response.content.decode()
    assert world.again(joint).area != "จังหวัดน่าน"


@pytest.mark.parametrize(
    ("person", "status"), [("partner_rep", 403), ("executive", 403), ("opdc", 403), ("officer", 200)]
)
def test_only_the_officer_edits_the_terms(world, joint, client, person, status):
    client.force_login(world.cast.people[person].user)

    assert client.get(reverse("agreements:agreement_edit", args=[joint.reference])).status_code == status


def test_a_partner_edits_its_own_duties_and_not_the_givers(world, joint, client):
    own = joint.parties.get(organisation=world.cast.organisations["partner"])
    giver = joint.parties.get(organisation=world.cast.organisations["agency"])
    client.force_login(world.cast.partner_staff.user)
    data = {"duties": "จัดบริการ", "version": joint.version, "key": "k"}

    assert client.post(reverse("agreements:party_edit", args=[own.pk]), data).status_code == 302
    assert world.again(own).duties == "จัดบริการ"
    assert client.post(reverse("agreements:party_edit", args=[giver.pk]), data).status_code == 403
    assert world.again(giver).duties == ""


def test_a_receiver_is_added_in_a_joint_contract_only(world, joint, client):
    client.force_login(world.cast.officer.user)
    rival = world.cast.organisations["rival"]
    grant = world.born("grant")
    for agreement, side, status in ((grant, "receiver", 200), (joint, "receiver", 302)):
        url = reverse("agreements:agreement_parties", args=[agreement.reference])
        version = world.again(agreement).version
        data = {"organisation": rival.name_th, "side": side, "version": version, "key": agreement.reference}
        assert client.post(url, data).status_code == status
    party = Party.objects.get(organisation=rival)
    assert (party.agreement, party.side, party.is_lead) == (joint, "receiver", False)

    url = reverse("agreements:party_remove", args=[party.pk])
    client.post(url, {"version": world.again(joint).version, "key": "r"})
    assert not Party.objects.filter(organisation=rival).exists()


def test_a_joint_contract_is_opened_from_its_mission(world, client):
    mission = world.mission("commissioning")
    client.force_login(world.cast.officer.user)
    url = reverse("agreements:agreement_create", args=[mission.reference])
    rival, partner = world.cast.organisations["rival"], world.cast.organisations["partner"]
    assert rival.name_th not in client.get(url).text, "the register is not poured into the page"
    data = {"title": "สัญญาร่วม", "version": mission.version, "key": "k", "partners-INITIAL_FORMS": 0}
    data |= {"partners-TOTAL_FORMS": 2, "partners-0-partner": "คู่แข่ง", "partners-1-partner": "ไม่มีในทะเบียน"}
    assert client.post(url, data).context["formsets"][0].forms[1].errors["partner"]
    assert not Agreement.objects.exists()

    response = client.post(url, data | {"partners-1-partner": partner.name_th})

    agreement = Agreement.objects.get()
    assert agreement.parties.get(side="receiver", is_lead=True).organisation == rival
    assert response.url == reverse("agreements:agreement_detail", args=[agreement.reference])
    assert (agreement.party_list[0].side, agreement.party_list[0].is_lead) == ("giver", True)
    assert agreement.parties.filter(side="receiver").count() == 2
