"""What is looked at when a partner is verified, in the order in which it is asked: one row a question.

The manual asks for organisational standard, expertise, record and reputation (§3.1, §3.2 step 3) and for readiness and
trustworthiness of the candidate (§4 step 3); the questions are ours. An essential one that is answered no cannot be
passed over; any other needs a comment and may be outweighed.
"""

from __future__ import annotations

from dataclasses import dataclass

from partnerships.enums import PARTNER_KINDS
from partnerships.enums import OrganisationKind as K

LEGAL_PERSONS = frozenset({K.FOUNDATION, K.ASSOCIATION, K.NGO, K.CHARITY, K.PRIVATE})
GROUPS = frozenset({K.COMMUNITY, K.NETWORK})
BY_LAW = frozenset({K.LOCAL_GOVERNMENT, K.ACADEMIC})
WITH_BOARD = LEGAL_PERSONS | GROUPS
EVERYONE = PARTNER_KINDS


@dataclass(frozen=True)
class Check:
    """One question. `code` is kept with the answer and never changes its meaning."""

    code: str
    kinds: frozenset[str]
    th: str
    en: str
    essential: bool = True


CHECKS = (
    Check(
        "identity", EVERYONE,
        "ชื่อ ประเภท และที่ตั้งตรงกับหลักฐานที่ยื่นหรือไม่",
        "Do name, kind and address agree with the papers handed in?",
    ),
    Check(
        "numbers", LEGAL_PERSONS,
        "เลขทะเบียนนิติบุคคลและเลขประจำตัวผู้เสียภาษีตรงกับฐานข้อมูลของนายทะเบียนหรือไม่",
        "Do the registration and tax numbers agree with the registrar's records?",
    ),
    Check(
        "established_by_law", BY_LAW,
        "มีกฎหมายหรือประกาศจัดตั้งรองรับหรือไม่",
        "Is there a law or announcement that established it?",
    ),
    Check(
        "group_exists", GROUPS,
        "มีบันทึกการประชุมจัดตั้งและรายชื่อสมาชิกที่ยืนยันได้ หรือมีทะเบียนรับรองหรือไม่",
        "Is there a record of the founding meeting with members who confirm it, or a certificate?",
    ),
    Check(
        "purpose", WITH_BOARD,
        "วัตถุประสงค์ตามข้อบังคับครอบคลุมงานบริการสาธารณะที่ระบุไว้หรือไม่",
        "Do its regulations cover the public services that it names?",
    ),
    Check(
        "board", WITH_BOARD,
        "คณะกรรมการชุดปัจจุบันยังอยู่ในวาระและมีมติให้สมัครเป็นภาคีหุ้นส่วนหรือไม่",
        "Is the board in office, and has it resolved to apply?",
    ),
    Check(
        "representative", EVERYONE,
        "ผู้แทนผู้มีอำนาจมีอำนาจกระทำการแทนจริง (หนังสือรับรอง คำสั่ง หรือหนังสือมอบอำนาจ) หรือไม่",
        "Is the representative entitled to act (certificate, order or delegation)?",
    ),
    Check(
        "reachable", EVERYONE,
        "ติดต่อได้จริงตามที่ตั้ง โทรศัพท์ หรืออีเมลที่ให้ไว้หรือไม่",
        "Can it be reached at the address, telephone or e-mail given?",
    ),
    Check(
        "no_state_debarment", frozenset({*LEGAL_PERSONS, *GROUPS}),
        "ไม่อยู่ระหว่างถูกเพิกถอน เลิก ล้มละลาย หรือถูกตัดสิทธิรับเงินอุดหนุนจากรัฐ ใช่หรือไม่",
        "Is it free of revocation, dissolution, bankruptcy and exclusion from state subsidies?",
    ),
    Check(
        "accounts", frozenset({*LEGAL_PERSONS, K.ACADEMIC}),
        "มีรายงานประจำปีหรืองบการเงินปีล่าสุดที่ตรวจสอบได้หรือไม่",
        "Is there an annual report or financial statement of the latest year that can be checked?",
        essential=False,
    ),
    Check(
        "bank_account", EVERYONE,
        "บัญชีธนาคารเป็นชื่อขององค์กรหรือขององค์กรพี่เลี้ยงหรือไม่",
        "Is the bank account in the name of the organisation or its sponsor?",
        essential=False,
    ),
    Check(
        "track_record", EVERYONE,
        "ผลงานที่ผ่านมาสอบทานกับผู้ให้ทุนหรือผู้มอบภารกิจได้หรือไม่",
        "Could its past work be confirmed with those who gave the money or the mission?",
        essential=False,
    ),
)  # fmt: skip
BY_CODE = {check.code: check for check in CHECKS}


def checks_for(kind: str) -> tuple[Check, ...]:
    """The questions for one kind of partner, in order."""
    return tuple(check for check in CHECKS if kind in check.kinds)
