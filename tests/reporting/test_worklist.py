"""Each kind of work reaches exactly the people it waits for: a table written by hand, everyone else sees nothing of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.enums import DecisionKind, Standing
from agreements.models import (
    Account,
    AgreementText,
    Clearance,
    Decision,
    Instalment,
    Plan,
    Signature,
    StepNote,
)
from core import clock
from core.files import store_file
from core.workflow import set_first_state
from evaluations.actions.rounds import open_round
from reporting.worklist import work_of
from tests.cast import PEOPLE
from tests.evaluations.helpers import agreement_in_force, filled_round, invite
from tests.pdfs import PDF
from tests.reporting.waiting_calls import (
    a_call,
    call_all_screened,
    call_answered_already,
    call_in_draft,
    call_not_all_screened,
    call_past_its_deadline,
    call_still_open,
    call_that_invites,
    conflicts_to_declare,
    gaps_left_open,
    gaps_of_a_paper,
    gaps_to_complete,
    invitation_to_judge,
    letter_that_withdraws,
    paper_being_corrected,
    paper_corrected,
    paper_corrected_by_now,
    paper_sent_back,
    paper_still_being_entered,
    paper_to_confirm,
    proposal_in_draft,
    proposal_to_present,
    proposal_to_score,
    proposal_to_screen,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


# --- builders: each makes one thing that waits and returns the address under which it is done --------------------------


def _page(agreement, anchor):
    return reverse("agreements:agreement_detail", args=[agreement.reference]) + f"#{anchor}"


def _instalment(cast, step, state, ordinal=1, **hands):
    agreement = agreement_in_force(cast, step)
    one = Instalment(agreement=agreement, ordinal=ordinal, amount=Decimal(100), due_on=clock.today() - DAY, **hands)
    set_first_state(one, state=state)
    one.save()
    return reverse("agreements:instalment_detail", args=[one.pk])


def to_request(cast):
    return _instalment(cast, "pbc_5_first_instalment", "planned")


def not_yet_to_request(cast):
    return _instalment(cast, "pbc_6_midterm_evaluation", "planned", ordinal=2)


def uncleared_second(cast):
    return _instalment(cast, "pbc_7_next_instalment", "planned", ordinal=2)


def cleared_second(cast):
    url = _instalment(cast, "pbc_7_next_instalment", "planned", ordinal=2)
    agreement = Instalment.objects.get().agreement
    Clearance.objects.create(agreement=agreement, kind="midterm", ordinal=2, verdict="pass", by=cast.executive.user)
    return url


def to_check(cast):
    return _instalment(cast, "pbc_5_first_instalment", "requested", requested_by=cast.partner_staff.user)


def to_propose(cast):
    return _instalment(cast, "pbc_5_first_instalment", "checked", checked_by=cast.officer.user)


def to_pay(cast):
    hands = {"checked_by": cast.officer.user, "approved_by": cast.executive.user}
    return _instalment(cast, "grant_3_receipt", "approved", **hands)


def to_confirm_receipt(cast):
    hands = {"checked_by": cast.officer.user, "approved_by": cast.executive.user, "paid_by": cast.finance.user}
    return _instalment(cast, "grant_3_receipt", "paid", paid_on=clock.today(), **hands)


def _note(cast, **confirmed):
    agreement = agreement_in_force(cast, "grant_2_application", standing=Standing.PREPARING)
    StepNote.objects.create(
        agreement=agreement,
        step=agreement.step,
        kind="vision",
        held_on=clock.today(),
        decision="ตกลงร่วมกัน",
        recorded_by=cast.officer.user,
        **confirmed,
    )
    return _page(agreement, "notes")


def note_for_giver(cast):
    return _note(cast, receiver_confirmed_at=clock.now(), receiver_confirmed_by=cast.partner_staff.user)


def note_for_receiver(cast):
    return _note(cast, giver_confirmed_at=clock.now(), giver_confirmed_by=cast.officer.user)


def note_of_both(cast):
    now = clock.now()
    return _note(cast, giver_confirmed_at=now, receiver_confirmed_at=now)


def _plan(cast, side, by):
    agreement = agreement_in_force(cast, "pbc_4_selection", standing=Standing.PREPARING)
    Plan.objects.create(agreement=agreement, side=side, recorded_by=by, proposed_at=clock.now())
    return _page(agreement, "plan")


def plan_of_receiver(cast):
    return _plan(cast, "receiver", cast.partner_staff.user)


def plan_of_giver(cast):
    return _plan(cast, "giver", cast.officer.user)


def _text(cast):
    agreement = agreement_in_force(cast, "pbc_4_selection", standing=Standing.PREPARING)
    agreement.text_ready_at = clock.now()
    agreement.save()
    return AgreementText.objects.create(agreement=agreement, ordinal=1, content="{}", sha256="0" * 64)


def to_sign(cast):
    return _page(_text(cast).agreement, "text")


def _signature(cast, text, organisation, **more):
    party = text.agreement.parties.get(organisation=cast.organisations[organisation])
    Signature.objects.create(text=text, party=party, signatory_name="ผู้ลงนาม", signed_on=clock.today(), **more)


def signed_by_giver(cast):
    text = _text(cast)
    _signature(cast, text, "agency", method="screen", recorded_by=cast.executive.user, confirmed_at=clock.now())
    return _page(text.agreement, "text")


def scan_of_partner(cast):

    text = _text(cast)
    scan = store_file(PDF, name="scan.pdf", root=text.agreement, kind="s", by=None)
    now = clock.now()
    _signature(cast, text, "agency", method="screen", recorded_by=cast.executive.user, confirmed_at=now)
    _signature(cast, text, "partner", method="paper", recorded_by=cast.partner_staff.user, scan=scan)
    return _page(text.agreement, "text")


def to_publish(cast):
    agreement = agreement_in_force(cast, "pbc_4_selection")
    agreement.public_at = None
    agreement.save()
    return _page(agreement, "text")


def round_to_fill(cast):
    opened = open_round(agreement=agreement_in_force(cast, "pbc_6_midterm_evaluation"), by=cast.officer.actor)
    return reverse("evaluations:round_detail", args=[opened.pk])


def round_to_judge_from_outside(cast):
    agreement = agreement_in_force(cast, "pbc_6_midterm_evaluation")
    invite(cast, agreement)
    opened = open_round(agreement=agreement, by=cast.officer.actor)
    return reverse("evaluations:round_detail", args=[opened.pk])


def results_to_report(cast):
    opened = open_round(agreement=agreement_in_force(cast, "pbc_6_midterm_evaluation"), by=cast.officer.actor)
    return reverse("evaluations:results_edit", args=[opened.pk])


def results_reported(cast):
    one = filled_round(cast, agreement_in_force(cast, "pbc_6_midterm_evaluation"), verdict="")
    return reverse("evaluations:results_edit", args=[one.pk])


def round_to_accept(cast):
    one = filled_round(cast, agreement_in_force(cast, "pbc_6_midterm_evaluation"))
    return reverse("evaluations:round_detail", args=[one.pk])


def _account(cast, **facts):
    agreement = agreement_in_force(cast, "pbc_9_account_closing")
    Account.objects.create(agreement=agreement, agreed=agreement.total, **facts)
    return reverse("agreements:account_detail", args=[agreement.reference])


def account_to_draw_up(cast):
    return _account(cast)


def account_to_check(cast):
    return _account(cast, drawn_up_by=cast.partner_finance.user, drawn_up_on=clock.today())


def _decision(cast, holder):
    call = a_call(cast, "draft")
    title = "ผู้อำนวยการกอง" if holder else "ผู้บริหาร"
    decision = Decision.objects.create(
        kind=DecisionKind.PUBLISH_CALL,
        organisation=call.agency,
        call=call,
        positions=[{"title": title, "holder_id": holder.pk if holder else None}],
        next_title=title,
        next_holder=holder,
        proposed_by=cast.officer.user,
    )
    return reverse("agreements:decision_detail", args=[decision.pk])


def decision_of_the_executive(cast):
    return _decision(cast, None)


def decision_of_a_named_position(cast):
    return _decision(cast, cast.second_officer.user)


def _step(cast, step):
    return reverse("agreements:agreement_detail", args=[agreement_in_force(cast, step).reference])


def giver_acts(cast):
    return _step(cast, "pbc_5_first_instalment")


def both_act(cast):
    return _step(cast, "grant_3_receipt")


def partners_deliver(cast):
    return _step(cast, "commissioning_5_delivery")


# what waits → (whose own work it is, which colleagues see it as another's)
WAITS_FOR = {
    to_request: ("partner_staff partner_rep", ""),
    not_yet_to_request: ("", ""),
    uncleared_second: ("", ""),
    cleared_second: ("partner_staff partner_rep", ""),
    to_check: ("officer", "second_officer"),
    to_propose: ("officer", "second_officer"),
    to_pay: ("finance", ""),
    to_confirm_receipt: ("partner_finance", ""),
    note_for_giver: ("officer", "second_officer"),
    note_for_receiver: ("partner_staff partner_rep", ""),
    note_of_both: ("", ""),
    plan_of_receiver: ("executive", ""),
    plan_of_giver: ("partner_rep", ""),
    to_sign: ("executive partner_rep", ""),
    signed_by_giver: ("partner_rep", ""),
    scan_of_partner: ("officer executive partner_rep", "second_officer"),
    to_publish: ("officer", "second_officer"),
    round_to_fill: ("officer", "second_officer"),
    round_to_judge_from_outside: ("officer evaluator", "second_officer"),
    results_to_report: ("partner_staff partner_rep", ""),
    results_reported: ("", ""),
    round_to_accept: ("executive", ""),
    account_to_draw_up: ("partner_finance", ""),
    account_to_check: ("finance", ""),
    call_in_draft: ("officer", "second_officer"),
    call_past_its_deadline: ("officer", "second_officer"),
    call_still_open: ("", ""),
    call_that_invites: ("partner_staff partner_rep", ""),
    call_answered_already: ("", ""),
    call_all_screened: ("officer", "second_officer"),
    call_not_all_screened: ("", ""),
    proposal_to_screen: ("officer", "second_officer"),
    proposal_to_present: ("officer", "second_officer"),
    proposal_to_score: ("reviewer", ""),
    conflicts_to_declare: ("reviewer", ""),
    gaps_to_complete: ("partner_staff partner_rep", ""),
    gaps_of_a_paper: ("second_officer", ""),
    gaps_left_open: ("officer", "second_officer"),
    paper_to_confirm: ("second_officer executive", ""),
    paper_still_being_entered: ("", ""),
    paper_sent_back: ("officer", ""),
    paper_being_corrected: ("", ""),
    paper_corrected: ("second_officer executive", ""),
    paper_corrected_by_now: ("", ""),
    letter_that_withdraws: ("second_officer executive", ""),
    invitation_to_judge: ("stranger", ""),
    proposal_in_draft: ("partner_staff partner_rep", ""),
    decision_of_the_executive: ("executive", ""),
    decision_of_a_named_position: ("second_officer", ""),
    giver_acts: ("officer", "second_officer"),
    both_act: ("officer partner_staff partner_rep", "second_officer"),
    partners_deliver: ("officer partner_staff partner_rep", "second_officer"),
}


@pytest.mark.parametrize("make", WAITS_FOR, ids=lambda make: make.__name__)
def test_work_reaches_exactly_those_it_waits_for(cast, make):
    url = make(cast)
    own, colleagues = set(), set()
    for name in PEOPLE:
        work = work_of(getattr(cast, name).actor)
        if any(item.url == url for group in work.groups for item in group.items):
            own.add(name)
        if any(item.url == url for item in work.colleagues):
            colleagues.add(name)
    assert (own, colleagues) == tuple(set(names.split()) for names in WAITS_FOR[make])


def test_overdue_is_counted_and_comes_first(cast):
    to_check(cast)
    agreement = agreement_in_force(cast, "pbc_5_first_instalment", number=2)
    later = Instalment(agreement=agreement, ordinal=1, amount=1, due_on=clock.today() + 30 * DAY)
    set_first_state(later, state="requested")
    later.save()
    work = work_of(cast.officer.actor)
    money = next(group for group in work.groups if group.code == "money")
    assert [item.due.state for item in money.items] == ["overdue", "later"]
    assert work.overdue == 1


@pytest.mark.parametrize(
    "name", ["officer", "executive", "finance", "partner_rep", "partner_finance", "evaluator", "opdc"]
)
def test_the_list_asks_the_same_queries_at_1_and_at_30(cast, client, name):
    client.force_login(getattr(cast, name).user)
    client.get("/")
    counts = []
    for upto in (1, 30):
        for number in range(1 if upto == 1 else 2, upto + 1):
            agreement = agreement_in_force(cast, "pbc_5_first_instalment", number=number)
            one = Instalment(
                agreement=agreement, ordinal=1, amount=1, due_on=clock.today(), requested_by=cast.partner_staff.user
            )
            set_first_state(one, state="requested" if number % 2 else "planned")
            one.save()
            StepNote.objects.create(
                agreement=agreement,
                step=agreement.step,
                kind="other",
                held_on=clock.today(),
                decision="บันทึก",
                recorded_by=cast.officer.user,
                giver_confirmed_at=clock.now() if number % 2 else None,
            )
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_empty_list_says_what_to_do_next(cast, client):
    for name in PEOPLE:
        client.force_login(getattr(cast, name).user)
        page = client.get("/")
        assert page.status_code == 200
        assert page.context["next_step"].text, name
