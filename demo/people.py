"""The demonstration's people (all invented) and the organisations they act for (giver agencies and both pilots' real)."""

from __future__ import annotations

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from core import clock
from demo.factors import DOMAIN, give_second_factors
from partnerships.actions.appointments import propose_appointment
from partnerships.actions.invitations import invite
from partnerships.actions.loading import load_agencies
from partnerships.actors import Actor
from partnerships.enums import OrganisationKind as Kind
from partnerships.enums import Role
from partnerships.identity.policy import gets_email_code, needs_second_factor
from partnerships.models import Membership, MembershipRole, Organisation, PrivacyAcceptance, PrivacyNotice, User
from partnerships.queries.actors import actor_for

PASSWORD = "phakhi-demo-2569"  # for show only: it is printed by `manage.py demo_logins`
DCY, DOP = "กรมกิจการเด็กและเยาวชน", "กรมกิจการผู้สูงอายุ"
PHONE = "0 2000 0000 (สมมติ)"


@dataclass(frozen=True)
class Body:
    """An organisation besides ministries and departments."""

    kind: str
    name_th: str
    name_en: str
    province: str  # its code
    about: str = ""


BODIES = {
    "opdc": Body(
        Kind.OPDC,
        "สำนักงานคณะกรรมการพัฒนาระบบราชการ (สำนักงาน ก.พ.ร.)",
        "Office of the Public Sector Development Commission (OPDC)",
        "10",
    ),
    "nicfd": Body(
        Kind.ACADEMIC,
        "สถาบันแห่งชาติเพื่อการพัฒนาเด็กและครอบครัว มหาวิทยาลัยมหิดล",
        "National Institute for Child and Family Development, Mahidol University",
        "73",
        "สร้างงานวิจัยเพื่อนำไปสู่การบริการในการพัฒนาและคุ้มครองเด็ก เยาวชนและครอบครัว",
    ),
    "nonthaburi": Body(
        Kind.LOCAL_GOVERNMENT,
        "เทศบาลนครนนทบุรี",
        "Nonthaburi City Municipality",
        "12",
        "พัฒนาโครงสร้างและสาธารณูปการพื้นฐานระดับชุมชน",
    ),
    "foundation": Body(
        Kind.FOUNDATION, "มูลนิธิร่มเงาเด็กบ้านแสงตะวัน (สมมติ)", "Ban Saeng Tawan Foundation (fictitious)", "70"
    ),
    "network": Body(
        Kind.NETWORK, "เครือข่ายพิทักษ์สิทธิเด็กจังหวัดนครสมมติ (สมมติ)", "Nakhon Sommut Child Rights Network (fictitious)",
        "70",
    ),
    "municipality": Body(
        Kind.LOCAL_GOVERNMENT, "เทศบาลเมืองทุ่งสมมติ (สมมติ)", "Thung Sommut Town Municipality (fictitious)", "70"
    ),
    "elders": Body(
        Kind.ASSOCIATION, "สมาคมผู้สูงอายุอำเภอริมธาร (สมมติ)", "Rim Than District Elders' Association (fictitious)",
        "52",
    ),
    "community": Body(
        Kind.COMMUNITY, "กลุ่มจิตอาสาตำบลนาฝัน (สมมติ)", "Na Fan Volunteers (fictitious)", "52"
    ),
    "university": Body(
        Kind.ACADEMIC, "ศูนย์วิจัยสังคมสูงวัย มหาวิทยาลัยธารสมมติ (สมมติ)", "Than Sommut University Ageing Centre (fictitious)",
        "52",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class DemoPerson:
    """Someone who can log in. `organisation`: a key of BODIES, a department's name, or "" for the invited."""

    key: str
    name: str
    title: str
    organisation: str = ""
    roles: tuple[Role, ...] = ()
    does: str = ""  # what this log-in shows; listed by demo_logins when given

    @property
    def email(self) -> str:
        return f"{self.key.replace('_', '.')}@{DOMAIN}"


R = Role
PEOPLE = (
    DemoPerson("officer_dcy", "นางสาวพิมพ์ใจ ใฝ่งาน (สมมติ)", "นักพัฒนาสังคมชำนาญการ", DCY, (R.OFFICER,), "เจ้าหน้าที่ผู้รับผิดชอบ"),
    DemoPerson("officer_two_dcy", "นายทวนความ ถี่ถ้วน (สมมติ)", "นักพัฒนาสังคมปฏิบัติการ", DCY, (R.OFFICER,), "เจ้าหน้าที่คนที่สอง เทียบข้อเสนอที่ยื่นเป็นเอกสาร"),
    DemoPerson("executive_dcy", "นายเกรียงไกร นำทาง (สมมติ)", "อธิบดีกรมกิจการเด็กและเยาวชน (สมมติ)", DCY, (R.EXECUTIVE,), "ผู้บริหาร"),
    DemoPerson("finance_dcy", "นางบัญชา ละเอียด (สมมติ)", "นักวิชาการเงินและบัญชีชำนาญการ", DCY, (R.FINANCE,), "การเงินและบัญชี"),
    DemoPerson("admin_dcy", "นายดูแล เรียบร้อย (สมมติ)", "นักวิชาการคอมพิวเตอร์ปฏิบัติการ", DCY, (R.ADMINISTRATOR,), "ผู้ดูแลระบบขององค์กร"),
    DemoPerson("group_dcy", "นางนำกลุ่ม ทำดี (สมมติ)", "ผู้อำนวยการกลุ่มส่งเสริมเด็กและเยาวชน (สมมติ)", DCY),
    DemoPerson("division_dcy", "นายกองหน้า ก้าวไกล (สมมติ)", "ผู้อำนวยการกองส่งเสริมเด็กและเยาวชน (สมมติ)", DCY, does="พิจารณาเรื่องตามลำดับ"),
    DemoPerson("deputy_dcy", "นางสาวรองรับ รอบรู้ (สมมติ)", "รองอธิบดีกรมกิจการเด็กและเยาวชน (สมมติ)", DCY),
    DemoPerson("deputy_two_dcy", "นายช่วยคิด เคียงข้าง (สมมติ)", "รองอธิบดี (สมมติ)", DCY),
    DemoPerson("officer_dop", "นายสมานใจ รักผู้ใหญ่ (สมมติ)", "นักพัฒนาสังคมชำนาญการพิเศษ", DOP, (R.OFFICER,), "เจ้าหน้าที่ผู้รับผิดชอบ"),
    DemoPerson("executive_dop", "นางวิสัยทัศน์ กว้างไกล (สมมติ)", "อธิบดีกรมกิจการผู้สูงอายุ (สมมติ)", DOP, (R.EXECUTIVE,), "ผู้บริหาร"),
    DemoPerson("finance_dop", "นางสาวรอบคอบ ตรวจสอบ (สมมติ)", "นักวิชาการเงินและบัญชีชำนาญการ", DOP, (R.FINANCE,), "การเงินและบัญชี"),
    DemoPerson("staff_foundation", "นางสาวน้ำใจ ช่วยเหลือ (สมมติ)", "ผู้จัดการโครงการ", "foundation", (R.STAFF,), "เจ้าหน้าที่ของภาคี"),
    DemoPerson("rep_foundation", "นายเมตตา ธรรมดี (สมมติ)", "ประธานมูลนิธิ", "foundation", (R.REPRESENTATIVE,), "ผู้แทนผู้มีอำนาจ"),
    DemoPerson("finance_foundation", "นางประหยัด พอเพียง (สมมติ)", "เหรัญญิก", "foundation", (R.FINANCE,), "การเงินของภาคี"),
    DemoPerson("admin_foundation", "นางสาวจัดการ ใส่ใจ (สมมติ)", "หัวหน้าสำนักงานมูลนิธิ", "foundation", (R.ADMINISTRATOR,), "ผู้ดูแลระบบขององค์กรภาคี"),
    DemoPerson("staff_nicfd", "ดร.ปัญญา ใฝ่รู้ (สมมติ)", "หัวหน้าโครงการ", "nicfd", (R.STAFF, R.FINANCE), "ภาคี: โครงการนำร่องด้านเด็ก"),
    DemoPerson("rep_nicfd", "รองศาสตราจารย์ ดร.วิชาการ ก้าวหน้า (สมมติ)", "ผู้อำนวยการสถาบัน (สมมติ)", "nicfd", (R.REPRESENTATIVE,)),
    DemoPerson("staff_nonthaburi", "นางชุมชน เข้มแข็ง (สมมติ)", "หัวหน้าฝ่ายสวัสดิการสังคม", "nonthaburi", (R.STAFF, R.FINANCE), "ภาคี: โครงการนำร่องด้านผู้สูงอายุ"),
    DemoPerson("rep_nonthaburi", "นายท้องถิ่น พัฒนา (สมมติ)", "นายกเทศมนตรีนครนนทบุรี (สมมติ)", "nonthaburi", (R.REPRESENTATIVE,)),
    DemoPerson("rep_network", "นางสาวสิทธิ เสมอภาค (สมมติ)", "ผู้ประสานงานเครือข่าย", "network", (R.STAFF, R.REPRESENTATIVE)),
    DemoPerson("rep_municipality", "นายเทศบาล งามเมือง (สมมติ)", "นายกเทศมนตรีเมืองทุ่งสมมติ", "municipality", (R.STAFF, R.REPRESENTATIVE)),
    DemoPerson("rep_elders", "นางลำดวน ร่มเย็น (สมมติ)", "นายกสมาคม", "elders", (R.STAFF, R.REPRESENTATIVE)),
    DemoPerson("rep_community", "นายจิตอาสา พร้อมใจ (สมมติ)", "ประธานกลุ่ม", "community", (R.STAFF, R.REPRESENTATIVE)),
    DemoPerson("rep_university", "ศาสตราจารย์ ดร.วิจัย ยั่งยืน (สมมติ)", "ผู้อำนวยการศูนย์", "university", (R.STAFF, R.REPRESENTATIVE)),
    DemoPerson("admin_draft", "นางสาวเริ่มต้น ตั้งใจ (สมมติ)", "ผู้จัดการ", does="กำลังลงทะเบียนองค์กร"),
    DemoPerson("admin_submitted", "นายยื่นแล้ว รอผล (สมมติ)", "เลขานุการสมาคม"),
    DemoPerson("reviewer", "รองศาสตราจารย์ ดร.เที่ยงธรรม พิจารณา (สมมติ)", "ผู้ทรงคุณวุฒิ", does="ผู้พิจารณาข้อเสนอ"),
    DemoPerson("reviewer_two", "ดร.ละออ ไตร่ตรอง (สมมติ)", "ผู้ทรงคุณวุฒิ"),
    DemoPerson("committee_member", "ดร.สุจริต วินิจฉัย (สมมติ)", "ผู้ทรงคุณวุฒิ", does="กรรมการพิจารณาคัดเลือก"),
    DemoPerson("evaluator", "ผู้ช่วยศาสตราจารย์ ดร.เป็นกลาง ประเมินผล (สมมติ)", "ผู้ประเมินอิสระ", does="ผู้ประเมินภายนอก"),
    DemoPerson("opdc", "นางสาวส่งเสริม ภาคี (สมมติ)", "นักพัฒนาระบบราชการชำนาญการ", "opdc", (R.OPDC_STAFF,), "ส่งเสริมและติดตามทุกข้อตกลง"),
)  # fmt: skip
BY_KEY = {person.key: person for person in PEOPLE}


@dataclass
class DemoCast:
    """People and organisations as stored."""

    users: dict[str, User]
    organisations: dict[str, Organisation]
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """The actor that the person is: all have been members since the first day, and none leaves."""
        if key not in self._actors:
            organisation = self.organisations.get(BY_KEY[key].organisation)
            self._actors[key] = actor_for(self.users[key], organisation.pk if organisation else None)
        return self._actors[key]


def record_cast() -> DemoCast:
    """Store ministries, other organisations, and the people with their roles."""
    organisations, _added = load_agencies()
    for key, body in BODIES.items():
        organisations[key] = Organisation.objects.create(
            kind=body.kind,
            name_th=body.name_th,
            name_en=body.name_en,
            province_code=body.province,
            about=body.about,
            phone=PHONE,
        )
    password = make_password(PASSWORD)  # worked out once: hashing is slow on purpose
    users = {person.key: _record_person(person, organisations, password) for person in PEOPLE}
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users.values()
    )
    # Representatives too: they would otherwise wait for a code by e-mail at every log-in.
    give_second_factors(each for each in users.values() if needs_second_factor(each) or gets_email_code(each))
    now = clock.now()
    PrivacyAcceptance.objects.bulk_create(
        PrivacyAcceptance(user=user, notice=notice, accepted_at=now)
        for notice in PrivacyNotice.objects.all()
        for user in users.values()
    )
    return DemoCast(users, organisations)


def tell_people(cast: DemoCast) -> None:
    """The foundation has an open invitation and an appointment that waits for its representative."""
    admin, foundation = cast.actor("admin_foundation"), cast.organisations["foundation"]
    invite(
        organisation=foundation,
        email=f"volunteer.foundation@{DOMAIN}",
        full_name="นายอาสา พาสุข (สมมติ)",
        title="ผู้ประสานงานอาสาสมัคร",
        roles=[R.STAFF],
        by=admin,
        base="http://localhost:8000/",
    )
    propose_appointment(
        organisation=foundation,
        user=cast.users["staff_foundation"],
        role=R.REPRESENTATIVE,
        note="มติคณะกรรมการมูลนิธิ ครั้งที่ 2/2569 (ข้อมูลสมมติ)",
        by=admin,
    )


def _record_person(person: DemoPerson, organisations: dict[str, Organisation], password: str) -> User:
    user = User.objects.create(
        email=person.email, password=password, full_name_th=person.name, position_title=person.title, phone=PHONE
    )
    if person.organisation:
        membership = Membership.objects.create(
            user=user, organisation=organisations[person.organisation], title=person.title
        )
        MembershipRole.objects.bulk_create(MembershipRole(membership=membership, role=role) for role in person.roles)
    return user
