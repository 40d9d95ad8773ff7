"""A department with an endorsement chain of its own for publishing calls, and a call that is on its way through it."""

from __future__ import annotations

from decimal import Decimal

from agreements.actions.decisions import endorse_decision
from agreements.enums import DecisionKind
from agreements.models import Decision
from demo.before import DCY_TEAM, propose_call, write_mission
from demo.examples import CALL, CHOSEN, mission
from demo.people import BY_KEY, DCY
from demo.story import FICTITIOUS, Story, again
from partnerships.actions.endorsement import Wanted, name_deputy, set_chain
from partnerships.enums import DeputyCapacity, Form
from partnerships.models import EndorsementPosition

ADMIN, STANDS_IN = "admin_dcy", "deputy_two_dcy"
POSITIONS = ("group_dcy", "division_dcy", "deputy_dcy", "executive_dcy")
YOUTH = mission(
    "การจัดกิจกรรมพัฒนาเด็กและเยาวชนในชุมชน",
    "จังหวัดนครสมมติ (สมมติ)",
    "เด็กและเยาวชน",
    "พระราชบัญญัติส่งเสริมการพัฒนาเด็กและเยาวชนแห่งชาติ พ.ศ. 2550",
)


def tell_chain(story: Story) -> Decision:
    """The chain of four with a deputy of its last position; the group's director has endorsed, the division's is next."""
    with story.on(30):
        _set_chain(story)
    written = write_mission(story, DCY_TEAM, 26, YOUTH, CHOSEN[Form.GRANT])
    decision = propose_call(story, written, DCY_TEAM, 9, -40, {**CALL, "budget_ceiling": Decimal(600_000)})
    with story.on(4):
        comment = f"เห็นควรเผยแพร่ประกาศ ({FICTITIOUS})"
        endorse_decision(decision=decision, by=story.act(POSITIONS[0]), comment=comment)
    return again(decision)


def _set_chain(story: Story) -> None:
    department, kind = story.cast.organisations[DCY], DecisionKind.PUBLISH_CALL
    wanted = [Wanted(BY_KEY[key].title, story.cast.users[key].pk) for key in POSITIONS]
    set_chain(organisation=again(department), kind=kind, positions=wanted, by=story.act(ADMIN))
    name_deputy(
        position=EndorsementPosition.objects.of_chain(department.pk, kind).get(ordinal=len(POSITIONS)),
        person_id=story.cast.users[STANDS_IN].pk,
        title=BY_KEY[STANDS_IN].title,
        capacity=DeputyCapacity.ON_BEHALF,
        order_number=f"คำสั่ง{DCY} ที่ 99/2569 (สมมติ)",
        starts_on=story.day(30),
        ends_on=None,
        by=story.act(ADMIN),
    )
