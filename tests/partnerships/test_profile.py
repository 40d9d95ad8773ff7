"""One's own account: profile and language, privacy notice, one's data, closing."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from core import clock
from core.audit import history_of
from core.models import AuditEvent, OutboxMessage, SecurityEvent
from core.workflow import Missing, NotYou
from partnerships.actions.closing import close_account, register_running_duties
from partnerships.actions.invitations import cancel_invitation
from partnerships.actions.own_account import edit_profile
from partnerships.enums import Role
from partnerships.models import EndorsementPosition, Membership, PrivacyAcceptance, PrivacyNotice, User
from tests.cast import PASSWORD, Cast
from tests.factories import UserFactory, member_of
from tests.partnerships.people_tools import browser, invited, people_page, stamped

pytestmark = pytest.mark.django_db
PROFILE, CLOSE = "partnerships:profile", "partnerships:account_close"


def profile_of(user: User, **changed: str) -> dict[str, Any]:
    facts = {"full_name_th": user.full_name_th, "full_name_en": "", "phone": user.phone, "language": "th"}
    return stamped(user, **{**facts, **changed})


def log_in(user: User) -> tuple[Client, Any]:
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    sent = {"login": user.email, "password": PASSWORD}
    return client, client.post(reverse("account_login"), sent, follow=True)


def new_notice(version: int = 2, days: int = 0) -> PrivacyNotice:
    return PrivacyNotice.objects.create(
        version=version,
        text_th="ฉบับใหม่",
        text_en="New version",
        valid_from=clock.today() + timedelta(days=days),
        published_at=clock.real_now(),
    )


# --- profile and language


def test_the_profile_is_saved_and_the_chain_knows_only_which_fields(cast: Cast) -> None:
    user = cast.partner_rep.user
    sent = profile_of(user, full_name_en="Mr Representative", signature_title="ประธานมูลนิธิ")
    assert browser(user).post(reverse(PROFILE), sent).status_code == 302

    user.refresh_from_db()
    assert (user.full_name_en, user.signature_title) == ("Mr Representative", "ประธานมูลนิธิ")
    event = history_of(user).last()
    assert json.loads(event.payload) == {"fields": ["full_name_en", "signature_title"]}


def test_nobody_edits_the_profile_of_another(cast: Cast) -> None:
    with pytest.raises(NotYou):
        edit_profile(user=cast.partner_rep.user, by=cast.partner_admin.actor, phone="1")


def test_the_language_of_the_profile_governs_from_the_log_in_on(cast: Cast) -> None:
    user = cast.partner_staff.user
    user.language = "en"
    client, page = log_in(user)
    assert '<html lang="en"' in page.content.decode()

    client.post(reverse(PROFILE), profile_of(user, language="th"))
    assert '<html lang="th"' in client.get(reverse("reporting:home")).content.decode()


def test_the_log_in_overrules_what_the_one_before_at_this_computer_chose(cast: Cast) -> None:
    user = cast.partner_staff.user
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.cookies["django_language"] = "en"
    page = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)
    assert '<html lang="th"' in page.content.decode()


@pytest.mark.parametrize(("language", "subject"), [("th", "คำเชิญถูกปฏิเสธ"), ("en", "An invitation was declined")])
def test_notices_speak_the_receivers_language(
    cast: Cast, django_capture_on_commit_callbacks: Any, language: str, subject: str
) -> None:
    from partnerships.actions.invitations import decline_invitation

    User.objects.filter(pk=cast.partner_admin.user.pk).update(language=language)
    invitation, _link = invited(cast, django_capture_on_commit_callbacks)
    decline_invitation(invitation=invitation, by=cast.stranger.actor)
    told = OutboxMessage.objects.get(kind="invitation.answered").subject
    assert told == subject


# --- the privacy notice


def test_the_notice_is_public_and_linked_at_the_foot_of_every_page() -> None:
    address = reverse("partnerships:privacy_notice")
    assert address in Client().get("/").content.decode()
    page = Client().get(address)
    assert page.status_code == 200
    for right in ("มาตรา 24", "สิทธิของท่าน", "ระยะเวลาเก็บรักษา", "ติดต่อ"):
        assert right in page.content.decode()


def test_it_interrupts_once_and_leads_back_to_where_one_wanted_to_go(cast: Cast) -> None:
    user = UserFactory(read_the_notice=False)
    client = browser(user)
    wanted = reverse(PROFILE)
    answer = client.get(wanted)
    assert answer.status_code == 302 and answer.url.startswith(reverse("partnerships:privacy_accept"))
    assert client.get(answer.url).status_code == 200
    assert client.post(answer.url, stamped(user, next=wanted, notice="1")).url == wanted
    assert client.get(wanted).status_code == 200

    assert PrivacyAcceptance.objects.get(user=user).notice.version == 1
    assert browser(user).get(wanted).status_code == 200


def test_a_new_version_in_force_asks_again_and_one_ahead_does_not(cast: Cast) -> None:
    new_notice(version=3, days=7)
    assert browser(cast.officer).get(reverse(PROFILE)).status_code == 200

    new_notice(version=2)
    client = browser(cast.officer)
    assert client.get(reverse(PROFILE)).status_code == 302
    client.post(reverse("partnerships:privacy_accept"), stamped(cast.officer.user, notice="2"))
    assert client.get(reverse(PROFILE)).status_code == 200
    read = PrivacyAcceptance.objects.filter(user=cast.officer.user).values_list("notice__version", flat=True)
    assert sorted(read) == [1, 2]


def test_nothing_can_be_done_before_it_is_read_but_leaving(cast: Cast) -> None:
    new_notice()
    client = browser(cast.partner_rep)
    assert client.post(reverse(PROFILE), profile_of(cast.partner_rep.user, phone="1")).status_code == 302
    assert User.objects.get(pk=cast.partner_rep.user.pk).phone == "02 000 0000"
    assert client.get(reverse("partnerships:my_data")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_it_never_leads_out_of_the_house(cast: Cast) -> None:
    new_notice()
    client = browser(cast.officer)
    sent = stamped(cast.officer.user, notice="2", next="https://elsewhere.example/")
    assert client.post(reverse("partnerships:privacy_accept"), sent).url == reverse("reporting:home")


def test_pages_pay_nothing_for_the_notice(cast: Cast, django_assert_num_queries: Any) -> None:
    client = browser(cast.officer)
    client.get(reverse(PROFILE))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("partnerships:mission_list"))
    assert not [q for q in captured.captured_queries if "privacynotice" in q["sql"]]


# --- my data


def test_all_that_is_on_record_about_me_can_be_downloaded_and_only_by_me(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    invitation, _link = invited(cast, django_capture_on_commit_callbacks, email="partner.new@example.org")
    cancel_invitation(invitation=invitation, by=cast.partner_admin.actor)
    answer = browser(cast.partner_admin).post(reverse("partnerships:my_data_download"))

    assert answer["Content-Disposition"].startswith("attachment")
    data = json.loads(answer.content)
    assert data["account"]["email"] == "partner_admin@example.org"
    assert data["memberships"][0]["organisation"] == "มูลนิธิภาคี (สมมติ)"
    assert [act["kind"] for act in data["acts"]] == ["organisation.invite", "invitation.cancel"]
    assert data["named_in"]["partnerships.invitation.invited_by"] == [invitation.pk]
    assert data["privacy_notices"][0]["notice__version"] == 1
    text = answer.content.decode()
    assert "password" not in text and "rival" not in text
    assert SecurityEvent.objects.filter(kind="my_data_download", actor_id=cast.partner_admin.user.pk).count() == 1


def test_reading_the_summary_writes_nothing(cast: Cast) -> None:
    client = browser(cast.officer)
    before = SecurityEvent.objects.count(), AuditEvent.objects.count()
    assert client.get(reverse("partnerships:my_data")).status_code == 200
    assert client.get(reverse("partnerships:my_data_download")).status_code == 405
    assert (SecurityEvent.objects.count(), AuditEvent.objects.count()) == before


def test_the_export_knows_every_field_that_names_a_person(cast: Cast) -> None:
    """A floor that gets a new foreign key to people is in the export without anybody thinking of it."""
    from partnerships.queries.my_data import data_about
    from tests.world import World

    mission = World(cast).mission("pbc")
    assert data_about(cast.officer.user)["named_in"]["partnerships.mission.officer"] == [mission.pk]


# --- closing the account


def closing(user: User, **changed: str) -> dict[str, Any]:
    return stamped(user, **{"understood": "on", "password": PASSWORD, **changed})


def test_closing_reduces_the_person_and_keeps_the_history(cast: Cast) -> None:
    user = cast.partner_staff.user
    assert EmailAddress.objects.filter(user=user).exists()
    client, _page = log_in(user)
    answer = client.post(reverse(CLOSE), closing(user), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("partnerships:account_closed")

    gone = User.objects.get(pk=user.pk)
    assert not gone.is_active and gone.closed_at and not gone.has_usable_password()
    assert gone.email.endswith("@closed.invalid") and gone.phone == ""
    assert gone.full_name_th == "นางสาวเจ้าหน้าที่ ภาคี"
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not Membership.objects.current(clock.today()).filter(user=user).exists()
    assert history_of(user).last().kind == "user.close"
    assert "partner_staff@example.org" not in repr(list(AuditEvent.objects.values_list("payload")))
    assert client.get(reverse(PROFILE)).status_code == 302
    page = browser(cast.partner_admin).get(people_page(cast.organisations["partner"])).content.decode()
    assert "Account closed on" in page


def test_the_old_address_can_be_used_for_a_new_account(cast: Cast) -> None:
    user = cast.partner_staff.user
    close_account(user=user, by=cast.partner_staff.actor)
    assert UserFactory(email="partner_staff@example.org").pk != user.pk


@pytest.mark.parametrize("wrong", [{"password": "not this one"}, {"understood": ""}, {"password": ""}])
def test_closing_asks_again_who_it_is(cast: Cast, wrong: dict[str, str]) -> None:
    user = cast.partner_staff.user
    client, _page = log_in(user)
    html = client.post(reverse(CLOSE), closing(user, **wrong)).content.decode()
    assert "field-error" in html
    assert PASSWORD not in html
    assert User.objects.get(pk=user.pk).is_active


def test_the_last_administrator_is_told_what_to_do_first(cast: Cast) -> None:
    user = cast.partner_admin.user
    client = browser(user)
    html = client.get(reverse(CLOSE)).content.decode()
    assert "Name another administrator of Partner Foundation" in html
    assert "Close the account for good" not in html
    with pytest.raises(Missing):
        close_account(user=user, by=cast.partner_admin.actor)
    assert User.objects.get(pk=user.pk).is_active

    member_of(cast.organisations["partner"], Role.ADMINISTRATOR)
    close_account(user=user, by=cast.partner_admin.actor)


def test_a_position_in_an_approval_chain_is_handed_over_first(cast: Cast) -> None:
    EndorsementPosition.objects.create(
        organisation=cast.organisations["agency"], ordinal=1, title="ผู้อำนวยการกอง", holder=cast.executive.user
    )
    assert "ผู้อำนวยการกอง" in browser(cast.executive).get(reverse(CLOSE)).content.decode()
    with pytest.raises(Missing):
        close_account(user=cast.executive.user, by=cast.executive.actor)
    assert Membership.objects.current(clock.today()).filter(user=cast.executive.user).exists()


def test_other_floors_can_name_running_duties(cast: Cast) -> None:
    from partnerships.actions import closing as module

    register_running_duties("test", lambda user: ["ส่งมอบงาน"] if user == cast.officer.user else [])
    try:
        assert "ส่งมอบงาน" in browser(cast.officer).get(reverse(CLOSE)).content.decode()
    finally:
        del module._duties["test"]


def test_nobody_is_written_to_after_closing(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    close_account(user=cast.partner_staff.user, by=cast.partner_staff.actor)
    mail.outbox.clear()
    from core.outbox import enqueue

    with django_capture_on_commit_callbacks(execute=True):
        enqueue(kind="x", subject="x", body="x", to_user_id=cast.partner_staff.user.pk)
    assert not mail.outbox
