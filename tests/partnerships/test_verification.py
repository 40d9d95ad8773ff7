"""Verification: dated records of which the latest counts, by people who have nothing to do with the partner (§2, §4.3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from core import clock
from core.audit import history_of
from core.files import store_file
from core.models import OutboxMessage
from core.models.frozen import FrozenRecordError
from core.settings_history import change_setting
from core.workflow import NotNow, NotYou, Stale, Stamp, set_first_state
from partnerships.actions.verification import default_valid_until, months_after, verify_organisation
from partnerships.enums import DocumentKind, OrganisationKind, OrganisationStanding, ProvincialDutyKind, Role
from partnerships.models import Organisation, OrganisationDocument, ProvincialDuty, Verification
from partnerships.queries.actors import actor_for
from partnerships.reference.checks import CHECKS, checks_for
from reporting.worklist import work_of
from tests.factories import OrganisationFactory, member_of
from tests.world import evidence

pytestmark = pytest.mark.django_db


def submitted(**facts) -> Organisation:
    made = OrganisationFactory.build(verified_until=None, **facts)
    set_first_state(made, standing=OrganisationStanding.SUBMITTED)
    made.submitted_at = clock.now()
    made.save()
    return made


def answers(organisation: Organisation, **no: str) -> dict[str, tuple[bool, str]]:
    """Every check met, but the ones named, with the comment."""
    return {check.code: (check.code not in no, no.get(check.code, "")) for check in checks_for(organisation.kind)}


def verify(organisation: Organisation, by, **more) -> Verification:
    facts = {"answers": answers(organisation), "passed": True, **more}
    return verify_organisation(organisation=organisation, by=by, **facts)


def test_each_kind_of_partner_is_asked_questions_whose_codes_are_once():
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    for kind in ("foundation", "local_government", "community", "academic", "private", "network", "ngo"):
        asked = checks_for(kind)
        assert len(asked) >= 5, kind
        assert any(check.essential for check in asked)


def test_passing_what_was_sent_in_takes_it_into_the_register(cast):
    sent = submitted()
    admin = member_of(sent, Role.ADMINISTRATOR)
    made = verify(sent, cast.opdc.actor)
    sent.refresh_from_db()
    assert (sent.standing, sent.verified_until) == (OrganisationStanding.ACTIVE, default_valid_until())
    assert made.checks.count() == len(checks_for("foundation"))
    assert made.verified_by_name == cast.opdc.user.full_name_th
    assert [event.kind for event in history_of(sent)] == ["organisation.verify", "organisation.accept_registration"]
    assert OutboxMessage.objects.filter(to_user_id=admin.pk, kind="organisation.verified").exists()


def test_what_does_not_pass_goes_back_with_the_comment(cast):
    sent = submitted()
    verify(sent, cast.opdc.actor, answers=answers(sent, board="มติหมดอายุ"), passed=False, note="แนบมติชุดใหม่")
    sent.refresh_from_db()
    assert (sent.standing, sent.verified_until) == (OrganisationStanding.DRAFT, None)
    returned = history_of(sent).get(kind="organisation.return_registration")
    assert "แนบมติชุดใหม่" in returned.payload


def test_the_latest_verification_counts(cast):
    partner = cast.organisations["partner"]
    verify(partner, cast.opdc.actor, answers=answers(partner, reachable="ไม่มีผู้รับสาย"), passed=False, note="ติดต่อไม่ได้")
    partner.refresh_from_db()
    assert not partner.is_verified
    assert partner.standing == OrganisationStanding.ACTIVE
    verify(partner, cast.opdc.actor, valid_until=clock.today() + timedelta(days=10))
    partner.refresh_from_db()
    assert partner.is_verified
    assert [one.passed for one in partner.verifications.all()] == [True, False]


def test_a_verification_is_never_changed(cast):
    made = verify(cast.organisations["partner"], cast.opdc.actor)
    made.passed = False
    with pytest.raises(FrozenRecordError):
        made.save()
    with pytest.raises(FrozenRecordError):
        made.delete()
    with pytest.raises(FrozenRecordError):
        Verification.objects.filter(pk=made.pk).update(passed=False)


def test_an_essential_check_cannot_be_passed_over_and_each_no_says_why(cast):
    partner = cast.organisations["partner"]
    with pytest.raises(ValidationError) as told:
        verify(partner, cast.opdc.actor, answers=answers(partner, identity=""))
    assert set(told.value.message_dict) == {"comment_identity", "passed"}
    verify(partner, cast.opdc.actor, answers=answers(partner, accounts="ปีแรก ยังไม่มีงบ"))
    with pytest.raises(ValidationError) as told:
        verify(partner, cast.opdc.actor, passed=False)
    assert set(told.value.message_dict) == {"note"}
    with pytest.raises(ValidationError):
        verify(partner, cast.opdc.actor, answers={})
    with pytest.raises(ValidationError) as told:
        verify(partner, cast.opdc.actor, valid_until=clock.today())
    assert set(told.value.message_dict) == {"valid_until"}


def test_nobody_verifies_where_he_or_she_works_worked_or_registered(cast):
    sent = submitted(registered_by=cast.opdc.user)
    with pytest.raises(NotYou) as told:
        verify(sent, cast.opdc.actor)
    with override("en"):
        assert "registered this organisation yourself" in str(told.value.message)
    other = submitted()
    member_of(other, Role.STAFF, user=cast.opdc.user)
    other.memberships.update(starts_on=clock.today() - timedelta(days=9), ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(NotYou):
        verify(other, cast.opdc.actor)


def test_a_provincial_office_verifies_in_its_province_alone(cast):
    office = OrganisationFactory(kind=OrganisationKind.PROVINCIAL_OFFICE, name_th="สำนักงานทดสอบจังหวัดน่าน")
    ProvincialDuty.objects.create(
        office=office, kind=ProvincialDutyKind.VERIFIER, province_code="55", named_by=cast.opdc.user
    )
    actor = actor_for(member_of(office, Role.OFFICER), office.pk)
    here, there = submitted(province_code="55"), submitted(province_code="54")
    verify(here, actor)
    with pytest.raises(NotYou):
        verify(there, actor)
    finance = actor_for(member_of(office, Role.FINANCE), office.pk)
    with pytest.raises(NotYou):
        verify(submitted(province_code="55"), finance)


def test_a_draft_a_merged_one_and_an_agency_are_not_verified(cast):
    draft = OrganisationFactory.build(verified_until=None)
    set_first_state(draft, standing=OrganisationStanding.DRAFT)
    draft.save()
    with pytest.raises(NotNow):
        verify(draft, cast.opdc.actor)
    agency = cast.organisations["agency"]
    with pytest.raises(NotNow):
        verify(agency, cast.opdc.actor)


def test_an_old_page_is_told_so(cast):
    sent = submitted()
    stamp = Stamp.fresh(sent)
    verify(sent, cast.opdc.actor)
    with pytest.raises(Stale):
        verify(sent, cast.opdc.actor, stamp=stamp)


def test_the_period_is_opdcs_setting(cast):
    change_setting(key="verification.months", value=6, by=cast.opdc.actor, reason="ทดลอง")
    verify(cast.organisations["partner"], cast.opdc.actor)
    assert Organisation.objects.get(name_en="Partner Foundation").verified_until == months_after(clock.today(), 6)


def test_months_end_where_a_month_is_short():
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2026, 12, 1), 24) == date(2028, 12, 1)


# --- what waits -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(cast):
    today = clock.today()
    return {
        "submitted": submitted(name_th="มูลนิธิยื่นแล้ว"),
        "expiring": OrganisationFactory(name_th="มูลนิธิใกล้หมด", verified_until=today + timedelta(days=40)),
        "expired": OrganisationFactory(name_th="มูลนิธิหมดแล้ว", verified_until=today - timedelta(days=1)),
        "long": OrganisationFactory(name_th="มูลนิธิยังนาน", verified_until=today + timedelta(days=61)),
        "never": OrganisationFactory(name_th="มูลนิธิไม่เคย", verified_until=None),
    }


def page(person, name: str, *args, query: str = "") -> str:
    client = Client()
    client.force_login(person.user)
    answer = client.get(reverse(f"partnerships:{name}", args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_opdc_sees_what_waits_and_why(cast, waiting):
    text = page(cast.opdc, "verification_list")
    for name, shown in {"submitted": True, "expiring": True, "expired": True, "long": False, "never": False}.items():
        assert (waiting[name].name_th in text) is shown, name
    assert waiting["never"].name_th in page(cast.opdc, "verification_list", query="?waiting=never")
    expired = page(cast.opdc, "verification_list", query="?waiting=expired")
    assert waiting["expired"].name_th in expired
    assert waiting["submitted"].name_th not in expired


def test_the_list_costs_the_same_at_1_and_30(cast):
    counts = []
    for more in (1, 29):
        for _n in range(more):
            submitted(province_code="55")
        client = Client()
        client.force_login(cast.opdc.user)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("partnerships:verification_list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_work_list_of_opdc_and_of_the_provinces_verifier(cast, waiting):
    group = next(group for group in work_of(cast.opdc.actor).groups if group.code == "partners")
    matters = {item.matter for item in group.items}
    assert {waiting["submitted"].name, waiting["expiring"].name, waiting["expired"].name} <= matters
    assert not any(group.code == "partners" for group in work_of(cast.officer.actor).groups)


# --- reminders ----------------------------------------------------------------------------------------------------------


def reminders(user) -> list[str]:
    rows = OutboxMessage.objects.filter(kind="organisation.expiry", to_user_id=user.pk).order_by("pk")
    return list(rows.values_list("subject", flat=True))


def test_the_partner_and_opdc_are_reminded_once_at_60_and_once_at_30_days(cast):
    today = clock.today()
    partner = OrganisationFactory(verified_until=today + timedelta(days=60))
    admin, finance = member_of(partner, Role.ADMINISTRATOR), member_of(partner, Role.FINANCE)
    for _again in range(2):
        call_command("tick")
    assert len(reminders(admin)) == 1
    assert reminders(finance) == []
    assert len(reminders(cast.opdc.user)) == 1
    with clock.acting_on(today + timedelta(days=29)):  # 31 days left: still the first one
        call_command("tick")
    assert len(reminders(admin)) == 1
    with clock.acting_on(today + timedelta(days=30)):
        call_command("tick")
        call_command("tick")
    assert len(reminders(admin)) == 2
    assert len(reminders(cast.opdc.user)) == 2


def test_nothing_is_said_too_early_nor_after_the_day(cast):
    today = clock.today()
    for days in (61, 0, -1):
        partner = OrganisationFactory(verified_until=today + timedelta(days=days))
        member_of(partner, Role.ADMINISTRATOR)
    call_command("tick")
    assert not OutboxMessage.objects.filter(kind="organisation.expiry").exists()


def test_opdc_is_told_of_many_that_expire_on_one_day_in_one_notice(cast):
    day = clock.today() + timedelta(days=20)
    for _n in range(35):
        OrganisationFactory(verified_until=day)
    call_command("tick")
    [subject] = reminders(cast.opdc.user)
    assert "35" in subject
    body = OutboxMessage.objects.get(kind="organisation.expiry", to_user_id=cast.opdc.user.pk).body
    assert body.count("\n") == 30


def test_papers_that_expire_are_reminded_of_too(cast):
    partner = cast.organisations["partner"]
    file = store_file(evidence(), name="หนังสือรับรอง.png", root=partner, kind="document", by=cast.partner_rep.actor)
    day = clock.today() + timedelta(days=25)
    for void_at in (None, clock.now()):
        OrganisationDocument.objects.create(
            organisation=partner, kind=DocumentKind.REGISTRATION, file=file, expires_on=day, void_at=void_at
        )
    call_command("tick")
    call_command("tick")
    assert len(reminders(cast.partner_rep.user)) == 1  # not of the one that was replaced
    assert len(reminders(cast.opdc.user)) == 1
