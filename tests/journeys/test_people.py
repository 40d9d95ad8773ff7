"""People on a phone: invited, accepted, proposed as representative, confirmed by a second; acting for two."""

from __future__ import annotations

import re

from django.core import mail
from django.urls import reverse

from partnerships.enums import Role
from partnerships.models import Appointment, Invitation, MembershipRole
from tests.factories import member_of
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor, thai

PHONE = {"width": 360, "height": 740}


def link_in_letter() -> str:
    """The path of the link in the last letter; the live server's address goes before it."""
    return re.search(r"https?://[^/]+(/invitation/\S+)", mail.outbox[-1].body)[1]


def fits(visitor: Visitor) -> None:
    """Nothing of the page is wider than the phone."""
    widths = visitor.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1], f"{visitor.path}: {widths}"


def acting_for(visitor: Visitor) -> str:
    """What the head of the page says about for whom one acts, as far as it can be seen."""
    shown = visitor.page.locator(".who-for")
    assert shown.is_visible(), visitor.path
    return shown.inner_text().splitlines()[-1]


def test_a_colleague_is_invited_on_a_phone_and_becomes_representative_by_two_people(stage: Stage) -> None:
    partner = stage.cast.organisations["partner"]
    stage.page.set_viewport_size(PHONE)

    # The administrator invites, and sees the invitation wait.
    admin = stage.partner_admin.open("partnerships:people", partner.pk)
    fits(admin)
    admin.follow("partnerships:invitation_create", partner.pk)
    admin.send_wrong({"email": "ไม่ใช่อีเมล", "full_name": "นายไม่เกี่ยวข้อง"})
    assert admin.error_at("email") and admin.error_at("roles")
    assert admin.kept("full_name") == "นายไม่เกี่ยวข้อง"
    admin.send({"email": "stranger@example.org", "title": "ผู้จัดการโครงการ", "roles": [Role.STAFF, Role.REPRESENTATIVE]})
    admin.sees("stranger@example.org", thai("Send again"))
    fits(admin)

    # The colleague opens the link: first logged out, then logged in with the invited address.
    link = link_in_letter()
    public = stage.public
    stage.seat(public)
    stage.page.goto(stage.server + link)
    public.sees("มูลนิธิภาคี (สมมติ)", thai("Log in"))
    public.look()
    fits(public)
    colleague = stage.stranger
    stage.seat(colleague)
    stage.page.goto(stage.server + link)
    colleague.look("addressed")
    colleague.choose(thai("Accept the invitation"), role="button")
    assert acting_for(colleague) == "มูลนิธิภาคี (สมมติ)"
    assert Invitation.objects.get().state == "accepted"
    user = stage.cast.stranger.user
    held = MembershipRole.objects.filter(membership__user=user)
    assert set(held.values_list("role", flat=True)) == {Role.STAFF}

    # The representative finds the appointment among the work, and confirms as the second person.
    appointment = Appointment.objects.get()
    rep = stage.partner_rep.open("reporting:home")
    rep.follow("partnerships:appointment_detail", appointment.pk)
    fits(rep)
    rep.follow("partnerships:appointment_confirm", appointment.pk).send({"note": "มติที่ประชุมครั้งที่ 1/2569"})
    rep.sees("มติที่ประชุมครั้งที่ 1/2569")
    assert set(held.values_list("role", flat=True)) == {Role.STAFF, Role.REPRESENTATIVE}
    admin.open("partnerships:people", partner.pk).sees("นายไม่เกี่ยวข้อง")

    # Of the colleague's two organisations the head always says which one it is.
    member_of(stage.cast.organisations["rival"], Role.STAFF, user=user)
    colleague.open("partnerships:profile")
    fits(colleague)
    stage.page.locator(".who summary").click()
    fits(colleague)
    with stage.page.expect_navigation():
        stage.page.locator(".pop-body").get_by_role("button", name=re.compile("สมาคมคู่แข่ง")).click()
    assert acting_for(colleague) == "สมาคมคู่แข่ง (สมมติ)"
    assert "สมาคมคู่แข่ง" in colleague.told()
    fits(colleague)
    elsewhere = stage.page.request.get(stage.server + reverse("partnerships:people", args=[partner.pk]))
    assert elsewhere.status == 404


def test_in_a_body_of_one_opdc_confirms(stage: Stage) -> None:
    rival = stage.cast.organisations["rival"]
    MembershipRole.objects.create(
        membership=rival.memberships.get(user=stage.cast.rival_rep.user), role=Role.ADMINISTRATOR
    )
    rep = stage.rival_rep.open("partnerships:people", rival.pk).follow("partnerships:appointment_create", rival.pk)
    rep.send({"user": stage.cast.rival_staff.user.pk, "role": Role.REPRESENTATIVE})
    appointment = Appointment.objects.get()
    opdc = stage.opdc.open("partnerships:appointment_list").follow("partnerships:appointment_detail", appointment.pk)
    opdc.follow("partnerships:appointment_decline", appointment.pk)
    opdc.send_wrong({"note": ""})
    opdc.open("partnerships:appointment_confirm", appointment.pk).send({})
    assert stage.fresh(appointment).state == "confirmed"


def test_one_looks_after_the_own_account(stage: Stage) -> None:
    staff = stage.partner_staff.open("partnerships:profile")
    staff.send_wrong({"full_name_th": ""})
    staff.send({"full_name_th": "นางสาวเจ้าหน้าที่ ภาคี", "signature_title": "ผู้จัดการ"})
    staff.open("partnerships:my_data").sees("partner_staff@example.org")
    staff.open("partnerships:privacy_notice")
    staff.open("partnerships:privacy_accept")
    staff.open("partnerships:account_close").send_wrong({"understood": True, "password": "ไม่ใช่รหัสผ่าน"})
    stage.partner_admin.open("partnerships:account_close").sees("มูลนิธิภาคี (สมมติ)")
    stage.public.open("partnerships:privacy_notice")
