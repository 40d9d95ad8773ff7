"""Merging two records of one organisation: what moves, what stays, what stands in the way; and what two at once do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Agreement, Party
from core import clock
from core.audit import history_of
from core.workflow import AlreadyDone, NotNow, NotYou, Refusal, Stamp, set_first_state
from partnerships.actions.flags import lift_flag, raise_flag
from partnerships.actions.merging import find_not_duplicate, merge_organisations
from partnerships.actions.verification import verify_organisation
from partnerships.enums import FlagKind, InvitationState, OrganisationKind, OrganisationStanding, Role
from partnerships.models import (
    Agency,
    BankAccount,
    Contact,
    FieldOfWork,
    Flag,
    Invitation,
    Merge,
    NotDuplicate,
    Organisation,
    Partner,
    ServiceArea,
    ShortlistEntry,
    Sponsorship,
    Verification,
)
from partnerships.queries.actors import actor_for
from partnerships.reference.checks import checks_for
from tests.cast import make_cast
from tests.factories import MissionFactory, OrganisationFactory, member_of
from tests.races import at_once, refusals
from tests.world import World

MERGED = OrganisationStanding.MERGED


def twin(**facts) -> Organisation:
    facts = {"name_th": "มูลนิธิภาคี", "verified_until": None, **facts}
    return OrganisationFactory(**facts)


def merge(cast, merged: Organisation, kept: Organisation | None = None, by: str = "opdc") -> Merge:
    kept = Organisation.objects.get(pk=(kept or cast.organisations["partner"]).pk)
    return merge_organisations(kept=kept, merged=merged, reason="องค์กรเดียวกัน", by=cast.people[by].actor)


def again(record):
    return type(record).objects.get(pk=record.pk)


@pytest.mark.django_db
def test_the_merged_record_stays_leads_on_and_both_tell_it(cast):
    kept, merged = cast.organisations["partner"], twin(tax_number="0994000000001")
    made = merge(cast, merged)
    kept, merged = again(kept), again(merged)
    assert (merged.standing, merged.merged_into) == (MERGED, kept)
    assert kept.tax_number == "0994000000001"
    assert made.moved["memberships"] == 0
    assert [event.kind for event in history_of(merged)] == ["organisation.merge_away"]
    assert [event.kind for event in history_of(kept)] == ["organisation.take_over"]
    client = Client()
    client.force_login(cast.opdc.user)
    text = client.get(reverse("partnerships:organisation_detail", args=[merged.pk])).content.decode()
    assert reverse("partnerships:organisation_detail", args=[kept.pk]) in text
    assert kept.name_th in text


@pytest.mark.django_db
def test_people_come_along_with_the_roles_of_both(cast):
    kept, merged = cast.organisations["partner"], twin()
    new = member_of(merged, Role.ADMINISTRATOR)
    member_of(merged, Role.FINANCE, Role.ADMINISTRATOR, user=cast.partner_staff.user)
    merge(cast, merged)
    assert actor_for(new).organisation == kept
    both = actor_for(cast.partner_staff.user)
    assert both.organisation == kept
    assert both.roles == {Role.STAFF, Role.FINANCE, Role.ADMINISTRATOR}
    ended = again(merged).memberships.get(user=cast.partner_staff.user)
    assert ended.ends_on == clock.today() - timedelta(days=1)
    assert set(ended.roles.values_list("role", flat=True)) == {Role.FINANCE, Role.ADMINISTRATOR}


@pytest.mark.django_db
def test_a_place_that_had_ended_gives_no_roles(cast):
    merged = twin()
    member_of(merged, Role.REPRESENTATIVE, user=cast.partner_staff.user)
    yesterday = clock.today() - timedelta(days=1)
    merged.memberships.update(starts_on=yesterday - timedelta(days=9), ends_on=yesterday)
    merge(cast, merged)
    assert actor_for(cast.partner_staff.user).roles == {Role.STAFF}


@pytest.mark.django_db
def test_profile_and_past_move_and_nothing_is_deleted(cast):
    kept, merged = cast.organisations["partner"], twin()
    Contact.objects.create(organisation=merged, name="ผู้ประสานงาน")
    ServiceArea.objects.bulk_create(
        [
            ServiceArea(organisation=kept, province_code="55"),
            *(ServiceArea(organisation=merged, province_code=c) for c in ("55", "54")),
        ]
    )
    merged.fields_of_work.add(FieldOfWork.objects.first())
    account = {"bank": "ธนาคาร", "branch": "สาขา", "account_number": "1", "recorded_by": cast.partner_rep.user}
    BankAccount.objects.create(organisation=merged, account_name=merged.name_th, recorded_at=clock.now(), **account)
    merge(cast, merged)
    kept = again(kept)
    assert kept.contacts.count() == 1
    assert {area.province_code for area in kept.service_areas.all()} == {"54", "55"}
    assert kept.fields_of_work.count() == 1
    assert kept.bank_accounts.get(replaced_at=None).account_name == kept.name_th
    assert kept.bank_accounts.count() == 2


@pytest.mark.django_db
def test_where_both_invited_the_same_person_one_invitation_stays_open(cast):
    merged = twin()
    facts = {"email": "new@example.org", "invited_by": cast.opdc.user, "invited_at": clock.now()}
    for number, organisation in enumerate((cast.organisations["partner"], merged)):
        Invitation.objects.create(
            organisation=organisation, token_hash=str(number), expires_at=clock.now() + timedelta(days=9), **facts
        )
    merge(cast, merged)
    states = cast.organisations["partner"].invitations.order_by("pk").values_list("state", flat=True)
    assert list(states) == [InvitationState.OPEN, InvitationState.CANCELLED]


@pytest.mark.django_db
def test_proposals_and_agreements_move_and_signed_texts_keep_their_name(cast):
    world = World(cast)
    agreement = world.agreement("pbc", at="pbc_5_first_instalment")
    text, version = agreement.texts.get().content, agreement.proposal.versions.get().content
    kept, merged = twin(name_th="มูลนิธิภาคีใหม่", verified_until=clock.today()), cast.organisations["partner"]
    made = merge(cast, again(merged), kept=kept)
    assert (made.moved["proposals"], made.moved["parties"]) == (1, 1)
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.proposal.organisation == kept
    assert Party.objects.filter(agreement=agreement, organisation=kept).exists()
    assert (agreement.texts.get().content, agreement.proposal.versions.get().content) == (text, version)
    assert merged.name_th in text
    for person in ("partner_rep", "partner_staff", "partner_finance"):  # the same people go on with the same agreement
        cast.people[person].organisation = kept
        cast.people[person].__dict__.pop("actor", None)
    world.pay_next(agreement)


@pytest.mark.django_db
def test_two_applicants_on_one_call_are_not_merged(cast):
    world = World(cast)
    call = world.published_call()
    world.draft_proposal(call, by="partner_staff")
    world.draft_proposal(call, by="rival_staff")
    with pytest.raises(NotNow) as told:
        merge(cast, again(cast.organisations["rival"]))
    assert call.reference in str(told.value.message)
    assert again(cast.organisations["rival"]).standing == OrganisationStanding.ACTIVE


@pytest.mark.django_db
def test_two_parties_of_one_agreement_are_not_merged(cast):
    world = World(cast)
    agreement = world.born("commissioning")
    Party.objects.create(agreement=agreement, organisation=cast.organisations["rival"], side="receiver")
    with pytest.raises(NotNow) as told:
        merge(cast, again(cast.organisations["rival"]))
    assert agreement.reference in str(told.value.message)


@pytest.mark.django_db
def test_what_else_stands_in_the_way(cast):
    partner, merged = cast.organisations["partner"], twin(kind=OrganisationKind.COMMUNITY)
    sponsorship = {"asked_by": cast.partner_rep.user, "asked_at": clock.now()}
    Sponsorship.objects.create(group=merged, sponsor=partner, **sponsorship)
    with pytest.raises(NotNow):
        merge(cast, merged)
    other, mission = twin(), MissionFactory()
    for organisation in (partner, other):
        ShortlistEntry.objects.create(
            mission=mission, organisation=organisation, added_by=cast.officer.user, added_at=clock.now()
        )
    with pytest.raises(NotNow):
        merge(cast, other)
    with pytest.raises(NotNow):
        merge(cast, again(cast.organisations["agency"]))


@pytest.mark.django_db
def test_a_block_is_not_merged_away(cast):
    merged = twin()
    flag = raise_flag(
        organisation=merged, kind=FlagKind.BLOCKED, reason="เหตุผล", legal_ground="ข้อ 1", hearing="ไม่ชี้แจง",
        heard_on=clock.today(), by=cast.opdc.actor,
    )  # fmt: skip
    merge(cast, again(merged))
    partner = again(cast.organisations["partner"])
    assert partner.blocked_at == flag.raised_at
    lift_flag(flag=Flag.objects.get(pk=flag.pk), reason="แก้ไขแล้ว", by=cast.opdc.actor)
    assert again(partner).blocked_at is None


@pytest.mark.django_db
def test_merging_again_leads_straight_to_the_last(cast):
    first, second = twin(), twin(name_th="มูลนิธิภาคีสอง")
    merge(cast, first, kept=second)
    merge(cast, again(second))
    assert again(first).merged_into == cast.organisations["partner"]
    with pytest.raises(NotNow):
        merge(cast, again(first))


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["officer", "executive", "agency_admin", "partner_rep", "rival_rep", "stranger"])
def test_only_opdc_merges(cast, person):
    with pytest.raises(NotYou):
        merge(cast, twin(), by=person)
    assert not Merge.objects.exists()


@pytest.mark.django_db
def test_whoever_works_there_does_not_merge_it(cast):
    member_of(cast.organisations["partner"], Role.STAFF, user=cast.opdc.user)
    with pytest.raises(NotYou):
        merge(cast, twin())
    assert not Organisation.objects.filter(standing=MERGED).exists()


@pytest.mark.django_db
def test_two_that_are_two_are_kept_with_the_reason(cast):
    first, second = twin(), twin()
    find_not_duplicate(first=second, second=first, reason="คนละอำเภอ", by=cast.opdc.actor)
    assert NotDuplicate.objects.filter(first=first, second=second).exists()
    with pytest.raises(AlreadyDone):
        find_not_duplicate(first=again(first), second=second, reason="อีกครั้ง", by=cast.opdc.actor)


# What names an organisation: moved by a step, or staying where it is for this reason. Whoever adds a record says here which.
MOVED = {
    "agreements.BudgetSource.organisation", "agreements.CallInvitation.organisation", "agreements.CallQuestion.organisation",
    "agreements.ConflictDeclaration.organisation", "agreements.Party.organisation",
    "agreements.PriorAgreement.receiver", "agreements.Proposal.organisation", "partnerships.Appointment.organisation",
    "partnerships.AuthorisedRepresentative.organisation", "partnerships.BankAccount.organisation",
    "partnerships.Contact.organisation", "partnerships.Invitation.organisation", "partnerships.Membership.organisation",
    "partnerships.MissionSuggestion.suggested_by", "partnerships.Organisation.merged_into",
    "partnerships.OrganisationDocument.organisation", "partnerships.ReadinessAssessment.organisation",
    "partnerships.ReadinessAssessment.assessed_for", "partnerships.ReadinessRequest.organisation",
    "partnerships.ServiceArea.organisation", "partnerships.ShortlistEntry.organisation",
    "partnerships.Sponsorship.group", "partnerships.Sponsorship.sponsor", "partnerships.Talk.partner",
    "partnerships.TrackRecord.organisation",
}  # fmt: skip
STAYS = {
    "frozen, and read from both records": {
        "partnerships.Verification.organisation", "partnerships.Flag.organisation", "partnerships.Merge.kept",
        "partnerships.Merge.merged", "partnerships.NotDuplicate.first", "partnerships.NotDuplicate.second",
    },
    "of agencies, which are not merged": {
        "agreements.Agreement.agency", "agreements.Call.agency", "agreements.PriorAgreement.agency", "agreements.Decision.organisation",
        "agreements.Export.organisation",
        "partnerships.EndorsementPosition.organisation", "partnerships.FormerName.organisation",
        "partnerships.FormerName.parent", "partnerships.Mission.agency", "partnerships.MissionSuggestion.agency",
        "partnerships.Organisation.parent", "partnerships.Policy.agency", "partnerships.ProvincialDuty.office",
        "partnerships.Talk.agency", "partnerships.Verification.verifier",
    },
}  # fmt: skip


def test_every_record_that_names_an_organisation_moves_or_says_why_it_stays():
    named = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if not model.__name__.startswith("Historical") and not model._meta.proxy and not model._meta.auto_created
        for field in model._meta.local_fields
        if field.is_relation and field.related_model in (Organisation, Agency, Partner)
    }
    assert named == MOVED.union(*STAYS.values())


# --- pages ------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_opdc_merges_on_the_page_and_a_double_post_does_it_once(cast):
    kept, merged = cast.organisations["partner"], twin()
    client = Client()
    client.force_login(cast.opdc.user)
    address = reverse("partnerships:duplicate_compare", args=[kept.pk, merged.pk])
    assert "duplicate" in client.get(address).context["dismiss_url"]
    version = again(kept).version
    sent = {"kept": str(kept.pk), "reason": "องค์กรเดียวกัน", "version": version, "key": "once"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302  # not now: the pair is no pair any more
    assert Merge.objects.get().merged == merged


@pytest.mark.django_db
def test_the_page_of_duplicates_is_opdcs_and_costs_the_same_at_1_and_30(cast):
    client = Client()
    client.force_login(cast.officer.user)
    assert client.get(reverse("partnerships:duplicate_list")).status_code == 403
    client.force_login(cast.opdc.user)
    counts = []
    for more in (2, 28):
        for _n in range(more):
            twin(province_code="55")
        with CaptureQueriesContext(connection) as asked:
            text = client.get(reverse("partnerships:duplicate_list") + "?province=55").content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "มูลนิธิภาคี" in text


# --- at the same moment -----------------------------------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_merges_in_opposite_directions_one_is_done():
    cast = make_cast()
    first, second = twin(), twin()
    answers = at_once(
        lambda: merge_organisations(kept=again(first), merged=again(second), reason="ก", by=cast.opdc.actor),
        lambda: merge_organisations(kept=again(second), merged=again(first), reason="ข", by=cast.opdc.actor),
    )
    assert refusals(answers) == [NotNow], answers
    assert Organisation.objects.filter(standing=MERGED).count() == 1
    assert Merge.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_merges_into_different_records_one_is_done():
    cast = make_cast()
    merged, first, second = twin(), twin(), twin()
    answers = at_once(
        lambda: merge_organisations(kept=again(first), merged=again(merged), reason="ก", by=cast.opdc.actor),
        lambda: merge_organisations(kept=again(second), merged=again(merged), reason="ข", by=cast.opdc.actor),
    )
    assert refusals(answers) == [NotNow], answers
    assert Merge.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_verifications_from_one_page_one_is_recorded():
    cast = make_cast()
    second = actor_for(member_of(cast.organisations["opdc"], Role.OPDC_STAFF))
    sent = OrganisationFactory.build(verified_until=None)
    set_first_state(sent, standing=OrganisationStanding.SUBMITTED)
    sent.save()
    answered = {check.code: (True, "") for check in checks_for(sent.kind)}

    def verify(by):
        return verify_organisation(
            organisation=again(sent), answers=answered, passed=True, by=by, stamp=Stamp(version=sent.version)
        )

    answers = at_once(lambda: verify(cast.opdc.actor), lambda: verify(second))
    assert len(refusals(answers)) == 1, answers
    assert issubclass(refusals(answers)[0], Refusal)
    assert Verification.objects.count() == 1
    assert again(sent).standing == OrganisationStanding.ACTIVE
