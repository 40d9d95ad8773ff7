"""The sections of a proposal: rows, totals, versions of parts, documents wanted, copying, printing, carrying over."""

import json
import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from agreements.actions.proposal_content import part_content
from agreements.actions.proposal_copy import copy_proposal
from agreements.actions.proposals import (
    PartChanged,
    attach_file,
    detach_file,
    part_state,
    save_part,
)
from agreements.actions.submission import submit_proposal
from agreements.documents.proposal import blank_form_pdf, proposal_pdf
from agreements.models import Call, CallDocument, Proposal, ProposalVersion
from agreements.proposal_sections import KINDS, SECTIONS, typed_rows
from agreements.requirements.proposal import lacking_of, load
from core.files import files_of
from core.models import AuditEvent
from core.workflow import NotYou
from partnerships.models import TargetGroup
from tests.agreements.test_races import at_once, refusals
from tests.cast import PEOPLE
from tests.documents.reading import normal, page_texts
from tests.world import PROPOSAL, ROWS, World, evidence, row_data

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


def says(pdf: bytes, *words: str) -> bool:
    """Whether the printed pages hold all of these words."""
    text = "".join(page_texts(pdf))
    return all(normal(word) in text for word in words)


def line(quantity: str, unit_cost: str, **more) -> dict:
    return {**ROWS["lines"][0], "quantity": Decimal(quantity), "unit_cost": Decimal(unit_cost), **more}


# --- saving ---------------------------------------------------------------------------------------------------------


def test_rows_are_kept_in_their_order_replaced_as_a_whole_and_totalled(world):
    proposal = world.draft_proposal(world.published_call())
    lines = [
        line("3", "333.33"),
        line("0.5", "0.01", category="travel"),
        line("2", "500", is_own=True, source="in_kind"),
    ]
    groups = [{"description": "เด็ก", "number": 30}, {"description": "ผู้สูงอายุ", "number": 12}]
    events = AuditEvent.objects.count()
    again = world.write(proposal, rows={"lines": lines, "beneficiaries": groups})
    assert (again.budget, again.beneficiaries, again.target_group) == (Decimal("1000.00"), 42, "เด็ก, ผู้สูงอายุ")
    content = part_content(again)
    assert [row["unit_cost"] for row in content["rows"]["lines"]] == ["333.33", "0.01", "500.00"]
    assert content["totals"] == {
        "total": "2000.00",
        "asked": "1000.00",
        "own": "1000.00",
        "by_category": {"operation": "1999.99", "travel": "0.01"},
        "by_source": {"state_budget": "1000.00", "in_kind": "1000.00"},
        "cost_per_person": "23.81",
    }
    assert AuditEvent.objects.count() == events
    emptied = world.write(again, rows={"lines": [], "beneficiaries": []})
    assert (emptied.budget, emptied.beneficiaries, emptied.target_group) == (None, None, "")
    only_own = world.write(again, rows={"lines": [line("1", "5", is_own=True)]})
    assert only_own.budget is None
    assert [str(item) for item in lacking_of(only_own)["budget"]] == [str(KINDS["lines"].wanted)]


