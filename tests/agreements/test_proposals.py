"""A proposal: written in parts, submitted as an immutable version until the deadline, hidden from rivals (§3.1-3.2)."""

import hashlib
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from agreements.actions.calls import close_submissions
from agreements.actions.proposals import (
    attach_file,
    begin_proposal,
    detach_file,
    save_part,
)
from agreements.actions.submission import submit_proposal, withdraw_proposal
from agreements.enums import ProposalState
from agreements.models import Call, Proposal, ProposalVersion
from agreements.proposal_sections import SECTIONS
from core import clock
from core.files import files_of
from core.models import AuditEvent, SecurityEvent
from core.models.frozen import FrozenRecordError
from core.workflow import AlreadyDone, Missing, NotNow, NotYou, Stamp
from tests.agreements.test_races import at_once, refusals
from tests.cast import PEOPLE
from tests.factories import PASSWORD
from tests.second_factors import confirm_by_password
from tests.world import PNG, PROPOSAL, ROWS, TOTAL, World, evidence, row_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def call(world):
    return world.published_call()


def logged_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


def url(page: str, record, *args) -> str:
    return reverse(f"agreements:{page}", args=[record.reference, *args])


# --- beginning and writing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["partner_staff", "partner_rep"])
def test_a_partners_staff_or_representative_begins(world, call, name):
    proposal = begin_proposal(call=call, title="โครงการ", by=world.act(name))
    assert (proposal.state, proposal.organisation) == (ProposalState.DRAFT, world.cast.organisations["partner"])


@pytest.mark.parametrize(
    "name", ["partner_finance", "officer", "executive", "other_officer", "opdc", "reviewer", "stranger"]
)
def test_nobody_else_begins(world, call, name):
    with pytest.raises(NotYou):
        begin_proposal(call=call, title="โครงการ", by=world.act(name))
    assert not Proposal.objects.exists()


def test_an_organisation_has_one_proposal_on_a_call(world, call):
    world.draft_proposal(call)
    with pytest.raises(NotYou):
        begin_proposal(call=call, title="อีกโครงการ", by=world.act("partner_rep"))
    assert Proposal.objects.count() == 1


