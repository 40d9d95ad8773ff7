"""Profiles of the invented partners, and three ways into the register: in draft, sent in, a group with its sponsor.

The two pilots' receivers are real: nothing is invented about them but what their pages need elsewhere. Tax numbers end
in their check digit, and are all but zeros, so that nobody takes them for a real one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from stdnum.th import moa

from core import clock
from core.workflow import Stamp
from demo.factors import give_second_factors
from demo.story import FICTITIOUS, Story, paper
from partnerships import geography
from partnerships.actions import profile, profile_papers, profile_rows, sponsorships
from partnerships.actions.registration import register_organisation, submit_registration
from partnerships.actors import Actor
from partnerships.enums import DocumentKind, OrganisationKind
from partnerships.models import FieldOfWork, Organisation, TargetGroup
from partnerships.queries.actors import actor_for

FIRST = 995  # days ago: before anything is proposed or signed
D = DocumentKind


@dataclass(frozen=True)
class Told:
    """What an organisation tells of itself."""

    number: int  # of its invented tax number; 0: it has none
    registration: str
    fields: tuple[str, ...]
    groups: tuple[str, ...]
    provinces: tuple[str, ...]
    founded: int  # year CE
    people: tuple[int, int]  # staff, volunteers
    income: int  # baht a year
    documents: tuple[str, ...] = ()


PROFILES = {
    "rep_foundation": Told(
        1, "รบ 101/2540", ("child_protection", "welfare"), ("children", "families"), ("70", "71", "72"), 1997, (14, 60),
        6_400_000, (D.REGISTRATION, D.REGULATIONS, D.BOARD_RESOLUTION, D.ANNUAL_REPORT),
    ),
    "rep_network": Told(
        2, "รบ 7/2552", ("child_protection",), ("vulnerable_children", "youth"), ("70", "76"), 2009, (3, 120),
        950_000, (D.REGISTRATION, D.BOARD_RESOLUTION),
    ),
    "rep_municipality": Told(
        3, "", ("universal_design", "community_development"), ("older_persons", "general_public"), ("70",), 1999,
        (180, 0), 240_000_000,
    ),
    "rep_elders": Told(
        4, "ลป 33/2548", ("elderly_care",), ("older_persons",), ("52", "50"), 2005, (5, 85), 1_800_000,
        (D.REGISTRATION, D.REGULATIONS, D.BOARD_RESOLUTION),
    ),
    "rep_university": Told(
        5, "", ("research_data", "elderly_care"), ("older_persons", "public_staff"), ("50", "51", "52", "53"), 2012,
        (42, 10), 31_000_000,
    ),
}  # fmt: skip


# The pilots' receivers are real: of them only what their agreements need is invented, and marked so.
PILOTS = ("rep_nicfd", "rep_nonthaburi")


def tell_profiles(story: Story) -> None:
    """Everything about the organisations themselves, before anything is done with them."""
    for person, told in PROFILES.items():
        with story.on(FIRST):
            actor = story.act(person)
            tell(actor.organisation, told, actor)
            bind_and_bank(actor.organisation, actor)
            past_project(actor.organisation, actor)
    for person in PILOTS:
        with story.on(FIRST):
            bind_and_bank(story.act(person).organisation, story.act(person))
    tell_group(story)
    tell_draft(story)
    tell_sent_in(story)


def tax_number(number: int) -> str:
    """An invented number with its check digit: 0993 and zeros."""
    bare = f"0993{number:08d}"
    return bare + moa.calc_check_digit(bare + "0")


def tell(organisation: Organisation, told: Told, by: Actor) -> None:
    """Numbers, address, work, size, a contact and papers."""
    root = {"organisation": organisation, "by": by}
    if told.number:
        profile.edit_numbers(**root, tax_number=tax_number(told.number), registration_number=told.registration)
    profile.edit_address(**root, **address_in(told.provinces[0]), phone="0 2000 0000", email="info@demo.example")
    profile.edit_work(
        **root,
        about=f"ทำงานร่วมกับชุมชนและหน่วยงานของรัฐในพื้นที่ ({FICTITIOUS})",
        fields_of_work=list(FieldOfWork.objects.filter(code__in=told.fields)),
        target_groups=list(TargetGroup.objects.filter(code__in=told.groups)),
        provinces=list(told.provinces),
    )
    staff, volunteers = told.people
    size = {"founded_year": told.founded, "staff_count": staff, "volunteer_count": volunteers}
    profile.edit_size(**root, **size, yearly_income=Decimal(told.income))
    profile_rows.save_contacts(**root, rows=[contact(organisation)])
    for kind in told.documents:
        label = str(DocumentKind(kind).label)
        profile_papers.add_document(**root, kind=kind, file=paper(f"{label} {organisation.name_th}"))


def address_in(province: str) -> dict[str, str]:
    """A made-up house in the first subdistrict of the province's first district."""
    district = f"{province}01"
    subdistrict = geography.subdistrict_choices(district)[0][0]
    return {
        "address": f"เลขที่ 99 ถนนสมมติ ({FICTITIOUS})",
        "province_code": province,
        "district_code": district,
        "subdistrict_code": subdistrict,
        "postal_code": geography.postal_codes(subdistrict)[0],
    }


