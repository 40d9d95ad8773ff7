"""The demonstration: loaded once through the actions, with the states promised and the manual's own titles."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from agreements.actions.calls import EDIT_CALL
from agreements.actions.cure import is_being_cured
from agreements.actions.decisions import rule_to_propose
from agreements.actions.proposals import BEGIN_PROPOSAL
from agreements.enums import CallState, DecisionKind, DecisionState, InstalmentState, Standing
from agreements.models import Agreement, Appeal, Call, Decision, Instalment, Proposal, Review
from agreements.queries.call_order import WAITS
from agreements.queries.calls import calls_for
from agreements.queries.reserve import reserve_of, vacancies_of
from agreements.queries.results import without_letter
from core import clock
from core.audit import type_label
from core.models import AuditEvent, StoredFile
from core.workflow import judge, moves_of
from demo.people import PASSWORD, PEOPLE
from evaluations.models import Lesson, Round
from partnerships.identity.policy import gets_email_code, has_second_factor, needs_second_factor
from partnerships.models import Appointment, EndorsementPosition, Flag, Invitation, Mission, Organisation, User
from partnerships.queries.actors import actor_for
from partnerships.queries.duplicates import pairs_by_name
from partnerships.queries.people import notice_to_accept
from reporting.worklist.collect import work_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

# Written from the manual (its summary of the two case studies), by hand.
PILOT_A = (
    "การพัฒนาศักยภาพศูนย์พัฒนาเด็กเล็กขององค์กรปกครองส่วนท้องถิ่น เพื่อส่งเสริมพัฒนาการกลุ่มเด็กที่มีความเปราะบางทางสังคมด้วยระบบ Inclusive Care"
)
PILOT_B = "การจัดตั้งศูนย์การพัฒนาเมืองอารยสถาปัตย์ เทศบาลนครนนทบุรี จังหวัดนนทบุรี"
REAL_PARTNERS = {"สถาบันแห่งชาติเพื่อการพัฒนาเด็กและครอบครัว มหาวิทยาลัยมหิดล", "เทศบาลนครนนทบุรี"}
MINISTRIES = {
    "สำนักนายกรัฐมนตรี",
    "กระทรวงกลาโหม",
    "กระทรวงการคลัง",
    "กระทรวงการต่างประเทศ",
    "กระทรวงการท่องเที่ยวและกีฬา",
    "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์",
    "กระทรวงการอุดมศึกษา วิทยาศาสตร์ วิจัยและนวัตกรรม",
    "กระทรวงเกษตรและสหกรณ์",
    "กระทรวงคมนาคม",
    "กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม",
    "กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม",
    "กระทรวงพลังงาน",
    "กระทรวงพาณิชย์",
    "กระทรวงมหาดไทย",
    "กระทรวงยุติธรรม",
    "กระทรวงแรงงาน",
    "กระทรวงวัฒนธรรม",
    "กระทรวงศึกษาธิการ",
    "กระทรวงสาธารณสุข",
    "กระทรวงอุตสาหกรรม",
}
STATEFUL = (
    (Agreement, "step"),
    (Agreement, "standing"),
    (Call, "state"),
    (Proposal, "state"),
    (Instalment, "state"),
    (Decision, "state"),
    (Appeal, "state"),
    (Round, "state"),
)


def agreement(title: str) -> Agreement:
    return Agreement.objects.get(title=title)


# --- what is promised -----------------------------------------------------------------------------------------------


def test_pilot_a_is_at_its_mid_term_evaluation() -> None:
    pilot = agreement(PILOT_A)

    assert (pilot.form, pilot.step, pilot.standing) == ("pbc", "pbc_6_midterm_evaluation", Standing.IN_FORCE)
    assert [(party.side, party.organisation.name_th) for party in pilot.parties.order_by("pk")] == [
        ("giver", "กรมกิจการเด็กและเยาวชน"),
        ("receiver", "สถาบันแห่งชาติเพื่อการพัฒนาเด็กและครอบครัว มหาวิทยาลัยมหิดล"),
    ]
    assert pilot.rounds.get().kind == "midterm"
    assert "ต้นทุนต่อหน่วย (รายหัว)" in pilot.expected_results
    assert set(Lesson.objects.filter(agreement=pilot, kind="obstacle").values_list("text", flat=True)) == {
        "กฎระเบียบข้อบังคับ",
        "งบประมาณ",
        "นโยบายไม่เอื้อต่อการปฏิบัติ",
    }


def test_pilot_b_waits_for_the_check_of_its_account() -> None:
    pilot = agreement(PILOT_B)

    assert (pilot.form, pilot.step, pilot.standing) == ("pbc", "pbc_9_account_closing", Standing.IN_FORCE)
    assert [(party.side, party.organisation.name_th) for party in pilot.parties.order_by("pk")] == [
        ("giver", "กรมกิจการผู้สูงอายุ"),
        ("receiver", "เทศบาลนครนนทบุรี"),
    ]
    assert pilot.account.drawn_up_on is not None
    assert pilot.account.checked_on is None
    assert pilot.account.balance == 0
    assert [one.title for one in pilot.plans.get().activities.order_by("ordinal")] == [
        "แผนงานเสริมสร้าง พัฒนา และเผยแพร่องค์ความรู้ด้านอารยสถาปัตย์",
        "แผนงานพัฒนาและบูรณาการฐานข้อมูลด้านอารยสถาปัตย์",
        "แผนงานพัฒนาที่อยู่อาศัยตามแนวคิดอารยสถาปัตย์",
    ]


def test_a_grant_is_at_delivery_with_its_books() -> None:
    grant = Agreement.objects.get(step="grant_4_delivery")

    assert "การประเมินสภาพปัญหาและความต้องการของเด็ก" in grant.title
    assert grant.entries.filter(kind="spending", evidence__isnull=False).count() == 5
    assert grant.instalments.get(ordinal=2).state == InstalmentState.APPROVED


def test_a_commissioning_delivers_its_first_cycle() -> None:
    joint = Agreement.objects.get(form="commissioning")

    assert (joint.step, joint.cycle) == ("commissioning_5_delivery", 1)
    assert joint.committee.name == "คณะกรรมการคุ้มครองเด็กจังหวัดนครสมมติ (สมมติ)"
    assert joint.parties.filter(side="receiver").count() == 3


def test_an_open_call_has_three_proposals_and_takes_more() -> None:
    call = Call.objects.open().get()

    assert call.proposals.filter(state="submitted").count() == 3
    assert call.closes_at > clock.now()
    visitor = User.objects.get(email="staff.foundation@demo.example")
    assert judge(call, BEGIN_PROPOSAL, actor_for(visitor)).open


def test_a_selection_and_a_publication_wait_for_the_executives() -> None:
    pending = Decision.objects.filter(state=DecisionState.PENDING).select_related("call")

    assert {(decision.kind, decision.call.state) for decision in pending} == {
        (DecisionKind.SELECT_PROPOSALS, CallState.SELECTION),
        (DecisionKind.PUBLISH_CALL, CallState.DRAFT),
    }


def test_a_publication_is_on_its_way_through_a_departments_own_chain_with_a_deputy() -> None:
    decision = Decision.objects.get(reached__gt=0, state=DecisionState.PENDING)

    assert (len(decision.positions), decision.reached) == (4, 1)
    assert decision.next_holder == User.objects.get(email="division.dcy@demo.example")
    last = EndorsementPosition.objects.in_force().get(ordinal=4)
    assert last.deputies.get().words_for(last.title).startswith("รองอธิบดี (สมมติ) ปฏิบัติราชการแทน อธิบดี")


def test_an_appeal_was_upheld_and_everyone_has_a_letter() -> None:
    appeal = Appeal.objects.get(state="answered")
    assert appeal.proposal.state == "reserve"
    assert all(proposal.result_letters.exists() for proposal in appeal.call.proposals.all())
    assert appeal.proposal.result_letters.count() == 2
    assert appeal.call.slots.filter(proposal__isnull=False).count() == 2


def test_result_letters_are_issued_but_for_one_call_that_shows_how_it_asks_for_them() -> None:
    decided = Call.objects.filter(state=CallState.DECIDED)
    [waiting] = [call for call in decided if without_letter(call).exists()]
    assert waiting.title.startswith("การอบรมอาสาสมัครคุ้มครองเด็ก")
    officer = actor_for(User.objects.get(email="officer.dcy@demo.example"))
    assert {call.pk for call in calls_for(officer).filter(turn=WAITS)} >= {waiting.pk}
    other = actor_for(User.objects.get(email="officer.dop@demo.example"))
    assert not calls_for(other).filter(turn=WAITS, state=CallState.DECIDED).exists()


def test_an_appeal_waits_for_its_answer() -> None:
    appeal = Appeal.objects.get(state="filed")

    assert appeal.proposal.state == "reserve"
    assert not Decision.objects.filter(appeal=appeal).exists()
    officer = actor_for(User.objects.get(email="officer.dcy@demo.example"))
    assert f"/appeals/{appeal.pk}/" in [item.url for group in work_of(officer).groups for item in group.items]


def test_a_place_fell_vacant_that_the_reserve_can_take() -> None:
    call = Call.objects.get(title__startswith="การเยี่ยมบ้านผู้สูงอายุ")

    assert [agreement.standing for agreement in vacancies_of(call)] == [Standing.CANCELLED]
    assert len(reserve_of(call)) == 2
    officer = actor_for(User.objects.get(email="officer.dop@demo.example"))
    assert judge(call, rule_to_propose(DecisionKind.PROMOTE_RESERVE), officer).open


def test_a_screening_has_a_gap_to_mend_papers_and_times_to_come() -> None:
    call = Call.objects.get(state=CallState.SCREENING)

    assert is_being_cured(call.proposals.get(state="curing"))
    papers = {one.state: one for one in call.proposals.filter(source="paper")}
    assert set(papers) == {"draft", "submitted"}
    second = actor_for(User.objects.get(email="officer.two.dcy@demo.example"))
    assert judge(papers["draft"], "confirm_paper", second).open
    booked = call.slots.get(proposal__isnull=False)
    assert booked.starts_at > clock.now()
    invited = call.proposals.filter(state="eligible", presentation_invited_at__isnull=False)
    assert invited.filter(slot__isnull=True).count() == 1


def test_a_blind_call_is_under_review() -> None:
    call = Call.objects.get(is_blind=True)

    assert call.state == CallState.SELECTION
    finished = Review.objects.finished().filter(proposal__call=call)
    assert finished.count() == 2
    assert Review.objects.filter(proposal__call=call).count() == 4


def test_a_draft_call_can_be_written_on() -> None:
    officer = actor_for(User.objects.get(email="officer.dop@demo.example"))
    free = [call for call in Call.objects.filter(state=CallState.DRAFT) if judge(call, EDIT_CALL, officer).open]

    assert [call.title.split()[0] for call in free] == ["การจัดกิจกรรมชมรมผู้สูงอายุระดับตำบล"]


def test_of_two_questions_one_is_answered() -> None:
    answered = [question.answered_at is not None for question in Call.objects.open().get().questions.order_by("pk")]

    assert answered == [True, False]


def test_a_text_waits_for_both_signatures() -> None:
    waiting = Agreement.objects.get(standing=Standing.PREPARING, text_ready_at__isnull=False)

    assert waiting.text_ready_at is not None
    assert waiting.texts.get().signatures.count() == 0


def test_a_foundation_has_an_open_invitation_and_an_appointment_that_waits_for_its_representative() -> None:
    invitation, appointment = Invitation.objects.get(), Appointment.objects.get()

    assert (invitation.state, invitation.is_expired) == ("open", False)
    assert appointment.state == "proposed"
    representative = actor_for(User.objects.get(email="rep.foundation@demo.example"))
    assert f"/appointments/{appointment.pk}/" in [item.url for g in work_of(representative).groups for item in g.items]


def test_nobody_of_the_demonstration_is_interrupted_by_the_privacy_notice() -> None:
    assert [user for user in User.objects.all() if notice_to_accept(user)] == []


def test_the_twenty_ministries_are_there() -> None:
    assert set(Organisation.objects.filter(kind="ministry").values_list("name_th", flat=True)) == MINISTRIES


@pytest.mark.parametrize(
    "person",
    [person for person in PEOPLE if person.does and person.key not in {"admin_dcy", "admin_foundation", "opdc"}],
)
def test_each_log_in_finds_work_that_waits(person: Any) -> None:
    assert work_of(actor_for(User.objects.get(email=person.email))).count >= 1


def test_the_log_ins_are_printed_with_a_password_that_is_long_enough_and_works(settings: Any) -> None:
    settings.DEMO = True
    printed = StringIO()
    call_command("demo_logins", stdout=printed)

    for person in PEOPLE:
        assert (person.email in printed.getvalue()) == bool(person.does)
        line = next((line for line in printed.getvalue().splitlines() if person.email in line), "")
        user = User.objects.get(email=person.email)
        has_code = bool(re.search(r"code \d{6}", line))
        assert has_code == (bool(line) and has_second_factor(user)), person.email
        assert has_second_factor(user) or not (needs_second_factor(user) or gets_email_code(user)), person.email
    assert len(PASSWORD) >= 15
    assert User.objects.get(email="officer.dcy@demo.example").check_password(PASSWORD)


# --- invented, and marked so ----------------------------------------------------------------------------------------


def test_everyone_and_every_small_organisation_is_marked_as_invented() -> None:
    assert all(name.endswith("(สมมติ)") for name in User.objects.values_list("full_name_th", flat=True))
    partners = set(Organisation.objects.partners().values_list("name_th", flat=True))
    assert partners > REAL_PARTNERS
    assert all(name.endswith("(สมมติ)") for name in partners - REAL_PARTNERS)
    assert all(
        title.endswith("(สมมติ)")
        for title in Mission.objects.values_list("title", flat=True)
        if title not in (PILOT_A, PILOT_B)
    )


def test_every_agreement_and_every_file_says_that_it_is_fictitious() -> None:
    assert not Agreement.objects.filter(is_demonstration=False).exists()
    uploads = StoredFile.objects.exclude(uploaded_by_id=None).values_list("name", flat=True)
    assert uploads
    assert all("(สมมติ)" in name for name in uploads)


# --- through the door, all of it ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("model", "field"), STATEFUL, ids=lambda value: getattr(value, "__name__", value))
def test_every_state_is_what_the_recorded_moves_lead_to(model: type[models.Model], field: str) -> None:
    for record in model.objects.all():
        named = {f"{model._meta.model_name}.{name}": name for name in moves_of(record, field)}
        taken = [named[kind] for kind in _kinds(record) if kind in named]
        state = _first_state(model, field, taken, record)
        for name in taken:
            step = getattr(model, name)._django_fsm.get_transition(state)
            assert step is not None, f"{record}: {name} from {state}"
            state = step.target
        assert state == getattr(record, field)


def _kinds(record: models.Model) -> list[str]:
    events = AuditEvent.objects.filter(subject_type=type_label(record), subject_id=record.pk)
    return list(events.order_by("pk").values_list("kind", flat=True))


def _first_state(model: type[models.Model], field: str, taken: list[str], record: Any) -> str:
    if (model, field) == (Agreement, "step"):
        return {"grant": "grant_2_application", "pbc": "pbc_4_selection"}.get(record.form, "commissioning_1_priorities")
    return model._meta.get_field(field).default


def test_the_chain_is_unbroken_and_the_books_add_up() -> None:
    for command in ("verify_audit", "check_ledger"):
        call_command(command, stdout=StringIO())


def test_nothing_takes_effect_in_the_future_or_out_of_order() -> None:
    for record in Agreement.objects.all():
        events = AuditEvent.objects.filter(root_type=type_label(record), root_id=record.pk).order_by("pk")
        days = list(events.values_list("effective_on", flat=True))
        assert days == sorted(days), record
        assert days[-1] <= clock.today()


def test_a_second_run_changes_nothing() -> None:
    before = (AuditEvent.objects.count(), Organisation.objects.count(), User.objects.count())

    said = StringIO()
    call_command("load_demo", "--if-empty", stdout=said)
    assert "kept" in said.getvalue()
    with pytest.raises(CommandError, match="reset-demo"):
        call_command("load_demo", stdout=StringIO())
    assert (AuditEvent.objects.count(), Organisation.objects.count(), User.objects.count()) == before


def test_partners_stand_as_they_would_in_life() -> None:
    """Verified, one soon to expire, one expired, one observed; and one that was recorded twice."""
    today = clock.today()
    days = {
        one.name_en: (one.verified_until - today).days for one in Organisation.objects.filter(verified_until__gt=today)
    }
    assert sum(left > 365 for left in days.values()) >= 6
    assert 40 in days.values()
    assert Organisation.objects.filter(verified_until__lt=today).count() == 1
    assert Flag.objects.get().kind == "observation"
    [pair] = pairs_by_name("52")
    assert {pair.first.province_code, pair.second.province_code} == {"52"}
    assert not Organisation.objects.filter(blocked_at__isnull=False).exists()
