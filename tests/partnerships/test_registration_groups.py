"""Groups that are no legal person: a sponsor has to agree on record."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.enums import DocumentKind, OrganisationKind, OrganisationStanding
from partnerships.models import Organisation
from tests.partnerships.profiles import furnish_profile, registered
from tests.partnerships.registering import browser, paper, send, url

pytestmark = pytest.mark.django_db


def group(cast: Any) -> tuple[Organisation, Any]:
    organisation, actor = registered(OrganisationKind.COMMUNITY, is_unregistered=True, name_th="กลุ่มทดสอบ (สมมติ)")
    furnish_profile(organisation, cast)
    Organisation.objects.filter(pk=organisation.pk).update(tax_number="", registration_number="")
    organisation.refresh_from_db()
    return organisation, actor


def test_a_group_asks_a_sponsor_who_agrees_on_record_and_only_then_can_it_be_sent_in(cast):
    organisation, actor = group(cast)
    client = browser(actor.user)
    send(client, organisation, "documents", **paper(kind=DocumentKind.GROUP_RECORD))
    sponsor = cast.organisations["partner"]
    found = client.get(url("profile_sponsor", organisation.pk), {"q": "มูลนิธิภาคี"}).context["found"]
    assert sponsor in found
    asked = {"q": "มูลนิธิภาคี", "sponsor": sponsor.pk, "request": "ทำงานร่วมกันมาห้าปี"}
    assert send(client, organisation, "sponsor", **asked).status_code == 302
    sponsorship = organisation.sponsorships.get(state="asked")
    assert [i.name for i in client.get(url("registration_check", organisation.pk)).context["judgement"].missing] == [
        "sponsor"
    ]

    page = url("sponsorship_detail", sponsorship.pk)
    assert browser(cast.rival_rep.user).get(page).status_code == 404
    staff = browser(cast.partner_staff.user)
    assert staff.get(page).status_code == 200
    organisation.refresh_from_db()
    answer = {"decision": "agree", "answer": "", "version": organisation.version, "key": "answer"}
    assert staff.post(page, answer).status_code == 403
    assert browser(cast.partner_rep.user).post(page, answer).status_code == 302

    sponsorship.refresh_from_db()
    assert (sponsorship.state, sponsorship.answered_by) == ("agreed", cast.partner_rep.user)
    assert client.get(url("registration_check", organisation.pk)).context["judgement"].open


def test_a_sponsor_that_declines_says_why_and_another_can_be_asked(cast):
    organisation, actor = group(cast)
    client = browser(actor.user)
    ask = {"request": "ขอ", "q": "มูลนิธิภาคี", "sponsor": cast.organisations["partner"].pk}
    send(client, organisation, "sponsor", **ask)
    sponsorship = organisation.sponsorships.get(state="asked")
    rep = browser(cast.partner_rep.user)
    organisation.refresh_from_db()
    page, stamp = url("sponsorship_detail", sponsorship.pk), {"version": organisation.version, "key": "n"}
    assert "answer" in rep.post(page, {"decision": "decline", "answer": "", **stamp}).context["form"].errors
    rep.post(page, {"decision": "decline", "answer": "ยังไม่พร้อม", **stamp})
    assert "ยังไม่พร้อม" in client.get(url("profile_sponsor", organisation.pk)).content.decode()
    ask |= {"q": "สมาคมคู่แข่ง", "sponsor": cast.organisations["rival"].pk}
    assert send(client, organisation, "sponsor", **ask).status_code == 302


def test_an_unregistered_group_cannot_sponsor(cast):
    organisation, actor = group(cast)
    other, _actor = registered(
        OrganisationKind.NETWORK, OrganisationStanding.ACTIVE, is_unregistered=True, name_th="เครือข่ายลอย (สมมติ)"
    )
    client = browser(actor.user)
    assert not client.get(url("profile_sponsor", organisation.pk), {"q": "เครือข่ายลอย"}).context["found"]
    answer = send(client, organisation, "sponsor", q="เครือข่ายลอย", sponsor=other.pk, request="ขอ")
    assert answer.status_code == 200
    assert not organisation.sponsorships.filter(sponsor=other).exists()