def test_the_database_keeps_it_at_one_too(world, call):
    first = world.draft_proposal(call)
    second = Proposal(call=call, organisation=first.organisation, title="ก", reference="X", created_by=first.created_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_who_begin_at_the_same_moment_make_one_proposal(cast):
    call, people = World(cast).published_call(), [cast.partner_staff.actor, cast.partner_rep.actor]
    answers = at_once(*[lambda by=by: begin_proposal(call=call, title="โครงการ", by=by) for by in people])
    assert len(refusals(answers)) == 1
    assert refusals(answers)[0] in (NotNow, NotYou)
    assert Proposal.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_submissions_at_the_same_moment_make_one_version(cast):
    world = World(cast)
    proposal = world.draft_proposal(world.published_call())
    answers = at_once(*[lambda: submit_proposal(proposal=proposal, by=cast.partner_rep.actor)] * 2)
    assert refusals(answers) == [NotNow]
    assert proposal.versions.count() == 1


def test_on_a_direct_call_only_the_invited_begin(world, cast):
    direct = world.published_call(
        procedure="direct", procedure_reason="มีรายเดียว", invited=[cast.organisations["partner"]]
    )
    with pytest.raises(NotYou):
        begin_proposal(call=direct, title="โครงการ", by=world.act("rival_rep"))
    assert begin_proposal(call=direct, title="โครงการ", by=world.act("partner_rep")).pk


@pytest.mark.parametrize("name", ["rival_rep", "officer", "opdc", "partner_finance", "stranger"])
def test_nobody_else_writes_in_a_draft(world, call, name):
    proposal = world.draft_proposal(call)
    with pytest.raises(NotYou):
        save_part(proposal=proposal, part="results", facts={"results": "อื่น"}, by=world.act(name))


def test_a_section_is_saved_unfinished_and_the_list_says_what_is_missing(world, cast, call):
    proposal = begin_proposal(call=call, title="โครงการ", by=world.act("partner_staff"))
    client = logged_in(cast, "partner_staff")
    data = {"version": proposal.version, "key": "a", "activities": "สำรวจ", **row_data("activities", [])}
    assert client.post(url("proposal_edit", proposal, "activities"), data).status_code == 302
    tasks = {task["code"]: task for task in client.get(url("proposal_detail", proposal)).context["tasks"]}
    assert (tasks["activities"]["state"], tasks["network"]["state"]) == ("doing", "todo")
    with override("th"):
        assert gettext("At least one activity with its months") in tasks["activities"]["hint"]
    assert world.again(proposal).activities == "สำรวจ"


# --- files ----------------------------------------------------------------------------------------------------------


def test_a_file_that_is_not_what_it_says_is_refused_at_its_field(world, cast, call):
    proposal = world.draft_proposal(call)
    fake = SimpleUploadedFile("แผน.pdf", b"MZ not a pdf at all", content_type="application/pdf")
    data = {"version": proposal.version, "key": "a", "file": fake}
    answer = logged_in(cast, "partner_staff").post(url("proposal_files", proposal), data)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert not files_of(proposal).exists()


def test_a_file_sent_twice_is_attached_once(world, call):
    proposal = world.draft_proposal(call)
    stamp = Stamp(key="once")
    attach_file(proposal=proposal, upload=evidence(), by=world.act("partner_staff"), stamp=stamp)
    with pytest.raises(AlreadyDone):
        attach_file(proposal=proposal, upload=evidence(), by=world.act("partner_staff"), stamp=stamp)
    assert files_of(proposal, "attachment").count() == 1


def test_files_are_read_by_those_who_may_read_the_proposal(world, cast, call):
    proposal = world.draft_proposal(call)
    attach_file(proposal=proposal, upload=evidence(), by=world.act("partner_staff"))
    attach_file(proposal=world.again(proposal), upload=evidence("ลบแล้ว.png"), by=world.act("partner_staff"))
    file, removed = files_of(proposal, "attachment")
    detach_file(proposal=world.again(proposal), file=removed, by=world.act("partner_staff"))
    before = {name: logged_in(cast, name).get(file.get_absolute_url()).status_code for name in PEOPLE}
    assert {name for name, code in before.items() if code == 200} == {
        "partner_staff",
        "partner_rep",
        "partner_finance",
        "partner_admin",
    }
    submit_proposal(proposal=world.again(proposal), by=world.act("partner_rep"))
    sealed = {name for name in PEOPLE if logged_in(cast, name).get(file.get_absolute_url()).status_code == 200}
    assert sealed == {"partner_staff", "partner_rep", "partner_finance", "partner_admin"}
    world.closed_call(call)
    after = {name for name in PEOPLE if logged_in(cast, name).get(file.get_absolute_url()).status_code == 200}
    assert after >= {"officer", "executive", "opdc", "partner_rep"}
    assert after.isdisjoint({"rival_rep", "rival_staff", "other_officer", "reviewer", "stranger"})
    assert logged_in(cast, "officer").get(removed.get_absolute_url()).status_code == 404
    assert logged_in(cast, "partner_rep").get(removed.get_absolute_url()).status_code == 200


# --- submitting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["partner_staff", "partner_finance", "rival_rep", "officer", "opdc", "stranger"])
def test_only_the_authorised_representative_submits(world, call, name):
    proposal = world.draft_proposal(call)
    with pytest.raises(NotYou):
        submit_proposal(proposal=proposal, by=world.act(name))
    assert not ProposalVersion.objects.exists()
    assert SecurityEvent.objects.filter(kind="refused_not_you", action="submit").count() == 1


def test_every_section_is_needed_to_submit(world, call):
    proposal, by = world.draft_proposal(call), world.act("partner_rep")
    for section in SECTIONS.values():
        for name in section.required:
            if name != "title":
                kept = getattr(world.again(proposal), name)
                world.write(proposal, **{name: None if name == "duration_months" else ""})
                assert lacks(proposal, by) == [section.code], name
                world.write(proposal, **{name: kept})
        for kind in section.rows:
            world.write(proposal, rows={kind.code: []})
            assert lacks(proposal, by) == [section.code], kind.code
            world.write(proposal, rows={kind.code: ROWS[kind.code]})
    assert submit_proposal(proposal=world.again(proposal), by=by).number == 1


def lacks(proposal, by):
    """Codes of the sections for which a submission is refused."""
    with pytest.raises(Missing) as refused:
        submit_proposal(proposal=proposal, by=by)
    return [item.where for item in refused.value.items]


def test_a_budget_above_the_ceiling_is_saved_but_cannot_be_submitted(world, call):
    proposal = world.draft_proposal(call, budget=call.budget_ceiling + Decimal("0.01"))
    assert proposal.budget == Decimal("1000000.01")
    assert lacks(proposal, world.act("partner_rep")) == ["budget"]


def test_submission_freezes_fields_and_file_hashes(world, call):
    proposal = world.draft_proposal(call)
    attach_file(proposal=proposal, upload=evidence("แผน.png"), by=world.act("partner_staff"))
    version = submit_proposal(proposal=world.again(proposal), by=world.act("partner_rep"))
    content = json.loads(version.content)
    assert content["fields"]["budget"] == "900000.00"
    assert content["fields"]["results"] == PROPOSAL["results"]
    assert [row["sha256"] for row in content["files"]] == [hashlib.sha256(PNG).hexdigest()]
    assert version.sha256 == hashlib.sha256(version.content.encode()).hexdigest()
    assert (version.number, version.submitted_by_name) == (1, world.cast.partner_rep.user.full_name_th)
    event = AuditEvent.objects.get(kind="proposal.submit")
    assert version.sha256 in event.payload


def test_a_version_is_never_changed(world, call):
    version = world.submitted_proposal(call).latest_version
    version.content = "{}"
    with pytest.raises(FrozenRecordError):
        version.save()


def test_withdrawn_and_submitted_again_makes_the_next_version_and_keeps_the_first(world, call):
    proposal = world.submitted_proposal(call)
    first = proposal.latest_version
    with pytest.raises(NotNow):
        world.write(proposal, results="ดีขึ้น")
    withdraw_proposal(proposal=proposal, by=world.act("partner_rep"))
    world.write(proposal, results="ดีขึ้น")
    second = submit_proposal(proposal=world.again(proposal), by=world.act("partner_rep"))
    assert second.number == 2
    assert second.sha256 != first.sha256
    assert json.loads(ProposalVersion.objects.get(pk=first.pk).content)["fields"]["results"] == PROPOSAL["results"]


def test_the_same_submission_sent_twice_makes_one_version(world, call):
    proposal = world.draft_proposal(call)
    stamp = Stamp.fresh(proposal)
    submit_proposal(proposal=proposal, by=world.act("partner_rep"), stamp=stamp)
    with pytest.raises(AlreadyDone):
        submit_proposal(proposal=proposal, by=world.act("partner_rep"), stamp=stamp)
    assert proposal.versions.count() == 1


@pytest.mark.parametrize(("seconds", "taken"), [(0, True), (-1, True), (1, False)])
def test_the_deadline_is_judged_to_the_second_on_the_servers_clock(world, call, monkeypatch, seconds, taken):
    deadline = clock.now().replace(hour=16, minute=30, second=0, microsecond=0) + timedelta(days=30)
    proposal = world.draft_proposal(call)
    Call.objects.filter(pk=call.pk).update(closes_at=deadline)
    monkeypatch.setattr(clock, "real_now", lambda: deadline + timedelta(seconds=seconds))
    if taken:
        assert submit_proposal(proposal=proposal, by=world.act("partner_rep")).submitted_at == clock.now()
        return
    with pytest.raises(NotNow, match="16:30"):
        submit_proposal(proposal=proposal, by=world.act("partner_rep"))
    assert world.again(proposal).results == PROPOSAL["results"]


def test_a_late_submission_in_the_browser_is_refused_politely_and_the_draft_kept(world, cast, call):
    proposal = world.draft_proposal(call)
    world.pass_deadline(call)
    client = logged_in(cast, "partner_rep")
    answer = client.post(url("proposal_submit", proposal), {"version": proposal.version, "key": "k"}, follow=True)
    assert answer.status_code == 200
    assert "น." in str(next(iter(answer.context["messages"])))
    proposal = world.again(proposal)
    assert (proposal.state, proposal.results) == (ProposalState.DRAFT, PROPOSAL["results"])


def test_after_the_deadline_nothing_is_withdrawn_edited_or_attached(world, call):
    proposal, draft = world.submitted_proposal(call), world.draft_proposal(call, by="rival_staff")
    world.pass_deadline(call)
    with pytest.raises(NotNow):
        withdraw_proposal(proposal=proposal, by=world.act("partner_rep"))
    with pytest.raises(NotNow):
        world.write(draft, by="rival_staff", results="ช้า")
    with pytest.raises(NotNow):
        attach_file(proposal=world.again(draft), upload=evidence(), by=world.act("rival_staff"))
    close_submissions(call=world.again(call), by=world.act("officer"))
    with pytest.raises(NotNow):
        submit_proposal(proposal=world.again(draft), by=world.act("rival_rep"))


def test_the_whole_way_through_the_pages_ends_in_a_receipt(world, cast, call):
    cast.partner_rep.user.set_password(PASSWORD)
    cast.partner_rep.user.save()
    staff, representative = logged_in(cast, "partner_staff"), logged_in(cast, "partner_rep")
    staff.post(url("proposal_create", call), {"version": call.version, "key": "b", "title": "โครงการดูแลผู้สูงอายุ"})
    proposal = Proposal.objects.get()
    for number, section in enumerate(section for section in SECTIONS.values() if section.code != "documents"):
        data = {name: str(PROPOSAL.get(name, "")) for name in section.fields} | {"title": proposal.title}
        for kind in section.rows:
            data |= row_data(kind.code, ROWS[kind.code])
        data |= {"version": world.again(proposal).version, "key": f"p{number}"}
        assert staff.post(url("proposal_edit", proposal, section.code), data).status_code == 302, section.code
    assert world.again(proposal).budget == TOTAL
    check = staff.get(url("proposal_check", proposal))
    assert not check.context["judgement"].you
    check = representative.get(url("proposal_check", proposal))
    assert check.context["judgement"].open
    assert not check.context["confirmed"]
    stamp = {"version": world.again(proposal).version, "key": "s", "checked": check.context["fingerprint"]}
    unconfirmed = representative.post(url("proposal_submit", proposal), stamp)
    assert unconfirmed.url.startswith(reverse("account_reauthenticate"))
    assert not proposal.versions.exists()
    confirm_by_password(representative, PASSWORD)
    answer = representative.post(url("proposal_submit", proposal), stamp, follow=True)
    version = proposal.versions.get()
    assert answer.redirect_chain[-1][0] == url("proposal_receipt", proposal)
    for shown in (proposal.reference, version.sha256):
        assert shown in answer.text


# --- who sees what --------------------------------------------------------------------------------------------------

PAGES = ("detail", "check", "files", "receipt", "screen", "present", "review")


@pytest.mark.parametrize("state", ["draft", "submitted"])
@pytest.mark.parametrize("name", ["rival_rep", "rival_staff", "other_officer", "reviewer", "stranger"])
def test_a_proposal_does_not_exist_for_rivals_and_strangers(world, cast, call, name, state):
    proposal = world.draft_proposal(call) if state == "draft" else world.submitted_proposal(call)
    client = logged_in(cast, name)
    for page in PAGES:
        assert client.get(url(f"proposal_{page}", proposal)).status_code == 404, page
    assert client.get(url("proposal_edit", proposal, "results")).status_code == 404
    for page in ("submit", "withdraw"):
        assert client.post(url(f"proposal_{page}", proposal)).status_code == 404


@pytest.mark.parametrize("name", ["officer", "opdc"])
def test_what_was_submitted_is_sealed_until_submissions_are_closed(world, cast, call, name):
    proposal, reader = world.draft_proposal(call), logged_in(cast, name)
    page = url("proposal_detail", proposal)
    assert reader.get(page).status_code == 404
    submit_proposal(proposal=proposal, by=world.act("partner_rep"))
    assert reader.get(page).status_code == 404
    page_of_the_call = reader.get(url("call_detail", call))
    assert proposal.reference not in page_of_the_call.text
    assert page_of_the_call.context["sealed"] == 1
    world.closed_call(call)
    assert reader.get(page).status_code == 200


def test_what_was_withdrawn_is_never_unsealed(world, cast, call):
    proposal = world.submitted_proposal(call)
    withdraw_proposal(proposal=proposal, by=world.act("partner_rep"))
    world.closed_call(call)
    assert logged_in(cast, "officer").get(url("proposal_detail", proposal)).status_code == 404


def test_a_rival_sees_nothing_of_it_on_the_page_of_the_call(world, cast, call):
    proposal = world.submitted_proposal(call)
    page = logged_in(cast, "rival_rep").get(url("call_detail", call)).text
    assert proposal.title not in page
    assert proposal.reference not in page


def test_the_agency_reads_the_version_that_was_submitted(world, cast, call):
    proposal = world.submitted_proposal(call)
    Proposal.objects.filter(pk=proposal.pk).update(results="แก้ไขโดยไม่ผ่านประตู")
    world.closed_call(call)
    page = logged_in(cast, "officer").get(url("proposal_detail", proposal)).text
    assert PROPOSAL["results"] in page
    assert "แก้ไขโดยไม่ผ่านประตู" not in page
