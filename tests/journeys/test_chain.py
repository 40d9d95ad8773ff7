"""A department's administrator sets a chain of four with a deputy; a call's publication goes through it (§4 steps 3-5)."""

from __future__ import annotations

from agreements.models import Call, Decision
from partnerships.models import EndorsementPosition, PositionDeputy
from tests.cast import Person
from tests.chains import TITLES, person
from tests.journeys.papers import in_days
from tests.journeys.stage import Stage
from tests.journeys.visitor import thai
from tests.second_factors import give_second_factor
from tests.world import World

FOUR = ("group", "division", "deputy_head", "head")
NAMES = ("นางนำกลุ่ม ใจดี", "นายกองหน้า มั่นคง", "นางรองรับ รอบคอบ", "นายอธิบดี ศรีราชการ", "นายช่วยคิด เคียงข้าง")


def take_places(stage: Stage) -> None:
    """Four people and one who stands in, members of the agency without any role."""
    for key, name in zip((*FOUR, "stands_in"), NAMES, strict=True):
        stage.cast.people[key] = Person(person(stage.cast, name), stage.cast.organisations["agency"])
    give_second_factor(stage.cast.people["stands_in"].user)  # who decides last needs it


def set_the_chain(stage: Stage) -> None:
    """First wrongly: the same person twice. Then the four, the last two put in order by their numbers."""
    agency = stage.cast.organisations["agency"].pk
    admin = stage.agency_admin.open("partnerships:own_chains")
    admin.follow("partnerships:chain_edit", agency, "publish_call")
    for _row in range(3):
        admin.add_row("positions")
    users = [str(stage.cast.people[key].user.pk) for key in FOUR]
    rows = {}
    for at, (title, holder) in enumerate(zip(TITLES, users, strict=True)):
        rows |= {f"positions-{at}-title": title, f"positions-{at}-holder": holder}
    admin.send_wrong(rows | {"positions-3-holder": users[0]})
    assert thai("The same person cannot hold two positions of one chain.") in admin.error_at("positions-3-holder")
    order = {"positions-0-ordinal": 1, "positions-1-ordinal": 2, "positions-3-ordinal": 4, "positions-2-ordinal": 3}
    admin.send(order | {"positions-3-holder": users[3]}).sees(*TITLES, *NAMES[:4])
    assert list(EndorsementPosition.objects.in_force().values_list("title", flat=True)) == list(TITLES)


def name_the_deputy(stage: Stage) -> None:
    last = EndorsementPosition.objects.in_force().get(ordinal=4)
    admin = stage.agency_admin.at("partnerships:endorsement_chains", last.organisation_id)
    admin.follow("partnerships:deputy_create", last.pk)
    facts = {
        "person": stage.cast.people["stands_in"].user.pk,
        "title": "รองอธิบดี",
        "capacity": "on_behalf",
        "starts_on": in_days(0),
        "ends_on": in_days(60),
    }
    admin.send_wrong(facts)
    assert admin.error_at("order_number")
    admin.send({"order_number": "คำสั่งกรมทดสอบ ที่ 7/2569"}).sees(NAMES[4], "คำสั่งกรมทดสอบ ที่ 7/2569")
    assert PositionDeputy.objects.get().seat == last


def propose(stage: Stage) -> Decision:
    call = World(stage.cast).draft_call()
    officer = stage.officer.open("agreements:call_detail", call.reference)
    officer.follow("agreements:call_propose_publication", call.reference).send({"comment": "เพื่อโปรดพิจารณา"})
    return Decision.objects.get()


def test_a_call_is_published_through_a_chain_of_four_with_a_deputy(stage: Stage) -> None:
    take_places(stage)
    set_the_chain(stage)
    name_the_deputy(stage)
    decision = propose(stage)
    for turn, key in enumerate((*FOUR[:3], "stands_in")):
        visitor = getattr(stage, key).open("reporting:home").follow("agreements:decision_detail", decision.pk)
        visitor.follow("agreements:decision_endorse", decision.pk).send({"comment": f"เห็นควร {turn + 1}"})
        assert stage.fresh(decision).reached == turn + 1
    assert Call.objects.get().state == "published"
    officer = stage.officer.open("agreements:decision_detail", decision.pk)
    officer.sees(*NAMES[:3], NAMES[4], "รองอธิบดี ปฏิบัติราชการแทน อธิบดีกรมทดสอบ")
    assert officer.pdf("agreements:decision_memo", decision.pk).startswith(b"%PDF")
    looks = stage.opdc.open("partnerships:organisation_detail", stage.cast.organisations["agency"].pk)
    looks.follow("partnerships:endorsement_chains", stage.cast.organisations["agency"].pk).sees(*TITLES)
