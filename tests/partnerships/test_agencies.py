"""Agencies as data: names and parents from day to day, retirement, provincial duties, and the list they are loaded from."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.audit import history_of
from core.workflow import NotNow, NotYou
from partnerships.actions.agencies import add_agency, end_duty, move_agency, name_duty, rename_agency, retire_agency
from partnerships.actions.entering import enter_organisation
from partnerships.enums import OrganisationKind as K
from partnerships.models import Organisation
from partnerships.reference.agencies import MINISTRIES
from tests.factories import OrganisationFactory
from tests.world import World

pytestmark = pytest.mark.django_db


def again(record):
    return type(record).objects.get(pk=record.pk)


def test_a_ministry_is_renamed_and_its_old_name_is_kept(cast):
    ministry = again(cast.organisations["ministry"])
    rename_agency(agency=ministry, name_th="กระทรวงใหม่", valid_from=clock.today(), by=cast.opdc.actor)
    ministry = again(ministry)
    assert (ministry.name_th, ministry.valid_from) == ("กระทรวงใหม่", clock.today())
    former = ministry.former_names.get()
    assert (former.name_th, former.valid_until) == ("กระทรวงทดสอบ", clock.today() - timedelta(days=1))
    assert history_of(ministry).get().kind == "organisation.rename_agency"


def test_names_come_one_after_the_other(cast):
    ministry = again(cast.organisations["ministry"])
    with pytest.raises(ValidationError) as told:
        rename_agency(
            agency=ministry, name_th="กระทรวงใหม่", valid_from=clock.today() + timedelta(days=1), by=cast.opdc.actor
        )
    assert set(told.value.message_dict) == {"valid_from"}
    rename_agency(agency=ministry, name_th="กระทรวงใหม่", valid_from=date(2026, 1, 1), by=cast.opdc.actor)
    with pytest.raises(ValidationError):
        rename_agency(agency=again(ministry), name_th="ก่อนหน้า", valid_from=date(2026, 1, 1), by=cast.opdc.actor)
    with pytest.raises(ValidationError) as told:
        rename_agency(agency=again(ministry), name_th="กรมอื่น", valid_from=date(2026, 2, 1), by=cast.opdc.actor)
    assert set(told.value.message_dict) == {"name_th"}


def test_an_agreement_keeps_the_name_it_was_signed_under(cast):
    world = World(cast)
    agreement = world.agreement("pbc", at="pbc_5_first_instalment")
    agency = again(cast.organisations["agency"])
    rename_agency(agency=agency, name_th="กรมชื่อใหม่", valid_from=clock.today(), by=cast.opdc.actor)
    assert "กรมทดสอบ" in again(agreement).texts.get().content
    assert "กรมชื่อใหม่" not in again(agreement).texts.get().content


def test_a_department_moves_to_another_ministry(cast):
    other = OrganisationFactory(kind=K.MINISTRY, name_th="กระทรวงที่สอง")
    agency = again(cast.organisations["agency"])
    move_agency(agency=agency, parent=other, valid_from=clock.today(), by=cast.opdc.actor)
    assert again(agency).parent == other
    assert again(agency).former_names.get().parent == cast.organisations["ministry"]
    with pytest.raises(ValidationError) as told:
        move_agency(
            agency=again(agency), parent=cast.organisations["partner"], valid_from=clock.today(), by=cast.opdc.actor
        )
    assert set(told.value.message_dict) == {"parent"}
    with pytest.raises(NotNow):
        move_agency(agency=other, parent=None, valid_from=clock.today(), by=cast.opdc.actor)


def test_an_agency_is_retired_once_and_only_when_nothing_stands_under_it(cast):
    ministry = cast.organisations["ministry"]
    facts = {"valid_until": clock.today(), "reason": "ยุบเลิก", "by": cast.opdc.actor}
    with pytest.raises(ValidationError):
        retire_agency(agency=again(ministry), **facts)
    for child in ministry.children.all():
        retire_agency(agency=child, **facts)
    retire_agency(agency=again(ministry), **facts)
    assert again(ministry).valid_until == clock.today()
    with pytest.raises(NotNow):
        retire_agency(agency=again(ministry), **facts)


def test_each_kind_of_agency_stands_where_it_belongs(cast):
    ministry, department = cast.organisations["ministry"], cast.organisations["agency"]
    facts = {"name_th": "ใหม่", "by": cast.opdc.actor}
    for kind, parent, wrong in (
        (K.MINISTRY, ministry, "parent"),
        (K.DEPARTMENT, None, "parent"),
        (K.DEPARTMENT, department, "parent"),
        (K.PROVINCIAL_OFFICE, ministry, "parent"),
        (K.PROVINCIAL_OFFICE, department, "province_code"),
    ):
        with pytest.raises(ValidationError) as told:
            add_agency(kind=kind, parent=parent, **facts)
        assert set(told.value.message_dict) == {wrong}, kind
    office = add_agency(kind=K.PROVINCIAL_OFFICE, parent=department, province_code="55", **facts)
    assert office.province_code == "55"
    with pytest.raises(ValidationError) as told:
        add_agency(kind=K.DEPARTMENT, parent=ministry, name_th="กรมทดสอบ", by=cast.opdc.actor)
    assert set(told.value.message_dict) == {"name_th"}


def test_duties_have_days_and_are_given_once(cast):
    office = OrganisationFactory(kind=K.PROVINCIAL_OFFICE, name_th="สำนักงานทดสอบ", parent=cast.organisations["agency"])
    facts = {"office": office, "kind": "verifier", "province_code": "55", "by": cast.opdc.actor}
    duty = name_duty(starts_on=clock.today(), **facts)
    with pytest.raises(ValidationError) as told:
        name_duty(starts_on=clock.today(), **{**facts, "office": again(office)})
    assert set(told.value.message_dict) == {"province_code"}
    end_duty(duty=duty, ends_on=clock.today(), by=cast.opdc.actor)
    name_duty(starts_on=clock.today() + timedelta(days=1), **{**facts, "office": again(office)})
    assert office.provincial_duties.count() == 2
    with pytest.raises(ValidationError):
        end_duty(duty=duty, ends_on=clock.today() - timedelta(days=1), by=cast.opdc.actor)
    with pytest.raises(ValidationError) as told:
        name_duty(starts_on=clock.today(), **{**facts, "office": again(cast.organisations["agency"])})
    assert set(told.value.message_dict) == {"office"}


@pytest.mark.parametrize("person", ["officer", "executive", "agency_admin", "partner_rep", "stranger"])
def test_only_opdc_keeps_agencies(cast, person):
    by = cast.people[person].actor
    ministry = cast.organisations["ministry"]
    with pytest.raises(NotYou):
        rename_agency(agency=ministry, name_th="กระทรวงใหม่", valid_from=clock.today(), by=by)
    with pytest.raises(NotYou):
        add_agency(kind=K.MINISTRY, name_th="กระทรวงใหม่", by=by)
    with pytest.raises(NotYou):
        enter_organisation(by=by, kind=K.FOUNDATION, name_th="มูลนิธิใหม่")


# --- loading ----------------------------------------------------------------------------------------------------------


def test_the_twenty_ministries_are_loaded_once_and_renamed_ones_are_left_alone(cast):
    out = StringIO()
    call_command("load_agencies", stdout=out)
    assert Organisation.objects.filter(kind=K.MINISTRY).count() == 21  # with the cast's own
    departments = sum(len(row.departments) for row in MINISTRIES)
    assert out.getvalue() == f"added: {20 + departments}\n"
    ministry = Organisation.objects.get(name_th="กระทรวงแรงงาน")
    rename_agency(agency=ministry, name_th="กระทรวงแรงงานใหม่", valid_from=clock.today(), by=cast.opdc.actor)
    out = StringIO()
    call_command("load_agencies", stdout=out)
    assert out.getvalue() == "added: 0\n"
    assert not Organisation.objects.filter(name_th="กระทรวงแรงงาน").exists()


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def opdc(cast) -> Client:
    client = Client()
    client.force_login(cast.opdc.user)
    return client


def test_the_tree_shows_former_names_and_costs_the_same_whatever_it_holds(cast, opdc):
    rename_agency(
        agency=again(cast.organisations["ministry"]), name_th="กระทรวงใหม่", valid_from=clock.today(), by=cast.opdc.actor
    )
    counts = []
    for more in (1, 29):
        for n in range(more):
            parent = OrganisationFactory(kind=K.MINISTRY, name_th=f"กระทรวง {more} {n}")
            OrganisationFactory(kind=K.DEPARTMENT, name_th=f"กรม {more} {n}", parent=parent)
        with CaptureQueriesContext(connection) as asked:
            text = opdc.get(reverse("partnerships:agency_list")).content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "กระทรวงทดสอบ" in text


def test_bad_input_is_told_at_the_field_and_nothing_is_lost(cast, opdc):
    ministry = again(cast.organisations["ministry"])
    sent = {"name_th": "กระทรวงใหม่", "valid_from": "31/2/2569", "version": ministry.version, "key": "k"}
    answer = opdc.post(reverse("partnerships:agency_rename", args=[ministry.pk]), sent)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"valid_from"}
    assert "กระทรวงใหม่" in answer.content.decode()
    answer = opdc.post(reverse("partnerships:agency_create"), {"kind": "department", "name_th": "กรมใหม่", "key": "k2"})
    assert set(answer.context["form"].errors) == {"parent"}


def test_opdc_enters_a_local_government_after_looking_at_similar_ones(cast, opdc):
    OrganisationFactory(kind=K.LOCAL_GOVERNMENT, name_th="องค์การบริหารส่วนตำบลนาฝัน", province_code="55")
    address = reverse("partnerships:organisation_enter")
    sent = {
        "kind": "local_government", "local_type": "sao", "name_th": "อบต.นาฝัน", "province_code": "55", "key": "k",
        "tax_number": "0994000000000",
    }  # fmt: skip
    assert set(opdc.post(address, sent).context["form"].errors) == {"tax_number"}
    sent["tax_number"] = ""
    answer = opdc.post(address, sent)
    assert "องค์การบริหารส่วนตำบลนาฝัน" in answer.content.decode()
    assert not Organisation.objects.filter(name_th="อบต.นาฝัน").exists()
    answer = opdc.post(address, {**sent, "is_another": "on"})
    made = Organisation.objects.get(name_th="อบต.นาฝัน")
    assert answer.url == reverse("partnerships:organisation_detail", args=[made.pk])
    assert (made.standing, made.verified_until, made.registered_by) == ("active", None, cast.opdc.user)


def test_a_number_that_is_on_record_is_told_at_the_number(cast):
    OrganisationFactory(tax_number="0994000159773", registration_number="ก 1")
    facts = {"kind": K.FOUNDATION, "name_th": "มูลนิธิอื่น", "province_code": "55"}
    with pytest.raises(ValidationError) as told:
        enter_organisation(by=cast.opdc.actor, tax_number="0994000159773", registration_number="ก 1", **facts)
    assert set(told.value.message_dict) == {"tax_number", "registration_number"}
    with pytest.raises(ValidationError) as told:
        enter_organisation(by=cast.opdc.actor, **{**facts, "kind": K.LOCAL_GOVERNMENT})
    assert set(told.value.message_dict) == {"local_type"}
