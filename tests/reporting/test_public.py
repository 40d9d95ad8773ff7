"""Pages for everyone: what is public is there, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.workflow import set_first_state
from partnerships.models import Organisation
from tests.evaluations.helpers import agreement_in_force
from tests.factories import CallFactory, MissionFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PARTNER_PHONE, PERSON_PHONE = "02 999 8877", "081 234 5678"


def _call(cast, state="published", never=False, **facts):
    mission = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user)
    call = CallFactory.build(mission=mission, agency=mission.agency, officer=cast.officer.user, form="pbc", **facts)
    set_first_state(call, state=state)
    call.published_at = None if state == "draft" or never else clock.now()
    call.save()
    return call


def _get(client, name, *args, **query):
    app = "agreements" if "call" in name else "reporting"
    return client.get(reverse(f"{app}:{name}", args=args), query)


def test_only_open_public_calls_are_listed(cast, client):
    shown = _call(cast, title="ดูแลผู้สูงอายุ")
    hidden = [
        _call(cast, state="draft", title="ร่าง"),
        _call(cast, title="เชิญตรง", procedure="direct", procedure_reason="มีรายเดียว"),
        _call(cast, title="ปิดแล้ว", closes_at=clock.now() - DAY),
        _call(cast, state="cancelled", title="ยกเลิก"),
    ]
    for page in (_get(client, "public_calls"), client.get("/")):
        assert shown.title in page.content.decode()
        assert not any(f">{call.title}<" in page.content.decode() for call in hidden)


@pytest.mark.parametrize(
    ("state", "facts", "status"),
    [
        ("published", {}, 200),
        ("decided", {}, 200),
        ("draft", {}, 302),
        ("cancelled", {}, 200),  # with the reason: whoever was told of it finds out why
        ("cancelled", {"never": True}, 302),
        ("published", {"procedure": "direct", "procedure_reason": "มีรายเดียว"}, 302),
    ],
)
def test_a_call_is_public_by_its_state(cast, client, state, facts, status):
    call = _call(cast, state=state, **facts)
    assert _get(client, "call_detail", call.reference).status_code == status


def test_only_agreements_made_public_are_listed_and_read(cast, client):
    shown = agreement_in_force(cast, "pbc_5_first_instalment")
    secret = agreement_in_force(cast, "pbc_4_selection", number=2, standing="preparing")
    secret.public_at = None
    secret.save()
    page = _get(client, "public_agreements").content.decode()
    assert shown.title in page
    assert secret.title not in page
    assert _get(client, "public_agreement", shown.reference).status_code == 200
    assert _get(client, "public_agreement", secret.reference).status_code == 404


def test_public_pages_tell_nothing_of_people_accounts_or_drafts(cast, client):
    Organisation.objects.filter(pk=cast.organisations["partner"].pk).update(phone=PARTNER_PHONE, address="ที่อยู่ลับ")
    for person in (cast.officer, cast.partner_rep, cast.partner_staff):
        person.user.phone = PERSON_PHONE
        person.user.save()
    agreement = agreement_in_force(cast, "pbc_6_midterm_evaluation")
    party = agreement.parties.get(side="receiver")
    party.signatory_name, party.duties = "ผู้ลงนามลับ", "หน้าที่ลับ"
    party.save()
    call = _call(cast, contact_phone="02 111 2222")
    pages = [
        _get(client, "public_agreements"),
        _get(client, "public_agreement", agreement.reference),
        _get(client, "public_calls"),
        _get(client, "call_detail", call.reference),
        client.get("/"),
    ]
    text = " ".join(page.content.decode() for page in pages)
    names = [person.user.full_name_th for person in cast.people.values()]
    emails = [person.user.email for person in cast.people.values()]
    secrets = [PARTNER_PHONE, PERSON_PHONE, "ที่อยู่ลับ", "ผู้ลงนามลับ", "หน้าที่ลับ", *names, *emails]
    assert [secret for secret in secrets if secret in text] == []
    assert "02 111 2222" in text  # the agency's own telephone for questions


def test_search_looks_at_titles(cast, client):
    agreement_in_force(cast, "pbc_5_first_instalment")
    assert len(_get(client, "public_agreements", q="ผู้สูงอายุ").context["page"]) == 1
    assert len(_get(client, "public_agreements", q="ไม่มีคำนี้").context["page"]) == 0


def test_pages_follow_one_another_without_gap_or_repetition(cast, client):
    for number in range(1, 32):
        agreement_in_force(cast, "pbc_5_first_instalment", number=number)
    first = _get(client, "public_agreements").context["page"]
    second = client.get(reverse("reporting:public_agreements") + first.next_url).context["page"]
    seen = [one.pk for one in (*first, *second)]
    assert len(seen) == len(set(seen)) == 31
    back = client.get(reverse("reporting:public_agreements") + second.previous_url).context["page"]
    assert [one.pk for one in back] == [one.pk for one in first]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJ4IiwxXQ==", "WzEsMl0=", "W251bGwsMV0="])
@pytest.mark.parametrize("name", ["public_calls", "public_agreements"])
def test_a_cursor_of_nonsense_shows_a_page(cast, client, name, cursor):
    assert _get(client, name, after=cursor).status_code == 200


@pytest.mark.parametrize("language", ["th", "en"])
def test_public_pages_in_both_languages(cast, client, language):
    client.cookies["django_language"] = language
    agreement, call = agreement_in_force(cast, "pbc_5_first_instalment"), _call(cast)
    for page in (
        client.get("/"),
        _get(client, "public_agreements"),
        _get(client, "public_agreement", agreement.reference),
        _get(client, "public_calls"),
        _get(client, "call_detail", call.reference),
    ):
        assert page.status_code == 200
        assert f'<html lang="{language}"' in page.content.decode()


def test_lists_ask_the_same_queries_at_1_and_at_25(cast, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for upto in (1, 25):
        for number in range(1 if upto == 1 else 2, upto + 1):
            agreement_in_force(cast, "pbc_5_first_instalment", number=number)
        with CaptureQueriesContext(connection) as queries:
            _get(client, "public_agreements")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_public_register_of_partners_says_only_what_is_public(cast, client):
    from partnerships.models import Organisation
    from tests.partnerships.profiles import TAX_NUMBER, furnish_profile, registered

    furnish_profile(cast.organisations["partner"], cast)
    draft, _actor = registered(name_th="มูลนิธิยังไม่ยื่น (สมมติ)")
    text = _get(client, "public_partners").content.decode()
    assert cast.organisations["partner"].name_th in text
    assert "ลำปาง" in text
    hidden = (
        draft.name_th,
        TAX_NUMBER,
        "นายส่วนตัว ปกปิด",
        "5550001112",
        "1,234,567",
        cast.organisations["agency"].name_th,
    )
    assert not [word for word in hidden if word in text]
    assert [row.pk for row in _get(client, "public_partners", q="คู่แข่ง").context["page"]] == [
        Organisation.objects.get(name_th="สมาคมคู่แข่ง (สมมติ)").pk
    ]


def test_the_register_of_partners_asks_the_same_queries_at_1_and_at_25(cast, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.factories import OrganisationFactory

    with CaptureQueriesContext(connection) as queries:
        _get(client, "public_partners", q="คู่แข่ง")
    OrganisationFactory.create_batch(25, name_th="คู่แข่งอีกราย (สมมติ)")
    with django_assert_num_queries(len(queries)):
        assert len(_get(client, "public_partners", q="คู่แข่ง").context["page"]) == 25
