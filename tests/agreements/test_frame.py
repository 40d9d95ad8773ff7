"""The eight steps of §4, derived for each form and stage: the table is written by hand from design.md's mapping."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from agreements.queries.facts import AgreementFacts
from agreements.queries.frame import frame_of
from core import clock
from partnerships.models import Approach

NOTHING = AgreementFacts(
    form="pbc",
    step="pbc_4_selection",
    standing="preparing",
    cycle=1,
    total=Decimal(0),
    starts_on=None,
    ends_on=None,
    details_written=False,
    text_ready=False,
    signed=False,
    public=False,
    parties=2,
    givers=1,
    receivers=1,
    parties_without_duties=0,
    parties_without_signatory=0,
    signatures=0,
    has_committee=False,
    has_formal_body=False,
    body_sides=0,
    plan_outlined=False,
    plan_approved=False,
    indicators=0,
    indicator_weights=0,
    sourced=Decimal(0),
    account_drawn_up=False,
    account_checked=False,
    account_balance=None,
    instalments=(),
    notes=frozenset(),
    letters_missing=False,
    appeals_filed=False,
    appeals_until=None,
    now=clock.real_now(),
    verdicts={},
)
FOUR = frozenset({("vision", 1), ("priorities", 1), ("selection", 1), ("draft", 1)})
SIGNED = {"text_ready": True, "signed": True, "public": True, "standing": "in_force"}
BODY = {"has_committee": True, "plan_outlined": True, "plan_approved": True}
FORMAL = {"has_committee": True, "has_formal_body": True, "body_sides": 2}
PASSED = {("midterm", 2): "pass"}
FINAL = {("final", 1): "pass"}
LESSONS = {("lessons", 1): "pass"}

# (form, step, facts) → the states of steps 4 to 8: D done, P partly, N not yet. Steps 1 to 3 lie behind every agreement.
STAGES = [
    # Grant
    ("grant", "grant_2_application", {}, "NNNNN"),
    ("grant", "grant_2_application", {"notes": frozenset({("vision", 1)})}, "PNNNN"),
    ("grant", "grant_2_application", {"notes": FOUR, "text_ready": True}, "DPNNN"),
    ("grant", "grant_2_application", {"notes": FOUR, **SIGNED, "has_committee": True, "plan_outlined": True}, "DDPNN"),
    ("grant", "grant_3_receipt", {"notes": FOUR, **SIGNED, **BODY}, "DDDNN"),
    ("grant", "grant_4_delivery", {"notes": FOUR, **SIGNED, **BODY}, "DDDPP"),
    ("grant", "grant_4_delivery", {"notes": FOUR | {("work_completed", 1)}, **SIGNED, **BODY}, "DDDDP"),
    ("grant", "grant_4_delivery", {"notes": FOUR, **SIGNED, **BODY, "verdicts": FINAL}, "DDDPP"),
    (
        "grant",
        "grant_4_delivery",
        {"notes": FOUR, **SIGNED, **BODY, "standing": "closed", "verdicts": FINAL | LESSONS},
        "DDDDD",
    ),
    # PBC
    ("pbc", "pbc_4_selection", {}, "NNNNN"),
    ("pbc", "pbc_4_selection", {"notes": FOUR}, "DNNNN"),
    ("pbc", "pbc_4_selection", {"notes": FOUR, "text_ready": True, "signed": True, "standing": "in_force"}, "DPNNN"),
    ("pbc", "pbc_4_selection", {"notes": FOUR, **SIGNED, "has_committee": True}, "DDPNN"),
    ("pbc", "pbc_4_selection", {"notes": FOUR, **SIGNED, "plan_outlined": True, "plan_approved": True}, "DDPNN"),
    ("pbc", "pbc_5_first_instalment", {"notes": FOUR, **SIGNED, **BODY}, "DDDPN"),
    ("pbc", "pbc_6_midterm_evaluation", {"notes": FOUR, **SIGNED, **BODY}, "DDDPP"),
    ("pbc", "pbc_7_next_instalment", {"notes": FOUR, **SIGNED, **BODY, "verdicts": PASSED}, "DDDPP"),
    ("pbc", "pbc_8_final_evaluation", {"notes": FOUR, **SIGNED, **BODY, "verdicts": PASSED}, "DDDDP"),
    ("pbc", "pbc_9_account_closing", {"notes": FOUR, **SIGNED, **BODY, "verdicts": PASSED | FINAL}, "DDDDP"),
    ("pbc", "pbc_9_account_closing", {"notes": FOUR, **SIGNED, **BODY, "verdicts": FINAL | LESSONS}, "DDDDD"),
    # Commissioning: vision and priorities hold on, selection and plan belong to the cycle
    ("commissioning", "commissioning_1_priorities", {}, "NNNNN"),
    ("commissioning", "commissioning_1_priorities", {"notes": FOUR - {("selection", 1)}, **SIGNED, **FORMAL}, "PDPNN"),
    ("commissioning", "commissioning_4_design", {"notes": FOUR, **SIGNED, **FORMAL, "plan_outlined": True}, "DDPNN"),
    ("commissioning", "commissioning_5_delivery", {"notes": FOUR, **SIGNED, **FORMAL, **BODY}, "DDDPN"),
    ("commissioning", "commissioning_6_evaluation", {"notes": FOUR, **SIGNED, **FORMAL, **BODY}, "DDDDP"),
    (
        "commissioning",
        "commissioning_4_design",
        {"notes": FOUR, **SIGNED, **FORMAL, "cycle": 2, "verdicts": {("cycle", 1): "improve"}},
        "PDPNP",
    ),
    (
        "commissioning",
        "commissioning_6_evaluation",
        {"notes": FOUR, **SIGNED, **FORMAL, **BODY, "verdicts": {("cycle", 1): "conclude"}},
        "DDDDP",
    ),
    (
        "commissioning",
        "commissioning_6_evaluation",
        {"notes": FOUR, **SIGNED, **FORMAL, **BODY, "verdicts": {("cycle", 1): "conclude"} | LESSONS},
        "DDDDD",
    ),
]
LETTERS = {"D": "done", "P": "partly", "N": "not_yet"}


def approach(**facts: str) -> Approach:
    return Approach(**{"origin": "inside", "idea": "ศึกษาความเป็นไปได้", "policy_title": "แผนปฏิบัติราชการ"} | facts)


def mission(form: str = "pbc", won: Approach | None = None) -> SimpleNamespace:
    return SimpleNamespace(form=form, approach=won or approach(), get_form_display=lambda: form)


@pytest.mark.parametrize(("form", "step", "facts", "expected"), STAGES)
def test_frame_follows_what_is_on_record(form, step, facts, expected):
    steps = frame_of(replace(NOTHING, form=form, step=step, **facts), mission(form))

    assert [each.number for each in steps] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [each.state for each in steps[:3]] == ["done"] * 3
    assert [each.state for each in steps[3:]] == [LETTERS[letter] for letter in expected]


def test_approach_that_was_not_needed_shows_its_reason():
    step = frame_of(NOTHING, mission(won=approach(origin="not_needed", reason="มีนโยบายอยู่แล้ว")))[1]

    assert (step.state, step.reason) == ("not_needed", "มีนโยบายอยู่แล้ว")


def test_approach_not_recorded_is_not_claimed():
    unwon = SimpleNamespace(form="pbc", approach=None, get_form_display=lambda: "pbc")
    assert frame_of(NOTHING, unwon)[1].state == "not_yet"


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"policy_title": "", "awareness": ""}, "partly"),
        ({"policy_title": "", "awareness": "แจ้งผู้บริหารแล้ว"}, "partly"),
        ({"policy_title": "แผนปฏิบัติราชการประจำปี"}, "done"),
        ({"origin": "outside", "policy_title": "", "third_party": "opdc"}, "partly"),
        ({"origin": "outside", "policy_title": "", "third_party": "opdc", "note": "กรมรับดำเนินการ"}, "done"),
    ],
)
def test_an_approach_is_done_when_it_is_policy_or_the_talks_came_to_a_result(facts, state):
    assert frame_of(NOTHING, mission(won=approach(**facts)))[1].state == state
