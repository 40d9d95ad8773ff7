"""Inviting people into an organisation: the letter, the link, who may answer, what comes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from core import clock, settings_history
from core.models import OutboxMessage
from core.workflow import NotNow, NotYou, Stamp
from partnerships.actions.invitations import (
    accept_invitation,
    cancel_invitation,
    decline_invitation,
    hash_of,
    send_invitation_again,
)
from partnerships.actions.members import end_membership
from partnerships.enums import AppointmentState, InvitationState, Role
from partnerships.models import Appointment, Invitation, Membership
from partnerships.queries.actors import actor_for
from tests.cast import Cast
from tests.factories import UserFactory
from tests.partnerships.people_tools import BASE, browser, invited, link_of, people_page, roles_in, stamped

pytestmark = pytest.mark.django_db
Capture = Any


def again(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


# --- the letter and its secret


def test_only_the_hash_of_the_link_is_kept(cast: Cast, django_capture_on_commit_callbacks: Capture) -> None:
    invitation, link = invited(cast, django_capture_on_commit_callbacks)
    token = link.rstrip("/").rpartition("/")[2]

    assert again(invitation).token_hash == hash_of(token)
    rows = [*Invitation.objects.values(), *OutboxMessage.objects.values()]
    assert rows and token not in repr(rows)
    assert mail.outbox[-1].to == ["stranger@example.org"]


def test_the_letter_says_who_invites_in_both_languages(cast: Cast, django_capture_on_commit_callbacks: Capture) -> None:
    invited(cast, django_capture_on_commit_callbacks)

    body = mail.outbox[-1].body
    assert "มูลนิธิภาคี (สมมติ)" in body
    assert "Partner Foundation invites you" in body


def test_the_term_comes_from_the_setting(cast: Cast, django_capture_on_commit_callbacks: Capture) -> None:
    settings_history.change_setting(key="identity.invitation_days", value=3, by=cast.opdc.actor, reason="ทดลอง")
    invitation, _link = invited(cast, django_capture_on_commit_callbacks)

    assert timedelta(days=2) < invitation.expires_at - clock.real_now() <= timedelta(days=3)
    assert "3 days" in mail.outbox[-1].body


def test_sending_again_voids_the_earlier_link(cast: Cast, django_capture_on_commit_callbacks: Capture) -> None:
    invitation, first = invited(cast, django_capture_on_commit_callbacks)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=clock.real_now() - timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        send_invitation_again(invitation=again(invitation), by=cast.partner_admin.actor, base=BASE)

    assert Client().get(first).status_code == 404
    assert Client().get(link_of(mail.outbox[-1])).status_code == 200
    accept_invitation(invitation=again(invitation), by=cast.stranger.actor)


# --- what the link shows


def test_the_page_is_the_same_whether_the_address_has_an_account_or_not(
    cast: Cast, django_capture_on_commit_callbacks: Capture
) -> None:
    _known, first = invited(cast, django_capture_on_commit_callbacks, email="stranger@example.org")
    _unknown, second = invited(cast, django_capture_on_commit_callbacks, email="nobodyyet@example.org")

    def text(link: str, email: str) -> str:
        html = Client().get(link).content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        return main.replace(email, "ADDRESS").replace(link, "LINK")

    assert text(first, "stranger@example.org") == text(second, "nobodyyet@example.org")
    assert reverse("account_login") in text(first, "stranger@example.org")


def test_another_person_is_told_and_can_neither_accept_nor_decline(
    cast: Cast, django_capture_on_commit_callbacks: Capture
) -> None:
    invitation, link = invited(cast, django_capture_on_commit_callbacks)
    client = browser(cast.rival_staff)

    page = client.get(link).content.decode()
    assert "You are logged in with another address" in page
    assert "Accept the invitation" not in page
    for answer in ("accept", "decline"):
        assert client.post(link, stamped(cast.organisations["partner"], **{answer: "1"})).status_code == 403
    assert again(invitation).state == InvitationState.OPEN
    assert not roles_in(cast.rival_staff.user, cast.organisations["partner"])


def test_an_address_that_was_never_proven_does_not_count(
    cast: Cast, django_capture_on_commit_callbacks: Capture
) -> None:
    invitation, _link = invited(cast, django_capture_on_commit_callbacks)
    address = EmailAddress.objects.get(user=cast.stranger.user)
    address.verified = False
    address.save()
    with pytest.raises(NotYou):
        accept_invitation(invitation=invitation, by=cast.stranger.actor)

    address.verified = True
    address.save()
    accept_invitation(invitation=invitation, by=cast.stranger.actor)


def test_the_invited_person_accepts_and_acts_for_the_organisation_at_once(
    cast: Cast, django_capture_on_commit_callbacks: Capture
) -> None:
    _invitation, link = invited(cast, django_capture_on_commit_callbacks, roles=[Role.STAFF, Role.FINANCE])
    client = browser(cast.stranger)
    answer = client.post(link, stamped(cast.organisations["partner"], accept="1"), follow=True)

    assert "You now act for Partner Foundation." in answer.content.decode()
    assert answer.wsgi_request.actor.organisation == cast.organisations["partner"]
    assert roles_in(cast.stranger.user, cast.organisations["partner"]) == {Role.STAFF, Role.FINANCE}
    assert "no longer valid" in client.get(link).content.decode()


def test_declining_makes_nobody_a_member_and_tells_the_administrator(
    cast: Cast, django_capture_on_commit_callbacks: Capture
) -> None:
    invitation, link = invited(cast, django_capture_on_commit_callbacks)
    browser(cast.stranger).post(link, stamped(cast.organisations["partner"], decline="1"))

    assert again(invitation).state == InvitationState.DECLINED
    assert not Membership.objects.filter(user=cast.stranger.user).exists()
    assert OutboxMessage.objects.filter(kind="invitation.answered", to_user_id=cast.partner_admin.user.pk).exists()


def test_a_link_that_nobody_sent_leads_nowhere(cast: Cast) -> None:
    assert Client().get(reverse("partnerships:invitation_answer", args=["nothing"])).status_code == 404


def test_a_cancelled_link_says_so(cast: Cast, django_capture_on_commit_callbacks: Capture) -> None:
    invitation, link = invited(cast, django_capture_on_commit_callbacks)
    cancel_invitation(invitation=invitation, by=cast.partner_admin.actor)

    assert "no longer valid" in browser(cast.stranger).get(link).content.decode()
    with pytest.raises(NotNow):
        accept_invitation(invitation=again(invitation), by=cast.stranger.actor)


# --- what comes of accepting


def test_a_role_that_binds_the_organisation_waits_for_a_second_person(
    cast: Cast, django_capture_on_commit_callbacks: Capture
) -> None:
    invitation, _link = invited(cast, django_capture_on_commit_callbacks, roles=[Role.STAFF, Role.REPRESENTATIVE])
    accept_invitation(invitation=invitation, by=cast.stranger.actor)

    assert roles_in(cast.stranger.user, cast.organisations["partner"]) == {Role.STAFF}
    appointment = Appointment.objects.get()
    assert (appointment.user, appointment.role) == (cast.stranger.user, Role.REPRESENTATIVE)
    assert (appointment.state, appointment.proposed_by) == (AppointmentState.PROPOSED, cast.partner_admin.user)


def test_one_who_comes_back_does_not_get_the_old_roles_back(
    cast: Cast, django_capture_on_commit_callbacks: Capture
) -> None:
    partner = cast.organisations["partner"]
    membership = Membership.objects.get(user=cast.partner_rep.user)
    end_membership(membership=membership, reason="ครบวาระ", by=cast.partner_admin.actor)
    invitation, _link = invited(cast, django_capture_on_commit_callbacks, email=cast.partner_rep.user.email)
    accept_invitation(invitation=invitation, by=actor_for(cast.partner_rep.user))

    assert roles_in(cast.partner_rep.user, partner) == {Role.STAFF}
    assert again(membership).ends_on is None
    assert again(membership).starts_on == clock.today()


def test_a_member_of_another_organisation_keeps_that_membership(
    cast: Cast, django_capture_on_commit_callbacks: Capture
) -> None:
    invitation, _link = invited(cast, django_capture_on_commit_callbacks, email=cast.rival_staff.user.email)
    accept_invitation(invitation=invitation, by=cast.rival_staff.actor)

    assert roles_in(cast.rival_staff.user, cast.organisations["rival"]) == {Role.STAFF}
    assert roles_in(cast.rival_staff.user, cast.organisations["partner"]) == {Role.STAFF}


# --- what is refused at the field


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("roles", {"roles": []}),
        ("roles", {"roles": [Role.EXECUTIVE]}),
        ("roles", {"roles": ["emperor"]}),
        ("ends_on", {"ends_on": clock.today() - timedelta(days=1)}),
        ("email", {"email": "partner_staff@example.org"}),
        ("email", {"email": "PARTNER_STAFF@example.org"}),
    ],
)
def test_a_wrong_invitation_is_refused_at_the_field(
    cast: Cast, django_capture_on_commit_callbacks: Capture, field: str, facts: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as refused:
        invited(cast, django_capture_on_commit_callbacks, **facts)

    assert list(refused.value.error_dict) == [field]
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice_at_a_time(cast: Cast, django_capture_on_commit_callbacks: Capture) -> None:
    invitation, _link = invited(cast, django_capture_on_commit_callbacks)
    with pytest.raises(ValidationError):
        invited(cast, django_capture_on_commit_callbacks, email="Stranger@Example.org")

    decline_invitation(invitation=invitation, by=cast.stranger.actor)
    invited(cast, django_capture_on_commit_callbacks)


def test_from_outside_opdc_invites_only_an_administrator(
    cast: Cast, django_capture_on_commit_callbacks: Capture
) -> None:
    with pytest.raises(ValidationError):
        invited(cast, django_capture_on_commit_callbacks, by=cast.opdc.actor, roles=[Role.STAFF])
    invitation, _link = invited(
        cast, django_capture_on_commit_callbacks, by=cast.opdc.actor, roles=[Role.ADMINISTRATOR]
    )
    accept_invitation(invitation=invitation, by=cast.stranger.actor)

    assert roles_in(cast.stranger.user, cast.organisations["partner"]) == {Role.ADMINISTRATOR}


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(cast: Cast) -> None:
    partner = cast.organisations["partner"]
    address = reverse("partnerships:invitation_create", args=[partner.pk])
    sent = stamped(partner, email="not an address", full_name="นางสาวใหม่", roles=["staff"], ends_on="31/2/2570")
    html = browser(cast.partner_admin, "th").post(address, sent).content.decode()

    assert "นางสาวใหม่" in html and "31/2/2570" in html and "not an address" in html
    assert html.count("field-error") >= 2
    assert not Invitation.objects.exists()


def test_inviting_by_the_page_sends_one_letter_however_often_it_is_posted(
    cast: Cast, django_capture_on_commit_callbacks: Capture
) -> None:
    partner = cast.organisations["partner"]
    address = reverse("partnerships:invitation_create", args=[partner.pk])
    sent = stamped(partner, email="new@example.org", roles=["staff"]) | {"key": "once"}
    client = browser(cast.partner_admin)
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(address, sent).status_code == 302

    assert len(mail.outbox) == 1
    assert "http://testserver/invitation/" in mail.outbox[0].body
    assert "new@example.org" in client.get(people_page(partner)).content.decode()


def test_the_page_of_people_costs_the_same_for_one_invitation_and_for_thirty(
    cast: Cast, django_capture_on_commit_callbacks: Capture, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browser(cast.partner_admin)
    counts = []
    for number in range(31):
        invited(cast, django_capture_on_commit_callbacks, email=f"p{number}@example.org")
        user = UserFactory()
        Membership.objects.create(user=user, organisation=cast.organisations["partner"])
        if number in (0, 30):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(people_page(cast.organisations["partner"]))
            counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_stale_page_is_refused(cast: Cast, django_capture_on_commit_callbacks: Capture) -> None:
    invitation, _link = invited(cast, django_capture_on_commit_callbacks)
    from core.workflow import Stale

    with pytest.raises(Stale):
        cancel_invitation(invitation=invitation, by=cast.partner_admin.actor, stamp=Stamp(version=0))
