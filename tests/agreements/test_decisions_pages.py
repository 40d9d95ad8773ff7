"""Pages of money and decisions: who sees them, what they offer, what they keep when something is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.enums import DecisionState, Standing
from agreements.models import AccountEntry, Agreement, Decision, Instalment
from partnerships.models import EndorsementPosition
from tests.agreements import money_world as world
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def as_(cast: Cast, who: str) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(cast.people[who].user)
    return client


def stamped(agreement: Agreement, **fields: Any) -> dict[str, Any]:
    return {"version": Agreement.objects.get(pk=agreement.pk).version, "key": "", **fields}


def post(cast: Cast, who: str, name: str, arg: Any, agreement: Agreement, **fields: Any) -> Any:
    return as_(cast, who).post(reverse(f"agreements:{name}", args=[arg]), stamped(agreement, **fields))


# --- the way in the browser -----------------------------------------------------------------------------------------


def test_an_instalment_goes_its_way_by_the_pages(cast: Cast) -> None:
    agreement = world.agreement_with(cast)
    one = world.instalment(agreement)
    day = world.clock.today()
    today = f"{day.day}/{day.month}/{day.year + 543}"
    assert post(cast, "partner_staff", "instalment_request", one.pk, agreement).status_code == 302
    assert post(cast, "officer", "instalment_check", one.pk, agreement, note="ครบ").status_code == 302
    assert post(cast, "officer", "instalment_propose", one.pk, agreement, comment="").status_code == 302
    decision = Decision.objects.get()
    page = as_(cast, "executive").get(reverse("agreements:decision_detail", args=[decision.pk]))
    assert "600,000.00" in page.content.decode()
    assert post(cast, "executive", "decision_endorse", decision.pk, agreement, comment="").status_code == 302
    evidence = world.evidence()
    assert (
        post(cast, "finance", "instalment_pay", one.pk, agreement, paid_on=today, evidence=evidence).status_code == 302
    )
    fields = {"received_on": today, "receipt_number": "7/2569"}
    assert post(cast, "partner_finance", "instalment_receipt", one.pk, agreement, **fields).status_code == 302
    assert world.instalment(agreement).state == "received"
    entry = {"kind": "spending", "booked_on": today, "amount": "1,000.50", "description": "ค่าวิทยากร"}
    entry |= {"source": "state_budget", "evidence": world.evidence()}
    assert post(cast, "partner_staff", "entry_create", agreement.reference, agreement, **entry).status_code == 302
    ledger = as_(cast, "finance").get(reverse("agreements:account_detail", args=[agreement.reference]))
    assert "598,999.50" in ledger.content.decode()
    spent = AccountEntry.objects.get(kind="spending")
    assert post(cast, "partner_staff", "entry_correct", spent.pk, agreement, reason="พิมพ์ผิด").status_code == 302
    assert Agreement.objects.get(pk=agreement.pk).account.spent == 0


BAD_ENTRIES = [
    ({"amount": "-5"}, "amount"),
    ({"amount": ""}, "amount"),
    ({"amount": "๑๒abc"}, "amount"),
    ({"amount": "600000.01"}, "amount"),
    ({"booked_on": "29/2/2568"}, "booked_on"),
    ({"booked_on": "1/1/2560"}, "booked_on"),
    ({"booked_on": "31/12/2640"}, "booked_on"),
    ({"description": "ก" * 301}, "description"),
    ({"description": ""}, "description"),
    ({"source": "magic"}, "source"),
    ({"evidence": ""}, "evidence"),
]


@pytest.mark.parametrize(("bad", "field"), BAD_ENTRIES)
def test_bad_input_is_answered_at_the_field_with_the_input_kept(cast: Cast, bad: dict, field: str) -> None:
    agreement = world.with_money(cast)
    day = world.clock.today()
    fields = {
        "kind": "spending",
        "booked_on": f"{day.day}/{day.month}/{day.year + 543}",
        "amount": "1,234.00",
        "description": "คำอธิบายที่เก็บไว้",
        "source": "state_budget",
        "evidence": world.evidence(),
        **bad,
    }
    page = post(cast, "partner_staff", "entry_create", agreement.reference, agreement, **fields)
    form = page.context["form"]
    assert page.status_code == 200
    assert list(form.errors) == [field]
    assert f'id="id_{field}"' in page.content.decode()
    if "description" not in bad:
        assert "คำอธิบายที่เก็บไว้" in page.content.decode()
    assert AccountEntry.objects.count() == 1


def rows_of(prefix: str, *rows: dict[str, str]) -> dict[str, str]:
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    data |= {f"{prefix}-{i}-{name}": value for i, row in enumerate(rows) for name, value in row.items()}
    return data


def test_the_plan_says_at_the_amount_by_how_much_it_is_wrong(cast: Cast) -> None:
    agreement = world.agreement_with(
        cast, step="pbc_4_selection", standing=Standing.PREPARING, amounts=(), total="1000.00"
    )
    wrong = rows_of(
        "instalments", {"amount": "600", "source": "state_budget"}, {"amount": "300", "source": "state_budget"}
    )
    page = post(cast, "officer", "instalment_plan", agreement.reference, agreement, **wrong)
    rows = page.context["formsets"][0]
    assert "amount" in rows.forms[1].errors
    assert "100.00" in str(rows.forms[1].errors["amount"])
    assert 'value="600"' in page.content.decode()
    assert Instalment.objects.count() == 0
    right = rows_of(
        "instalments",
        {"amount": "600", "source": "state_budget", "due_on": "1/12/2569", "condition": "รายงานเบื้องต้น"},
        {"amount": "400", "source": "state_budget", "due_on": "1/6/2570"},
        {"amount": "", "source": "state_budget"},
    )
    assert post(cast, "officer", "instalment_plan", agreement.reference, agreement, **right).status_code == 302
    assert list(Instalment.objects.values_list("ordinal", "amount")) == [(1, Decimal(600)), (2, Decimal(400))]
    again = as_(cast, "officer").get(reverse("agreements:instalment_plan", args=[agreement.reference]))
    assert "1/12/2569" in again.content.decode()


def test_the_sources_of_money_are_saved_and_drawn_again(cast: Cast) -> None:
    agreement = world.agreement_with(cast, step="pbc_4_selection", standing=Standing.PREPARING)
    row = {
        "organisation": str(cast.organisations["partner"].pk),
        "source": "donation",
        "amount": "5000",
        "note": "ผ้าป่า",
    }
    foreign = {**row, "organisation": str(cast.organisations["rival"].pk)}
    page = post(cast, "officer", "budget_edit", agreement.reference, agreement, **rows_of("sources", row, foreign))
    assert "organisation" in page.context["formsets"][0].forms[1].errors
    data = rows_of("sources", row)
    assert post(cast, "officer", "budget_edit", agreement.reference, agreement, **data).status_code == 302
    again = as_(cast, "officer").get(reverse("agreements:budget_edit", args=[agreement.reference]))
    assert "5,000.00" in again.content.decode()
    shown = as_(cast, "partner_staff").get(reverse("agreements:agreement_detail", args=[agreement.reference]))
    assert "ผ้าป่า" in shown.content.decode()


def test_a_double_post_is_told_and_done_once(cast: Cast) -> None:
    agreement = world.agreement_with(cast)
    one, client = world.instalment(agreement), as_(cast, "partner_staff")
    data = {"version": Agreement.objects.get(pk=agreement.pk).version, "key": "one-and-the-same"}
    url = reverse("agreements:instalment_request", args=[one.pk])
    assert client.post(url, data).status_code == 302
    assert client.post(url, data).status_code == 302
    stale = as_(cast, "officer").post(
        reverse("agreements:instalment_check", args=[one.pk]), {"version": 0, "note": "ครบ"}
    )
    assert stale.status_code == 200
    assert world.instalment(agreement).state == "requested"


def test_a_returned_request_shows_its_reason_to_the_receiver(cast: Cast) -> None:
    agreement = world.agreement_with(cast)
    one = world.bring_to(cast, agreement, "requested")
    post(cast, "officer", "instalment_return", one.pk, agreement, reason="ขาดใบสำคัญ")
    client = as_(cast, "partner_staff")
    for url in (
        reverse("agreements:instalment_detail", args=[one.pk]),
        reverse("agreements:agreement_detail", args=[agreement.reference]),
    ):
        assert "ขาดใบสำคัญ" in client.get(url).content.decode()


def test_the_account_is_drawn_up_sent_back_and_checked_by_the_pages(cast: Cast) -> None:
    agreement = world.with_money(cast, amounts=("1000.00",))
    world.record(cast, agreement, "999.00")
    world.at_step(agreement, "pbc_9_account_closing")
    reference = agreement.reference
    draw_up = reverse("agreements:account_draw_up", args=[reference])
    page = as_(cast, "partner_finance").get(draw_up)
    assert [item.name for item in page.context["form"].missing] == ["account_balanced"]
    page = post(cast, "partner_finance", "account_draw_up", reference, agreement, statement="ครบ")
    assert page.status_code == 200
    world.record(cast, agreement, "1.00", kind="return")
    assert post(cast, "partner_finance", "account_draw_up", reference, agreement, statement="ครบ").status_code == 302
    assert post(cast, "finance", "account_return", reference, agreement, reason="").status_code == 200
    assert post(cast, "finance", "account_return", reference, agreement, reason="ขาดหลักฐาน").status_code == 302
    shown = as_(cast, "partner_finance").get(reverse("agreements:account_detail", args=[reference])).content.decode()
    assert "ขาดหลักฐาน" in shown
    assert post(cast, "partner_finance", "account_draw_up", reference, agreement, statement="ครบ").status_code == 302
    assert post(cast, "officer", "account_check", reference, agreement, note="ถูกต้อง").status_code == 403
    assert post(cast, "finance", "account_check", reference, agreement, note="ถูกต้อง").status_code == 302
    assert Agreement.objects.get(pk=agreement.pk).account.checked_by == cast.finance.user


def test_english_pages_of_money_have_no_thai_sentence(cast: Cast) -> None:
    agreement = world.with_money(cast)
    client = as_(cast, "finance")
    client.cookies["django_language"] = "en"
    page = client.get(reverse("agreements:account_detail", args=[agreement.reference])).content.decode()
    assert "Entries of the ledger" in page
    assert "Instalment 1" in page
    assert "งวดที่" not in page


# --- who sees what --------------------------------------------------------------------------------------------------

# page → who may open it by GET while it is its time (200), who is an insider without the right (403); all others 404.
PAGES = {
    "instalment_detail": ("checked", {"officer", "executive", "finance", "partner_staff", "partner_finance", "opdc"}),
    "instalment_request": ("planned", {"partner_staff", "partner_rep"}),
    "instalment_check": ("requested", {"officer", "second_officer"}),
    "instalment_return": ("requested", {"officer", "second_officer"}),
    "instalment_propose": ("checked", {"officer", "second_officer"}),
    "instalment_pay": ("approved", {"finance"}),
    "instalment_receipt": ("paid", {"partner_finance"}),
}
INSIDERS = (
    "officer", "second_officer", "executive", "finance", "partner_staff", "partner_rep", "partner_finance", "opdc",
)  # fmt: skip
OUTSIDERS = ("rival_staff", "rival_rep", "other_officer", "stranger", "reviewer", "evaluator")


@pytest.mark.parametrize("name", list(PAGES))
def test_pages_of_an_instalment_open_to_those_they_are_for(cast: Cast, name: str) -> None:
    state, allowed = PAGES[name]
    agreement = world.agreement_with(cast)
    one = world.bring_to(cast, agreement, state)
    url = reverse(f"agreements:{name}", args=[one.pk])
    for who in INSIDERS:
        expected = 200 if who in allowed or name == "instalment_detail" else 403
        assert as_(cast, who).get(url).status_code == expected, who
    for who in OUTSIDERS:
        assert as_(cast, who).get(url).status_code == 404, who
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize(
    "name", ["account_detail", "entry_create", "account_draw_up", "budget_edit", "instalment_plan"]
)
def test_pages_of_an_agreements_money_are_closed_to_outsiders(cast: Cast, name: str) -> None:
    agreement = world.with_money(cast)
    url = reverse(f"agreements:{name}", args=[agreement.reference])
    for who in OUTSIDERS:
        assert as_(cast, who).get(url).status_code == 404, who
    assert Client().get(url).status_code == 302


def test_the_panel_offers_each_person_what_is_his_or_hers(cast: Cast) -> None:
    agreement = world.agreement_with(cast)
    one = world.instalment(agreement)
    url = reverse("agreements:agreement_detail", args=[agreement.reference])
    request_url = reverse("agreements:instalment_request", args=[one.pk])
    assert request_url in as_(cast, "partner_staff").get(url).content.decode()
    for who in ("officer", "finance", "executive", "partner_finance", "opdc"):
        assert request_url not in as_(cast, who).get(url).content.decode(), who


def test_evidence_is_read_by_the_parties_alone(cast: Cast) -> None:
    from agreements.models import Capacity

    agreement = world.with_money(cast)
    entry = world.record(cast, agreement)
    Capacity.objects.create(user=cast.evaluator.user, kind="evaluator", agreement=agreement)
    url = entry.evidence.get_absolute_url()
    for who, expected in (
        ("finance", 200),
        ("partner_staff", 200),
        ("opdc", 200),
        ("evaluator", 404),
        ("rival_rep", 404),
    ):
        assert as_(cast, who).get(url).status_code == expected, who


# --- decisions ------------------------------------------------------------------------------------------------------


def proposed(cast: Cast) -> tuple[Agreement, Decision]:
    agreement = world.agreement_with(cast)
    world.bring_to(cast, agreement, "checked")
    return agreement, world.propose(cast, agreement)


def test_a_decision_is_seen_by_the_agency_and_opdc_alone(cast: Cast) -> None:
    _agreement, decision = proposed(cast)
    url = reverse("agreements:decision_detail", args=[decision.pk])
    for who in ("officer", "executive", "finance", "opdc"):
        assert as_(cast, who).get(url).status_code == 200, who
    for who in ("partner_rep", "rival_rep", "other_officer", "stranger"):
        assert as_(cast, who).get(url).status_code == 404, who
    for name in ("decision_endorse", "decision_return"):
        act = reverse(f"agreements:{name}", args=[decision.pk])
        assert as_(cast, "executive").get(act).status_code == 200
        for who in ("officer", "second_officer", "finance", "opdc"):
            assert as_(cast, who).get(act).status_code == 403, who


def test_a_return_needs_a_comment_and_goes_back_to_the_proposer(cast: Cast) -> None:
    agreement, decision = proposed(cast)
    page = post(cast, "executive", "decision_return", decision.pk, agreement, comment="  ")
    assert list(page.context["form"].errors) == ["comment"]
    assert post(cast, "executive", "decision_return", decision.pk, agreement, comment="ขอใบแจ้งหนี้").status_code == 302
    assert Decision.objects.get().state == DecisionState.RETURNED
    assert world.instalment(agreement).state == "checked"
    shown = as_(cast, "officer").get(reverse("agreements:decision_detail", args=[decision.pk])).content.decode()
    assert "ขอใบแจ้งหนี้" in shown


def test_the_list_shows_what_waits_for_me(cast: Cast) -> None:
    _agreement, decision = proposed(cast)
    url = reverse("agreements:decision_list")
    for who, waits in (("executive", True), ("officer", False), ("finance", False), ("opdc", False)):
        context = as_(cast, who).get(url).context
        assert [one.pk for one in context["waiting"]] == ([decision.pk] if waits else []), who
        assert [one.pk for one, _tone in context["others"]] == ([] if waits else [decision.pk]), who
    assert not as_(cast, "partner_rep").get(url).context["others"]


def test_an_organisations_own_chain_is_followed_in_order(cast: Cast) -> None:
    agency = cast.organisations["agency"]
    for ordinal, who, title in ((1, "second_officer", "ผอ.กลุ่ม"), (2, "finance", "ผอ.กอง"), (3, "executive", "อธิบดี")):
        EndorsementPosition.objects.create(
            organisation=agency, ordinal=ordinal, title=title, holder=cast.people[who].user
        )
    agreement, decision = proposed(cast)
    order = ["second_officer", "finance", "executive"]
    for index, who in enumerate(order):
        for other in order:
            if other != who:
                assert post(cast, other, "decision_endorse", decision.pk, agreement, comment="").status_code == 403
        page = as_(cast, who).get(reverse("agreements:decision_detail", args=[decision.pk]))
        assert page.context["mine"]
        assert post(cast, who, "decision_endorse", decision.pk, agreement, comment=f"เห็นชอบ {index}").status_code == 302
        assert world.instalment(agreement).state == ("approved" if who == "executive" else "checked")
    chain = as_(cast, "officer").get(reverse("agreements:decision_detail", args=[decision.pk])).context["chain"]
    assert [link.name for link in chain] == [
        cast.people[name].user.full_name_th for name in ("officer", "second_officer", "finance", "executive")
    ]


# --- lists stay cheap -----------------------------------------------------------------------------------------------


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_ledger_costs_the_same_at_1_and_at_30_entries(cast: Cast) -> None:
    agreement = world.with_money(cast, amounts=("1000.00",))
    client, url = as_(cast, "finance"), reverse("agreements:account_detail", args=[agreement.reference])
    world.record(cast, agreement, "1.00")
    few = queries_of(client, url)
    for _number in range(30):
        world.record(cast, agreement, "1.00")
    assert queries_of(client, url) == few


def test_the_panel_costs_the_same_at_1_and_at_30_instalments(cast: Cast) -> None:
    few = world.agreement_with(cast, amounts=("30.00",))
    many = world.agreement_with(cast, amounts=("1.00",) * 30)
    client = as_(cast, "officer")
    urls = [reverse("agreements:agreement_detail", args=[one.reference]) for one in (few, many)]
    assert queries_of(client, urls[0]) == queries_of(client, urls[1])


def test_the_decisions_cost_the_same_at_1_and_at_30(cast: Cast) -> None:
    client, url = as_(cast, "executive"), reverse("agreements:decision_list")
    proposed(cast)
    few = queries_of(client, url)
    for number in range(29):
        agreement = world.agreement_with(cast, amounts=("5.00",))
        Decision.objects.create(
            kind="pay_instalment",
            organisation=cast.organisations["agency"],
            agreement=agreement,
            instalment=world.instalment(agreement),
            positions=[{"title": f"ผู้บริหาร {number}", "holder_id": None}],
            proposed_by=cast.officer.user,
        )
    assert queries_of(client, url) == few
