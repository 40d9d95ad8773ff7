"""The pages of a round: who gets them, what bad input does, what is kept, and the files that belong to it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.files import files_of
from core.models import StoredFile
from evaluations.actions.rounds import accept_round, open_round
from evaluations.models import Finding, Lesson, Round, SiteVisit
from tests.evaluations.helpers import agreement_in_force, filled_round, invite
from tests.pdfs import PDF

pytestmark = pytest.mark.django_db
MIDTERM = "pbc_6_midterm_evaluation"


def _url(name, one):
    return reverse(f"evaluations:{name}", args=[one.pk])


def _post(client, url, record, **fields):
    record.refresh_from_db()
    return client.post(url, {"version": record.version, **fields})


# page → who of the cast gets it with 200 in a mid-term that gathers; other insiders get 403, strangers 404
PAGES = {
    "round_detail": "officer second_officer executive finance agency_admin partner_staff partner_rep partner_finance partner_admin evaluator opdc",
    "finding_create": "officer second_officer evaluator",
    "visit_create": "officer second_officer evaluator",
    "results_edit": "partner_staff partner_rep",
    "evaluator_invite": "officer second_officer",
    "verdict_propose": "officer second_officer",
    "verdict_return": "officer second_officer executive",
    "round_accept": "executive",
}
INSIDERS = set(PAGES["round_detail"].split())


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_for_those_they_are_for(cast, client, page):
    agreement = agreement_in_force(cast, MIDTERM)
    invite(cast, agreement)
    opened = open_round(agreement=agreement, by=cast.officer.actor)
    for name, person in cast.people.items():
        client.force_login(person.user)
        wanted = 200 if name in PAGES[page].split() else 403 if name in INSIDERS else 404
        assert client.get(_url(page, opened)).status_code == wanted, name


def test_anonymous_is_asked_to_log_in(cast, client):
    opened = open_round(agreement=agreement_in_force(cast, MIDTERM), by=cast.officer.actor)
    for page in (*PAGES, "evaluation_report"):
        assert client.get(_url(page, opened)).status_code == 302


@pytest.mark.parametrize(
    ("visited_on", "place"),
    [
        ("29 ก.พ. 2568", "ศูนย์"),
        ("1/1/2600", "ศูนย์"),
        ("เมื่อวาน", "ศูนย์"),
        ("", "ศูนย์"),
        ("1/10/2568", "ย" * 301),
        ("1/10/2568", ""),
    ],
)
def test_bad_input_is_said_at_the_field_and_kept(cast, client, visited_on, place):
    opened = open_round(agreement=agreement_in_force(cast, MIDTERM), by=cast.officer.actor)
    client.force_login(cast.officer.user)
    fields = {"visited_on": visited_on, "place": place, "participants": "ทุกฝ่าย", "observations": "ข้อสังเกตที่พิมพ์ไว้"}
    page = _post(client, _url("visit_create", opened), opened, **fields)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() <= {"visited_on", "place"}
    assert page.context["form"].errors
    assert "ข้อสังเกตที่พิมพ์ไว้" in page.content.decode()
    assert not SiteVisit.objects.exists()


@pytest.mark.parametrize("figure", ["มาก", "1e5", "NaN", "9" * 20, "1.234"])
def test_a_figure_that_is_none_is_refused(cast, client, figure):
    agreement = agreement_in_force(cast, MIDTERM)
    opened = open_round(agreement=agreement, by=cast.officer.actor)
    name = f"actual_{agreement.indicators.first().pk}"
    client.force_login(cast.partner_staff.user)
    page = _post(client, _url("results_edit", opened), opened, **{name: figure})
    assert page.status_code == 200
    assert name in page.context["form"].errors
    assert not opened.results.exists()


def test_thai_digits_and_commas_are_read(cast, client):
    agreement = agreement_in_force(cast, MIDTERM)
    opened = open_round(agreement=agreement, by=cast.officer.actor)
    first, second = agreement.indicators.all()
    client.force_login(cast.partner_rep.user)
    page = _post(client, _url("results_edit", opened), opened, **{f"actual_{first.pk}": "๑,๒๐๐.๕"})
    assert page.status_code == 302
    assert [(row.indicator_id, str(row.actual)) for row in opened.results.all()] == [(first.pk, "1200.50")]
    shown = client.get(_url("round_detail", opened)).context["table"]
    assert (shown.overall.reported, shown.overall.total) == (1, 2)
    assert second.pk not in {row.indicator.pk for row in shown.rows if row.actual is not None}


def test_a_file_that_is_not_what_it_says_is_refused(cast, client):
    opened = open_round(agreement=agreement_in_force(cast, MIDTERM), by=cast.officer.actor)
    client.force_login(cast.officer.user)
    fake = SimpleUploadedFile("report.pdf", b"MZ this is a program", content_type="application/pdf")
    page = _post(client, _url("finding_create", opened), opened, text="ข้อค้นพบ", file=fake)
    assert "file" in page.context["form"].errors
    assert not Finding.objects.exists()
    assert not StoredFile.objects.exists()


def test_files_of_a_round_are_for_those_who_may_read_it(cast, client):
    agreement = agreement_in_force(cast, MIDTERM)
    opened = open_round(agreement=agreement, by=cast.officer.actor)
    client.force_login(cast.officer.user)
    report = SimpleUploadedFile("report.pdf", PDF, content_type="application/pdf")
    assert _post(client, _url("finding_create", opened), opened, text="ข้อค้นพบ", file=report).status_code == 302
    url = files_of(opened).get().get_absolute_url()
    for name, status in {"officer": 200, "partner_staff": 200, "opdc": 200, "rival_rep": 404, "evaluator": 404}.items():
        client.force_login(getattr(cast, name).user)
        assert client.get(url).status_code == status, name


def test_a_double_post_records_one_finding(cast, client):
    opened = open_round(agreement=agreement_in_force(cast, MIDTERM), by=cast.officer.actor)
    client.force_login(cast.officer.user)
    form = {"version": opened.version, "key": "the-same", "text": "ข้อค้นพบ"}
    assert [client.post(_url("finding_create", opened), form).status_code for _ in range(2)] == [302, 302]
    assert Finding.objects.count() == 1


def test_an_old_page_is_shown_again_with_what_was_typed(cast, client):
    opened = open_round(agreement=agreement_in_force(cast, MIDTERM), by=cast.officer.actor)
    old = opened.version
    client.force_login(cast.officer.user)
    _post(client, _url("finding_create", opened), opened, text="หนึ่ง")
    page = client.post(_url("finding_create", opened), {"version": old, "text": "สองที่พิมพ์ไว้"})
    assert page.status_code == 200
    assert "สองที่พิมพ์ไว้" in page.content.decode()
    assert Finding.objects.count() == 1


@pytest.mark.parametrize(
    "email", ["finance@example.org", "partner_rep@example.org", "nobody@example.org", "no address"]
)
def test_only_outsiders_with_an_account_are_invited(cast, client, email):
    opened = open_round(agreement=agreement_in_force(cast, MIDTERM), by=cast.officer.actor)
    client.force_login(cast.officer.user)
    page = _post(client, _url("evaluator_invite", opened), opened, email=email)
    assert "email" in page.context["form"].errors
    assert not opened.agreement.capacities.exists()
    assert _post(client, _url("evaluator_invite", opened), opened, email="EVALUATOR@example.org").status_code == 302
    assert opened.agreement.capacities.get().user == cast.evaluator.user


def test_a_round_goes_its_whole_way_through_the_pages(cast, client):
    agreement = agreement_in_force(cast, MIDTERM)
    client.force_login(cast.officer.user)
    start = client.get(reverse("evaluations:round_create", args=[agreement.reference]))
    fields = {"version": agreement.version, "due_on": "1/10/2580", "frame": "ตามมติ"}
    assert start.status_code == 200
    assert client.post(start.request["PATH_INFO"], fields).status_code == 302
    opened = Round.objects.get()
    invite(cast, agreement)
    _post(client, _url("finding_create", opened), opened, text="จากภายใน")
    visit = {"visited_on": "1/10/2568", "place": "ศูนย์", "participants": "ทุกฝ่าย", "observations": "เห็น"}
    _post(client, _url("visit_create", opened), opened, **visit)
    client.force_login(cast.evaluator.user)
    _post(client, _url("finding_create", opened), opened, text="จากภายนอก")
    client.force_login(cast.partner_staff.user)
    _post(client, _url("results_edit", opened), opened, **{f"actual_{agreement.indicators.first().pk}": "100"})
    client.force_login(cast.officer.user)
    _post(client, _url("verdict_propose", opened), opened, verdict="pass", summary="สรุป")
    client.force_login(cast.executive.user)
    assert client.get(_url("round_detail", opened)).context["actions"][0]["missing"] == ()
    assert _post(client, _url("round_accept", opened), opened).status_code == 302
    assert agreement.clearances.get().verdict == "pass"


def test_missing_things_are_named_beside_the_form(cast, client):
    opened = open_round(agreement=agreement_in_force(cast, MIDTERM), by=cast.officer.actor)
    client.force_login(cast.officer.user)
    page = _post(client, _url("verdict_propose", opened), opened, verdict="pass", summary="สรุปที่พิมพ์ไว้")
    assert {item.name for item in page.context["form"].missing} >= {"external_findings", "site_visited"}
    assert "สรุปที่พิมพ์ไว้" in page.content.decode()


@pytest.mark.slow
def test_the_report_is_a_pdf_draft_until_accepted(cast, client):
    one = filled_round(cast, agreement_in_force(cast, MIDTERM))
    client.force_login(cast.partner_rep.user)
    draft = client.get(_url("evaluation_report", one))
    assert draft["Content-Type"] == "application/pdf"
    assert draft.content.startswith(b"%PDF")
    accept_round(evaluation_round=one, by=cast.executive.actor)
    assert client.get(_url("evaluation_report", one)).content.startswith(b"%PDF")
    client.force_login(cast.rival_rep.user)
    assert client.get(_url("evaluation_report", one)).status_code == 404


def test_lessons_through_the_pages(cast, client):
    agreement = agreement_in_force(cast, "pbc_9_account_closing")
    create = reverse("evaluations:lesson_create", args=[agreement.reference])
    conclude = reverse("evaluations:lessons_conclude", args=[agreement.reference])
    for name in ("officer", "partner_staff"):
        client.force_login(getattr(cast, name).user)
        assert client.get(create).status_code == 200
        assert _post(client, create, agreement, kind="problem", text="ปัญหา").status_code == 302
    assert client.get(conclude).status_code == 403
    client.force_login(cast.rival_rep.user)
    assert client.get(create).status_code == client.get(conclude).status_code == 404
    client.force_login(cast.officer.user)
    panel = client.get(reverse("agreements:agreement_detail", args=[agreement.reference])).content.decode()
    assert conclude in panel
    assert _post(client, conclude, agreement).status_code == 302
    assert agreement.clearances.get().kind == "lessons"
    assert Lesson.objects.count() == 2