def test_a_section_drawn_from_an_older_version_overwrites_nothing(world, cast):
    proposal = world.draft_proposal(world.published_call())
    seen = part_state(proposal, "network")
    assert (seen.version, seen.saved_by) == (1, cast.partner_staff.user)
    facts = {"network": "แก้โดยผู้แทน"}
    save_part(proposal=proposal, part="network", facts=facts, by=world.act("partner_rep"), part_version=seen.version)
    with pytest.raises(PartChanged) as refused:
        save_part(
            proposal=proposal,
            part="network",
            facts={"network": "แก้โดยเจ้าหน้าที่"},
            by=world.act("partner_staff"),
            part_version=seen.version,
        )
    assert refused.value.saved_by == cast.partner_rep.user
    assert refused.value.stored["fields"]["network"] == "แก้โดยผู้แทน"
    assert (world.again(proposal).network, part_state(proposal, "network").version) == ("แก้โดยผู้แทน", 2)
    save_part(proposal=proposal, part="team", facts={}, by=world.act("partner_staff"), part_version=1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_who_save_the_same_section_at_once_do_not_overwrite_each_other(cast):
    world = World(cast)
    proposal = world.draft_proposal(world.published_call())
    answers = at_once(
        *[
            lambda who=who: save_part(
                proposal=proposal, part="results", facts={"results": who}, by=world.act(who), part_version=1
            )
            for who in ("partner_staff", "partner_rep")
        ]
    )
    assert refusals(answers) == [PartChanged]
    assert part_state(proposal, "results").version == 2


def test_a_content_can_be_written_back_as_it_was(world):
    proposal = world.draft_proposal(world.published_call())
    before = part_content(proposal)
    world.write(proposal, rows={code: [] for code in KINDS}, **dict.fromkeys(("results", "area"), "อื่น"))
    for section in SECTIONS.values():
        facts = {name: before["fields"][name] for name in section.fields}
        rows = {kind.code: typed_rows(before["rows"], kind) for kind in section.rows}
        save_part(proposal=proposal, part=section.code, facts=facts, rows=rows, by=world.act("partner_staff"))
    assert part_content(world.again(proposal)) == before


BAD_ROWS = [
    ("activities", "activities", {"title": "ก", "month_from": 5, "month_to": 4}),
    ("activities", "activities", {"title": "ก", "month_from": 0, "month_to": 4}),
    ("activities", "activities", {"title": "ก" * 301, "month_from": 1, "month_to": 4}),
    ("budget", "lines", line("0", "5")),
    ("budget", "lines", line("9999999999.99", "9999999999.99")),
    ("budget", "lines", line("1", "5", category="bribes")),
    ("work", "beneficiaries", {"description": "เด็ก", "number": 0}),
    ("work", "beneficiaries", {"number": 5}),
    ("results", "indicators", {**ROWS["indicators"][0], "baseline": Decimal(200)}),
    ("risks", "risks", {"risk": "น้ำท่วม", "likelihood": 9, "impact": 1, "response": "รอ"}),
]


def test_rows_that_cannot_be_are_refused_and_change_nothing(world):
    proposal = world.draft_proposal(world.published_call())
    before, by = part_content(proposal), world.act("partner_staff")
    for part, kind, row in BAD_ROWS:
        with pytest.raises(ValidationError):
            save_part(proposal=proposal, part=part, facts={}, rows={kind: [row]}, by=by)
    for strange in ({"facts": {"budget": 5}}, {"facts": {}, "rows": {"lines": []}}):
        with pytest.raises(ValueError, match="no part of section"):
            save_part(proposal=proposal, part="work", by=by, **strange)
    assert part_content(world.again(proposal)) == before


def test_what_is_missing_is_said_precisely_and_the_facts_take_three_queries(world, django_assert_num_queries):
    call = world.published_call()
    Call.objects.filter(pk=call.pk).update(unit_cost_ceiling=Decimal(4000), unit="คน")
    proposal = world.draft_proposal(call)
    world.write(proposal, rows={"activities": [{"title": "ก", "month_from": 1, "month_to": 13}]})
    CallDocument.objects.create(call=call, title="หนังสือรับรอง")
    CallDocument.objects.create(call=call, title="แผนที่", is_required=False)
    fresh = world.again(proposal)
    with django_assert_num_queries(3):
        load(fresh)
    with override("th"):
        lacking = {code: [str(item) for item in items] for code, items in lacking_of(proposal).items() if items}
    assert list(lacking) == ["activities", "budget", "documents"]
    assert "12" in lacking["activities"][0]
    assert "4,000.00" in lacking["budget"][0]
    assert lacking["documents"] == ["หนังสือรับรอง"]


# --- pages ----------------------------------------------------------------------------------------------------------


def test_bad_input_is_answered_at_its_field_and_kept(world, cast):
    proposal = world.draft_proposal(world.published_call())
    client = logged_in(cast, "partner_staff")
    stamp = {"version": proposal.version, "key": "a", "budget_detail": ""}

    def version() -> dict:
        return {"part_version": part_state(proposal, "budget").version}

    wrong = row_data("lines", [{**ROWS["lines"][0], "quantity": "สาม", "unit_cost": "-5"}])
    answer = client.post(url("proposal_edit", proposal, "budget"), stamp | wrong)
    row = answer.context["formsets"][0].forms[0]
    assert set(row.errors) == {"quantity", "unit_cost"}
    assert 'value="สาม"' in answer.text
    thai = row_data("lines", [{**ROWS["lines"][0], "quantity": "๑,๐๐๐", "unit_cost": "๒.๕๐"}])
    assert (
        client.post(url("proposal_edit", proposal, "budget"), stamp | thai | {"key": "b"} | version()).status_code
        == 302
    )
    assert world.again(proposal).budget == Decimal("2500.00")
    removed = row_data("lines", [ROWS["lines"][0], ROWS["lines"][0]]) | {"lines-1-DELETE": "on", "key": "c"}
    assert client.post(url("proposal_edit", proposal, "budget"), stamp | removed | version()).status_code == 302
    assert proposal.budget_rows.count() == 1


def test_a_retired_target_group_stays_where_it_was_chosen(world, cast):
    proposal = world.draft_proposal(world.published_call())
    group = TargetGroup.objects.filter(is_active=True).first()
    world.write(proposal, rows={"beneficiaries": [{"target_group": group, "number": 5}]})
    assert world.again(proposal).target_group == group.name_th
    TargetGroup.objects.filter(pk=group.pk).update(is_active=False)
    page = logged_in(cast, "partner_staff").get(url("proposal_edit", proposal, "work"))
    rows = page.context["formsets"][0].forms
    assert rows[0]["target_group"].value() == group.pk
    assert group.pk in dict(rows[0].fields["target_group"].choices)


def test_the_check_page_shows_rows_plan_and_what_the_register_knows(world, cast):
    proposal = world.draft_proposal(world.published_call())
    page = logged_in(cast, "partner_rep").get(url("proposal_check", proposal)).text
    for shown in ("ค่าใช้จ่ายเยี่ยมบ้าน", "900,000.00", "4,500.00", "อัตราการหกล้ม", "<svg", proposal.organisation.name_th):
        assert shown in page, shown
    with override("th"):
        assert gettext("Not known") in page
    assert "style=" not in page


def test_documents_that_the_call_wants_are_attached_by_name(world, cast):
    call = world.published_call()
    wanted = CallDocument.objects.create(call=call, title="หนังสือรับรองการจดทะเบียน")
    proposal = world.draft_proposal(call)
    client = logged_in(cast, "partner_staff")
    upload = evidence("รับรอง.png")
    data = {"version": world.again(proposal).version, "key": "a", "wanted": wanted.pk, "file": upload}
    assert client.post(url("proposal_files", proposal), data).status_code == 302
    assert not lacking_of(proposal)["documents"]
    file = files_of(proposal, "attachment").get()
    detach_file(proposal=world.again(proposal), file=file, by=world.act("partner_staff"))
    assert lacking_of(proposal)["documents"]
    attach_file(proposal=world.again(proposal), upload=evidence(), wanted=wanted, by=world.act("partner_staff"))
    attach_file(proposal=world.again(proposal), upload=evidence("อื่น.png"), by=world.act("partner_staff"))
    version = submit_proposal(proposal=world.again(proposal), by=world.act("partner_rep"))
    content = json.loads(version.content)
    assert [(one["title"], len(one["files"])) for one in content["documents"]] == [(wanted.title, 1)]
    assert len(content["files"]) == 2
    other = CallDocument.objects.create(call=world.published_call("grant"), title="ของประกาศอื่น")
    with pytest.raises(ValueError, match="another call"):
        attach_file(proposal=proposal, upload=evidence(), wanted=other, by=world.act("partner_staff"))


def test_versions_from_before_there_were_rows_are_still_read(world, cast):
    proposal = world.submitted_proposal(world.published_call())
    old = {
        "schema": 1,
        "fields": {**PROPOSAL, "title": "ฉบับเดิม", "target_group": "ผู้สูงอายุ", "beneficiaries": 1200}
        | {"budget": "900000.00", "risks": "ฝนตกหนักมาก"},
        "files": [],
        "organisation": {"id": proposal.organisation_id, "name": "มูลนิธิ"},
    }
    version = ProposalVersion.objects.create(
        proposal=proposal,
        number=2,
        content=json.dumps(old),
        sha256="0" * 64,
        submitted_at=proposal.submitted_at,
        submitted_by=cast.partner_rep.user,
        submitted_by_name="ผู้แทน",
    )
    world.closed_call(proposal.call)
    page = logged_in(cast, "officer").get(url("proposal_detail", proposal)).text
    for shown in ("ฝนตกหนักมาก", "1,200", "900,000.00"):
        assert shown in page, shown
    assert "ค่าใช้จ่ายเยี่ยมบ้าน" not in page
    assert says(proposal_pdf(version), "ฝนตกหนักมาก", "ฉบับเดิม")


# --- copying --------------------------------------------------------------------------------------------------------


def test_an_earlier_proposal_is_taken_over_without_its_documents(world, cast):
    source = world.submitted_proposal(world.published_call())
    call = world.published_call("grant")
    page = logged_in(cast, "partner_staff").get(url("proposal_create", call))
    assert source in page.context["form"].fields["source"].queryset
    data = {"version": call.version, "key": "a", "title": "โครงการต่อยอด", "source": source.pk}
    answer = logged_in(cast, "partner_staff").post(url("proposal_create", call), data)
    assert answer.status_code == 302
    copy = Proposal.objects.get(call=call)
    assert (copy.copied_from, copy.title, copy.budget) == (source, "โครงการต่อยอด", source.budget)
    before, after = part_content(source), part_content(copy)
    assert after["rows"] == before["rows"]
    assert {**after["fields"], "title": source.title} == before["fields"]
    assert not files_of(copy).exists()
    assert part_state(copy, "budget").version == 1


def test_nobody_copies_what_another_organisation_wrote(world, cast):
    source = world.submitted_proposal(world.published_call())
    call = world.published_call("grant")
    with pytest.raises(NotYou):
        copy_proposal(source=source, call=call, title="ลอก", by=world.act("rival_staff"))
    data = {"version": call.version, "key": "a", "title": "ลอก", "source": source.pk}
    logged_in(cast, "rival_staff").post(url("proposal_create", call), data)
    assert not Proposal.objects.filter(call=call, copied_from__isnull=False).exists()


# --- printing -------------------------------------------------------------------------------------------------------


def test_the_form_is_printed_filled_or_empty(world, cast):
    call = world.published_call()
    CallDocument.objects.create(call=call, title="หนังสือรับรอง")
    proposal = world.draft_proposal(call)
    assert says(proposal_pdf(proposal), "แบบข้อเสนอโครงการ", proposal.reference, "๙๐๐,๐๐๐.๐๐", "ร่าง", "หนังสือรับรอง")
    text = "".join(page_texts(proposal_pdf(proposal)))
    assert re.search("เดือนที่[๐-๙]+ถึง[๐-๙]+", text) and not re.search("เดือนที่[0-9]", text)
    empty = blank_form_pdf(call)
    assert says(empty, "แบบข้อเสนอโครงการ", "หนังสือรับรอง", "ผู้มีอำนาจลงนามแทนองค์กร")
    assert not says(empty, "๙๐๐,๐๐๐.๐๐")
    assert len(empty) < 150_000, "sent over a mobile line, printed in a village"
    public = Client().get(url("proposal_blank_form", call))
    assert (public.status_code, public["content-type"]) == (200, "application/pdf")
    assert Client().get(url("proposal_blank_form", world.draft_call("grant"))).status_code == 404


def test_the_paper_is_for_its_organisation_the_agency_and_opdc(world, cast, monkeypatch):
    monkeypatch.setattr("agreements.views.proposal_papers.proposal_pdf", lambda about: b"%PDF-")
    proposal = world.draft_proposal(world.published_call())
    reads = {name for name in PEOPLE if logged_in(cast, name).get(url("proposal_print", proposal)).status_code == 200}
    assert reads == {"partner_staff", "partner_rep", "partner_finance", "partner_admin"}
    submit_proposal(proposal=proposal, by=world.act("partner_rep"))
    world.closed_call(proposal.call)
    for name, code in {"officer": 200, "executive": 200, "opdc": 200, "rival_rep": 404, "stranger": 404}.items():
        assert logged_in(cast, name).get(url("proposal_print", proposal)).status_code == code, name


# --- into the agreement ---------------------------------------------------------------------------------------------


def born_from(world, **rows):
    proposal = world.selected_proposal(rows=rows)
    return proposal.agreement


def test_activities_indicators_and_money_go_into_the_agreement(world):
    known = [{**row, "baseline": row["baseline"] or Decimal(0)} for row in ROWS["indicators"]] * 2
    lines = [line("1", "600000"), line("1", "200000", source="fund"), line("1", "50000", source="in_kind", is_own=True)]
    agreement = born_from(world, indicators=known[:3], lines=lines)
    plan = agreement.plans.get()
    assert (plan.side, plan.approved_at, plan.proposed_at) == ("receiver", None, None)
    assert [(one.title, one.month_from, one.month_to) for one in plan.activities.all()] == [
        (row["title"], row["month_from"], row["month_to"]) for row in ROWS["activities"]
    ]
    assert list(agreement.indicators.values_list("weight", flat=True)) == [34, 33, 33]
    assert agreement.indicators.first().statement == ROWS["indicators"][0]["statement"]
    assert agreement.total == Decimal("800000.00")
    sources = {(row.organisation_id, row.source): row.amount for row in agreement.budget_sources.all()}
    giver, receiver = agreement.agency_id, agreement.proposal.organisation_id
    assert sources == {
        (giver, "state_budget"): Decimal("600000.00"),
        (giver, "fund"): Decimal("200000.00"),
        (receiver, "in_kind"): Decimal("50000.00"),
    }


def test_an_unknown_baseline_is_asked_of_the_officer_not_made_up(world, cast):
    agreement = born_from(world)
    assert not agreement.indicators.exists()
    page = logged_in(cast, "officer").get(reverse("agreements:indicator_edit", args=[agreement.reference]))
    rows = [form.initial for form in page.context["formsets"][0].forms if form.initial]
    assert [(row["statement"], row["baseline"], row["weight"]) for row in rows] == [
        (ROWS["indicators"][0]["statement"], None, 50),
        (ROWS["indicators"][1]["statement"], Decimal("20.00"), 50),
    ]
