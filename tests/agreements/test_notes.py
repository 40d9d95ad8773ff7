"""Step notes: written by one side, confirmed by the other, and only then something a step can rest on."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.actions.notes import confirm_note, note_kinds, write_note
from agreements.models import StepNote
from core import clock
from core.audit import history_of
from core.models import OutboxMessage, SecurityEvent, StoredFile
from core.workflow import NotNow, NotYou
from tests.world import World, evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


def note_of(world, agreement, by="officer", **facts):
    values = {"kind": "vision", "held_on": clock.today(), "decision": "เห็นชอบร่วมกัน", **facts}
    return write_note(agreement=world.again(agreement), by=world.act(by), **values)


@pytest.mark.parametrize(("writer", "confirmer"), [("officer", "partner_staff"), ("partner_staff", "officer")])
def test_a_note_counts_when_both_sides_have_confirmed(world, writer, confirmer):
    agreement = world.born("commissioning")
    note = note_of(world, agreement, by=writer)

    assert not note.is_confirmed
    confirm_note(note=note, by=world.act(confirmer))
    note.refresh_from_db()
    assert note.is_confirmed
    assert {note.giver_confirmed_by, note.receiver_confirmed_by} == {
        world.cast.people[writer].user,
        world.cast.people[confirmer].user,
    }
    kinds = list(history_of(agreement).values_list("kind", flat=True))
    assert kinds[-2:] == ["agreement.write_note", "stepnote.confirm"]


@pytest.mark.parametrize(
    "person", ["officer", "second_officer", "executive", "partner_finance", "rival_rep", "opdc", "stranger"]
)
def test_the_writers_own_side_and_others_cannot_confirm(world, person):
    note = note_of(world, world.born("commissioning"))

    with pytest.raises(NotYou):
        confirm_note(note=note, by=world.act(person))
    note.refresh_from_db()
    assert note.receiver_confirmed_at is None
    assert SecurityEvent.objects.filter(kind="refused_not_you").count() == 1


def test_a_confirmed_note_is_not_confirmed_again(world):
    note = note_of(world, world.born("commissioning"))
    confirm_note(note=note, by=world.act("partner_rep"))

    with pytest.raises(NotNow):
        confirm_note(note=note, by=world.act("partner_staff"))


@pytest.mark.parametrize("person", ["executive", "finance", "partner_finance", "rival_staff", "opdc", "stranger"])
def test_only_writers_of_a_side_write(world, person):
    with pytest.raises(NotYou):
        note_of(world, world.born("commissioning"), by=person)
    assert not StepNote.objects.exists()


def test_kinds_are_those_the_step_rests_on(world):
    agreement = world.born("commissioning")

    assert note_kinds(agreement) == ["vision", "priorities", "other"]
    with pytest.raises(ValidationError) as refused:
        note_of(world, agreement, kind="design")
    assert "kind" in refused.value.message_dict


def test_a_note_tells_of_the_past(world):
    with pytest.raises(ValidationError) as refused:
        note_of(world, world.born("commissioning"), held_on=clock.today() + timedelta(days=1))
    assert "held_on" in refused.value.message_dict


def test_the_file_is_kept_and_read_by_the_parties_alone(world, client):
    note = note_of(world, world.born("commissioning"), file=evidence("รายงานการประชุม.png"))
    url = note.file.get_absolute_url()

    for person, status in (("partner_staff", 200), ("opdc", 200), ("rival_rep", 404), ("stranger", 404)):
        client.force_login(world.cast.people[person].user)
        assert client.get(url).status_code == status, person


def test_the_other_side_is_told(world):
    note_of(world, world.born("commissioning"))

    told = OutboxMessage.objects.filter(kind="agreement.note").values_list("to_user_id", flat=True)
    assert set(told) == {world.cast.partner_staff.user.pk, world.cast.partner_rep.user.pk}


def test_29_february_2568_is_refused_at_the_field_with_the_input_kept(world, client):
    agreement = world.born("commissioning")
    client.force_login(world.cast.officer.user)
    url = reverse("agreements:note_create", args=[agreement.reference])
    data = {
        "kind": "vision",
        "held_on": "29 ก.พ. 2568",
        "decision": "เห็นชอบร่วมกัน",
        "version": agreement.version,
        "key": "k1",
    }

    response = client.post(url, data)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["held_on"]
    page = response.content.decode()
    assert 'value="29 ก.พ. 2568"' in page
    assert "เห็นชอบร่วมกัน" in page
    assert not StepNote.objects.exists()


def test_a_double_post_writes_one_note(world, client):
    agreement = world.born("commissioning")
    client.force_login(world.cast.officer.user)
    url = reverse("agreements:note_create", args=[agreement.reference])
    data = {"kind": "vision", "held_on": "1/10/2569", "decision": "เห็นชอบ", "version": agreement.version, "key": "same"}

    assert client.post(url, data).status_code == 302
    assert client.post(url, data).status_code == 302
    assert StepNote.objects.count() == 1


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_stored(world, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    agreement = world.born("commissioning")
    client.force_login(world.cast.officer.user)
    url = reverse("agreements:note_create", args=[agreement.reference])
    fake = SimpleUploadedFile("รายงาน.pdf", b"MZ not a pdf at all", content_type="application/pdf")
    data = {
        "kind": "vision",
        "held_on": "1/10/2569",
        "decision": "เห็นชอบ",
        "version": agreement.version,
        "key": "k",
        "file": fake,
    }

    response = client.post(url, data)

    assert list(response.context["form"].errors) == ["file"]
    assert not StepNote.objects.exists()
    assert not StoredFile.objects.exists()
