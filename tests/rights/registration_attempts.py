"""How each action of registration_table is tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from core import clock
from core.workflow import pass_door
from partnerships.actions import profile, profile_papers, profile_rows, sponsorships
from partnerships.actions.registration import submit_registration
from partnerships.models import Organisation
from tests.partnerships.profiles import PDF

Attempt = Callable[[Any, Any], Any]
PERSON = {"name": "นาย ก", "position": "ประธาน", "authority": "ข้อบังคับ"}
ACCOUNT = {"bank": "ธนาคาร", "branch": "สาขา", "account_name": "องค์กร", "account_number": "5550001112"}


def _file() -> ContentFile:
    return ContentFile(PDF, name="เอกสาร.pdf")


def _move(name: str) -> Attempt:
    def attempt(organisation: Any, by: Any) -> None:
        with pass_door(organisation, name, by=by) as door:
            if name == "merge_away":
                door.root.merged_into = Organisation.objects.get(name_th="สมาคมคู่แข่ง (สมมติ)")

    return attempt


ORGANISATION: dict[str, Attempt] = {
    "edit_identity": lambda o, by: profile.edit_identity(organisation=o, by=by, name_th="ชื่อ"),
    "edit_numbers": lambda o, by: profile.edit_numbers(organisation=o, by=by, registration_number="1"),
    "edit_address": lambda o, by: profile.edit_address(organisation=o, by=by, address="ที่อยู่"),
    "edit_work": lambda o, by: profile.edit_work(organisation=o, by=by, provinces=["52"]),
    "edit_size": lambda o, by: profile.edit_size(organisation=o, by=by, staff_count=3),
    "edit_contacts": lambda o, by: profile_rows.save_contacts(organisation=o, rows=[{"name": "ก"}], by=by),
    "edit_track_record": lambda o, by: profile_rows.save_track_record(
        organisation=o, rows=[{"title": "ก", "giver": "ข", "year_from": 2020, "result": "ค"}], by=by
    ),
    "add_document": lambda o, by: profile_papers.add_document(organisation=o, kind="registration", file=_file(), by=by),
    "void_document": lambda o, by: profile_papers.void_document(document=o.documents.first(), by=by),
    "add_representative": lambda o, by: profile_papers.add_representative(
        organisation=o, valid_from=clock.today(), by=by, **PERSON
    ),
    "end_representative": lambda o, by: profile_papers.end_representative(
        representative=o.representatives.first(), by=by
    ),
    "set_bank_account": lambda o, by: profile_papers.set_bank_account(organisation=o, by=by, **ACCOUNT),
    "ask_sponsor": lambda o, by: sponsorships.ask_sponsor(
        organisation=o, sponsor=Organisation.objects.get(name_th="สมาคมคู่แข่ง (สมมติ)"), request="ขอ", by=by
    ),
    "submit_registration": lambda o, by: submit_registration(organisation=o, by=by),
    "return_registration": _move("return_registration"),
    "accept_registration": _move("accept_registration"),
    "merge_away": _move("merge_away"),
}

SPONSORSHIP: dict[str, Attempt] = {
    "agree": lambda s, by: sponsorships.agree_to_sponsor(sponsorship=s, by=by),
    "decline": lambda s, by: sponsorships.decline_to_sponsor(sponsorship=s, answer="ไม่พร้อม", by=by),
    "end": lambda s, by: sponsorships.end_sponsorship(sponsorship=s, reason="เลิก", by=by),
}
