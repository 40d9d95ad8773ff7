"""Two people appoint to a role that binds the organisation; in a body of one OPDC is the second."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from core.audit import history_of
from core.models import OutboxMessage
from core.workflow import NotNow, NotYou
from partnerships.actions.appointments import confirm_appointment, decline_appointment, propose_appointment
from partnerships.enums import OrganisationKind, Role
from partnerships.models import Appointment
from partnerships.queries.actors import actor_for
from partnerships.queries.people import signatory_of
from reporting.worklist import work_of
from tests.cast import Cast
from tests.factories import OrganisationFactory, member_of
from tests.partnerships.people_tools import browser, people_page, roles_in, stamped
from tests.races import at_once, refusals

pytestmark = pytest.mark.django_db
LIST = "partnerships:appointment_list"


def propose(cast: Cast, who: str = "partner_staff", by: str = "partner_admin", **facts: Any) -> Appointment:
    facts = {"role": Role.REPRESENTATIVE, **facts}
    person = cast.people[who]
    return propose_appointment(
        organisation=cast.organisations["partner"], user=person.user, by=cast.people[by].actor, **facts
    )


def body_of_one(*, active_second: bool = True) -> Any:
    """A village group with a single administrator, who proposes him- or herself."""
    group = OrganisationFactory(kind=OrganisationKind.COMMUNITY)
    user = member_of(group, Role.ADMINISTRATOR, Role.STAFF)
    by = actor_for(user)
    return group, user, propose_appointment(organisation=group, user=user, role=Role.REPRESENTATIVE, by=by)


def work_on_people(person: Any) -> list[str]:
    return [item.url for group in work_of(person).groups if group.code == "people" for item in group.items]


def test_one_proposes_and_another_confirms(cast: Cast) -> None:
    appointment = propose(cast, note="มติที่ประชุมครั้งที่ 1/2569")
    assert Role.REPRESENTATIVE not in roles_in(cast.partner_staff.user, cast.organisations["partner"])

    confirm_appointment(appointment=appointment, by=cast.partner_rep.actor)
    assert Role.REPRESENTATIVE in roles_in(cast.partner_staff.user, cast.organisations["partner"])
    kinds = list(history_of(cast.organisations["partner"]).values_list("kind", flat=True))
    assert kinds == ["organisation.propose_appointment", "appointment.confirm"]


def test_who_proposed_does_not_confirm(cast: Cast) -> None:
    appointment = propose(cast)
    with override("en"), pytest.raises(NotYou, match="proposed"):
        confirm_appointment(appointment=appointment, by=cast.partner_admin.actor)


def test_nobody_confirms_the_own_appointment(cast: Cast) -> None:
    second = member_of(cast.organisations["partner"], Role.ADMINISTRATOR)
    appointment = propose_appointment(
        organisation=cast.organisations["partner"],
        user=second,
        role=Role.REPRESENTATIVE,
        by=cast.partner_admin.actor,
    )
    with override("en"), pytest.raises(NotYou, match="own appointment"):
        confirm_appointment(appointment=appointment, by=actor_for(second))


def test_opdc_is_not_the_second_where_the_organisation_has_one(cast: Cast) -> None:
    appointment = propose(cast)
    with pytest.raises(NotYou):
        confirm_appointment(appointment=appointment, by=cast.opdc.actor)
    assert work_on_people(cast.opdc.actor) == []
    assert work_on_people(cast.partner_rep.actor) == [reverse("partnerships:appointment_detail", args=[appointment.pk])]


def test_in_a_body_of_one_opdc_is_the_second(cast: Cast) -> None:
    group, user, appointment = body_of_one()
    address = reverse("partnerships:appointment_detail", args=[appointment.pk])
    assert work_on_people(cast.opdc.actor) == [address]
    assert work_on_people(actor_for(user)) == []
    assert OutboxMessage.objects.filter(kind="appointment.proposed", to_user_id=cast.opdc.user.pk).exists()

    client = browser(cast.opdc)
    assert address in client.get(reverse(LIST)).content.decode()
    sent = stamped(group, note="ตรวจสอบกับรายงานการประชุมกลุ่มแล้ว")
    client.post(reverse("partnerships:appointment_confirm", args=[appointment.pk]), sent)
    assert Role.REPRESENTATIVE in roles_in(user, group)


def test_a_second_person_who_comes_later_takes_the_place_of_opdc(cast: Cast) -> None:
    group, _user, appointment = body_of_one()
    second = member_of(group, Role.ADMINISTRATOR)
    with pytest.raises(NotYou):
        confirm_appointment(appointment=appointment, by=cast.opdc.actor)
    confirm_appointment(appointment=appointment, by=actor_for(second))


def test_one_whose_account_is_closed_is_no_second_person(cast: Cast) -> None:
    group, _user, appointment = body_of_one()
    second = member_of(group, Role.ADMINISTRATOR)
    type(second).objects.filter(pk=second.pk).update(is_active=False)

    assert work_on_people(cast.opdc.actor) == [reverse("partnerships:appointment_detail", args=[appointment.pk])]
    confirm_appointment(appointment=appointment, by=cast.opdc.actor)


def test_not_confirming_needs_a_reason_and_tells_who_proposed(cast: Cast) -> None:
    appointment = propose(cast)
    address = reverse("partnerships:appointment_decline", args=[appointment.pk])
    client, partner = browser(cast.partner_rep), cast.organisations["partner"]
    assert "field-error" in client.post(address, stamped(partner, note="")).content.decode()
    client.post(address, stamped(partner, note="ยังไม่มีมติคณะกรรมการ"))

    assert Appointment.objects.get().state == "declined"
    told = OutboxMessage.objects.filter(kind="appointment.decided").values_list("to_user_id", flat=True)
    assert set(told) == {cast.partner_admin.user.pk, cast.partner_staff.user.pk}
    with pytest.raises(NotNow):
        confirm_appointment(appointment=Appointment.objects.get(), by=cast.partner_rep.actor)


@pytest.mark.parametrize(
    ("field", "who", "role"),
    [
        ("role", "partner_staff", Role.EXECUTIVE),
        ("role", "partner_staff", Role.ADMINISTRATOR),
        ("role", "partner_rep", Role.REPRESENTATIVE),
        ("user", "rival_staff", Role.REPRESENTATIVE),
        ("user", "stranger", Role.REPRESENTATIVE),
    ],
)
def test_what_cannot_be_proposed_is_refused_at_the_field(cast: Cast, field: str, who: str, role: str) -> None:
    with pytest.raises(ValidationError) as refused:
        propose(cast, who, role=role)
    assert list(refused.value.error_dict) == [field]


def test_the_same_appointment_waits_once(cast: Cast) -> None:
    first = propose(cast)
    with pytest.raises(ValidationError):
        propose(cast)
    decline_appointment(appointment=first, note="ยังไม่มีมติ", by=cast.partner_rep.actor)
    propose(cast)


def test_an_agency_appoints_executives(cast: Cast) -> None:
    appointment = propose_appointment(
        organisation=cast.organisations["agency"],
        user=cast.officer.user,
        role=Role.EXECUTIVE,
        by=cast.agency_admin.actor,
    )
    confirm_appointment(appointment=appointment, by=cast.executive.actor)
    assert Role.EXECUTIVE in roles_in(cast.officer.user, cast.organisations["agency"])


def test_the_page_of_people_shows_what_waits(cast: Cast) -> None:
    appointment = propose(cast)
    html = browser(cast.partner_staff).get(people_page(cast.organisations["partner"])).content.decode()
    assert reverse("partnerships:appointment_detail", args=[appointment.pk]) in html
    assert "Waiting for the second person" in html


def test_others_learn_nothing_of_an_appointment(cast: Cast) -> None:
    address = reverse("partnerships:appointment_detail", args=[propose(cast).pk])
    for who, status in (("rival_rep", 404), ("officer", 404), ("partner_finance", 404), ("partner_staff", 200)):
        assert browser(cast.people[who]).get(address).status_code == status
    assert browser(cast.partner_finance).get(reverse(LIST)).status_code == 403


def test_the_list_costs_the_same_for_one_and_for_thirty(cast: Cast) -> None:
    client = browser(cast.opdc)
    counts = []
    for number in range(30):
        body_of_one()
        if number in (0, 29):
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse(LIST))
            counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_one_who_signs_is_offered_as_signatory(cast: Cast) -> None:
    rep = cast.partner_rep.user
    rep.signature_name, rep.signature_title = "นายผู้แทน ภาคี", "ประธานมูลนิธิ"
    rep.save()
    assert signatory_of(cast.organisations["partner"]) == ("นายผู้แทน ภาคี", "ประธานมูลนิธิ")

    confirm_appointment(appointment=propose(cast), by=cast.partner_rep.actor)
    assert signatory_of(cast.organisations["partner"]) == ("", "")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_confirmed_and_declined_at_once_one_answer_counts(cast: Cast) -> None:
    second = actor_for(member_of(cast.organisations["partner"], Role.ADMINISTRATOR))
    appointment = propose(cast)
    answers = at_once(
        lambda: confirm_appointment(appointment=appointment, by=cast.partner_rep.actor),
        lambda: decline_appointment(appointment=appointment, note="ไม่", by=second),
    )
    assert refusals(answers) == [NotNow]
    held = Role.REPRESENTATIVE in roles_in(cast.partner_staff.user, cast.organisations["partner"])
    assert held == (Appointment.objects.get().state == "confirmed")