def contact(organisation: Organisation) -> dict[str, Any]:
    return {"name": "ผู้ประสานงาน (สมมติ)", "position": "ผู้ประสานงาน", "phone": "0 2000 0000", "is_public": True}


def bind_and_bank(organisation: Organisation, by: Actor) -> None:
    """Who may bind it, and where money goes."""
    root = {"organisation": organisation, "by": by}
    profile_papers.add_representative(
        **root,
        name=by.user.full_name_th,
        position=by.title,
        authority=f"ตามข้อบังคับขององค์กร ({FICTITIOUS})",
        valid_from=clock.today(),
    )
    profile_papers.set_bank_account(
        **root,
        bank=f"ธนาคารสมมติ ({FICTITIOUS})",
        branch="สาขาสมมติ",
        account_name=organisation.name_th,
        account_number=f"000{organisation.pk:07d}",
    )


def past_project(organisation: Organisation, by: Actor) -> None:
    """A project of earlier years."""
    row = {"title": f"โครงการดูแลกลุ่มเป้าหมายในชุมชน ({FICTITIOUS})", "giver": "องค์กรปกครองส่วนท้องถิ่น (สมมติ)"}
    row |= {"amount": Decimal(350_000), "year_from": 2019, "year_until": 2020, "result": f"ดูแลได้ 120 คน ({FICTITIOUS})"}
    profile_rows.save_track_record(organisation=organisation, rows=[row], by=by)


# --- ways into the register --------------------------------------------------------------------------------------------


def tell_group(story: Story) -> None:
    """The volunteers of Na Fan are no legal person: the foundation stands in for them."""
    told = Told(
        0, "", ("community_development", "elderly_care"), ("older_persons",), ("52",), 2018, (0, 25), 60_000,
        (D.GROUP_RECORD,),
    )  # fmt: skip
    with story.on(FIRST):
        actor = story.act("rep_community")
        profile.edit_identity(organisation=actor.organisation, is_unregistered=True, by=actor)
        tell(actor.organisation, told, actor)
        bind_and_bank(actor.organisation, actor)
        past_project(actor.organisation, actor)
        sponsorship = sponsorships.ask_sponsor(
            organisation=actor.organisation,
            sponsor=story.cast.organisations["foundation"],
            request=f"ขอให้เป็นองค์กรพี่เลี้ยง เคยทำงานร่วมกันมาสามปี ({FICTITIOUS})",
            by=actor,
        )
    with story.on(FIRST - 6):
        answer = f"ยินดีเป็นองค์กรพี่เลี้ยง ({FICTITIOUS})"
        sponsorships.agree_to_sponsor(sponsorship=sponsorship, answer=answer, by=story.act("rep_foundation"))


def tell_draft(story: Story) -> None:
    """Begun four days ago, numbers and papers still to come."""
    with story.on(4):
        draft, actor = begun(story, "admin_draft", OrganisationKind.FOUNDATION, "มูลนิธิบ้านริมน้ำ (สมมติ)")
        profile.edit_address(organisation=draft, **address_in("50"), by=actor)


def tell_sent_in(story: Story) -> None:
    """Sent in two days ago: waits to be checked."""
    told = Told(
        9, "ชม 12/2560", ("education_training", "youth_justice"), ("youth",), ("50", "57"), 2017, (6, 40), 2_100_000,
        (D.REGISTRATION, D.REGULATIONS, D.BOARD_RESOLUTION),
    )  # fmt: skip
    with story.on(6):
        sent, actor = begun(story, "admin_submitted", OrganisationKind.ASSOCIATION, "สมาคมเยาวชนดอยสมมติ (สมมติ)")
        tell(sent, told, actor)
    with story.on(2):
        submit_registration(organisation=sent, by=actor, stamp=Stamp())


def begun(story: Story, person: str, kind: str, name: str) -> tuple[Organisation, Actor]:
    """A registration begun by someone who had no organisation so far."""
    user = story.cast.users[person]
    draft = register_organisation(kind=kind, name_th=name, by=Actor(user=user))
    give_second_factors([user])  # an administrator now: asked for at log-in
    return draft, actor_for(user, draft.pk)
