"""Members: changing, ending, leaving; the last administrator stays; who left keeps the name on what was done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse

from core import clock
from core.audit import history_of
from core.workflow import Missing
from partnerships.actions.members import change_member, end_membership, leave_organisation
from partnerships.enums import Role
from partnerships.middleware import SESSION_KEY
from partnerships.models import Appointment, Membership
from partnerships.queries.actors import actor_for
from tests.cast import Cast
from tests.factories import member_of
from tests.partnerships.people_tools import browser, people_page, roles_in, stamped
from tests.races import at_once, refusals
from tests.rights.people_records import make_appointment
from tests.world import World

pytestmark = pytest.mark.django_db


def membership(cast: Cast, who: str) -> Membership:
    return Membership.objects.select_related("organisation").get(user=cast.people[who].user)


def second_admin(cast: Cast, **fields: Any) -> Any:
    user = member_of(cast.organisations["partner"], Role.ADMINISTRATOR)
    Membership.objects.filter(user=user).update(**fields) if fields else None
    return user


# --- who sees the page


@pytest.mark.parametrize(("who", "status"), [("partner_staff", 200), ("partner_admin", 200), ("opdc", 200)])
def test_own_people_and_opdc_see_who_acts(cast: Cast, who: str, status: int) -> None:
    page = browser(cast.people[who]).get(people_page(cast.organisations["partner"]))
    assert page.status_code == status
    assert cast.partner_rep.user.full_name_th in page.content.decode()


@pytest.mark.parametrize("who", ["officer", "rival_rep", "stranger"])
def test_others_learn_nothing(cast: Cast, who: str) -> None:
    assert browser(cast.people[who]).get(people_page(cast.organisations["partner"])).status_code == 404


def test_staff_see_no_buttons_and_no_invitations(cast: Cast) -> None:
    html = browser(cast.partner_staff).get(people_page(cast.organisations["partner"])).content.decode()

    assert reverse("partnerships:member_change", args=[membership(cast, "partner_rep").pk]) not in html
    assert "Open invitations" not in html
    assert "Who acted for it before" not in html


# --- changing


def test_roles_are_given_and_taken_and_the_history_says_which(cast: Cast) -> None:
    change_member(
        membership=membership(cast, "partner_staff"),
        roles=[Role.FINANCE],
        title="เหรัญญิก",
        by=cast.partner_admin.actor,
    )
    assert roles_in(cast.partner_staff.user, cast.organisations["partner"]) == {Role.FINANCE}
    event = history_of(cast.organisations["partner"]).last()
    assert event.kind == "membership.change"
    assert '"given":["finance"]' in event.payload and '"taken":["staff"]' in event.payload
    assert cast.partner_staff.user.full_name_th not in event.payload


def test_one_person_alone_cannot_give_a_role_that_binds_the_organisation(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        change_member(
            membership=membership(cast, "partner_staff"),
            roles=[Role.STAFF, Role.REPRESENTATIVE],
            by=cast.partner_admin.actor,
        )
    assert list(refused.value.error_dict) == ["roles"]


def test_a_member_whose_last_day_has_passed_acts_no_more(cast: Cast) -> None:
    change_member(
        membership=membership(cast, "partner_staff"),
        roles=[Role.STAFF],
        ends_on=clock.today(),
        by=cast.partner_admin.actor,
    )
    assert actor_for(cast.partner_staff.user).organisation is not None
    with clock.acting_on(clock.today() + timedelta(days=1)):
        assert actor_for(cast.partner_staff.user).organisation is None


# --- the last administrator


def test_the_last_administrator_can_neither_leave_nor_lose_the_role(cast: Cast) -> None:
    admin = membership(cast, "partner_admin")
    by = cast.partner_admin.actor
    with pytest.raises(Missing):
        leave_organisation(membership=admin, by=by)
    with pytest.raises(Missing):
        end_membership(membership=admin, reason="ลา", by=by)
    for facts in ({"roles": [Role.STAFF]}, {"roles": [Role.ADMINISTRATOR], "ends_on": clock.today()}):
        with pytest.raises(ValidationError):
            change_member(membership=admin, by=by, **facts)
    assert roles_in(cast.partner_admin.user, cast.organisations["partner"]) == {Role.ADMINISTRATOR}


def test_an_administrator_whose_term_ends_does_not_replace_one_who_stays(cast: Cast) -> None:
    second_admin(cast, ends_on=clock.today() + timedelta(days=30))
    with pytest.raises(Missing):
        leave_organisation(membership=membership(cast, "partner_admin"), by=cast.partner_admin.actor)


def test_one_of_two_administrators_can_leave(cast: Cast) -> None:
    second_admin(cast)
    leave_organisation(membership=membership(cast, "partner_admin"), by=cast.partner_admin.actor)

    assert actor_for(cast.partner_admin.user).organisation is None


def test_the_page_says_why_the_last_administrator_cannot_leave(cast: Cast) -> None:
    admin = membership(cast, "partner_admin")
    answer = browser(cast.partner_admin).get(reverse("partnerships:member_leave", args=[admin.pk]), follow=True)
    assert "Another administrator" in answer.content.decode()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_when_two_administrators_leave_at_once_one_stays(cast: Cast) -> None:
    other = second_admin(cast)
    rows = [membership(cast, "partner_admin"), Membership.objects.select_related("organisation").get(user=other)]
    actors = [cast.partner_admin.actor, actor_for(other)]
    answers = at_once(
        *[lambda m=m, by=by: leave_organisation(membership=m, by=by) for m, by in zip(rows, actors, strict=True)]
    )
    assert refusals(answers) == [Missing]
    current = Membership.objects.current(clock.today()).filter(roles__role=Role.ADMINISTRATOR)
    assert current.filter(organisation=cast.organisations["partner"]).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_when_two_administrators_take_each_others_role_at_once_one_stays(cast: Cast) -> None:
    other = second_admin(cast)
    mine, theirs = membership(cast, "partner_admin"), Membership.objects.select_related("organisation").get(user=other)
    first, second = cast.partner_admin.actor, actor_for(other)  # both still have the role when they begin
    answers = at_once(
        lambda: change_member(membership=theirs, roles=[Role.STAFF], by=first),
        lambda: change_member(membership=mine, roles=[Role.STAFF], by=second),
    )
    assert refusals(answers) == [ValidationError]


# --- ending and what stays


def test_ending_needs_a_reason_and_takes_effect_at_once(cast: Cast) -> None:
    partner, staff = cast.organisations["partner"], membership(cast, "partner_staff")
    client, address = browser(cast.partner_admin), reverse("partnerships:member_end", args=[staff.pk])
    assert "field-error" in client.post(address, stamped(partner, reason="")).content.decode()
    client.post(address, stamped(partner, reason="ลาออก"))

    leaver = browser(cast.partner_staff)
    assert leaver.get(people_page(partner)).status_code == 404
    page = client.get(people_page(partner)).content.decode()
    assert "Who acted for it before" in page and "ลาออก" in page


def test_a_session_that_acts_for_the_organisation_loses_it_at_once(cast: Cast) -> None:
    client = browser(cast.partner_staff)
    session = client.session
    session[SESSION_KEY] = cast.organisations["partner"].pk
    session.save()
    end_membership(membership=membership(cast, "partner_staff"), reason="ลาออก", by=cast.partner_admin.actor)

    assert client.get(reverse("reporting:home")).wsgi_request.actor.organisation is None


def test_who_left_keeps_the_name_on_what_was_done(cast: Cast) -> None:
    proposal = World(cast).draft_proposal(World(cast).published_call("pbc"))
    end_membership(membership=membership(cast, "partner_staff"), reason="ลาออก", by=cast.partner_admin.actor)

    assert type(proposal).objects.get(pk=proposal.pk).created_by == cast.partner_staff.user
    with pytest.raises(ProtectedError):
        cast.partner_staff.user.delete()


def test_an_appointment_of_one_who_leaves_is_settled(cast: Cast) -> None:
    make_appointment(cast)
    end_membership(membership=membership(cast, "partner_staff"), reason="ลาออก", by=cast.partner_admin.actor)

    assert Appointment.objects.get().state == "declined"


# --- acting for several


def test_switching_changes_for_whom_one_acts_and_what_one_may_see(cast: Cast) -> None:
    member_of(cast.organisations["rival"], Role.ADMINISTRATOR, user=cast.partner_staff.user)
    client = browser(cast.partner_staff)
    assert client.get(people_page(cast.organisations["rival"])).status_code == 404
    answer = client.post(
        reverse("partnerships:acting_switch"), {"membership": cast.organisations["rival"].pk}, follow=True
    )
    html = answer.content.decode()
    assert "You now act for Rival Association." in html
    assert client.get(people_page(cast.organisations["rival"])).status_code == 200
    assert client.get(people_page(cast.organisations["partner"])).status_code == 404


def test_nobody_switches_to_an_organisation_of_others(cast: Cast) -> None:
    client = browser(cast.partner_staff)
    client.post(reverse("partnerships:acting_switch"), {"membership": cast.organisations["rival"].pk})

    assert client.get(people_page(cast.organisations["rival"])).status_code == 404
