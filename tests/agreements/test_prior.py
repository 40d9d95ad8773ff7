"""Agreements that are running already: entered with past dates, confirmed by another, and going on in the ordinary way."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.agreements import make_move
from agreements.actions.instalments import request_instalment
from agreements.actions.prior import confirm_prior, correct_prior, enter_prior, return_prior
from agreements.enums import InstalmentState, PriorState, Standing
from agreements.models import AccountEntry, Agreement, Instalment, PriorAgreement
from agreements.queries.facts import load_agreement_facts
from core import clock
from core.audit import history_of
from core.models import OutboxMessage, StoredFile
from core.workflow import AlreadyDone, Missing, NotNow, NotYou, Stale, Stamp
from partnerships.enums import Role
from partnerships.queries.actors import actor_for
from reporting.worklist.collect import work_of
from tests.cast import Cast
from tests.factories import MissionFactory, member_of
from tests.races import at_once, refusals
from tests.world import PNG, evidence

pytestmark = pytest.mark.django_db

SIGNED = date(2025, 1, 15)
TOMORROW = timedelta(days=1)  # seen from the day on which the test runs, not from the one on which it was collected
D = Decimal


@pytest.fixture
def mission(cast: Cast) -> Any:
    return MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user, form="pbc")


def row(amount: str, paid_on: date | timedelta | None = None, due_on: date | None = None) -> dict[str, Any]:
    return {"amount": D(amount), "due_on": due_on, "paid_on": paid_on}


ROWS = [row("300000", date(2025, 2, 1)), row("300000", date(2025, 8, 1)), row("300000", due_on=date(2027, 2, 1))]


def facts(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "form": "pbc",
        "step": "pbc_6_midterm_evaluation",
        "title": "สัญญาดูแลผู้สูงอายุที่ดำเนินการอยู่",
        "number": "7/2568",
        "receiver": cast.organisations["partner"],
        "signed_on": SIGNED,
        "starts_on": date(2025, 2, 1),
        "ends_on": date(2027, 1, 31),
        "total": D("900000"),
        "officer": cast.officer.user,
        **changes,
    }


def entered(cast: Cast, mission: Any, rows: list[dict[str, Any]] | None = None, **changes: Any) -> PriorAgreement:
    rows = ROWS if rows is None else rows
    said = facts(cast, **changes)
    return enter_prior(mission=mission, instalments=rows, paper=evidence(), by=cast.officer.actor, **said)


def confirmed(cast: Cast, prior: PriorAgreement) -> Agreement:
    return confirm_prior(prior=prior, by=cast.executive.actor)


# --- entering and confirming


def test_until_it_is_confirmed_it_counts_nowhere(cast: Cast, mission: Any) -> None:
    prior = entered(cast, mission)
    assert prior.state == PriorState.PROPOSED
    assert not Agreement.objects.exists() and not AccountEntry.objects.exists()
    assert OutboxMessage.objects.filter(kind="prior.proposed", to_user_id=cast.executive.user.pk).exists()


def test_a_confirmed_one_stands_in_force_at_its_step_with_what_was_paid(cast: Cast, mission: Any) -> None:
    prior = entered(cast, mission)
    agreement = confirmed(cast, prior)
    agreement.refresh_from_db()
    assert (agreement.step, agreement.standing) == ("pbc_6_midterm_evaluation", Standing.IN_FORCE)
    assert clock.BANGKOK and agreement.signed_at.astimezone(clock.BANGKOK).date() == SIGNED
    assert agreement.entered_later_at is not None and not agreement.is_demonstration
    assert (agreement.account.agreed, agreement.account.paid) == (D("900000"), D("600000"))
    states = list(agreement.instalments.order_by("ordinal").values_list("state", "entered_later"))
    assert states == [
        (InstalmentState.RECEIVED, True),
        (InstalmentState.RECEIVED, True),
        (InstalmentState.PLANNED, False),
    ]
    assert agreement.next_due_on == date(2027, 2, 1)
    booked = list(agreement.entries.values_list("booked_on", flat=True))
    assert booked == [date(2025, 2, 1), date(2025, 8, 1)]
    assert {party.organisation_id: party.side for party in agreement.party_list} == {
        cast.organisations["agency"].pk: "giver",
        cast.organisations["partner"].pk: "receiver",
    }
    call_command("check_ledger")
    prior.refresh_from_db()
    assert (prior.state, prior.agreement, prior.decided_by) == (PriorState.CONFIRMED, agreement, cast.executive.user)
    file = StoredFile.objects.get(pk=prior.paper_id)
    assert (file.root_type, file.root_id) == ("agreements.agreement", agreement.pk)


def test_the_event_holds_from_the_past_day_and_was_recorded_now(cast: Cast, mission: Any) -> None:
    agreement = confirmed(cast, entered(cast, mission))
    event = history_of(agreement).get(kind="agreement.enter_running")
    assert event.effective_on == SIGNED
    assert event.recorded_at.astimezone(clock.BANGKOK).date() == clock.today()
    assert event.facts["entered_later"] is True
    call_command("verify_audit")


STANDS = [
    ("grant", "grant_3_receipt", [row("900000")], 0),
    ("grant", "grant_4_delivery", [row("900000", date(2025, 2, 1))], 1),
    ("pbc", "pbc_5_first_instalment", [row("450000"), row("450000")], 0),
    ("pbc", "pbc_5_first_instalment", [row("450000", date(2025, 2, 1)), row("450000")], 1),
    ("pbc", "pbc_6_midterm_evaluation", ROWS, 2),
    ("pbc", "pbc_7_next_instalment", ROWS, 2),
    ("pbc", "pbc_8_final_evaluation", [row("900000", date(2025, 2, 1))], 1),
    ("pbc", "pbc_9_account_closing", [row("900000", date(2025, 2, 1))], 1),
    ("commissioning", "commissioning_2_needs", [], 0),
    ("commissioning", "commissioning_6_evaluation", [row("100000", date(2025, 2, 1))], 1),
]


@pytest.mark.parametrize(("form", "step", "rows", "received"), STANDS, ids=lambda value: str(value)[:30])
def test_it_can_stand_at_every_step_after_signing(
    cast: Cast, mission: Any, form: str, step: str, rows: list[dict[str, Any]], received: int
) -> None:
    agreement = confirmed(cast, entered(cast, mission, rows, form=form, step=step))
    found = load_agreement_facts(agreement)
    assert (found.step, found.received) == (step, received)
    if form == "pbc":
        at_next = step == "pbc_7_next_instalment"
        assert found.reached == max(received + at_next, 1)
        assert found.plan_approved
    call_command("check_ledger")


def test_from_there_it_goes_on_in_the_ordinary_way(cast: Cast, mission: Any) -> None:
    agreement = confirmed(cast, entered(cast, mission, step="pbc_7_next_instalment"))
    third = agreement.instalments.get(ordinal=3)
    request_instalment(instalment=third, by=cast.partner_rep.actor)
    third.refresh_from_db()
    assert third.state == InstalmentState.REQUESTED

    grant = confirmed(cast, entered(cast, mission, [row("900000")], form="grant", step="grant_3_receipt"))
    with pytest.raises(Missing):
        make_move(agreement=grant, move="begin_delivery", by=cast.partner_rep.actor)
    request_instalment(instalment=grant.instalments.get(), by=cast.partner_rep.actor)

    first = confirmed(
        cast, entered(cast, mission, [row("450000", date(2025, 2, 1)), row("450000")], step="pbc_5_first_instalment")
    )
    make_move(agreement=first, move="begin_midterm_evaluation", by=cast.officer.actor)
    first.refresh_from_db()
    assert first.step == "pbc_6_midterm_evaluation"


# --- who


def test_nobody_confirms_what_he_or_she_entered(cast: Cast, mission: Any) -> None:
    from partnerships.models import MembershipRole

    membership = cast.executive.user.memberships.get()
    MembershipRole.objects.create(membership=membership, role="officer")
    both = type(cast.executive)(cast.executive.user, cast.executive.organisation).actor
    prior = enter_prior(mission=mission, instalments=ROWS, paper=evidence(), by=both, **facts(cast))
    with pytest.raises(NotYou):
        confirm_prior(prior=prior, by=both)
    assert not Agreement.objects.exists()
    other = confirmed(cast, entered(cast, mission))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agreements_prioragreement SET state = 'confirmed', agreement_id = %s, decided_by_id = entered_by_id,"
            " decided_at = entered_at WHERE id = %s",
            [other.pk, prior.pk],
        )


def test_twice_confirmed_is_once(cast: Cast, mission: Any) -> None:
    prior = entered(cast, mission)
    confirmed(cast, prior)
    with pytest.raises(NotNow):
        confirmed(cast, PriorAgreement.objects.get(pk=prior.pk))
    assert Agreement.objects.count() == 1


def test_the_same_button_twice_confirms_once(cast: Cast, mission: Any) -> None:
    prior = entered(cast, mission)
    stamp = Stamp(prior.version, "one-key")
    confirm_prior(prior=prior, by=cast.executive.actor, stamp=stamp)
    with pytest.raises(AlreadyDone):
        confirm_prior(prior=PriorAgreement.objects.get(pk=prior.pk), by=cast.executive.actor, stamp=stamp)
    with pytest.raises(Stale):
        other = entered(cast, mission)
        confirm_prior(prior=other, by=cast.executive.actor, stamp=Stamp(other.version + 1, "other-key"))
    assert Agreement.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_executives_at_once_confirm_once(cast: Cast, mission: Any) -> None:
    prior = entered(cast, mission)
    second = member_of(cast.organisations["agency"], Role.EXECUTIVE)
    actors = [cast.executive.actor, actor_for(second, cast.organisations["agency"].pk)]
    answers = at_once(*[lambda by=by: confirm_prior(prior=prior, by=by) for by in actors])
    assert refusals(answers) == [NotNow]
    assert Agreement.objects.count() == 1
    assert AccountEntry.objects.count() == 2


def test_a_returned_entry_is_corrected_and_waits_again(cast: Cast, mission: Any) -> None:
    prior = entered(cast, mission)
    return_prior(prior=prior, reason="วันลงนามไม่ตรง", by=cast.executive.actor)
    prior = PriorAgreement.objects.get(pk=prior.pk)
    assert prior.state == PriorState.RETURNED
    with pytest.raises(NotNow):
        confirmed(cast, prior)
    assert [item.url for group in work_of(cast.officer.actor).groups for item in group.items] == [
        prior.get_absolute_url()
    ]
    correct_prior(prior=prior, instalments=ROWS, by=cast.officer.actor, **facts(cast, signed_on=date(2025, 1, 16)))
    prior = PriorAgreement.objects.get(pk=prior.pk)
    assert (prior.state, prior.signed_on, prior.paper is not None) == (PriorState.PROPOSED, date(2025, 1, 16), True)
    assert prior.get_absolute_url() in [i.url for g in work_of(cast.executive.actor).groups for i in g.items]


def test_only_an_entered_later_instalment_is_paid_without_the_hands_on_record(cast: Cast, mission: Any) -> None:
    agreement = confirmed(cast, entered(cast, mission))
    with pytest.raises(IntegrityError), transaction.atomic():
        Instalment.objects.filter(agreement=agreement, ordinal=1).update(entered_later=False)


# --- what cannot be together

WRONG: list[tuple[dict[str, Any], list[dict[str, Any]], str]] = [
    ({"signed_on": TOMORROW}, ROWS, "signed_on"),
    ({"ends_on": date(2025, 2, 1)}, ROWS, "ends_on"),
    ({"step": "pbc_4_selection"}, ROWS, "step"),
    ({"step": "pbc_1_call"}, ROWS, "step"),
    ({"step": "grant_4_delivery"}, ROWS, "step"),
    ({"total": D("800000")}, ROWS, "instalments"),
    ({}, [], "instalments"),
    ({}, [row("450000"), row("450000", date(2025, 2, 1))], "instalments"),
    ({}, [row("900000", date(2024, 2, 1))], "instalments"),
    ({}, [row("900000", TOMORROW)], "instalments"),
    ({}, [row("900000")], "instalments"),
    ({"step": "pbc_5_first_instalment"}, ROWS, "instalments"),
    ({"step": "pbc_7_next_instalment"}, [row("900000", date(2025, 2, 1))], "instalments"),
    ({"step": "pbc_8_final_evaluation"}, ROWS, "instalments"),
    ({"form": "commissioning", "step": "commissioning_2_needs", "total": D("1")}, ROWS, "instalments"),
]


def dated(said: dict[str, Any]) -> dict[str, Any]:
    """With a day in place of each number of days from today."""
    return {name: clock.today() + it if isinstance(it, timedelta) else it for name, it in said.items()}


@pytest.mark.parametrize(("changes", "rows", "field"), WRONG)
def test_what_no_signed_document_can_say_is_refused(
    cast: Cast, mission: Any, changes: dict[str, Any], rows: list[dict[str, Any]], field: str
) -> None:
    with pytest.raises(ValidationError) as error:
        entered(cast, mission, [dated(each) for each in rows], **dated(changes))
    assert list(error.value.error_dict) == [field]
    assert not PriorAgreement.objects.exists()


# --- the pages


def typed(cast: Cast, **changes: Any) -> dict[str, Any]:
    rows = {
        "instalments-TOTAL_FORMS": "2",
        "instalments-INITIAL_FORMS": "0",
        "instalments-0-amount": "400,000",
        "instalments-0-paid_on": "1/2/2568",
        "instalments-1-amount": "500,000",
        "instalments-1-due_on": "1/2/2570",
    }
    said = {
        "title": "สัญญาดูแลผู้สูงอายุ",
        "receiver": "มูลนิธิภาคี (สมมติ)",
        "form": "pbc",
        "step": "pbc_6_midterm_evaluation",
        "signed_on": "15/1/2568",
        "starts_on": "1/2/2568",
        "ends_on": "31/1/2570",
        "total": "900,000",
        "officer": str(cast.officer.user.pk),
        "key": str(uuid.uuid4()),
    }
    return {**said, **rows, **changes}


def upload() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("สัญญา.png", PNG, "image/png")


def test_an_officer_enters_and_the_executive_confirms_in_the_browser(cast: Cast, mission: Any, client: Client) -> None:
    client.force_login(cast.officer.user)
    create = reverse("agreements:prior_create", args=[mission.reference])
    assert create in client.get(reverse("partnerships:mission_detail", args=[mission.reference])).content.decode()
    page = client.post(create, {**typed(cast), "paper": upload()}, follow=True).content.decode()
    prior = PriorAgreement.objects.get()
    assert "รอการยืนยัน" in page and "400,000.00" in page
    assert reverse("agreements:prior_confirm", args=[prior.pk]) not in page
    client.force_login(cast.executive.user)
    assert prior.get_absolute_url() in client.get("/").content.decode()
    assert reverse("agreements:prior_confirm", args=[prior.pk]) in client.get(prior.get_absolute_url()).content.decode()
    stamp = {"version": str(prior.version), "key": str(uuid.uuid4())}
    page = client.post(reverse("agreements:prior_confirm", args=[prior.pk]), stamp, follow=True).content.decode()
    agreement = Agreement.objects.get()
    assert agreement.reference in page
    for url in (
        reverse("agreements:agreement_detail", args=[agreement.reference]),
        reverse("agreements:agreement_list"),
        reverse("reporting:public_agreements"),
        reverse("reporting:public_agreement", args=[agreement.reference]),
        reverse("agreements:prior_list"),
    ):
        assert "บันทึกย้อนหลัง" in client.get(url).content.decode(), url
    instalment = agreement.instalments.get(ordinal=1)
    assert client.get(reverse("agreements:instalment_detail", args=[instalment.pk])).status_code == 200
    client.force_login(cast.partner_rep.user)
    assert client.get(reverse("agreements:agreement_detail", args=[agreement.reference])).status_code == 200
    assert client.get(prior.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"receiver": "มูลนิธิภาคี"}, "receiver"),
        ({"receiver": "ไม่มีในทะเบียน"}, "receiver"),
        ({"signed_on": "15/1/2599"}, "signed_on"),
        ({"step": ""}, "step"),
        ({"step": "grant_4_delivery"}, "step"),
        ({"total": "1,000,000"}, None),
        ({"officer": "0"}, "officer"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(
    cast: Cast, mission: Any, client: Client, changes: dict[str, str], field: str | None
) -> None:
    client.force_login(cast.officer.user)
    create = reverse("agreements:prior_create", args=[mission.reference])
    answer = client.post(create, {**typed(cast, **changes), "paper": upload()})
    form = answer.context["form"]
    assert form.errors.get(field or "__all__")
    assert form.data["title"] == "สัญญาดูแลผู้สูงอายุ"
    assert "400,000" in answer.content.decode()
    assert not PriorAgreement.objects.exists() and not StoredFile.objects.exists()
    if changes.get("receiver") == "มูลนิธิภาคี":
        assert "มูลนิธิภาคี (สมมติ)" in form.errors["receiver"][0]


def test_a_list_costs_the_same_with_one_entry_and_with_twenty(cast: Cast, mission: Any, client: Client) -> None:
    client.force_login(cast.officer.user)
    entered(cast, mission)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("agreements:prior_list"))
        return len(queries)

    once = cost()
    for _n in range(20):
        entered(cast, mission)
    assert cost() == once
