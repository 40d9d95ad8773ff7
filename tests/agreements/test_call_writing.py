"""Writing a call: from a template, part by part, with dates in order; and the preview (§3.1 step 1, §3.2 step 1)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from agreements.actions.call_templates import (
    add_template,
    edit_template,
    retire_template,
    set_template_criteria,
    template_for,
)
from agreements.actions.calls import edit_call, open_call, propose_publication, set_criteria, set_documents
from agreements.call_dates import DATES_IN_ORDER, out_of_order
from agreements.enums import CallState, CriterionKind
from agreements.models import Call, CallTemplate
from core import clock
from core.workflow import Missing, NotNow
from partnerships.actions.settings import change_setting
from partnerships.enums import OrganisationKind
from partnerships.models import FieldOfWork, MissionArea
from tests.factories import OrganisationFactory
from tests.world import World

FACTS = {
    "title": "ประกาศ",
    "budget_ceiling": Decimal("500000.00"),
    "closes_at": clock.real_now() + timedelta(days=10),
}
RUBRIC = [[points, f"ระดับ {points}"] for points in range(5, -1, -1)]


@pytest.fixture
def world(cast):
    return World(cast)


def browser(cast, name: str) -> Client:
    client = Client(headers={"accept-language": "th"})
    client.force_login(cast.people[name].user)
    return client


def page(name: str, *args) -> str:
    return reverse(f"agreements:{name}", args=args)


def names(error: pytest.ExceptionInfo) -> set[str]:
    return {item.name for item in error.value.items}


# --- dates ----------------------------------------------------------------------------------------------------------

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
hours = st.integers(min_value=0, max_value=2000)


@given(st.lists(hours, min_size=6, max_size=6), st.sets(st.sampled_from(DATES_IN_ORDER)))
def test_dates_are_in_order_when_sorted_and_named_when_not(apart, left_out):
    """Whichever dates are left out; of two on one day neither is before the other."""
    times = [FIRST + timedelta(hours=each) for each in apart]

    def told(ordered):
        values = dict(zip(DATES_IN_ORDER, ordered, strict=True))
        days = {name: at.astimezone(clock.BANGKOK).date() for name, at in values.items()}
        known = {name: values[name] if name in ("questions_until", "closes_at") else days[name] for name in values}
        return {name: None if name in left_out else value for name, value in known.items()}

    assert out_of_order(told(sorted(times))) == []
    backwards = sorted(times, reverse=True)
    days = [
        at.astimezone(clock.BANGKOK).date()
        for name, at in zip(DATES_IN_ORDER, backwards, strict=True)
        if name not in left_out
    ]
    if any(earlier != later for earlier, later in pairwise(days)):
        assert out_of_order(told(backwards))


def test_the_deadlines_second_counts_against_its_day_and_moments_to_the_second():
    closes = datetime(2026, 12, 1, 16, 30, tzinfo=clock.BANGKOK)
    same_day = {"closes_at": closes, "screening_by": date(2026, 12, 1), "questions_until": closes}
    assert out_of_order(same_day) == []
    assert out_of_order({**same_day, "questions_until": closes + timedelta(seconds=1)}) == [
        ("closes_at", "questions_until")
    ]
    late = datetime(2026, 12, 1, 0, 30, tzinfo=clock.BANGKOK)  # still 30 November in UTC
    assert out_of_order({"closes_at": late, "decision_by": date(2026, 11, 30)}) == [("decision_by", "closes_at")]


# --- templates ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_call_copies_what_it_takes_from_its_template_and_the_missions_words_win(world):
    mission = world.mission("pbc")
    MissionArea.objects.create(mission=mission, province_code="55")
    field = FieldOfWork.objects.first()
    mission.fields_of_work.add(field)
    today = clock.today()
    change_setting(key="calls.appeal_days", value=20, valid_from=today, reason="มติ", by=world.act("opdc"))
    call = open_call(mission=mission, by=world.act("officer"), facts=FACTS)
    template = call.template
    assert (template.form, template.is_active) == ("pbc", True)
    assert call.objectives == mission.objectives != template.objectives
    assert (call.evaluation_plan, call.allocation) == (template.evaluation_plan, template.allocation)
    assert (call.appeal_days, call.instalment_count) == (20, 2)
    assert [area.province_code for area in call.areas.all()] == ["55"] and list(call.fields_of_work.all()) == [field]
    copied = list(call.criteria.values_list("title", "weight", "levels"))
    assert copied == list(template.criteria.values_list("title", "weight", "levels"))
    assert all([points for points, _words in levels] == [5, 4, 3, 2, 1, 0] for _t, weight, levels in copied if weight)
    assert call.documents.count() == template.documents.count() > 0

    set_template_criteria(
        template=template, qualifications=[], scoring=[{"title": "ใหม่", "weight": 100}], by=world.act("opdc")
    )
    assert list(call.criteria.values_list("title", "weight", "levels")) == copied
    assert list(template.criteria.values_list("title", "weight")) == [("ใหม่", 100)]


@pytest.mark.django_db
def test_a_form_keeps_a_template_in_use_and_a_call_takes_none_of_another_form(world):
    opdc, grant, pbc = world.act("opdc"), template_for("grant"), template_for("pbc")
    with pytest.raises(NotNow):
        retire_template(template=grant, by=opdc)
    second = add_template(source=grant, name="แม่แบบที่สอง", by=opdc)
    assert list(second.criteria.values_list("title", "levels")) == list(grant.criteria.values_list("title", "levels"))
    with pytest.raises(ValidationError) as known:
        edit_template(template=second, by=opdc, facts={"name": grant.name})
    assert set(known.value.message_dict) == {"name"}
    retire_template(template=grant, by=opdc)
    assert template_for("grant") == second
    for wrong in (grant, pbc):
        with pytest.raises(ValidationError) as error:
            open_call(mission=world.mission("grant"), by=world.act("officer"), facts=FACTS, template=wrong)
        assert set(error.value.message_dict) == {"template"}
    assert not Call.objects.exists()


@pytest.mark.django_db
def test_opdc_keeps_the_templates_in_the_browser_and_nobody_else(world, cast):
    opdc, template = browser(cast, "opdc"), template_for("grant")
    assert reverse("agreements:call_template_list") in opdc.get(reverse("partnerships:system")).text
    assert template.name in opdc.get(page("call_template_list")).text
    answer = opdc.post(page("call_template_create"), {"name": "แม่แบบเฉพาะงานวิจัย", "source": template.pk, "key": "a"})
    made = CallTemplate.objects.get(name="แม่แบบเฉพาะงานวิจัย")
    assert answer.url == page("call_template_detail", made.pk)
    texts = {"name": made.name, "duration_months": "0", "scope": "ศึกษาข้อมูล", "version": made.version, "key": "b"}
    refused = opdc.post(page("call_template_edit", made.pk), texts)
    assert list(refused.context["form"].errors) == ["duration_months"] and "ศึกษาข้อมูล" in refused.text
    assert opdc.post(page("call_template_edit", made.pk), texts | {"duration_months": "6"}).status_code == 302
    made.refresh_from_db()
    rows = {"documents-TOTAL_FORMS": 1, "documents-INITIAL_FORMS": 0, "documents-0-title": "แผนงาน"}
    sent = opdc.post(page("call_template_documents", made.pk), rows | {"version": made.version, "key": "c"})
    assert sent.status_code == 302
    made.refresh_from_db()
    assert (made.scope, made.duration_months, made.documents.get().title) == ("ศึกษาข้อมูล", 6, "แผนงาน")
    shown = opdc.get(page("call_template_detail", made.pk)).text
    assert "แผนงาน" in shown and "มีความรู้และทักษะ" in shown
    for criteria in ("call_template_edit", "call_template_criteria", "call_template_documents"):
        assert opdc.get(page(criteria, made.pk)).status_code == 200
    opdc.post(page("call_template_move", made.pk, "retire"), {"version": made.version, "key": "d"})
    made.refresh_from_db()
    assert not made.is_active
    last = opdc.post(page("call_template_move", template.pk, "retire"), {"version": template.version}, follow=True)
    assert "error" in [each.level_tag for each in last.context["messages"]]
    assert CallTemplate.objects.get(pk=template.pk).is_active
    for person in ("officer", "partner_rep", "stranger"):
        assert browser(cast, person).get(page("call_template_list")).status_code == 403


@pytest.mark.django_db
def test_the_list_of_templates_asks_the_same_number_of_queries_at_2_and_at_32(
    cast, django_assert_max_num_queries, django_assert_num_queries
):
    opdc, url = browser(cast, "opdc"), page("call_template_list")
    opdc.get(url)
    with django_assert_max_num_queries(15) as asked:
        opdc.get(url)
    CallTemplate.objects.bulk_create(CallTemplate(form="pbc", name=f"แม่แบบ {n}") for n in range(30))
    with django_assert_num_queries(len(asked)):
        assert len(opdc.get(url).context["used"]) == 32


# --- part by part ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_officer_writes_the_parts_in_the_browser_and_previews_what_the_public_will_see(world, cast):
    officer, call = browser(cast, "officer"), world.draft_call("pbc")
    rival, partner = cast.organisations["rival"], cast.organisations["partner"]

    def send(part: str, **facts):
        call.refresh_from_db()
        stamp = {"version": call.version, "key": f"{part}-{call.version}"}
        return officer.post(page("call_edit_part", call.reference, part), {**facts, **stamp})

    shown = officer.get(page("call_detail", call.reference)).text
    for part in ("content", "money", "dates", "procedure", "judging"):
        assert page("call_edit_part", call.reference, part) in shown
    assert officer.get(page("call_edit_part", call.reference, "nothing")).status_code == 404

    words = ("title", "background", "objectives", "scope", "target_group", "area", "evaluation_plan", "contact_phone")
    content = {name: getattr(call, name) for name in words} | {"duration_months": 18, "scope": "ขอบเขตใหม่"}
    rows = {"provinces-TOTAL_FORMS": 2, "provinces-INITIAL_FORMS": 0}
    rows |= {"provinces-0-province_code": "55", "provinces-1-province_code": "10"}
    field = FieldOfWork.objects.first()
    assert send("content", **content, **rows, fields_of_work=[field.pk]).status_code == 302
    call.refresh_from_db()
    assert (call.scope, call.duration_months) == ("ขอบเขตใหม่", 18)
    assert [area.province_code for area in call.areas.all()] == ["10", "55"]
    assert list(call.fields_of_work.all()) == [field]

    money = {"budget_ceiling": "1,000,000", "allocation_method": "both", "allocation": "เป็นงวด", "instalment_count": ""}
    refused = send("money", **money, unit="คน-เดือน", unit_cost_ceiling="2,000,000")
    assert set(refused.context["form"].errors) == {"instalment_count", "unit_cost_ceiling"}
    assert "2,000,000" in refused.text
    assert (
        send("money", **{**money, "instalment_count": 3}, unit="คน-เดือน", unit_cost_ceiling="950.50").status_code == 302
    )
    call.refresh_from_db()
    assert (call.instalment_count, call.unit, call.unit_cost_ceiling) == (3, "คน-เดือน", Decimal("950.50"))

    dates = {
        "questions_on": "20/9/2599", "questions_time": "12.00", "closes_on": "1/10/2599", "closes_time": "16:30",
        "grace_minutes": 0, "screening_by": "15/10/2599", "presentation_on": "20/10/2599", "decision_by": "1/11/2599",
        "appeal_days": 15,
    }  # fmt: skip
    refused = send("dates", **{**dates, "screening_by": "30/9/2599"})
    assert list(refused.context["form"].errors) == ["screening_by"] and "30/9/2599" in refused.text
    refused = send("dates", **{**dates, "questions_on": "1/10/2599", "questions_time": "16:31"})
    assert list(refused.context["form"].errors) == ["closes_on"]
    assert send("dates", **dates).status_code == 302
    call.refresh_from_db()
    assert call.questions_until.astimezone(clock.BANGKOK).isoformat() == "2056-09-20T12:00:00+07:00"
    assert (call.decision_by, call.presentation_on) == (date(2056, 11, 1), date(2056, 10, 20))

    assert send("judging", cure_days=5, presentation_weight=91).context["form"].errors.keys() == {"presentation_weight"}
    assert send("judging", cure_days=5, presentation_weight=20, reviewers_per_proposal=2).status_code == 302
    call.refresh_from_db()
    assert (call.cure_days, call.presentation_weight, call.reviewers_per_proposal, call.is_blind) == (5, 20, 2, False)

    url = page("call_edit_part", call.reference, "procedure")
    assert rival.name_th not in officer.get(url).text, "the register is not poured into the page"
    refused = send("procedure", procedure="direct")
    assert set(refused.context["form"].errors) == {"procedure_reason", "add"}
    direct = {"procedure": "direct", "procedure_reason": "มีผู้ให้บริการน้อยราย"}
    assert send("procedure", **direct, add="สมาคมที่ไม่มี").context["form"].errors.keys() == {"add"}
    assert send("procedure", **direct, add="ภาคี (สมมติ)").url == url, "the next one is added on the same page"
    assert send("procedure", **direct, invited=[partner.pk], add=rival.name_th).url == url
    assert set(call.invitations.values_list("organisation", flat=True)) == {partner.pk, rival.pk}
    assert send("procedure", **direct, invited=[rival.pk]).status_code == 302
    assert list(call.invitations.values_list("organisation", flat=True)) == [rival.pk]

    preview = officer.get(page("call_preview", call.reference))
    assert "ขอบเขตใหม่" in preview.text and "มีผู้ให้บริการน้อยราย" not in preview.text
    assert browser(cast, "other_officer").get(page("call_preview", call.reference)).status_code == 404


@pytest.mark.django_db
def test_two_partners_of_one_name_are_told_apart_by_their_province(world, cast):
    for code in ("10", "55"):
        OrganisationFactory(kind=OrganisationKind.FOUNDATION, name_th="มูลนิธิชื่อเดียวกัน", province_code=code)
    officer, call = browser(cast, "officer"), world.draft_call("grant")
    url = page("call_edit_part", call.reference, "procedure")
    sent = {"procedure": "direct", "procedure_reason": "เหตุผล", "version": call.version, "key": "k"}
    refused = officer.post(url, sent | {"add": "มูลนิธิชื่อเดียวกัน"}).context["form"].errors["add"]
    assert "กรุงเทพมหานคร" in refused[0] and "น่าน" in refused[0]
    assert officer.post(url, sent | {"add": "มูลนิธิชื่อเดียวกัน (น่าน)"}).status_code == 302
    assert call.invitations.get().organisation.province_code == "55"


@pytest.mark.django_db
def test_a_grant_asks_nothing_of_presentations(world, cast):
    officer, call = browser(cast, "officer"), world.draft_call("grant")
    for part, name in (("dates", "presentation_on"), ("judging", "presentation_weight")):
        assert name not in officer.get(page("call_edit_part", call.reference, part)).context["form"].fields


@pytest.mark.django_db
def test_rubrics_are_whole_or_absent_and_said_at_the_level(world, cast):
    officer, call = browser(cast, "officer"), world.draft_call("grant")
    rows = {"qualifications-TOTAL_FORMS": 0, "qualifications-INITIAL_FORMS": 0}
    rows |= {"scoring-TOTAL_FORMS": 2, "scoring-INITIAL_FORMS": 0, "version": call.version, "key": "k"}
    for at, title in enumerate(("เกณฑ์หนึ่ง", "เกณฑ์สอง")):
        rows |= {f"scoring-{at}-title": title, f"scoring-{at}-weight": 50}
    rows |= {f"scoring-0-level_{points}": words for points, words in RUBRIC if points != 3}
    refused = officer.post(page("call_criteria", call.reference), rows)
    assert list(refused.context["formsets"][1].forms[0].errors) == ["level_3"] and "ระดับ 4" in refused.text
    assert (
        officer.post(page("call_criteria", call.reference), rows | {"scoring-0-level_3": "ระดับ 3"}).status_code == 302
    )
    assert list(call.criteria.values_list("title", "levels")) == [("เกณฑ์หนึ่ง", RUBRIC), ("เกณฑ์สอง", [])]
    again = officer.get(page("call_criteria", call.reference))
    assert "ระดับ 3" in again.text
    with pytest.raises(ValidationError):
        scoring = [{"title": "ก", "weight": 100, "levels": RUBRIC[:-1]}]
        set_criteria(call=world.again(call), qualifications=[], scoring=scoring, by=world.act("officer"))


@pytest.mark.django_db
def test_documents_wanted_replace_those_named_before(world):
    call = world.draft_call("grant")
    wanted = [{"title": "แผนงาน"}, {"title": "หนังสือรับรอง", "description": "ถ้ามี", "is_required": False}]
    set_documents(call=call, documents=wanted, by=world.act("officer"))
    rows = list(call.documents.values_list("ordinal", "title", "description", "is_required"))
    assert rows == [(1, "แผนงาน", "", True), (2, "หนังสือรับรอง", "ถ้ามี", False)]


@pytest.mark.django_db
def test_what_is_out_of_order_half_described_or_not_filled_in_is_not_put_before_those_who_decide(world):
    call = world.draft_call("pbc", scope="1. [ระบุกิจกรรม] ตามแผน [12]")
    criterion = call.criteria.filter(kind=CriterionKind.SCORING).first()
    criterion.levels = criterion.levels[1:]
    criterion.save()
    facts = {"decision_by": clock.today(), "allocation_method": "unit_cost", "unit": "คน"}
    edit_call(call=call, by=world.act("officer"), facts=facts)
    with pytest.raises(Missing) as error:
        propose_publication(call=world.again(call), by=world.act("officer"))
    assert names(error) == {"hints_replaced", "money_told", "rubrics_whole", "dates_in_order"}
    criterion.levels = []
    criterion.save()
    mended = {"decision_by": None, "unit_cost_ceiling": Decimal("900.00"), "scope": "กิจกรรมตามแผน [12]"}
    edit_call(call=world.again(call), by=world.act("officer"), facts=mended)
    decision = propose_publication(call=world.again(call), by=world.act("officer"))
    assert decision.state == "pending" and world.again(call).state == CallState.DRAFT
