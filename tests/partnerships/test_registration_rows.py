"""Rows and papers of a registration: each kept or refused on its own, and who reads of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.audit import history_of
from partnerships.enums import Role
from tests.partnerships.profiles import furnish_profile, registered
from tests.partnerships.registering import browser, paper, send, url

pytestmark = pytest.mark.django_db


# --- rows


def rows(*given: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    data = {"rows-TOTAL_FORMS": len(given), "rows-INITIAL_FORMS": initial}
    for number, row in enumerate(given):
        data |= {f"rows-{number}-{name}": value for name, value in row.items()}
    return data


def test_contacts_are_added_changed_and_taken_away():
    organisation, actor = registered()
    client = browser(actor.user)
    send(
        client,
        organisation,
        "contacts",
        **rows({"name": "ก", "phone": "02 123 4567"}, {"name": "ข", "email": "b@x.org"}),
    )
    first, second = organisation.contacts.order_by("pk")
    send(
        client, organisation, "contacts",
        **rows({"pk": first.pk, "name": "กก", "phone": "02 123 4567"},
               {"pk": second.pk, "name": "", "DELETE": "on"}, initial=2),
    )  # fmt: skip
    assert list(organisation.contacts.values_list("name", flat=True)) == ["กก"]


def test_rows_that_are_right_are_kept_once_while_the_others_wait():
    organisation, actor = registered()
    client = browser(actor.user)

    given = rows({"name": "ก", "phone": "02 123 4567"}, {"name": "ข", "phone": "12"})
    answer = send(client, organisation, "contacts", "keep", **given)

    assert list(organisation.contacts.values_list("name", flat=True)) == ["ก"]
    formset = answer.context["formsets"][0]
    assert "phone" in formset.forms[1].errors
    assert formset.forms[1]["name"].value() == "ข"
    mended = {**given, "rows-0-pk": formset.forms[0]["pk"].value(), "rows-1-phone": "02 765 4321"}
    send(client, organisation, "contacts", **mended)
    assert sorted(organisation.contacts.values_list("name", flat=True)) == ["ก", "ข"]


def test_another_organisations_row_cannot_be_written_to(cast):
    furnish_profile(cast.organisations["partner"], cast)
    theirs = cast.organisations["partner"].contacts.first()
    organisation, actor = registered()
    send(browser(actor.user), organisation, "contacts", **rows({"pk": theirs.pk, "name": "ยึด", "phone": "021234567"}))
    theirs.refresh_from_db()
    assert theirs.name == "นางเปิดเผย ชื่อเสียง"
    assert organisation.contacts.get().name == "ยึด"


def test_a_new_document_takes_the_place_of_the_earlier_one_which_stays_on_record():
    organisation, actor = registered()
    client = browser(actor.user)
    send(client, organisation, "documents", **paper(expires_on="1/10/2579"))
    send(client, organisation, "documents", **paper(number="2"))
    assert organisation.documents.count() == 2
    assert organisation.documents.get(void_at=None).number == "2"


def test_a_document_that_is_no_pdf_is_refused_at_the_field():
    organisation, actor = registered()
    wrong = SimpleUploadedFile("ใบสำคัญ.pdf", b"MZ\x90\x00 not a pdf", "application/pdf")
    answer = send(browser(actor.user), organisation, "documents", **paper(file=wrong))
    assert "file" in answer.context["form"].errors
    assert not organisation.documents.exists()


def test_a_document_that_has_expired_is_missing_again(cast):
    organisation, actor = registered()
    furnish_profile(organisation, cast)
    client = browser(actor.user)
    assert client.get(url("registration_check", organisation.pk)).context["judgement"].open
    send(client, organisation, "documents", **paper(issued_on="1/10/2560", expires_on="1/10/2561"))
    missing = client.get(url("registration_check", organisation.pk)).context["judgement"].missing
    assert [item.name for item in missing] == ["document_registration"]


def test_a_delegate_needs_the_document():
    organisation, actor = registered()
    person = {"name": "นาย ก", "position": "ผู้จัดการ", "authority": "มอบอำนาจ", "valid_from": "1/10/2568"}
    answer = send(browser(actor.user), organisation, "representatives", is_delegate="on", **person)
    assert "delegation" in answer.context["form"].errors


def test_the_history_never_tells_the_account_number():
    organisation, actor = registered()
    account = {"bank": "ธนาคาร", "branch": "ลำปาง", "account_name": "มูลนิธิ", "account_number": "๕๕๕-๐-๐๐๑๑๑-๒"}
    send(browser(actor.user), organisation, "bank", **account)
    assert organisation.bank_accounts.get(replaced_at=None).account_number == "5550001112"
    assert not any("5550001112" in str(event.payload) for event in history_of(organisation))


def test_staff_alone_does_not_say_where_money_goes():
    organisation, actor = registered(roles=(Role.STAFF,))
    assert browser(actor.user).get(url("profile_bank", organisation.pk)).status_code == 403
