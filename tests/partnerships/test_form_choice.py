"""From the advisor's questions to the officer's choice: both are kept and shown (§3.0)."""

from __future__ import annotations

import pytest

from agreements.actions.decisions import endorse_decision, return_decision
from agreements.models import Decision
from core.workflow import NotNow
from partnerships.actions.form_choice import choose_form, propose_form
from partnerships.models import EndorsementPosition, FormChoice, Mission
from tests.cast import Cast
from tests.partnerships.mission_world import MissionWorld, browser, stamped, url
from tests.partnerships.test_advisor import EXAMPLES, answers_of

ANSWERS = answers_of(EXAMPLES["การรับเรื่องร้องเรียนของผู้บริโภค"][1])


@pytest.fixture
def mission(cast: Cast) -> Mission:
    return MissionWorld(cast).mission(form="")


def test_the_answers_lead_to_a_recommendation_with_the_pull_of_each(cast: Cast, mission: Mission) -> None:
    client = browser(cast.officer)
    response = client.get(url("mission_advisor", mission.reference), {**ANSWERS, "show": "1"})

    assert response.templates[0].name == "partnerships/mission_advice.html"
    assert response.context["advice"].recommended == "pbc"
    text = response.content.decode()
    assert "A contract for results is made for services that go on" in text
    assert "Speaks firmly against it" in text  # routine work speaks against a Grant
    assert "10 of 10 questions answered" in text
    assert not FormChoice.objects.exists(), "reading stores nothing"


def test_no_answer_at_all_is_told_and_a_nonsense_answer_too(cast: Cast, mission: Mission) -> None:
    client = browser(cast.officer, "th")
    for query in ({"show": "1"}, {"show": "1", "work": "nonsense"}):
        response = client.get(url("mission_advisor", mission.reference), query)
        assert response.templates[0].name == "partnerships/mission_advisor.html"
        assert response.context["form"].errors


def test_answers_can_be_changed_and_are_still_there(cast: Cast, mission: Mission) -> None:
    client = browser(cast.officer)
    result = client.get(url("mission_advisor", mission.reference), {**ANSWERS, "show": "1"})
    again = client.get(result.context["change_url"])

    assert again.context["form"]["work"].value() == "routine"


def test_the_officer_may_choose_another_form_and_both_are_kept_and_shown(cast: Cast, mission: Mission) -> None:
    client = browser(cast.officer)
    page = client.get(f"{url('mission_choose_form', mission.reference)}?{_query(ANSWERS)}")
    sent = {name: page.context["form"][name].value() for name in ANSWERS}
    client.post(
        url("mission_choose_form", mission.reference),
        stamped(mission, form="grant", form_reason="ทดลองหนึ่งปีก่อน", **sent),
    )

    choice = FormChoice.objects.get()
    assert (choice.recommended, choice.form, choice.state, choice.answers) == ("pbc", "grant", "chosen", ANSWERS)
    assert choice.scores["pbc"] > choice.scores["grant"]
    mission.refresh_from_db()
    assert (mission.form, mission.form_reason) == ("grant", "ทดลองหนึ่งปีก่อน")
    text = browser(cast.opdc).get(url("mission_detail", mission.reference)).content.decode()
    assert "The advisor recommended: Performance-based contracting." in text
    assert "The officer chose another form." in text


def _query(answers: dict[str, str]) -> str:
    return "&".join(f"{code}={answer}" for code, answer in answers.items())


def test_a_choice_without_the_advisor_is_kept_as_such(cast: Cast, mission: Mission) -> None:
    choose_form(mission=mission, form="pbc", form_reason="เป็นบริการต่อเนื่อง", by=cast.officer.actor)

    choice = FormChoice.objects.get()
    assert (choice.recommended, choice.answers, choice.scores) == ("", {}, {})
    text = browser(cast.officer).get(url("mission_detail", mission.reference)).content.decode()
    assert "Chosen without the form advisor." in text


def test_a_refused_choice_keeps_reason_and_answers(cast: Cast, mission: Mission) -> None:
    response = browser(cast.officer, "th").post(
        url("mission_choose_form", mission.reference), stamped(mission, form="", form_reason="เหตุผลที่พิมพ์ไว้", **ANSWERS)
    )

    assert "form" in response.context["form"].errors
    assert "เหตุผลที่พิมพ์ไว้" in response.content.decode()
    assert response.context["form"]["work"].value() == "routine"
    assert response.context["advice"].recommended == "pbc"


def test_earlier_choices_stay_on_the_page(cast: Cast, mission: Mission) -> None:
    for form, reason in (("grant", "เหตุผลแรก"), ("pbc", "เหตุผลที่สอง")):
        choose_form(mission=mission, form=form, form_reason=reason, by=cast.officer.actor)

    text = browser(cast.officer).get(url("mission_detail", mission.reference)).content.decode()
    assert "เหตุผลแรก" in text
    assert "เหตุผลที่สอง" in text


# --- with a chain of the agency's own


@pytest.fixture
def chain(cast: Cast) -> None:
    EndorsementPosition.objects.create(
        organisation=cast.organisations["agency"],
        kind="choose_form",
        ordinal=1,
        title="อธิบดี",
        holder=cast.executive.user,
    )


def test_with_a_chain_the_choice_waits_until_it_is_decided(cast: Cast, mission: Mission, chain: None) -> None:
    client = browser(cast.officer)
    client.post(
        url("mission_choose_form", mission.reference),
        stamped(mission, form="pbc", form_reason="เป็นบริการต่อเนื่อง", **ANSWERS),
    )
    choice = FormChoice.objects.get()
    assert (choice.state, Mission.objects.get().form) == ("proposed", "")
    assert "See how far it has come" in client.get(url("mission_detail", mission.reference)).content.decode()

    endorse_decision(decision=Decision.objects.get(), by=cast.executive.actor)

    choice.refresh_from_db()
    assert (choice.state, choice.chosen_by, Mission.objects.get().form) == ("chosen", cast.officer.user, "pbc")


def test_a_returned_choice_is_shown_with_the_comment_and_can_be_proposed_again(
    cast: Cast, mission: Mission, chain: None
) -> None:
    facts = {"form": "grant", "form_reason": "เป็นโครงการ", "by": cast.officer.actor}
    decision = propose_form(mission=mission, **facts)
    with pytest.raises(NotNow):
        propose_form(mission=Mission.objects.get(), **facts)
    return_decision(decision=decision, by=cast.executive.actor, comment="ขอให้ทบทวนรูปแบบ")

    assert [(row.state, row.comment) for row in FormChoice.objects.all()] == [("returned", "ขอให้ทบทวนรูปแบบ")]
    assert "ขอให้ทบทวนรูปแบบ" in browser(cast.officer).get(url("mission_detail", mission.reference)).content.decode()
    propose_form(mission=Mission.objects.get(), **{**facts, "form": "pbc"})
    assert FormChoice.objects.filter(state="proposed").count() == 1
