"""The form advisor against the manual's own examples (§3.0), each answered by hand, and against its own promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.advisor import AGAINST, BY_CODE, MARGIN, QUESTIONS, advise, most_points
from partnerships.enums import Form

GRANT, PBC, COMMISSIONING = Form.GRANT, Form.PBC, Form.COMMISSIONING

# The manual's examples: title → (form it gives, answers as an officer who knows the mission would give them).
EXAMPLES = {
    "การประเมินสภาพปัญหาและความต้องการของเด็ก": (
        GRANT,
        "work=project breadth=one end=clear results=product capacity=expertise money=once wishes=support ready=growing "
        "trust=worked body=none",
    ),
    "ฐานข้อมูลการคุ้มครองสิทธิผู้สูงอายุ": (
        GRANT,
        "work=project breadth=one end=clear results=product capacity=expertise money=once wishes=hand_over "
        "ready=capable trust=new body=none",
    ),
    "สถานพินิจและสถานฟื้นฟูเด็กและเยาวชน": (
        PBC,
        "work=routine breadth=one end=renewed results=measured capacity=people money=yearly wishes=hand_over "
        "ready=capable trust=worked body=none",
    ),
    "บ้านพักฉุกเฉินและสถานสงเคราะห์": (
        PBC,
        "work=routine breadth=one end=renewed results=measured capacity=people money=yearly wishes=support "
        "ready=growing trust=worked body=none",
    ),
    "โรงเรียนสำหรับเด็กออทิสติก": (
        PBC,
        "work=new breadth=one end=renewed results=measured capacity=expertise money=yearly wishes=hand_over "
        "ready=capable trust=new body=none",
    ),
    "การรับเรื่องร้องเรียนของผู้บริโภค": (
        PBC,
        "work=routine breadth=one end=renewed results=measured capacity=people money=yearly wishes=open "
        "ready=capable trust=worked body=none",
    ),
    "คณะกรรมการคุ้มครองเด็กจังหวัด": (
        COMMISSIONING,
        "work=system breadth=several end=strategic results=found capacity=alone money=pooled wishes=together "
        "ready=many trust=close body=formal",
    ),
    "คณะกรรมการจัดทำหลักสูตรสำหรับคนพิการ": (
        COMMISSIONING,
        "work=system breadth=several end=strategic results=product capacity=expertise money=pooled wishes=together "
        "ready=many trust=worked body=formal",
    ),
    "องค์กรคุ้มครองผู้บริโภคระดับท้องถิ่น": (
        COMMISSIONING,
        "work=routine breadth=several end=strategic results=found capacity=alone money=pooled wishes=hand_over "
        "ready=many trust=close body=formal",
    ),
    "ศูนย์พัฒนาเด็กเล็ก Inclusive Care (นำร่อง)": (
        PBC,
        "work=routine breadth=one end=renewed results=measured capacity=people money=yearly wishes=support "
        "ready=capable trust=worked body=none",
    ),
    "ศูนย์การพัฒนาเมืองอารยสถาปัตย์ นนทบุรี (นำร่อง)": (
        PBC,
        "work=new breadth=one end=renewed results=measured capacity=expertise money=yearly wishes=together "
        "ready=capable trust=worked body=none",
    ),
}


def answers_of(line: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in line.split())


@pytest.mark.parametrize("title", EXAMPLES)
def test_the_manuals_own_examples_are_recommended_the_form_that_it_gives_them(title: str) -> None:
    form, line = EXAMPLES[title]
    answers = answers_of(line)
    assert set(answers) == set(BY_CODE), "an example answers every question"

    advice = advise(answers)

    assert advice.recommended == form
    assert advice.answers == answers
    assert advice.standing(form).firm == ()
    assert advice.rival == ""


def test_two_forms_that_are_close_are_said_to_be_close() -> None:
    """A new service, tried out for a set time with a set sum: a project as well as a contract."""
    advice = advise(
        answers_of("work=new breadth=one end=clear results=measured capacity=people money=once trust=new body=none")
    )

    assert {advice.recommended, advice.rival} == {GRANT, PBC}
    assert advice.was_close
    assert abs(advice.scores[GRANT] - advice.scores[PBC]) <= MARGIN


def test_routine_work_speaks_firmly_against_a_grant_however_the_rest_is_answered() -> None:
    """Everything else speaks for a Grant: it is still not recommended, and the line that says why is there."""
    advice = advise(
        answers_of(
            "work=routine breadth=one end=clear results=product capacity=expertise money=once wishes=support "
            "ready=growing trust=new body=none"
        )
    )

    assert advice.recommended != GRANT
    assert advice.scores[GRANT] > advice.scores[PBC]
    assert [str(pull.why) for pull in advice.standing(GRANT).firm] == [str(BY_CODE["work"].answers[1].pulls[1].why)]


def test_nothing_answered_recommends_nothing() -> None:
    advice = advise({})

    assert (advice.recommended, advice.rival, advice.given) == ("", "", ())
    assert set(advice.scores.values()) == {0}


def test_an_answer_that_pulls_nowhere_recommends_nothing() -> None:
    assert advise({"wishes": "open"}).recommended == ""


def test_what_is_not_in_the_table_is_ignored() -> None:
    assert advise({"work": "nonsense", "nonsense": "one", "end": "clear"}).answers == {"end": "clear"}


# --- the table


def test_each_of_the_six_criteria_has_one_or_two_questions() -> None:
    by_criterion: dict[str, int] = {}
    for question in QUESTIONS:
        by_criterion[str(question.criterion)] = by_criterion.get(str(question.criterion), 0) + 1

    assert len(by_criterion) == 6
    assert set(by_criterion.values()) <= {1, 2}


def test_every_pull_has_a_reason_of_its_own_line_and_no_form_is_named_twice_by_an_answer() -> None:
    for question in QUESTIONS:
        assert len({answer.code for answer in question.answers}) == len(question.answers)
        for answer in question.answers:
            assert len({pull.form for pull in answer.pulls}) == len(answer.pulls)
            for pull in answer.pulls:
                assert pull.points != 0
                assert AGAINST <= pull.points <= 3
                assert str(pull.why).strip()
                assert "\n" not in str(pull.why)


def test_no_form_starts_with_an_advantage() -> None:
    """What a form can get at best differs by no more than a quarter: Commissioning asks for more, and may get more."""
    most = {form: sum(_best(question, form) for question in QUESTIONS) for form in Form}

    assert max(most.values()) - min(most.values()) <= max(most.values()) * 0.25
    assert max(most.values()) == most_points({q.code: q.answers[0].code for q in QUESTIONS})


def _best(question: object, form: str) -> int:
    pulls = [answer.pull_on(form) for answer in question.answers]  # type: ignore[attr-defined]
    return max((pull.points for pull in pulls if pull), default=0)


ANYTHING = st.fixed_dictionaries(
    {}, optional={q.code: st.sampled_from([answer.code for answer in q.answers]) for q in QUESTIONS}
)


@given(ANYTHING)
def test_points_are_the_sum_of_the_pulls_shown_and_firm_objections_are_heeded(answers: dict[str, str]) -> None:
    advice = advise(answers)

    assert [standing.form for standing in advice.standings] != []
    for standing in advice.standings:
        shown = [pull for one in advice.given for form, pull in one.pulls if form == standing.form and pull]
        assert standing.points == sum(pull.points for pull in shown)
        assert {*standing.reasons, *standing.objections} == set(shown)
    if advice.recommended:
        firm = {standing.form for standing in advice.standings if standing.firm}
        assert advice.recommended not in firm or len(firm) == len(Form)
        unopposed = [s.points for s in advice.standings if s.form not in firm]
        assert not unopposed or advice.standing(advice.recommended).points == max(unopposed)
