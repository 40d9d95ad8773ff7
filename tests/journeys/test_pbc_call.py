"""A PBC call in full: five partners, six reviewers of whom two are conflicted, addendum, questions, paper, tie, appeal."""

from __future__ import annotations

from datetime import timedelta

from agreements.enums import Outcome
from agreements.models import Agreement, Call, Proposal, ResultLetter
from agreements.queries.facts import load_agreement_facts
from core import clock
from tests.agreements.after_world import find_eligible
from tests.journeys import before, calling, more_people
from tests.journeys.stage import Stage
from tests.journeys.visitor import thai
from tests.world import World

WAITS = "Signing waits for the time of appeals"


def proposed(stage: Stage, call: Call) -> dict[str, Proposal]:
    """One typed and submitted at the window, one on paper, three through the actions."""
    made = before.write_proposal(stage, call, "partner", results={"indicators-0-baseline": 0})
    before.submit_proposal(stage, made, "partner")
    proposals = {"partner": made, "fifth": calling.on_paper(stage, call)}
    for side in ("rival", "third", "fourth"):
        proposals[side] = World(stage.cast).submitted_proposal(call, by=side)
        Proposal.objects.filter(pk=proposals[side].pk).update(title=f"โครงการของ {side}")
    return {side: stage.fresh(one) for side, one in proposals.items()}


def screened(stage: Stage, call: Call, proposals: dict[str, Proposal]) -> None:
    """One at the window, one after mending a formal gap; then the presentations."""
    calling.cured(stage, proposals["third"], "third")
    officer = stage.officer.open("agreements:proposal_detail", proposals["partner"].reference)
    officer.follow("agreements:proposal_screen", proposals["partner"].reference)
    officer.send({f"met_{each.pk}": "yes" for each in call.criteria.filter(kind="eligibility")})
    for side in ("rival", "third", "fourth", "fifth"):
        find_eligible(World(stage.cast), proposals[side])
    calling.presented(stage, call, proposals["partner"], "partner")
    for side in ("rival", "third", "fourth", "fifth"):
        calling.heard(stage, proposals[side])


def judged(stage: Stage, call: Call, proposals: dict[str, Proposal]) -> None:
    more_people.more_reviewers(stage)
    calling.invited(stage, call)
    calling.declared(stage, call)
    calling.drawn(stage, call)
    points = {"partner": (4, 4), "rival": (4, 4), "third": (5, 2), "fourth": (3, 3), "fifth": (2, 2)}
    calling.scored(stage, {proposals[side]: given for side, given in points.items()})
    calling.ranked(stage, call)


def decided(stage: Stage, call: Call, proposals: dict[str, Proposal]) -> None:
    verdicts = dict.fromkeys(proposals, Outcome.NOT_SELECTED)
    verdicts |= {"partner": Outcome.SELECTED, "rival": Outcome.RESERVE}
    calling.resolved(stage, call, {proposals[side]: outcome for side, outcome in verdicts.items()})
    calling.told(stage, call)
    appeal = calling.appealed(stage, proposals["third"], "third")
    calling.answered(stage, appeal, "third")


def carried_over(stage: Stage, call: Call, agreement: Agreement) -> None:
    """Activities, indicators and money are there; the text waits until nobody can appeal any more."""
    officer = stage.officer.open("agreements:agreement_detail", agreement.reference)
    officer.sees("เยี่ยมบ้าน", "จำนวนผู้สูงอายุที่ได้รับการเยี่ยมบ้าน", "900,000.00", thai(WAITS))
    assert not load_agreement_facts(agreement).appeals_settled
    passed = clock.real_now() - timedelta(seconds=1)  # tests do not wait
    ResultLetter._base_manager.filter(proposal__call=call, appeal_until__isnull=False).update(appeal_until=passed)
    officer.open("agreements:agreement_detail", agreement.reference)
    assert thai(WAITS) not in officer.text()
    plan = agreement.plans.get()
    assert [activity.title for activity in plan.activities.all()] == ["เยี่ยมบ้าน"]
    assert agreement.indicators.get().target == 200
    assert sum(source.amount for source in agreement.budget_sources.all()) == agreement.total


def test_a_pbc_call_with_five_partners_from_the_template_to_the_agreement(stage: Stage) -> None:
    more_people.more_partners(stage)
    call = calling.published(stage)
    calling.asked_and_answered(stage, call)
    calling.extended(stage, call)
    proposals = proposed(stage, call)
    calling.is_sealed(stage, call, proposals["rival"])
    before.close_call(stage, call)
    screened(stage, call, proposals)
    judged(stage, call, proposals)
    decided(stage, call, proposals)
    carried_over(stage, call, Agreement.objects.get(proposal=proposals["partner"]))
