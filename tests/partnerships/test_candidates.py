"""Candidates: readiness by several assessors, self-assessments kept apart, shortlist, invitation, answer (§4 step 3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from agreements.actions.decisions import endorse_decision
from agreements.forms.calls import interested_in
from agreements.models import Decision
from core import clock
from core.models import OutboxMessage
from core.workflow import Missing, NotNow, NotYou
from partnerships.actions.readiness import assess_readiness, rate_itself
from partnerships.actions.shortlist import (
    add_to_shortlist,
    answer_invitation,
    invite_shortlist,
    propose_invitation,
    remove_from_shortlist,
)
from partnerships.models import (
    EndorsementPosition,
    Mission,
    Organisation,
    ReadinessAssessment,
    ShortlistEntry,
)
from partnerships.queries.candidates import candidates_of
from partnerships.queries.readiness import readiness_of
from reporting.worklist import work_of
from tests.cast import Cast
from tests.factories import OrganisationFactory
from tests.partnerships.mission_world import SCORES, MissionWorld, browser, stamped, url
from tests.races import at_once, refusals


@pytest.fixture
def world(cast: Cast) -> MissionWorld:
    return MissionWorld(cast)


@pytest.fixture
def mission(world: MissionWorld) -> Mission:
    return world.mission()


def waits_for(person: Any) -> list[str]:
    return [item.url for group in work_of(person.actor).groups for item in group.items]


# --- readiness


def assessed(cast: Cast, mission: Mission, person: str, organisation: str = "partner", **scores: int) -> None:
    assess_readiness(
        mission=mission,
        organisation=cast.organisations[organisation],
        scores={criterion: (score, "เหตุผล") for criterion, score in scores.items()},
        by=cast.people[person].actor,
    )


def test_the_latest_view_of_each_assessor_counts_and_what_nobody_could_tell_is_open(
    cast: Cast, mission: Mission
) -> None:
    partner = cast.organisations["partner"].pk
    assessed(cast, mission, "officer", experience=1, staff=1)
    assessed(cast, mission, "officer", experience=4)  # instead of the earlier one
    assessed(cast, mission, "executive", experience=2, trust=5)
    assessed(cast, mission, "opdc", "rival", experience=5)

    summary = readiness_of(mission, [partner])[partner]

    assert (summary.mean, summary.coverage, summary.assessors) == (4.0, 2, 2)  # experience (4+2)/2 = 3, trust 5
    assert summary.latest_on == clock.today()
    views = {view.code: (view.mean, view.low, view.high) for view in summary.criteria}
    assert views["experience"] == (3.0, 2, 4)
    assert views["staff"] == (None, None, None)
    assert list(readiness_of(mission, [partner])) == [partner]


def test_readiness_is_told_for_this_mission_alone_and_in_few_queries(
    cast: Cast, mission: Mission, world: MissionWorld, django_assert_num_queries: Any
) -> None:
    other = world.mission()
    assessed(cast, other, "officer", experience=5)
    organisations = OrganisationFactory.create_batch(10)
    for organisation in organisations:
        scores = {"trust": (3, "เหตุผล")}
        assess_readiness(mission=mission, organisation=organisation, scores=scores, by=cast.officer.actor)

    with django_assert_num_queries(2):
        found = readiness_of(mission, [row.pk for row in [*organisations, cast.organisations["partner"]]])
    assert set(found) == {row.pk for row in organisations}


def test_a_candidates_own_view_is_shown_beside_and_not_counted(
    cast: Cast, mission: Mission, world: MissionWorld
) -> None:
    asked = world.asked(mission)
    rate_itself(request=asked, scores={"experience": (5, "ชำนาญ")}, by=cast.partner_staff.actor)
    assessed(cast, mission, "officer", experience=2)

    summary = readiness_of(mission, [cast.organisations["partner"].pk])[cast.organisations["partner"].pk]
    assert (summary.mean, summary.self_mean, summary.assessors) == (2.0, 5.0, 1)
    page = browser(cast.opdc).get(url("candidate_detail", mission.reference, cast.organisations["partner"].pk))
    assert "ชำนาญ" in page.content.decode()


def test_a_partner_sees_the_request_and_its_own_view_and_nobody_elses(
    cast: Cast, mission: Mission, world: MissionWorld
) -> None:
    asked = world.asked(mission)
    scores = {"trust": (1, "ความเห็นลับของเจ้าหน้าที่")}
    assess_readiness(mission=mission, organisation=cast.organisations["partner"], scores=scores, by=cast.officer.actor)
    client = browser(cast.partner_staff)
    assert waits_for(cast.partner_staff) == [url("self_assessment", asked.pk)]
    sent = stamped(score_experience="4", reason_experience="ทำมาสิบปี", note="")
    assert client.post(url("self_assessment", asked.pk), sent).status_code == 302

    text = client.get(url("self_assessment", asked.pk)).content.decode()
    assert "ทำมาสิบปี" in text
    for address in (url("self_assessment", asked.pk), url("partner_missions")):
        assert "ความเห็นลับ" not in client.get(address).content.decode()
    assert client.get(url("candidate_detail", mission.reference, cast.organisations["partner"].pk)).status_code == 404
    assert browser(cast.rival_rep).get(url("self_assessment", asked.pk)).status_code == 404
    assert waits_for(cast.partner_staff) == []


def test_scores_need_their_reason_and_reasons_their_score(cast: Cast, mission: Mission) -> None:
    address = url("candidate_assess", mission.reference, cast.organisations["partner"].pk)
    cases = (
        ({"score_trust": "3"}, "reason_trust"),
        ({"reason_trust": "เชื่อถือได้"}, "score_trust"),
        ({"score_trust": "6", "reason_trust": "ก"}, "score_trust"),
        ({"score_trust": "3", "reason_trust": "ก", "assessed_on": "1/1/2690"}, "assessed_on"),
        ({}, "__all__"),
    )
    for fields, wrong in cases:
        sent = stamped(mission, **{"assessed_on": "1/10/2568", "note": "หมายเหตุเดิม", **fields})
        response = browser(cast.officer, "th").post(address, sent)
        assert wrong in response.context["form"].errors, fields
        assert "หมายเหตุเดิม" in response.content.decode()
    assert not ReadinessAssessment.objects.exists()


def test_asking_twice_is_refused(cast: Cast, mission: Mission, world: MissionWorld) -> None:
    world.asked(mission)
    with pytest.raises(ValidationError):
        world.asked(mission)


# --- shortlist and invitation


def test_an_invited_partner_is_told_reads_the_public_part_and_answers_in_words(
    cast: Cast, mission: Mission, world: MissionWorld
) -> None:
    Mission.objects.filter(pk=mission.pk).update(problem="ปัญหาภายในของกรม", candidates_note="บันทึกภายใน")
    entry = world.listed(mission)
    client = browser(cast.partner_rep)
    assert client.get(url("mission_invitation", entry.pk)).status_code == 404, "not before it is invited"
    sent = stamped(mission, entries=[entry.pk], invitation="ขอเชิญหารือวันศุกร์")
    assert browser(cast.officer).post(url("shortlist_invite", mission.reference), sent).status_code == 302

    assert waits_for(cast.partner_rep) == [url("mission_invitation", entry.pk)]
    text = client.get(url("mission_invitation", entry.pk)).content.decode()
    for public in ("ขอเชิญหารือวันศุกร์", mission.title, mission.objectives, cast.officer.user.full_name_th):
        assert public in text
    for private in ("ปัญหาภายในของกรม", "บันทึกภายใน", "มีประสบการณ์ในพื้นที่"):
        assert private not in text
    client.post(url("mission_invitation", entry.pk), stamped(interested="yes", answer="ยินดีร่วมงาน"))

    entry.refresh_from_db()
    assert (entry.state, entry.answer) == ("interested", "ยินดีร่วมงาน")
    assert "ยินดีร่วมงาน" in browser(cast.opdc).get(url("mission_candidates", mission.reference)).content.decode()
    assert OutboxMessage.objects.filter(to_user_id=cast.officer.user.pk, kind="mission.answer").exists()
    assert interested_in(mission) == [entry.organisation_id], "a direct call begins with those that are interested"


def test_a_decline_needs_words_and_may_be_changed(cast: Cast, mission: Mission, world: MissionWorld) -> None:
    entry = world.invited(mission)
    client = browser(cast.partner_rep, "th")
    refused = client.post(url("mission_invitation", entry.pk), stamped(interested="no", answer=""))
    assert "answer" in refused.context["form"].errors
    answer_invitation(entry=entry, interested=False, answer="คนไม่พอ", by=cast.partner_rep.actor)
    answer_invitation(entry=entry, interested=True, answer="", by=cast.partner_rep.actor)
    with pytest.raises(NotNow):
        answer_invitation(entry=entry, interested=True, answer="", by=cast.partner_rep.actor)
    assert ShortlistEntry.objects.get().state == "interested"


def test_a_partner_that_declined_may_be_asked_again(cast: Cast, mission: Mission, world: MissionWorld) -> None:
    entry = world.invited(mission)
    answer_invitation(entry=entry, interested=False, answer="ปีนี้ไม่พร้อม", by=cast.partner_rep.actor)
    invite_shortlist(mission=mission, entries=[entry], invitation="ปีหน้าสนใจหรือไม่", by=cast.officer.actor)

    entry.refresh_from_db()
    assert (entry.state, entry.answer, entry.answered_at) == ("invited", "", None)


def test_nobody_is_invited_before_the_form_is_chosen(cast: Cast, world: MissionWorld) -> None:
    mission = world.mission(form="")
    entry = world.listed(mission)
    with pytest.raises(Missing) as missing:
        invite_shortlist(mission=mission, entries=[entry], invitation="เชิญ", by=cast.officer.actor)
    assert [item.name for item in missing.value.items] == ["form_chosen"]
    text = browser(cast.officer).get(url("mission_candidates", mission.reference)).content.decode()
    assert "The form of partnership" in text


def test_blocked_bodies_and_agencies_are_no_candidates(cast: Cast, mission: Mission, world: MissionWorld) -> None:
    entry = world.listed(mission, "rival")
    Organisation.objects.filter(pk=entry.organisation_id).update(blocked_at=clock.now())
    with pytest.raises(ValidationError):
        invite_shortlist(mission=mission, entries=[entry], invitation="เชิญ", by=cast.officer.actor)
    for organisation in (cast.organisations["other_agency"], Organisation.objects.get(pk=entry.organisation_id)):
        with pytest.raises(ValidationError):
            add_to_shortlist(mission=mission, organisation=organisation, reason="ก", by=cast.officer.actor)
    assert ShortlistEntry.objects.get().state == "listed"


def test_an_entry_is_taken_off_only_before_it_is_invited_and_the_history_keeps_it(
    cast: Cast, mission: Mission, world: MissionWorld
) -> None:
    client = browser(cast.officer)
    entry = world.listed(mission)
    assert client.post(url("shortlist_remove", entry.pk), stamped(mission)).status_code == 302
    assert not ShortlistEntry.objects.exists()
    assert "Partner taken off the shortlist" in client.get(url("mission_detail", mission.reference)).content.decode()
    entry = world.invited(mission)
    with pytest.raises(NotNow):
        remove_from_shortlist(entry=entry, by=cast.officer.actor)
    assert browser(cast.partner_rep).post(url("shortlist_remove", entry.pk), stamped(mission)).status_code == 404


def test_a_partner_is_on_the_list_once(cast: Cast, mission: Mission, world: MissionWorld) -> None:
    world.listed(mission)
    with pytest.raises(ValidationError):
        world.listed(mission)
    with pytest.raises(NotYou):
        add_to_shortlist(
            mission=mission, organisation=cast.organisations["rival"], reason="ก", by=cast.other_officer.actor
        )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_officers_who_list_the_same_partner_at_once_list_it_once(
    cast: Cast, mission: Mission, world: MissionWorld
) -> None:
    partner = cast.organisations["partner"]

    def act(name: str) -> Any:
        return lambda by=cast.people[name].actor: add_to_shortlist(
            mission=mission, organisation=partner, reason="ก", by=by
        )

    assert refusals(at_once(act("officer"), act("second_officer"))) == [ValidationError]
    assert ShortlistEntry.objects.count() == 1


def test_with_a_chain_invitations_go_through_it(cast: Cast, mission: Mission, world: MissionWorld) -> None:
    EndorsementPosition.objects.create(
        organisation=cast.organisations["agency"],
        kind="invite_shortlist",
        ordinal=1,
        title="อธิบดี",
        holder=cast.executive.user,
    )
    entry = world.listed(mission)
    with pytest.raises(NotNow):
        invite_shortlist(mission=mission, entries=[entry], invitation="เชิญ", by=cast.officer.actor)
    sent = stamped(mission, entries=[entry.pk], invitation="ขอเชิญหารือ")
    browser(cast.officer).post(url("shortlist_invite", mission.reference), sent)
    assert ShortlistEntry.objects.get().state == "listed"
    decision = Decision.objects.get()
    read = browser(cast.executive).get(f"/decisions/{decision.pk}/")
    assert read.status_code in (200, 404)
    endorse_decision(decision=decision, by=cast.executive.actor)

    entry.refresh_from_db()
    assert (entry.state, entry.invitation) == ("invited", "ขอเชิญหารือ")
    with pytest.raises(Missing):
        propose_invitation(mission=mission, entries=[entry], invitation="อีกครั้ง", by=cast.officer.actor)


def test_the_search_finds_partners_that_are_no_candidates_yet(
    cast: Cast, mission: Mission, world: MissionWorld
) -> None:
    world.listed(mission)
    client = browser(cast.officer)

    def found(query: str) -> list[str]:
        page = client.get(url("mission_candidates", mission.reference), {"q": query})
        return [row.name_th for row in page.context["found"]]

    assert found("คู่แข่ง") == ["สมาคมคู่แข่ง (สมมติ)"]
    assert found("มูลนิธิภาคี") == []
    assert found("กรมทดสอบ") == []


def test_the_candidates_cost_the_same_at_one_and_at_thirty(
    cast: Cast, mission: Mission, django_assert_num_queries: Any
) -> None:
    client = browser(cast.officer)

    def more(number: int) -> None:
        for organisation in OrganisationFactory.create_batch(number):
            facts = {"mission": mission, "organisation": organisation, "by": cast.officer.actor}
            add_to_shortlist(reason="ก", **facts)
            assess_readiness(scores=SCORES, **facts)

    more(1)
    client.get(url("mission_candidates", mission.reference))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as counted:
        client.get(url("mission_candidates", mission.reference))
    more(29)
    with django_assert_num_queries(len(counted)):
        page = client.get(url("mission_candidates", mission.reference))
    assert len(page.context["candidates"]) == len(candidates_of(mission)) == 30
