"""What judges take away: a copy of a proposal as PDF, masked on a blind call, and all they read in a ZIP."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from agreements.actions import exports
from agreements.actions.calls import begin_selection
from agreements.actions.conflicts import declare_conflicts
from agreements.actions.proposals import attach_file
from agreements.actions.reviewers import dismiss_reviewer, name_reviewer
from agreements.actions.submission import submit_proposal
from agreements.blind import code_of, without_names
from agreements.documents.proposal import judge_pdf, proposal_pdf
from agreements.documents.proposal_data import version_content
from agreements.identity_words import mask_of, words_of
from agreements.models import Capacity, Export
from core.files import can_read
from core.workflow import NotNow, NotYou
from partnerships.models import AuthorisedRepresentative, Contact, FormerName, Membership, TrackRecord
from reporting.worklist import work_of
from tests.agreements.test_conflicts import logged_in, screened, url
from tests.documents.reading import normal, page_texts
from tests.world import World, evidence

pytestmark = pytest.mark.django_db
TELLING = {
    "name_th": "มูลนิธิเพื่อนผู้สูงวัยภาคเหนือ",
    "name_en": "Northern Elders Friends Foundation",
    "short_name": "มพสน.",
    "tax_number": "0994000123459",
    "registration_number": "กท 447183/2540",
    "phone": "02-345-6789",
    "email": "office@elders-north.example",
    "website": "https://elders-north.example/",
    "address": "99/9 ถนนเจริญเมือง",
}
PEOPLE = ("สมพร ผู้แทนจริง", "วิภา ประสานงาน", "เก่ง ทีมงานแท้")


@pytest.fixture
def world(cast):
    return World(cast)


def tell_all(world) -> None:
    """An applicant that names itself, its people and its numbers wherever there is room, as applicants do."""
    organisation = world.cast.organisations["partner"]
    for name, value in TELLING.items():
        setattr(organisation, name, value)
    organisation.save()
    FormerName.objects.create(organisation=organisation, name_th="สมาคมคนสูงอายุลำปาง", valid_until="2020-01-01")
    AuthorisedRepresentative.objects.create(
        organisation=organisation,
        name=f"นาง{PEOPLE[0]}",
        position="ประธาน",
        authority="ข้อบังคับ",
        valid_from="2020-01-01",
    )
    Contact.objects.create(organisation=organisation, name=f"นางสาว{PEOPLE[1]}", phone="081 234 5678")
    TrackRecord.objects.create(
        organisation=organisation, title="โครงการลำปางเพื่อนเยี่ยมเพื่อน", year_from=2022, giver="กรมหนึ่ง"
    )


def telling_texts(user) -> dict[str, str]:
    return {
        "title": "โครงการของ มูลนิธิเพื่อนผู้สูงวัย ภาคเหนือ",
        "objectives": f"{TELLING['name_th']} (มพสน.) เดิมชื่อสมาคมคนสูงอายุลำปาง โทร ๐๒ ๓๔๕ ๖๗๘๙",
        "area": "จังหวัดลำปาง",
        "activities": f"{PEOPLE[2]}จัดอบรม โดยใช้ชื่อย่อมพสน.บนสื่อทุกชิ้น",
        "network": f"เพื่อนผู้สูงวัยภาคเหนือ, northern ELDERS friends foundation, {TELLING['email']}",
        "expertise": f"นาง{PEOPLE[0]} และ{PEOPLE[1]} โทร 0812345678 เลข 0-9940-00123-45-9 และ {user.full_name_th}",
    }


def told(user) -> list[str]:
    """What must stand nowhere."""
    return [
        "เพื่อนผู้สูงวัย", "NorthernElders", "มพสน", "0994000123459", "447183", "023456789", "0812345678", "12345-9",
        "elders-north", "เจริญเมือง", "คนสูงอายุลำปาง", "เพื่อนเยี่ยมเพื่อน", *PEOPLE, user.full_name_th, "ผู้แทนจริง", "สมพร",
    ]  # fmt: skip


@pytest.fixture
def blind(world, cast):
    """A blind call in its selection, one of whose applicants tells all; the reviewer may read."""
    tell_all(world)
    call = world.published_call("grant")
    call.documents.update(is_required=False)
    type(call).objects.filter(pk=call.pk).update(is_blind=True)
    team = {"members": [{"name": f"นาย{PEOPLE[2]}", "duty": f"หัวหน้าคณะของ {TELLING['short_name']}"}]}
    partner = world.draft_proposal(world.again(call), rows=team, **telling_texts(cast.partner_rep.user))
    attach_file(proposal=partner, upload=evidence("partner.png"), by=world.act("partner_staff"))
    submit_proposal(proposal=world.again(partner), by=world.act("partner_rep"))
    rival = world.submitted_proposal(world.again(call), by="rival")
    world.closed_call(call)
    for proposal in (partner, rival):
        world.screen(proposal)
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=world.act("officer"))
    return world.again(call), world.again(partner), world.again(rival)


def everything_in(pdf: bytes) -> str:
    """All that can be read out of the file: text of the pages, metadata, outlines, links, attachments' names."""
    reader = PdfReader(io.BytesIO(pdf))
    texts = page_texts(pdf)
    about = [str(value) for value in (reader.metadata or {}).values()]
    marks = [str(getattr(one, "title", one)) for one in reader.outline]
    links = [str(note.get_object()) for page in reader.pages for note in page.get("/Annots", [])]
    xmp = reader.xmp_metadata.stream.get_data().decode("utf-8", "replace") if reader.xmp_metadata else ""
    return "".join([*texts, *map(normal, [*about, *marks, *links, xmp, *reader.attachments])])


