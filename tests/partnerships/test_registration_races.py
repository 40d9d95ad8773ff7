"""Two at the same moment: one number, one bank account in use, one sponsor."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from partnerships.actions.profile import edit_numbers
from partnerships.actions.profile_papers import set_bank_account
from partnerships.actions.registration import submit_registration
from partnerships.actions.sponsorships import ask_sponsor
from partnerships.enums import OrganisationKind, OrganisationStanding, Role
from partnerships.models import BankAccount, Organisation, Sponsorship
from tests.partnerships.profiles import TAX_NUMBER, furnish_profile, registered
from tests.races import at_once, refusals

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MONEY = (Role.ADMINISTRATOR, Role.FINANCE)


def test_one_number_goes_to_one_organisation_and_the_other_is_told_at_the_field():
    two = [registered(name_th=f"มูลนิธิที่ {n} (สมมติ)") for n in (1, 2)]
    answers = at_once(*[lambda o=o, a=a: edit_numbers(organisation=o, tax_number=TAX_NUMBER, by=a) for o, a in two])
    assert refusals(answers) == [ValidationError]
    assert Organisation.objects.filter(tax_number=TAX_NUMBER).count() == 1


def test_of_two_new_accounts_one_is_in_use():
    organisation, actor = registered(roles=MONEY)
    facts = {"bank": "ธนาคาร", "branch": "สาขา", "account_name": "มูลนิธิ", "by": actor}
    numbers = ("5550001112", "5550001113")
    at_once(*[lambda n=n: set_bank_account(organisation=organisation, account_number=n, **facts) for n in numbers])
    assert BankAccount.objects.filter(organisation=organisation, replaced_at=None).count() == 1


def test_a_registration_is_sent_in_once(cast):
    organisation, actor = registered()
    furnish_profile(organisation, cast)
    answers = at_once(*[lambda: submit_registration(organisation=organisation, by=actor)] * 2)
    assert len(refusals(answers)) == 1
    assert Organisation.objects.get(pk=organisation.pk).standing == OrganisationStanding.SUBMITTED


def test_one_sponsor_is_asked_at_a_time(cast):
    group, actor = registered(OrganisationKind.COMMUNITY, is_unregistered=True)
    sponsors = [cast.organisations["partner"], cast.organisations["rival"]]
    answers = at_once(
        *[lambda s=s: ask_sponsor(organisation=group, sponsor=s, request="ขอ", by=actor) for s in sponsors]
    )
    assert refusals(answers) == [ValidationError]
    assert Sponsorship.objects.filter(group=group).count() == 1
