"""Who reads what of an organisation: one literal table of fields and viewers, asked of the page as it is drawn."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.files import can_read, files_of
from partnerships.actors import ANONYMOUS
from partnerships.enums import OrganisationStanding, Role
from partnerships.models import Membership, MembershipRole, Organisation
from partnerships.queries.actors import actor_for
from tests.factories import UserFactory
from tests.partnerships.profiles import TAX_NUMBER, furnish_profile, registered
from tests.world import World

pytestmark = pytest.mark.django_db

# Words on the page by which each field is recognised (tests/partnerships/profiles.py puts them there).
WORDS = {
    "name": "มูลนิธิภาคี (สมมติ)",
    "province": "ลำปาง",
    "about": "ดูแลผู้สูงอายุในชุมชน",
    "public contact": "นางเปิดเผย ชื่อเสียง",
    "tax number": TAX_NUMBER,
    "registration number": "ลป 77/2549",
    "street": "ถนนสมมติ",
    "yearly income": "1,234,567.89",
    "representative": "นายลงนาม แทนองค์กร",
    "private contact": "นายส่วนตัว ปกปิด",
    "past project": "โครงการที่ผ่านมา",
    "certificate": "registration.pdf",
    "board resolution": "board_resolution.pdf",
    "tax card": "tax_card.pdf",
    "delegation": "delegation.pdf",
    "bank account": "5550001112",
    "bank book": "book.pdf",
}
PUBLIC = {"name", "province", "about", "public contact"}
PROFESSIONAL = PUBLIC | {
    "tax number", "registration number", "street", "yearly income", "representative", "private contact",
    "past project", "certificate",
}  # fmt: skip
PRIVATE_PAPERS = {"board resolution", "tax card", "delegation"}
BANK = {"bank account", "bank book"}

SEES: dict[str, set[str]] = {
    "own administrator": PROFESSIONAL | PRIVATE_PAPERS | BANK,
    "own finance": PROFESSIONAL | PRIVATE_PAPERS | BANK,
    "own representative": PROFESSIONAL | PRIVATE_PAPERS | BANK,
    "own staff": PROFESSIONAL | PRIVATE_PAPERS,
    "agency finance that pays": PROFESSIONAL | BANK,
    "agency officer that pays": PROFESSIONAL | BANK,
    "agency executive that pays": PROFESSIONAL,
    "officer of another agency": PROFESSIONAL,
    "OPDC": PROFESSIONAL | PRIVATE_PAPERS,
    "rival": PUBLIC,
    "stranger": PUBLIC,
}
FILES = {
    "document_registration": "certificate",
    "document_board_resolution": "board resolution",
    "document_tax_card": "tax card",
    "delegation": "delegation",
    "bank_book": "bank book",
}


def people(cast: Any, partner: Organisation) -> dict[str, Any]:
    administrator = UserFactory()
    membership = Membership.objects.create(user=administrator, organisation=partner)
    MembershipRole.objects.create(membership=membership, role=Role.ADMINISTRATOR)
    return {
        "own administrator": administrator,
        "own finance": cast.partner_finance.user,
        "own representative": cast.partner_rep.user,
        "own staff": cast.partner_staff.user,
        "agency finance that pays": cast.finance.user,
        "agency officer that pays": cast.officer.user,
        "agency executive that pays": cast.executive.user,
        "officer of another agency": cast.other_officer.user,
        "OPDC": cast.opdc.user,
        "rival": cast.rival_rep.user,
        "stranger": cast.stranger.user,
    }


def test_each_viewer_sees_exactly_the_fields_of_the_table(cast):
    partner = cast.organisations["partner"]
    furnish_profile(partner, cast)
    World(cast).agreement("pbc", at="pbc_6_midterm_evaluation")
    wrong = []
    for who, user in people(cast, partner).items():
        client = Client()
        client.force_login(user)
        text = client.get(reverse("partnerships:organisation_detail", args=[partner.pk])).content.decode()
        seen = {name for name, words in WORDS.items() if words in text}
        if seen != SEES[who]:
            wrong.append(f"{who}: leaks {sorted(seen - SEES[who])}, lacks {sorted(SEES[who] - seen)}")
    assert not wrong, "\n".join(wrong)


def test_files_are_handed_out_by_the_same_table(cast):
    partner = cast.organisations["partner"]
    furnish_profile(partner, cast)
    World(cast).agreement("pbc", at="pbc_6_midterm_evaluation")
    actors = {who: actor_for(user) for who, user in people(cast, partner).items()}
    wrong = []
    for kind, name in FILES.items():
        file = files_of(partner, kind).get()
        wrong += [f"{kind} by {who}" for who, actor in actors.items() if can_read(file, actor) != (name in SEES[who])]
        if can_read(file, ANONYMOUS):
            wrong.append(f"{kind} by anyone")
    assert not wrong


def test_the_anonymous_are_sent_to_the_log_in(cast):
    answer = Client().get(reverse("partnerships:organisation_detail", args=[cast.organisations["partner"].pk]))
    assert answer.status_code == 302


def test_before_there_is_an_agreement_no_agency_sees_the_account(cast):
    partner = cast.organisations["partner"]
    furnish_profile(partner, cast)
    for person in (cast.finance, cast.officer):
        assert not can_read(files_of(partner, "bank_book").get(), person.actor)


@pytest.mark.parametrize("standing", [OrganisationStanding.DRAFT, OrganisationStanding.SUBMITTED])
def test_what_is_not_in_the_register_is_there_for_its_own_and_for_opdc_only(cast, standing):
    organisation, actor = registered(standing=standing)
    address = reverse("partnerships:organisation_detail", args=[organisation.pk])
    answers = {}
    for who, user in {"own": actor.user, "opdc": cast.opdc.user, "officer": cast.officer.user,
                      "rival": cast.rival_rep.user, "stranger": cast.stranger.user}.items():  # fmt: skip
        client = Client()
        client.force_login(user)
        answers[who] = client.get(address).status_code
    assert answers == {"own": 200, "opdc": 200, "officer": 404, "rival": 404, "stranger": 404}


def test_a_file_that_belongs_to_nothing_is_read_by_nobody(cast):
    partner = cast.organisations["partner"]
    furnish_profile(partner, cast)
    files_of(partner, "bank_book").update(kind="unattached")
    file = files_of(partner, "unattached").get()
    assert not any(can_read(file, person.actor) for person in cast.people.values())
