"""A partner registers itself: what is asked, what is kept, what is refused and how, and the way into the register."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from agreements.actions.proposals import begin_proposal
from core import clock
from core.audit import history_of
from core.models import OutboxMessage
from core.workflow import NotYou, pass_door
from partnerships.enums import OrganisationKind, OrganisationStanding, Role
from partnerships.models import FieldOfWork, Membership, Organisation, TargetGroup
from reporting.worklist import organisations
from tests.partnerships.profiles import TAX_NUMBER, furnish_profile, registered
from tests.partnerships.registering import browser, send, url
from tests.world import World

pytestmark = pytest.mark.django_db

VALID_2 = "0993000000021"


def identity(**instead: Any) -> dict[str, Any]:
    return {"kind": "foundation", "local_type": "", "name_th": "มูลนิธิใหม่ (สมมติ)", **instead}


# --- the public page


def test_everyone_reads_what_each_kind_needs_without_logging_in():
    answer = Client().get(url("registration_start"))

    assert answer.status_code == 200
    text = answer.content.decode()
    for kind in ("มูลนิธิ", "สมาคม", "เครือข่าย"):
        assert kind in text
    assert f"?next={url('registration_create')}" in text


def test_beginning_needs_an_account():
    answer = Client().get(url("registration_create"))
    assert answer.status_code == 302
    assert "login" in answer.url


# --- beginning


def test_who_registers_becomes_administrator_and_staff_and_acts_for_the_draft(cast):
    client = browser(cast.stranger.user)

    answer = client.post(url("registration_create"), {**identity(), "key": "k"}, follow=True)

    draft = Organisation.objects.get(name_th="มูลนิธิใหม่ (สมมติ)")
    assert draft.standing == OrganisationStanding.DRAFT
    assert draft.registered_by == cast.stranger.user
    membership = Membership.objects.get(organisation=draft)
    assert membership.user == cast.stranger.user
    assert {role.role for role in membership.roles.all()} == {Role.ADMINISTRATOR, Role.STAFF}
    assert answer.context["organisation"] == draft
    assert answer.wsgi_request.actor.organisation_id == draft.pk
    assert [event.kind for event in history_of(draft)] == ["organisation.register"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (identity(kind="local_government"), "local_type"),
        (identity(kind="foundation", local_type="city"), "local_type"),
        (identity(kind="foundation", is_unregistered="on"), "is_unregistered"),
        (identity(kind="department"), "kind"),
        (identity(kind=""), "kind"),
        (identity(name_th="  "), "name_th"),
        (identity(name_th="ก" * 301), "name_th"),
    ],
)
def test_a_wrong_beginning_is_told_at_its_field_and_nothing_is_kept(cast, given, field):
    answer = browser(cast.stranger.user).post(url("registration_create"), {**given, "key": "k"})

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not Organisation.objects.filter(registered_by=cast.stranger.user).exists()
    assert given["name_th"].strip() in answer.content.decode()


def test_a_person_cannot_reserve_names_by_the_dozen(cast):
    client = browser(cast.stranger.user)
    for number in range(4):
        client.post(url("registration_create"), {**identity(name_th=f"มูลนิธิที่ {number}"), "key": f"k{number}"})
    assert Organisation.objects.filter(registered_by=cast.stranger.user).count() == 3
    answer = client.get(url("registration_create"), follow=True)
    assert answer.redirect_chain[-1][0] == url("registration_start")


# --- parts: mistakes, Thai digits, what is right is kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("09930000000", "13 หลัก"),
        ("0993000000014", "หลักสุดท้าย"),
        ("1234545678781", "0"),
        ("099300000001x", "ตัวเลข"),
    ],
)
def test_what_is_wrong_with_a_tax_number_is_said_in_thai_and_the_input_stays(typed, words):
    organisation, actor = registered()
    with override("th"):
        answer = send(browser(actor.user), organisation, "numbers", tax_number=typed, registration_number="ลป 1/2549")

    assert words in str(answer.context["form"].errors["tax_number"])
    assert f'value="{typed}"' in answer.content.decode()
    organisation.refresh_from_db()
    assert (organisation.tax_number, organisation.registration_number) == ("", "")


@pytest.mark.parametrize("typed", ["0993000000013", "๐๙๙๓๐๐๐๐๐๐๐๑๓", "0-99-3-000-00001-3", " 0993 0000 00013 "])
def test_thai_digits_dashes_and_spaces_are_understood(typed):
    organisation, actor = registered()
    assert send(browser(actor.user), organisation, "numbers", tax_number=typed).status_code == 302
    organisation.refresh_from_db()
    assert organisation.tax_number == TAX_NUMBER


def test_what_is_right_can_be_saved_before_the_rest_is(cast):
    organisation, actor = registered()
    client = browser(actor.user)

    answer = send(
        client,
        organisation,
        "size",
        "keep",
        founded_year="2006",
        staff_count="๑๒",
        volunteer_count="",
        yearly_income="9",
    )

    organisation.refresh_from_db()
    assert (organisation.staff_count, organisation.volunteer_count, organisation.founded_year) == (12, None, None)
    assert "founded_year" in answer.context["form"].errors
    assert 'value="2006"' in answer.content.decode()
    # The page that came back can be sent again as it is.
    form = answer.context["form"]
    again = {name: form[name].value() or "" for name in form.fields} | {"founded_year": "2549"}
    assert client.post(url("profile_size", organisation.pk), again).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.founded_year, organisation.staff_count) == (2006, 12)


def test_a_page_that_is_out_of_date_keeps_its_input_and_overwrites_nothing():
    organisation, actor = registered()
    client = browser(actor.user)
    stale = {"version": organisation.version, "key": "a", "staff_count": "7"}
    send(client, organisation, "size", staff_count="5")

    answer = client.post(url("profile_size", organisation.pk), stale)

    assert answer.status_code == 200
    assert 'value="7"' in answer.content.decode()
    organisation.refresh_from_db()
    assert organisation.staff_count == 5


# --- address


def test_the_lists_follow_one_another_without_a_script_and_keep_everything_typed():
    organisation, actor = registered()
    client = browser(actor.user)

    answer = send(client, organisation, "address", "choose", address="เลขที่ 9", province_code="12", phone="x")
    form = answer.context["form"]
    assert form["address"].value() == "เลขที่ 9"
    assert form["phone"].value() == "x"
    assert "1201" in dict(form.fields["district_code"].choices)
    assert not form.errors

    answer = send(client, organisation, "address", "choose", province_code="12", district_code="1201")
    assert "120101" in dict(answer.context["form"].fields["subdistrict_code"].choices)
    organisation.refresh_from_db()
    assert organisation.province_code == ""


def test_the_postal_code_follows_from_the_subdistrict():
    organisation, actor = registered()
    where = {"province_code": "12", "district_code": "1201", "subdistrict_code": "120101"}
    assert send(browser(actor.user), organisation, "address", address="1", **where).status_code == 302
    organisation.refresh_from_db()
    assert organisation.postal_code == "11000"


def test_several_postal_codes_are_a_choice():
    import geothai

    place = next(s for p in geothai.provinces() for d in geothai.districts(p.code)
                 for s in geothai.subdistricts(d.code) if len(s.postal_codes) > 1)  # fmt: skip
    organisation, actor = registered()
    where = {
        "province_code": place.province_code,
        "district_code": place.district_code,
        "subdistrict_code": place.code,
    }
    client = browser(actor.user)
    page = client.get(url("place_fields"), where)
    assert {code for code, _l in page.context["form"].fields["postal_code"].choices} >= set(place.postal_codes)
    send(client, organisation, "address", **where)
    organisation.refresh_from_db()
    assert organisation.postal_code == ""
    send(client, organisation, "address", postal_code=place.postal_codes[-1], **where)
    organisation.refresh_from_db()
    assert organisation.postal_code == place.postal_codes[-1]


def test_a_district_of_another_province_is_not_kept():
    organisation, actor = registered()
    send(browser(actor.user), organisation, "address", province_code="50", district_code="1201")
    organisation.refresh_from_db()
    assert (organisation.province_code, organisation.district_code) == ("50", "")


# --- work


def test_the_whole_country_is_all_provinces_and_regions_add_up():
    organisation, actor = registered()
    client = browser(actor.user)
    words = {"fields_of_work": [FieldOfWork.objects.first().pk], "target_groups": [TargetGroup.objects.first().pk]}
    send(client, organisation, "work", nationwide="on", **words)
    assert organisation.service_areas.count() == 77
    assert client.get(url("profile_work", organisation.pk)).context["form"]["nationwide"].value() is True
    send(client, organisation, "work", areas_north=["50", "52"], areas_south=["90"], **words)
    assert sorted(organisation.service_areas.values_list("province_code", flat=True)) == ["50", "52", "90"]


# --- numbers that are taken


@pytest.mark.parametrize("number", [{"tax_number": TAX_NUMBER}, {"registration_number": "ลป ๗๗/๒๕๔๙"}])
def test_a_number_that_is_taken_leads_on_without_saying_whose_it_is(cast, number):
    furnish_profile(cast.organisations["partner"], cast)
    organisation, actor = registered()

    answer = send(browser(actor.user), organisation, "numbers", **number)

    error = str(answer.context["form"].errors[next(iter(number))])
    assert "ลงทะเบียนแล้ว" in error
    assert "ผู้ดูแล" in error
    assert cast.organisations["partner"].name_th not in answer.content.decode()
    organisation.refresh_from_db()
    assert organisation.tax_number == ""


# --- sending in


def test_sending_in_gives_a_receipt_tells_opdc_and_fixes_who_it_is(cast):
    organisation, actor = registered()
    furnish_profile(organisation, cast)
    client = browser(actor.user)
    stamp = {"version": organisation.version, "key": "once"}

    answer = client.post(url("registration_submit", organisation.pk), stamp, follow=True)

    organisation.refresh_from_db()
    assert organisation.standing == OrganisationStanding.SUBMITTED
    assert f"ORG-{organisation.pk:06d}" in answer.content.decode()
    told = OutboxMessage.objects.filter(kind="organisation.submitted")
    assert cast.opdc.user.pk in {message.to_user_id for message in told}
    again = client.get(url("profile_identity", organisation.pk))
    assert again.status_code == 302
    assert client.get(url("profile_size", organisation.pk)).status_code == 200


def test_a_registration_that_lacks_something_is_not_sent_in_and_says_what(cast):
    organisation, actor = registered()
    client = browser(actor.user)
    page = client.get(url("registration_check", organisation.pk))
    assert {row["url"] for row in page.context["missing"]} >= {url("profile_numbers", organisation.pk)}
    client.post(url("registration_submit", organisation.pk), {"version": organisation.version, "key": "k"})
    organisation.refresh_from_db()
    assert organisation.standing == OrganisationStanding.DRAFT


def test_a_returned_registration_shows_the_comment_until_it_is_sent_in_again(cast):
    organisation, actor = registered(standing=OrganisationStanding.SUBMITTED)
    furnish_profile(organisation, cast)
    with pass_door(organisation, "return_registration", by=cast.opdc.actor) as door:
        door.payload["comment"] = "โปรดแนบข้อบังคับฉบับล่าสุด"
    client = browser(actor.user)
    assert "โปรดแนบข้อบังคับฉบับล่าสุด" in client.get(url("profile_detail", organisation.pk)).content.decode()
    organisation.refresh_from_db()
    client.post(url("registration_submit", organisation.pk), {"version": organisation.version, "key": "k"})
    assert "โปรดแนบข้อบังคับฉบับล่าสุด" not in client.get(url("profile_detail", organisation.pk)).content.decode()


# --- after acceptance


def test_a_new_name_in_the_register_is_kept_with_the_former_and_ends_the_verification(cast):
    verified_until = clock.today() + timedelta(days=365)
    organisation, actor = registered(standing=OrganisationStanding.ACTIVE, verified_until=verified_until)
    client = browser(actor.user)
    send(client, organisation, "identity", **identity(name_th="มูลนิธิชื่อใหม่ (สมมติ)", kind="private"))
    organisation.refresh_from_db()
    assert organisation.name_th == "มูลนิธิชื่อใหม่ (สมมติ)"
    assert organisation.kind == OrganisationKind.FOUNDATION
    assert organisation.verified_until is None
    assert [former.name_th for former in organisation.former_names.all()] == ["มูลนิธิใหม่ (สมมติ)"]
    assert OutboxMessage.objects.filter(kind="organisation.reverify").exists()


# --- all pages of the slice are drawn, for a draft and for one in the register

PAGES = (
    "profile_detail", "profile_identity", "profile_numbers", "profile_address", "profile_work", "profile_size",
    "profile_contacts", "profile_track_record", "profile_documents", "profile_representatives", "profile_bank",
    "organisation_detail",
)  # fmt: skip


@pytest.mark.parametrize("standing", ["draft", "active"])
@pytest.mark.parametrize("full", [False, True])
def test_every_page_of_the_profile_is_drawn_empty_and_full(cast, standing, full):
    organisation, actor = registered(standing=standing)
    if full:
        furnish_profile(organisation, cast)
    client = browser(actor.user)
    for page in PAGES:
        assert client.get(url(page, organisation.pk)).status_code == 200, page


# --- what a registration opens


def test_a_registration_in_draft_cannot_begin_a_proposal_and_is_told_why(cast):
    call = World(cast).published_call("pbc")
    _draft, actor = registered()
    with pytest.raises(NotYou) as refused, override("en"):
        begin_proposal(call=call, title="โครงการ", by=actor)
    with override("en"):
        assert "registration" in str(refused.value.message)
    page = browser(actor.user).get(reverse("agreements:call_detail", args=[call.reference]))
    assert page.context["why_not_begin"]
    assert reverse("agreements:proposal_create", args=[call.reference]) not in page.content.decode()

    sent, sender = registered(standing=OrganisationStanding.SUBMITTED, name_th="มูลนิธิที่ยื่นแล้ว (สมมติ)")
    assert begin_proposal(call=call, title="โครงการ", by=sender).organisation == sent


def test_the_work_list_asks_for_what_waits_in_ones_organisation(cast):
    draft, actor = registered()
    assert [item.matter for item in organisations.profiles_to_finish(actor)] == [draft.name]
    furnish_profile(cast.organisations["partner"], cast)
    asked = [item.matter for item in organisations.sponsorships_to_answer(cast.partner_rep.actor)]
    assert asked == ["กลุ่มทดสอบ (สมมติ)"]
    assert not list(organisations.sponsorships_to_answer(cast.partner_staff.actor))
    assert not list(organisations.sponsorships_to_answer(cast.rival_rep.actor))
