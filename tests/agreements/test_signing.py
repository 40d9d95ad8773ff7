"""From the proposed text to the agreement in force: freezing, numbers, signatures on screen and on paper, publication."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.actions.decisions import endorse_decision, return_decision
from agreements.actions.details import add_party, edit_details
from agreements.actions.indicators import set_indicators
from agreements.actions.signing import confirm_scan, hand_in_scan, reject_scan, sign_on_screen
from agreements.actions.texts import make_public, print_signed_texts, store_signed_pdf, withdraw_text
from agreements.models import Agreement, AgreementText, Signature
from core import clock
from core.audit import history_of
from core.files import files_of, is_intact
from core.models import AuditEvent, Counter, SecurityEvent
from core.workflow import Missing, NotNow, NotYou, Stale
from tests.agreements.signing_world import current, freeze, party_of, prepare_contract, propose
from tests.second_factors import code_of
from tests.world import World, evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def prepared(world):
    return prepare_contract(world)


@pytest.fixture
def frozen(world, prepared):
    return freeze(world, prepared)


def sign(world, agreement, organisation, by, **more):
    agreement = world.again(agreement)
    sha256 = more.pop("sha256", None) or current(agreement).sha256
    return sign_on_screen(party=party_of(world, agreement, organisation), sha256=sha256, by=world.act(by), **more)


def hand_in(world, agreement, organisation="partner", by="partner_staff", **facts):
    values = {"signed_on": clock.today(), "signatory_name": "นายผู้แทน ภาคี", "scan": evidence("ลงนาม.png"), **facts}
    return hand_in_scan(party=party_of(world, world.again(agreement), organisation), by=world.act(by), **values)


# --- the text -------------------------------------------------------------------------------------------------------


def test_a_text_is_proposed_only_when_all_is_there(world):
    agreement = world.born("pbc")

    with pytest.raises(Missing) as refused:
        propose(world, agreement)
    assert {item.name for item in refused.value.items} == {
        "discussion_vision",
        "discussion_priorities",
        "discussion_selection",
        "discussion_draft",
        "details_complete",
        "duties_written",
        "signatories_named",
        "indicators_weighted",
        "instalments_planned",
    }


@pytest.mark.parametrize("person", ["executive", "finance", "partner_rep", "rival_rep", "opdc", "stranger"])
def test_only_the_givers_officer_proposes_the_text(world, prepared, person):
    with pytest.raises(NotYou):
        propose(world, prepared, by=person)


def test_the_decision_freezes_text_hash_and_number(world, prepared):
    endorse_decision(decision=propose(world, prepared), by=world.act("executive"))

    agreement = world.again(prepared)
    text = current(agreement)
    year = clock.today().year + 543 + (1 if clock.today().month >= 10 else 0)
    assert agreement.number == f"1/{year}"
    assert agreement.text_ready_at == text.frozen_at
    assert text.sha256 == hashlib.sha256(text.content.encode()).hexdigest()
    assert agreement.title in text.content
    assert agreement.number in text.content
    event = history_of(agreement).get(kind="agreement.freeze_text")
    assert text.sha256 in event.payload


def test_terms_stand_still_while_considered_and_once_frozen(world, prepared):
    decision = propose(world, prepared)
    officer = world.act("officer")
    row = {"statement": "x", "unit": "คน", "direction": "up", "baseline": 0, "target": 1, "weight": 100}

    for _when in ("considered", "frozen"):
        with pytest.raises(NotNow):
            edit_details(agreement=world.again(prepared), by=officer, title="เปลี่ยนชื่อ")
        with pytest.raises(NotNow):
            set_indicators(agreement=world.again(prepared), indicators=[row], by=officer)
        with pytest.raises(NotNow):
            add_party(
                agreement=world.again(prepared),
                organisation=world.cast.organisations["rival"],
                side="supporter",
                by=officer,
            )
        if not world.again(prepared).text_ready_at:
            endorse_decision(decision=decision, by=world.act("executive"))


def test_a_returned_proposal_opens_the_terms_again(world, prepared):
    return_decision(decision=propose(world, prepared), by=world.act("executive"), comment="ปรับขอบเขต")

    edit_details(agreement=world.again(prepared), by=world.act("officer"), scope="ขอบเขตใหม่")
    assert world.again(prepared).scope == "ขอบเขตใหม่"
    assert not AgreementText.objects.exists()


def test_a_withdrawn_text_is_superseded_and_keeps_the_number(world, frozen):
    first, number = current(frozen), frozen.number
    withdraw_text(agreement=frozen, reason="พบข้อผิดพลาด", by=world.act("executive"))

    agreement = world.again(frozen)
    assert agreement.text_ready_at is None
    edit_details(agreement=agreement, by=world.act("officer"), area="จังหวัดนนทบุรีและปทุมธานี")
    world.ready_text(agreement)
    second = current(agreement)
    assert (second.ordinal, world.again(agreement).number) == (2, number)
    assert second.sha256 != first.sha256
    assert Counter.objects.get(kind="agreement").last == 1


def test_numbers_are_given_out_once_per_agency_and_year(world, frozen):
    other = world.born("commissioning")
    world.prepare(other)
    world.ready_text(other)

    assert [frozen.number.split("/")[0], world.again(other).number.split("/")[0]] == ["1", "2"]


@pytest.mark.parametrize("person", ["finance", "partner_rep", "rival_rep", "opdc"])
def test_others_cannot_withdraw_the_text(world, frozen, person):
    with pytest.raises(NotYou):
        withdraw_text(agreement=frozen, reason="x", by=world.act(person))


def test_a_text_that_someone_signed_cannot_be_withdrawn(world, frozen):
    sign(world, frozen, "agency", "executive")

    with pytest.raises(NotNow):
        withdraw_text(agreement=world.again(frozen), reason="x", by=world.act("officer"))


# --- on screen ------------------------------------------------------------------------------------------------------


def test_the_last_signature_puts_the_agreement_in_force(world, frozen, django_capture_on_commit_callbacks):
    sign(world, frozen, "agency", "executive")
    assert world.again(frozen).standing == "preparing"

    with django_capture_on_commit_callbacks(execute=True):
        sign(world, frozen, "partner", "partner_rep")

    agreement = world.again(frozen)
    assert agreement.standing == "in_force"
    assert agreement.signed_at is not None
    kinds = list(history_of(agreement).values_list("kind", flat=True))
    assert kinds[-3:] == ["signature.screen", "signature.screen", "agreement.enter_into_force"]
    signature = Signature.objects.get(party__organisation=world.cast.organisations["partner"])
    assert (signature.signatory_name, signature.method, signature.counts) == ("นายผู้แทน ภาคี", "screen", True)


def test_the_signed_document_is_stored_once(world, frozen, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        sign(world, frozen, "agency", "executive")
        sign(world, frozen, "partner", "partner_rep")

    text = current(frozen)
    assert text.signed_pdf is not None
    assert is_intact(text.signed_pdf)
    assert store_signed_pdf.call(text.pk) is False
    assert files_of(frozen, kind="signed_agreement").count() == 1


def test_a_lost_task_is_made_up_for_by_the_next_tick(world, frozen, django_capture_on_commit_callbacks):
    sign(world, frozen, "agency", "executive")
    sign(world, frozen, "partner", "partner_rep")
    assert current(frozen).signed_pdf is None

    for _tick in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            print_signed_texts()
    assert files_of(frozen, kind="signed_agreement").count() == 1


def test_a_text_not_signed_by_all_is_not_printed_as_signed(world, frozen):
    assert store_signed_pdf.call(current(frozen).pk) is False


@pytest.mark.parametrize(
    ("organisation", "person"),
    [
        ("agency", "officer"),
        ("agency", "partner_rep"),
        ("agency", "opdc"),
        ("partner", "partner_staff"),
        ("partner", "executive"),
        ("partner", "rival_rep"),
        ("partner", "stranger"),
    ],
)
def test_only_the_partys_own_signatory_signs(world, frozen, organisation, person):
    with pytest.raises(NotYou):
        sign(world, frozen, organisation, person)
    assert not Signature.objects.exists()


def test_a_party_signs_once(world, frozen):
    sign(world, frozen, "agency", "executive")

    with pytest.raises(NotNow):
        sign(world, frozen, "agency", "executive")


def test_nothing_is_signed_before_the_text_is_frozen(world, prepared):
    with pytest.raises(NotNow):
        sign(world, prepared, "agency", "executive", sha256="0" * 64)


def test_who_read_another_text_is_told_so(world, frozen):
    with pytest.raises(Stale):
        sign(world, frozen, "agency", "executive", sha256="0" * 64)
    assert SecurityEvent.objects.filter(kind="refused_stale").count() == 1


def test_every_party_has_to_sign_supporters_too(world):
    agreement = world.born("commissioning")
    rival = world.cast.organisations["rival"]
    add_party(agreement=agreement, organisation=rival, side="supporter", by=world.act("officer"))
    world.prepare(agreement)
    world.ready_text(agreement)
    sign(world, agreement, "agency", "executive")
    sign(world, agreement, "partner", "partner_rep")
    assert world.again(agreement).standing == "preparing"

    sign(world, agreement, "rival", "rival_rep")
    assert world.again(agreement).standing == "in_force"


def test_the_page_shows_the_whole_text_and_wants_a_confirmed_person_and_the_declaration(world, frozen, client):
    party = party_of(world, frozen, "agency")
    client.force_login(world.cast.executive.user)
    url = reverse("agreements:signature_sign", args=[party.pk])
    text = current(frozen)

    page = client.get(url).content.decode()
    assert text.sha256 in page
    assert frozen.title in page
    data = {"version": frozen.version, "key": "k", "sha256": text.sha256}
    unconfirmed = client.post(url, {**data, "declared": "on"})
    assert unconfirmed.url.startswith(reverse("mfa_reauthenticate"))
    assert not Signature.objects.exists()

    client.post(reverse("mfa_reauthenticate"), {"code": code_of(world.cast.executive.user)})
    refused = client.post(url, data)
    assert list(refused.context["form"].errors) == ["declared"]
    assert client.post(url, {**data, "declared": "on"}).status_code == 302
    assert Signature.objects.count() == 1
    kept = json.loads(AuditEvent.objects.get(kind="signature.screen").payload)["identity"]
    assert kept["again"] == "totp"
    assert kept["again_at"].endswith("Z")


# --- on paper -------------------------------------------------------------------------------------------------------


def test_a_signature_on_paper_counts_when_another_confirms_it(world, frozen):
    sign(world, frozen, "agency", "executive")
    signature = hand_in(world, frozen)
    assert not signature.counts
    assert world.again(frozen).standing == "preparing"

    confirm_scan(signature=signature, by=world.act("officer"))
    assert world.again(signature).confirmed_by == world.cast.officer.user
    assert world.again(frozen).standing == "in_force"


def test_who_handed_the_scan_in_cannot_confirm_it(world, frozen):
    signature = hand_in(world, frozen, by="officer")

    with pytest.raises(NotYou) as refused:
        confirm_scan(signature=signature, by=world.act("officer"))
    assert str(refused.value.message) != str(NotYou.message)
    confirm_scan(signature=world.again(signature), by=world.act("second_officer"))
    assert world.again(signature).counts


@pytest.mark.parametrize("person", ["finance", "partner_finance", "rival_rep", "opdc", "stranger"])
def test_others_neither_hand_in_nor_confirm(world, frozen, person):
    with pytest.raises(NotYou):
        hand_in(world, frozen, by=person)
    signature = hand_in(world, frozen)
    with pytest.raises(NotYou):
        confirm_scan(signature=signature, by=world.act(person))


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_of_signing_lies_between_the_text_and_today(world, frozen, days):
    with pytest.raises(ValidationError) as refused:
        hand_in(world, frozen, signed_on=clock.today() + timedelta(days=days))
    assert "signed_on" in refused.value.message_dict


def test_a_scan_sent_back_lets_the_party_sign_anew(world, frozen):
    signature = hand_in(world, frozen)
    reject_scan(signature=signature, reason="หน้าเอกสารไม่ครบ", by=world.act("officer"))

    assert not Signature.objects.exists()
    assert history_of(frozen).filter(kind="agreement.reject_scan").exists()
    assert files_of(frozen, kind="signed_page").count() == 1
    sign(world, frozen, "partner", "partner_rep")


def test_a_confirmed_scan_is_not_sent_back(world, frozen):
    signature = hand_in(world, frozen)
    confirm_scan(signature=signature, by=world.act("officer"))

    with pytest.raises(NotNow):
        reject_scan(signature=signature, reason="x", by=world.act("second_officer"))


# --- publication ----------------------------------------------------------------------------------------------------


def test_made_public_by_the_officer_once_in_force(world, frozen):
    with pytest.raises(NotNow):
        make_public(agreement=frozen, by=world.act("officer"))
    sign(world, frozen, "agency", "executive")
    sign(world, frozen, "partner", "partner_rep")
    with pytest.raises(NotYou):
        make_public(agreement=world.again(frozen), by=world.act("partner_rep"))

    make_public(agreement=world.again(frozen), by=world.act("officer"))
    assert list(Agreement.objects.public()) == [frozen]