def hides(text: str, words: list[str]) -> list[str]:
    """Those of the words that stand in the text all the same."""
    plain = text.casefold().translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    return [word for word in words if normal(word).casefold() in plain]


# --- the masked paper -----------------------------------------------------------------------------------------------


def test_the_masked_paper_tells_nothing_of_the_applicant_and_the_own_paper_does(cast, blind):
    _call, partner, _rival = blind
    user = cast.partner_rep.user
    words = [*told(user), partner.reference, "partner.png"]
    own = everything_in(proposal_pdf(partner.latest_version))
    assert {"เพื่อนผู้สูงวัย", "มพสน", "0994000123459", PEOPLE[0], PEOPLE[2], partner.reference} <= set(hides(own, words))
    client = logged_in(cast.reviewer.user)
    answer = client.get(url("proposal_print", partner))
    assert (answer.status_code, answer["content-type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'inline; filename="{code_of(partner)}.pdf"'
    assert "no-store" in answer["Cache-Control"]
    masked = everything_in(answer.content)
    assert hides(masked, words) == []
    assert hides(answer.content.decode("latin-1"), [partner.reference, "elders-north", "partner.png"]) == []
    # The work itself is there to be judged.
    for kept in (
        code_of(partner),
        "แบบข้อเสนอโครงการ",
        "จังหวัดลำปาง",
        "[ปิดข้อมูล]",
        "๙๐๐,๐๐๐.๐๐",
        "ห้ามเผยแพร่",
        "เอกสารแนบ",
    ):
        assert normal(kept) in masked, kept
    title = PdfReader(io.BytesIO(answer.content)).metadata
    assert title.title == f"แบบข้อเสนอโครงการ {code_of(partner)}" and not title.author


def test_pages_and_work_list_hide_the_same_words_as_the_paper(cast, world, blind):
    call, partner, rival = blind
    client = logged_in(cast.reviewer.user)
    for page in (url("proposal_review", partner), url("proposal_detail", partner), url("call_detail", call)):
        text = client.get(page).text
        seen = normal(text.replace(f"/proposals/{partner.reference}/", ""))
        assert hides(seen, told(cast.partner_rep.user)) == [], page
        assert code_of(partner) in text
    items = [item for group in work_of(world.act("reviewer")).groups for item in group.items]
    assert {code_of(partner), code_of(rival)} <= {item.reference for item in items}
    assert hides("".join(normal(item.matter) for item in items), told(cast.partner_rep.user)) == []
    officer = logged_in(cast.officer.user).get(url("proposal_detail", partner)).text
    assert TELLING["name_th"] in officer and PEOPLE[2] in officer


def test_who_has_which_paper(cast, world, blind):
    call, partner, rival = blind
    reviewer, second = cast.reviewer.user, cast.second_reviewer.user
    name_reviewer(call=world.again(call), user=second, kind="committee_member", by=world.act("officer"))
    member = logged_in(second)
    assert member.get(url("proposal_print", partner)).status_code == 404, "declares first"
    world.declare(call, "second_reviewer")
    hidden = everything_in(member.get(url("proposal_print", partner)).content)
    assert hides(hidden, told(cast.partner_rep.user)) == []
    for name, status in {"stranger": 404, "rival_rep": 404, "evaluator": 404, "officer": 200, "opdc": 200}.items():
        assert logged_in(cast.people[name].user).get(url("proposal_print", partner)).status_code == status, name
    for proposal in (partner, rival):
        world.score(proposal)
    named = everything_in(member.get(url("proposal_print", partner)).content)
    assert normal("เพื่อนผู้สูงวัย") in named, "the committee learns the names once every score is in"
    assert not hides(named, ["447183", "เจริญเมือง", "ลงชื่อ", "ผู้มีอำนาจลงนาม"]), "but no numbers, and nothing to sign"
    assert normal("เพื่อนผู้สูงวัย") not in everything_in(logged_in(reviewer).get(url("proposal_print", partner)).content)


def test_what_a_version_says_is_not_changed_by_masking(blind):
    _call, partner, _rival = blind
    content = version_content(partner.latest_version)
    before = repr(content)
    masked = without_names(content, words_of([partner.organisation_id])[partner.organisation_id])
    assert repr(content) == before and repr(masked) != before
    assert judge_pdf(partner.latest_version, masked=True).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("word", "text", "seen"),
    [
        ("มูลนิธิ ก้าวไป", "ของมูลนิธิก้าวไปและมูลนิธิ  ก้าวไป", "ของXและX"),
        ("มูลนิธิก้าวไป", "มูลนิธิ ก้าว\u200bไป", "X"),
        ("มพส.", "คณะ มพส. และมพส.", "คณะ X และมพส."),
        ("มพสน.", "โดยมพสน.และ มพสน.", "โดยXและ X"),
        ("รักษ์", "อนุรักษ์ กับ รักษ์", "อนุรักษ์ กับ X"),
        ("UNO", "uno, unopened and (UNO) ของUNO", "X, unopened and (X) ของX"),
        ("02-345-6789", "๐๒ ๓๔๕ ๖๗๘๙ 023456789 1023456789", "X X 1023456789"),
        ("ก", "กก ก", "กก ก"),
        ("a.b*c(d", "a.b*c(d aXb*c(d", "X aXb*c(d"),
        ("", "ไม่มีอะไรให้ปิด", "ไม่มีอะไรให้ปิด"),
    ],
)
def test_words_are_found_however_written_and_not_within_others(monkeypatch, word, text, seen):
    monkeypatch.setattr("agreements.identity_words._", lambda _text: "X")
    assert mask_of([word])(text) == seen


def test_a_duty_written_as_a_name_hides_no_duties():
    members = [{"name": "หัวหน้าโครงการ (สมมติ)", "duty": "หัวหน้าโครงการ"}, {"name": "นางแก้ว ใจดี", "duty": "ผู้ช่วยของแก้วใจดี"}]
    seen = without_names({"fields": {}, "files": [], "rows": {"members": members}})["rows"]["members"]
    assert seen[0]["duty"] == "หัวหน้าโครงการ" and "แก้ว" not in seen[1]["duty"]


def test_the_longer_name_goes_first(monkeypatch):
    monkeypatch.setattr("agreements.identity_words._", lambda _text: "X")
    assert mask_of(["เพื่อนผู้สูงวัย", "มูลนิธิเพื่อนผู้สูงวัย"])("มูลนิธิเพื่อนผู้สูงวัย กับ เพื่อนผู้สูงวัย") == "X กับ X"


def test_a_list_asks_for_the_words_once(cast, world, blind, django_assert_num_queries):
    _call, partner, rival = blind
    with django_assert_num_queries(5):
        assert len(words_of([partner.organisation_id, rival.organisation_id])) == 2


# --- the archive ----------------------------------------------------------------------------------------------------


def archive_of(client: Client, call) -> tuple[Export, Any]:
    """Ask for it and wait on its page until it is there."""
    begun = client.post(url("call_archive", call))
    assert begun.status_code == 302, begun
    export = Export.objects.latest("pk")
    assert begun.url == reverse("agreements:export_detail", args=[export.pk])
    for _look in range(20):
        page = client.get(begun.url)
        export.refresh_from_db()
        if export.file:
            break
    assert page.status_code == 200 and export.state == "done", (export.state, export.problem)
    return export, client.get(reverse("core:file_download", args=[export.file.pk]))


def opened(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_a_judge_takes_what_he_or_she_reads_under_codes_where_the_call_is_blind(cast, world, blind):
    call, partner, rival = blind
    client = logged_in(cast.reviewer.user)
    assert "/archive/" in client.get(url("call_detail", call)).text
    export, answer = archive_of(client, call)
    archive = opened(answer)
    assert archive.namelist() == sorted(f"{code_of(one)}.pdf" for one in (partner, rival))
    words = [*told(cast.partner_rep.user), partner.reference, rival.reference, rival.organisation.name_th]
    for name in archive.namelist():
        assert hides(everything_in(archive.read(name)), words) == []
    assert hides(answer["Content-Disposition"], words) == [] and hides("".join(archive.namelist()), words) == []
    assert set(export.proposals.all()) == {partner, rival} and not export.choice
    # The committee takes codes too, also once it has learned the names: what is printed stays about.
    name_reviewer(
        call=world.again(call), user=cast.second_reviewer.user, kind="committee_member", by=world.act("officer")
    )
    world.declare(call, "second_reviewer")
    for proposal in (partner, rival):
        world.score(proposal)
    _export, answer = archive_of(logged_in(cast.second_reviewer.user), call)
    assert opened(answer).namelist() == archive.namelist()


def test_on_an_open_call_names_stand_in_it(cast, world):
    call, partner, rival = screened(world)
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=world.act("officer"))
    _export, answer = archive_of(logged_in(cast.reviewer.user), call)
    names = opened(answer).namelist()
    assert len(names) == 2 and all(partner.reference in name or rival.reference in name for name in names)


def test_only_what_is_assigned_and_not_barred_is_in_it(cast, world):
    call, partner, rival = screened(world)
    world.name_reviewers(call, "second_reviewer")
    name_reviewer(call=world.again(call), user=cast.reviewer.user, by=world.act("officer"))
    with pytest.raises(NotNow):
        exports.ask_judge_archive(call=world.again(call), by=world.act("reviewer"))  # nothing declared yet
    world.declare(call, "reviewer", {partner.organisation_id: "เคยเป็นที่ปรึกษา"})
    begin_selection(call=world.again(call), by=world.act("officer"))
    export, answer = archive_of(logged_in(cast.reviewer.user), world.again(call))
    assert list(export.proposals.all()) == [rival] and len(opened(answer).namelist()) == 1
    for name in ("partner_rep", "stranger", "evaluator", "finance", "other_officer"):
        with pytest.raises(NotYou):
            exports.ask_judge_archive(call=call, by=world.act(name))
    assert "/archive/" not in logged_in(cast.partner_rep.user).get(url("call_detail", call)).text
    for name in ("officer", "opdc", "second_reviewer", "partner_rep"):
        assert not can_read(export.file, world.act(name)), name
        detail = reverse("agreements:export_detail", args=[export.pk])
        assert logged_in(cast.people[name].user).get(detail).status_code == 404, name


def conflict(world, call, proposal) -> None:
    declared = {proposal.organisation_id: (True, "ญาติเป็นกรรมการ")}
    declare_conflicts(call=world.again(call), declarations=declared, by=world.act("reviewer"))


def dismiss(world, call, _proposal) -> None:
    capacity = Capacity.objects.get(call=call, user=world.cast.reviewer.user)
    dismiss_reviewer(call=world.again(call), capacity=capacity, reason="ย้าย", by=world.act("officer"))


def join(world, _call, proposal) -> None:
    Membership.objects.create(user=world.cast.reviewer.user, organisation=proposal.organisation)


def take_away(world, _call, proposal) -> None:
    proposal.assignments.filter(reviewer=world.cast.reviewer.user).delete()


@pytest.mark.parametrize("happens", [conflict, dismiss, join, take_away])
def test_it_is_gone_at_once_when_one_proposal_in_it_may_not_be_read(cast, world, monkeypatch, happens):
    monkeypatch.setattr("agreements.documents.archive.judge_pdf", lambda version, masked: b"%PDF-")
    call, partner, rival = screened(world)
    world.name_reviewers(call, "reviewer", "second_reviewer")
    begin_selection(call=world.again(call), by=world.act("officer"))
    client, reviewer = logged_in(cast.reviewer.user), world.act("reviewer")
    export, answer = archive_of(client, world.again(call))
    file = reverse("core:file_download", args=[export.file.pk])
    assert answer.status_code == 200 and can_read(export.file, reviewer)
    other, _answer = archive_of(logged_in(cast.second_reviewer.user), world.again(call))

    happens(world, call, partner)
    assert not Export.objects.visible_to(reviewer).exists()
    assert not can_read(export.file, reviewer)
    assert client.get(file).status_code in (403, 404)
    for page in ("export_detail", "export_progress"):
        assert client.get(reverse(f"agreements:{page}", args=[export.pk])).status_code == 404
    assert client.post(reverse("agreements:export_again", args=[export.pk])).status_code == 404
    assert can_read(other.file, world.act("second_reviewer")), "whoever reads on has his own still"
    if happens is dismiss:
        with pytest.raises(NotYou):
            exports.ask_judge_archive(call=world.again(call), by=reviewer)
    else:
        again, _answer = archive_of(client, world.again(call))
        assert list(again.proposals.all()) == [rival]


def test_a_conflict_while_it_is_made_stops_it(cast, world, monkeypatch):
    monkeypatch.setattr("agreements.documents.archive.judge_pdf", lambda version, masked: b"%PDF-")
    call, partner, rival = screened(world)
    world.name_reviewers(call, "reviewer", "second_reviewer")
    begin_selection(call=world.again(call), by=world.act("officer"))
    reviewer = world.act("reviewer")
    begun = exports.ask_judge_archive(call=world.again(call), by=reviewer)
    assert exports.ask_judge_archive(call=world.again(call), by=reviewer) == begun, "asked twice, made once"
    exports.take_turn(begun.pk, seconds=0)
    conflict(world, call, rival)
    new = exports.ask_judge_archive(call=world.again(call), by=reviewer)
    assert new != begun and list(new.proposals.all()) == [partner]
    begun.refresh_from_db()
    assert begun.state == "failed"
    # A worker that holds it already comes no further either.
    Export.objects.filter(pk=new.pk).update(state="failed")
    Export.objects.filter(pk=begun.pk).update(state="running", leased_until=None)
    exports.take_turn(begun.pk, seconds=None)
    begun.refresh_from_db()
    assert (begun.state, begun.problem, begun.file) == ("failed", "NotYou", None)


def test_an_officers_archive_is_no_way_around_for_who_judges(cast, world):
    """Made at the desk before the officer was invited to judge: shut from then on, the judge's own is made anew."""
    call, _partner, _rival = screened(world)
    desk = exports.ask_archive(call=world.again(call), by=world.act("second_officer"))
    exports.take_turn(desk.pk, seconds=None)
    desk.refresh_from_db()
    assert default_storage.exists(desk.file.path) and can_read(desk.file, world.act("second_officer"))
    world.name_reviewers(call, "second_officer")
    assert not can_read(desk.file, world.act("second_officer"))
