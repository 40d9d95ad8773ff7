"""How OPDC looked after the demonstration's partners: verified twice, one soon to expire, one expired, one observed.

All of it is invented. The second of two similar names shows how duplicates are found and merged.
"""

from __future__ import annotations

from datetime import timedelta

from demo.people import BODIES, PHONE
from demo.story import FICTITIOUS, Story, again
from partnerships.actions.flags import raise_flag
from partnerships.actions.verification import verify_organisation
from partnerships.enums import FlagKind, OrganisationKind
from partnerships.models import Organisation
from partnerships.reference.checks import checks_for

FIRST_LOOK, SECOND_LOOK = 980, 300  # days ago
# Days from the day of loading until which the second verification holds.
HOLDS_FOR = {
    "nicfd": 430,
    "nonthaburi": 430,
    "foundation": 430,
    "network": 430,
    "municipality": 430,
    "elders": 430,
    "university": 40,
    "community": -20,
}
OUTWEIGHED = {"accounts": f"งบการเงินปีล่าสุดอยู่ระหว่างการสอบบัญชี ({FICTITIOUS})"}


def tell_verification(story: Story) -> None:
    """Every partner is looked at twice by OPDC; then what else OPDC has on record."""
    for key, days in HOLDS_FOR.items():
        _verify(story, key, FIRST_LOOK, story.today - timedelta(days=FIRST_LOOK - 730))
        _verify(story, key, SECOND_LOOK, story.today + timedelta(days=days))
    with story.on(120):
        raise_flag(
            organisation=again(story.cast.organisations["network"]),
            kind=FlagKind.OBSERVATION,
            reason=f"ส่งรายงานความคืบหน้าล่าช้ากว่ากำหนด 12 วัน และชี้แจงเหตุแล้ว ({FICTITIOUS})",
            by=story.act("opdc"),
        )
    _record_twin(story)


def _verify(story: Story, key: str, ago: int, until: object) -> None:
    organisation = again(story.cast.organisations[key])
    answers = {check.code: (check.code not in OUTWEIGHED, OUTWEIGHED.get(check.code, ""))
               for check in checks_for(organisation.kind)}  # fmt: skip
    with story.on(ago):
        verify_organisation(
            organisation=organisation, answers=answers, passed=True, valid_until=until, by=story.act("opdc")
        )


def _record_twin(story: Story) -> None:
    """The same association once more, as someone typed it in a hurry."""
    elders = BODIES["elders"]
    with story.on(45):
        story.cast.organisations["elders_twin"] = Organisation.objects.create(
            kind=OrganisationKind.ASSOCIATION,
            name_th="สมาคมผู้สูงอายุ อ.ริมธาร (สมมติ)",
            name_en="Rim Than Elders' Association (fictitious)",
            province_code=elders.province,
            phone=PHONE,
        )
