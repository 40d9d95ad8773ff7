"""Rounds from opening to the clearance: who may, when, what is missing, and that it happens once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from agreements.enums import Standing
from agreements.models import Clearance
from core import clock
from core.models import AuditEvent, SecurityEvent
from core.workflow import AlreadyDone, Missing, NotNow, NotYou, Refusal, Stale, Stamp
from evaluations.actions.findings import record_finding, record_visit, report_results
from evaluations.actions.rounds import accept_round, invite_evaluator, open_round, propose_verdict, return_verdict
from evaluations.models import Finding, IndicatorResult, Round
from tests.evaluations.helpers import agreement_in_force, filled_round, invite
from tests.races import at_once, refusals

MIDTERM, FINAL = "pbc_6_midterm_evaluation", "pbc_8_final_evaluation"
GRANT, CYCLE = "grant_4_delivery", "commissioning_6_evaluation"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("step", "kind", "ordinal"),
    [(MIDTERM, "midterm", 2), (FINAL, "final", 1), (GRANT, "final", 1), (CYCLE, "cycle", 1)],
)
def test_a_step_calls_for_its_own_round(cast, step, kind, ordinal):
    opened = open_round(agreement=agreement_in_force(cast, step), by=cast.officer.actor)
    assert (opened.kind, opened.ordinal) == (kind, ordinal)


def test_the_next_midterm_gates_the_next_instalment(cast):
    agreement = agreement_in_force(cast, MIDTERM)
    Clearance.objects.create(agreement=agreement, kind="midterm", ordinal=2, verdict="pass", by=cast.executive.user)
    assert open_round(agreement=agreement, by=cast.officer.actor).ordinal == 3


@pytest.mark.parametrize(
    "step",
    [
        "pbc_5_first_instalment",
        "pbc_7_next_instalment",
        "pbc_9_account_closing",
        "grant_3_receipt",
        "commissioning_5_delivery",
    ],
)
def test_no_round_is_opened_at_another_step(cast, step):
    with pytest.raises(NotNow):
        open_round(agreement=agreement_in_force(cast, step), by=cast.officer.actor)


@pytest.mark.parametrize("standing", [Standing.SUSPENDED])
def test_no_round_while_the_agreement_is_not_in_force(cast, standing):
    with pytest.raises(NotNow):
        open_round(agreement=agreement_in_force(cast, MIDTERM, standing=standing), by=cast.officer.actor)


def test_a_round_is_opened_once(cast):
    agreement = agreement_in_force(cast, MIDTERM)
    open_round(agreement=agreement, by=cast.officer.actor)
    with pytest.raises(NotNow):
        open_round(agreement=agreement, by=cast.officer.actor)


# action → who of the cast may do it at the mid-term of a contract
RIGHTS = {
    "open": {"officer", "second_officer"},
    "finding": {"officer", "second_officer", "evaluator"},
    "visit": {"officer", "second_officer", "evaluator"},
    "results": {"partner_staff", "partner_rep"},
    "propose": {"officer", "second_officer"},
    "return": {"officer", "second_officer", "executive"},
    "accept": {"executive"},
}
EVERYONE = [
    "officer",
    "second_officer",
    "executive",
    "finance",
    "agency_admin",
    "partner_staff",
    "partner_rep",
    "partner_finance",
    "rival_staff",
    "rival_rep",
    "other_officer",
    "reviewer",
    "evaluator",
    "opdc",
    "stranger",
]


def _try(action, cast, agreement, who):
    by = getattr(cast, who).actor
    if action == "open":
        open_round(agreement=agreement, by=by)
        return
    waiting = action in ("return", "accept")
    one = filled_round(cast, agreement, verdict="pass" if waiting else "")
    if action == "finding":
        record_finding(evaluation_round=one, text="พบว่า", by=by)
    elif action == "visit":
        record_visit(
            evaluation_round=one, visited_on=clock.today(), place="ที่", participants="คน", observations="เห็น", by=by
        )
    elif action == "results":
        report_results(evaluation_round=one, results={}, by=by)
    elif action == "propose":
        propose_verdict(evaluation_round=one, verdict="pass", summary="สรุป", by=by)
    elif action == "return":
        return_verdict(evaluation_round=one, comment="ขอข้อมูลเพิ่ม", by=by)
    else:
        accept_round(evaluation_round=one, by=by)


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("action", RIGHTS)
def test_rights_of_a_round(cast, action, who):
    agreement = agreement_in_force(cast, MIDTERM)
    if who in RIGHTS[action]:
        _try(action, cast, agreement, who)
        return
    with pytest.raises(NotYou):
        _try(action, cast, agreement, who)
    assert SecurityEvent.objects.filter(kind="refused_not_you").exists()
    assert not Clearance.objects.exists()


def test_partners_judge_as_stakeholders_in_a_cycle_only(cast):
    opened = open_round(agreement=agreement_in_force(cast, CYCLE), by=cast.officer.actor)
    found = record_finding(evaluation_round=opened, text="ควรขยาย", by=cast.partner_staff.actor)
    assert (found.perspective, found.side) == ("internal", "receiver")


def test_who_belongs_to_a_party_is_not_invited_as_external(cast):
    opened = open_round(agreement=agreement_in_force(cast, MIDTERM), by=cast.officer.actor)
    for insider in (cast.finance, cast.partner_staff):
        with pytest.raises(Refusal):
            invite_evaluator(evaluation_round=opened, user=insider.user, by=cast.officer.actor)
    invite_evaluator(evaluation_round=opened, user=cast.evaluator.user, by=cast.officer.actor)
    with pytest.raises(AlreadyDone):
        invite_evaluator(evaluation_round=opened, user=cast.evaluator.user, by=cast.officer.actor)


def test_evaluator_sees_the_agreement_of_the_invitation_only(cast):
    mine, other = agreement_in_force(cast, MIDTERM), agreement_in_force(cast, MIDTERM, number=2)
    rounds = [open_round(agreement=one, by=cast.officer.actor) for one in (mine, other)]
    invite(cast, mine)
    assert list(Round.objects.visible_to(cast.evaluator.actor)) == rounds[:1]
    with pytest.raises(NotYou):
        record_finding(evaluation_round=rounds[1], text="พบว่า", by=cast.evaluator.actor)


# step → what a verdict waits for (§3.1 step 4, §3.2 steps 6 and 8, §3.3 step 6)
NEEDED = {
    MIDTERM: {"internal_findings", "external_findings", "site_visited", "results_reported"},
    FINAL: {"internal_findings", "external_findings", "results_reported"},
    GRANT: {"internal_findings", "results_reported"},
    CYCLE: {"internal_findings", "partners_findings", "results_reported"},
}


@pytest.mark.parametrize("step", NEEDED)
def test_a_verdict_waits_for_what_the_manual_asks(cast, step):
    opened = open_round(agreement=agreement_in_force(cast, step), by=cast.officer.actor)
    verdict = "improve" if step == CYCLE else "pass"
    with pytest.raises(Missing) as refused:
        propose_verdict(evaluation_round=opened, verdict=verdict, summary="สรุป", by=cast.officer.actor)
    assert {item.name for item in refused.value.items} == NEEDED[step]


def test_acceptance_waits_for_a_verdict(cast):
    with pytest.raises(Missing) as refused:
        accept_round(
            evaluation_round=filled_round(cast, agreement_in_force(cast, MIDTERM), verdict=""), by=cast.executive.actor
        )
    assert [item.name for item in refused.value.items] == ["verdict_proposed"]


@pytest.mark.parametrize(
    ("step", "verdict"), [(MIDTERM, "improve"), (FINAL, "conclude"), (CYCLE, "pass"), (MIDTERM, "")]
)
def test_a_verdict_belongs_to_its_kind(cast, step, verdict):
    opened = filled_round(cast, agreement_in_force(cast, step), verdict="")
    with pytest.raises(ValidationError):
        propose_verdict(evaluation_round=opened, verdict=verdict, summary="สรุป", by=cast.officer.actor)


def test_a_visit_does_not_lie_in_the_future(cast):
    opened = open_round(agreement=agreement_in_force(cast, MIDTERM), by=cast.officer.actor)
    with pytest.raises(ValidationError) as refused:
        record_visit(
            evaluation_round=opened,
            visited_on=clock.today() + timedelta(days=1),
            place="ที่",
            participants="คน",
            observations="เห็น",
            by=cast.officer.actor,
        )
    assert "visited_on" in refused.value.error_dict


def test_results_are_of_this_agreement_and_null_is_kept(cast):
    mine, other = agreement_in_force(cast, MIDTERM), agreement_in_force(cast, MIDTERM, number=2)
    opened = open_round(agreement=mine, by=cast.officer.actor)
    foreign = other.indicators.first().pk
    with pytest.raises(ValidationError):
        report_results(evaluation_round=opened, results={foreign: (Decimal(1), "")}, by=cast.partner_staff.actor)
    first, second = mine.indicators.all()
    report_results(
        evaluation_round=opened,
        results={first.pk: (Decimal(5), ""), second.pk: (None, "")},
        by=cast.partner_staff.actor,
    )
    report_results(evaluation_round=opened, results={first.pk: (None, "นับผิด")}, by=cast.partner_staff.actor)
    assert list(IndicatorResult.objects.values_list("indicator_id", "actual")) == [(first.pk, None)]


def test_nothing_is_added_while_a_verdict_is_considered_and_it_can_be_sent_back(cast):
    one = filled_round(cast, agreement_in_force(cast, MIDTERM))
    with pytest.raises(NotNow):
        record_finding(evaluation_round=one, text="เพิ่ม", by=cast.officer.actor)
    return_verdict(evaluation_round=one, comment="ขอความเห็นเพิ่ม", by=cast.executive.actor)
    record_finding(evaluation_round=one, text="เพิ่ม", by=cast.officer.actor)
    propose_verdict(evaluation_round=one, verdict="fail", summary="สรุปใหม่", by=cast.officer.actor)
    accept_round(evaluation_round=one, by=cast.executive.actor)
    assert Clearance.objects.get().verdict == "fail"


def test_nobody_accepts_the_own_verdict(cast):
    from tests.factories import member_of

    both = member_of(cast.organisations["agency"], "officer", "executive", email="both@example.org")
    from partnerships.queries.actors import actor_for

    one = filled_round(cast, agreement_in_force(cast, MIDTERM), verdict="")
    propose_verdict(evaluation_round=one, verdict="pass", summary="สรุป", by=actor_for(both))
    with pytest.raises(NotYou):
        accept_round(evaluation_round=one, by=actor_for(both))
    accept_round(evaluation_round=one, by=cast.executive.actor)


@pytest.mark.parametrize(("step", "verdict"), [(MIDTERM, "pass"), (FINAL, "fail"), (GRANT, "pass"), (CYCLE, "widen")])
def test_acceptance_writes_the_clearance_in_the_same_breath(cast, step, verdict):
    agreement = agreement_in_force(cast, step)
    one = filled_round(cast, agreement, verdict=verdict)
    accept_round(evaluation_round=one, by=cast.executive.actor, stamp=Stamp(version=one.version, key="once"))
    one.refresh_from_db()
    cleared = Clearance.objects.get(agreement=agreement)
    assert (cleared.kind, cleared.ordinal, cleared.verdict, cleared.by) == (
        one.kind,
        one.ordinal,
        verdict,
        cast.executive.user,
    )
    assert one.accepted_by == cast.executive.user
    kinds = list(AuditEvent.objects.order_by("sequence").values_list("kind", flat=True))[-2:]
    assert kinds == ["round.accept", "agreement.record_verdict"]


def test_double_post_and_old_page_change_nothing(cast):
    one = filled_round(cast, agreement_in_force(cast, MIDTERM))
    accept_round(evaluation_round=one, by=cast.executive.actor, stamp=Stamp(one.version, "key-1"))
    with pytest.raises(AlreadyDone):
        accept_round(evaluation_round=one, by=cast.executive.actor, stamp=Stamp(one.version, "key-1"))
    with pytest.raises(Stale):
        accept_round(evaluation_round=one, by=cast.executive.actor, stamp=Stamp(one.version, "key-2"))
    with pytest.raises(NotNow):
        accept_round(evaluation_round=one, by=cast.executive.actor)
    assert Clearance.objects.count() == 1


def test_a_refused_acceptance_leaves_nothing_but_the_security_log(cast):
    one = filled_round(cast, agreement_in_force(cast, MIDTERM), verdict="")
    events, version = AuditEvent.objects.count(), one.version
    with pytest.raises(Missing):
        accept_round(evaluation_round=one, by=cast.executive.actor)
    one.refresh_from_db()
    assert (AuditEvent.objects.count(), one.version, Clearance.objects.count()) == (events, version, 0)
    assert SecurityEvent.objects.filter(kind="refused_missing", action="accept").count() == 1


def test_findings_keep_the_name_as_it_was(cast):
    opened = filled_round(cast, agreement_in_force(cast, MIDTERM), verdict="")
    cast.officer.user.full_name_th = "ชื่อใหม่"
    cast.officer.user.save()
    assert Finding.objects.filter(round=opened, evaluator=cast.officer.user).get().evaluator_name != "ชื่อใหม่"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_executives_accepting_at_once_write_one_clearance(cast):
    from partnerships.queries.actors import actor_for
    from tests.factories import member_of

    one = filled_round(cast, agreement_in_force(cast, MIDTERM))
    second = member_of(cast.organisations["agency"], "executive", email="second-executive@example.org")
    acts = [
        lambda by=by: accept_round(evaluation_round=Round.objects.get(pk=one.pk), by=by)
        for by in (cast.executive.actor, actor_for(second))
    ]
    assert refusals(at_once(*acts)) == [NotNow]
    assert Clearance.objects.count() == 1
    assert AuditEvent.objects.filter(kind="round.accept").count() == 1
