"""A partner registers itself: what is asked, what is kept, what is refused and how, and the way into the register."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from agreements.actions.proposals import begin_proposal
from core.audit import history_of
from core.models import OutboxMessage
from core.workflow import NotYou, pass_door
from partnerships.enums import DocumentKind, OrganisationKind, OrganisationStanding, Role
from partnerships.models import FieldOfWork, Membership, Organisation, TargetGroup
from reporting.worklist import organisations
from tests.partnerships.profiles import PDF, TAX_NUMBER, furnish_profile, registered
from tests.world import World

pytestmark = pytest.mark.django_db

VALID_2 = "0993000000021"


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"partnerships:{name}", args=args)


def send(client: Client, organisation: Organisation, part: str, button: str = "", **data: Any) -> Any:
    """Send a part of the profile as the browser would; `button`: another than the first."""
    organisation.refresh_from_db()
    data |= {"version": organisation.version, "key": f"{part}-{organisation.version}-{button}"}
    return client.post(url(f"profile_{part}", organisation.pk), {**data, **({button: "1"} if button else {})})


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


# --- rows


def rows(*given: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    data = {"rows-TOTAL_FORMS": len(given), "rows-INITIAL_FORMS": initial}
    for number, row in enumerate(given):
        data |= {f"rows-{number}-{name}": value for name, value in row.items()}
    return data


def test_contacts_are_added_changed_and_taken_away():
    organisation, actor = registered()
    client = browser(actor.user)
    send(
        client,
        organisation,
        "contacts",
        **rows({"name": "ก", "phone": "02 123 4567"}, {"name": "ข", "email": "b@x.org"}),
    )
    first, second = organisation.contacts.order_by("pk")
    send(
        client, organisation, "contacts",
        **rows({"pk": first.pk, "name": "กก", "phone": "02 123 4567"},
               {"pk": second.pk, "name": "", "DELETE": "on"}, initial=2),
    )  # fmt: skip
    assert list(organisation.contacts.values_list("name", flat=True)) == ["กก"]


def test_rows_that_are_right_are_kept_once_while_the_others_wait():
    organisation, actor = registered()
    client = browser(actor.user)

    given = rows({"name": "ก", "phone": "02 123 4567"}, {"name": "ข", "phone": "12"})
    answer = send(client, organisation, "contacts", "keep", **given)

    assert list(organisation.contacts.values_list("name", flat=True)) == ["ก"]
    formset = answer.context["formsets"][0]
    assert "phone" in formset.forms[1].errors
    assert formset.forms[1]["name"].value() == "ข"
    mended = {**given, "rows-0-pk": formset.forms[0]["pk"].value(), "rows-1-phone": "02 765 4321"}
    send(client, organisation, "contacts", **mended)
    assert sorted(organisation.contacts.values_list("name", flat=True)) == ["ก", "ข"]


def test_another_organisations_row_cannot_be_written_to(cast):
    furnish_profile(cast.organisations["partner"], cast)
    theirs = cast.organisations["partner"].contacts.first()
    organisation, actor = registered()
    send(browser(actor.user), organisation, "contacts", **rows({"pk": theirs.pk, "name": "ยึด", "phone": "021234567"}))
    theirs.refresh_from_db()
    assert theirs.name == "นางเปิดเผย ชื่อเสียง"
    assert organisation.contacts.get().name == "ยึด"


# --- papers


def paper(**data: Any) -> dict[str, Any]:
    return {"kind": "registration", "file": SimpleUploadedFile("ใบสำคัญ.pdf", PDF, "application/pdf"), **data}


def test_a_new_document_takes_the_place_of_the_earlier_one_which_stays_on_record():
    organisation, actor = registered()
    client = browser(actor.user)
    send(client, organisation, "documents", **paper(expires_on="1/10/2579"))
    send(client, organisation, "documents", **paper(number="2"))
    assert organisation.documents.count() == 2
    assert organisation.documents.get(void_at=None).number == "2"


def test_a_document_that_is_no_pdf_is_refused_at_the_field():
    organisation, actor = registered()
    wrong = SimpleUploadedFile("ใบสำคัญ.pdf", b"MZ\x90\x00 not a pdf", "application/pdf")
    answer = send(browser(actor.user), organisation, "documents", **paper(file=wrong))
    assert "file" in answer.context["form"].errors
    assert not organisation.documents.exists()


def test_a_document_that_has_expired_is_missing_again(cast):
    organisation, actor = registered()
    furnish_profile(organisation, cast)
    client = browser(actor.user)
    assert client.get(url("registration_check", organisation.pk)).context["judgement"].open
    send(client, organisation, "documents", **paper(issued_on="1/10/2560", expires_on="1/10/2561"))
    missing = client.get(url("registration_check", organisation.pk)).context["judgement"].missing
    assert [item.name for item in missing] == ["document_registration"]


def test_a_delegate_needs_the_document():
    organisation, actor = registered()
    person = {"name": "นาย ก", "position": "ผู้จัดการ", "authority": "มอบอำนาจ", "valid_from": "1/10/2568"}
    answer = send(browser(actor.user), organisation, "representatives", is_delegate="on", **person)
    assert "delegation" in answer.context["form"].errors


def test_the_history_never_tells_the_account_number():
    organisation, actor = registered()
    account = {"bank": "ธนาคาร", "branch": "ลำปาง", "account_name": "มูลนิธิ", "account_number": "๕๕๕-๐-๐๐๑๑๑-๒"}
    send(browser(actor.user), organisation, "bank", **account)
    assert organisation.bank_accounts.get(replaced_at=None).account_number == "5550001112"
    assert not any("5550001112" in str(event.payload) for event in history_of(organisation))


def test_staff_alone_does_not_say_where_money_goes():
    organisation, actor = registered(roles=(Role.STAFF,))
    assert browser(actor.user).get(url("profile_bank", organisation.pk)).status_code == 403


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
    from datetime import date

    organisation, actor = registered(standing=OrganisationStanding.ACTIVE, verified_until=date(2570 - 543 + 5, 1, 1))
    client = browser(actor.user)
    send(client, organisation, "identity", **identity(name_th="มูลนิธิชื่อใหม่ (สมมติ)", kind="private"))
    organisation.refresh_from_db()
    assert organisation.name_th == "มูลนิธิชื่อใหม่ (สมมติ)"
    assert organisation.kind == OrganisationKind.FOUNDATION
    assert organisation.verified_until is None
    assert [former.name_th for former in organisation.former_names.all()] == ["มูลนิธิใหม่ (สมมติ)"]
    assert OutboxMessage.objects.filter(kind="organisation.reverify").exists()


# --- groups that are no legal person


def group(cast: Any) -> tuple[Organisation, Any]:
    organisation, actor = registered(OrganisationKind.COMMUNITY, is_unregistered=True, name_th="กลุ่มทดสอบ (สมมติ)")
    furnish_profile(organisation, cast)
    Organisation.objects.filter(pk=organisation.pk).update(tax_number="", registration_number="")
    organisation.refresh_from_db()
    return organisation, actor


def test_a_group_asks_a_sponsor_who_agrees_on_record_and_only_then_can_it_be_sent_in(cast):
    organisation, actor = group(cast)
    client = browser(actor.user)
    send(client, organisation, "documents", **paper(kind=DocumentKind.GROUP_RECORD))
    sponsor = cast.organisations["partner"]
    found = client.get(url("profile_sponsor", organisation.pk), {"q": "มูลนิธิภาคี"}).context["found"]
    assert sponsor in found
    asked = {"q": "มูลนิธิภาคี", "sponsor": sponsor.pk, "request": "ทำงานร่วมกันมาห้าปี"}
    assert send(client, organisation, "sponsor", **asked).status_code == 302
    sponsorship = organisation.sponsorships.get(state="asked")
    assert [i.name for i in client.get(url("registration_check", organisation.pk)).context["judgement"].missing] == [
        "sponsor"
    ]

    page = url("sponsorship_detail", sponsorship.pk)
    assert browser(cast.rival_rep.user).get(page).status_code == 404
    staff = browser(cast.partner_staff.user)
    assert staff.get(page).status_code == 200
    organisation.refresh_from_db()
    answer = {"decision": "agree", "answer": "", "version": organisation.version, "key": "answer"}
    assert staff.post(page, answer).status_code == 403
    assert browser(cast.partner_rep.user).post(page, answer).status_code == 302

    sponsorship.refresh_from_db()
    assert (sponsorship.state, sponsorship.answered_by) == ("agreed", cast.partner_rep.user)
    assert client.get(url("registration_check", organisation.pk)).context["judgement"].open


def test_a_sponsor_that_declines_says_why_and_another_can_be_asked(cast):
    organisation, actor = group(cast)
    client = browser(actor.user)
    ask = {"request": "ขอ", "q": "มูลนิธิภาคี", "sponsor": cast.organisations["partner"].pk}
    send(client, organisation, "sponsor", **ask)
    sponsorship = organisation.sponsorships.get(state="asked")
    rep = browser(cast.partner_rep.user)
    organisation.refresh_from_db()
    page, stamp = url("sponsorship_detail", sponsorship.pk), {"version": organisation.version, "key": "n"}
    assert "answer" in rep.post(page, {"decision": "decline", "answer": "", **stamp}).context["form"].errors
    rep.post(page, {"decision": "decline", "answer": "ยังไม่พร้อม", **stamp})
    assert "ยังไม่พร้อม" in client.get(url("profile_sponsor", organisation.pk)).content.decode()
    ask |= {"q": "สมาคมคู่แข่ง", "sponsor": cast.organisations["rival"].pk}
    assert send(client, organisation, "sponsor", **ask).status_code == 302


def test_an_unregistered_group_cannot_sponsor(cast):
    organisation, actor = group(cast)
    other, _actor = registered(
        OrganisationKind.NETWORK, OrganisationStanding.ACTIVE, is_unregistered=True, name_th="เครือข่ายลอย (สมมติ)"
    )
    client = browser(actor.user)
    assert not client.get(url("profile_sponsor", organisation.pk), {"q": "เครือข่ายลอย"}).context["found"]
    answer = send(client, organisation, "sponsor", q="เครือข่ายลอย", sponsor=other.pk, request="ขอ")
    assert answer.status_code == 200
    assert not organisation.sponsorships.filter(sponsor=other).exists()


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
