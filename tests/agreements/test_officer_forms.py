"""What officers type: figures and times as Thai writes them, errors beside their field, nothing offered in vain."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from agreements.actions.paper import enter_paper_proposal
from agreements.enums import AppealRemedy
from agreements.forms.agreements import DetailsForm
from agreements.forms.appeals import AnswerForm
from agreements.forms.calls import DatesPart, JudgingPart, MoneyPart
from agreements.forms.criteria import ScoringRow
from agreements.forms.number_fields import PlacesField, WholeField
from agreements.forms.paper import PaperForm
from agreements.forms.plan import ActivityForm, IndicatorForm
from agreements.forms.selection_committee import SelectionCommitteeForm, SelectionMemberForm
from agreements.forms.slots import SeriesForm
from agreements.forms.time_fields import TimeOfDayField
from agreements.models import Call
from core import clock
from core.form_fields import UploadField
from tests.world import World, evidence

TYPED = (
    DetailsForm, DatesPart, JudgingPart, MoneyPart, ScoringRow, ActivityForm, IndicatorForm, PaperForm, SeriesForm,
)  # fmt: skip


@pytest.fixture
def world(cast):
    return World(cast)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


# --- figures and times ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", TYPED, ids=lambda form: form.__name__)
def test_no_field_refuses_thai_digits_before_they_are_sent(form):
    """A browser lets nobody type ๑ into type="number"."""
    numbers = [name for name, field in form.base_fields.items() if isinstance(field.widget, forms.NumberInput)]
    assert [name for name in numbers if not form.base_fields[name].widget.is_hidden] == []


def test_a_whole_number_is_understood_in_thai_digits():
    assert WholeField().clean("๑,๒๐๐") == 1200


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (WholeField(max_value=30), "99", "โปรดกรอกตัวเลขไม่เกิน 30"),
        (WholeField(min_value=1), "๐", "โปรดกรอกตัวเลขไม่น้อยกว่า 1"),
        (WholeField(), "สิบสอง", "โปรดกรอกจำนวนเต็ม เช่น 12"),
        (PlacesField(), "สิบ", "โปรดกรอกตัวเลข เช่น 12 หรือ 12.5"),
    ],
)
def test_what_is_wrong_with_a_number_is_said_in_plain_thai(field, typed, said):
    with override("th"), pytest.raises(ValidationError) as refused:
        field.clean(typed)
    with override("th"):
        assert refused.value.messages == [said]


@pytest.mark.parametrize("typed", ["16:30", "16.30", "๑๖.๓๐", "๑๖:๓๐ น.", "16.30 น."])
def test_a_time_is_understood_as_officials_write_it(typed):
    assert TimeOfDayField().clean(typed) == dt.time(16, 30)


@pytest.mark.parametrize("typed", ["25:00", "99", "๙ โมง"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(ValidationError):
        TimeOfDayField().clean(typed)


# --- hints ----------------------------------------------------------------------------------------------------------


def test_a_file_field_says_only_what_it_takes():
    assert "Word" in str(UploadField().help_text)
    assert "Word" not in str(UploadField(extensions=("pdf", "png")).help_text)
    assert "docx" not in SelectionCommitteeForm.base_fields["order_file"].extensions


@pytest.mark.django_db
def test_the_committees_hint_stands_once_above_its_rows(world):
    url = reverse("agreements:call_committee", args=[world.published_call().reference])
    page = client_of(world.cast.officer.user).get(url).content.decode()
    assert page.count("กรรมการที่มีบัญชีผู้ใช้ให้ใส่อีเมล") == 1
    assert not SelectionMemberForm.base_fields["email"].help_text


# --- buttons and choices --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_button_that_proposes_a_publication_looks_like_one(world):
    """The state of the call has a tone of its own, which is no kind of button."""
    call = world.draft_call()
    url = reverse("agreements:call_propose_publication", args=[call.reference])
    page = client_of(world.cast.officer.user).get(url).content.decode()
    assert 'class="btn btn-primary"' in page.split('<div class="form-buttons">')[1].split("</div>")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("in_reserve", "offered"), [(False, True), (True, False)])
def test_who_is_in_reserve_is_not_offered_the_reserve_list_once_more(world, in_reserve, offered):
    form = AnswerForm(root=world.published_call(), in_reserve=in_reserve)
    assert (AppealRemedy.RESERVE in dict(form.fields["remedy"].choices)) is offered


@pytest.mark.django_db
def test_why_somebody_cannot_review_stands_beside_the_e_mail(world):
    call = world.closed_call(world.published_call())
    officer = world.cast.officer.user
    url = reverse("agreements:call_reviewers", args=[call.reference])
    client = client_of(officer)
    form = client.get(url).context["form"]
    sent = {"email": officer.email, "kind": "reviewer", "version": form["version"].value(), "key": form["key"].value()}
    page = client.post(url, sent)
    assert page.status_code == 200
    assert "email" in page.context["form"].errors


@pytest.mark.django_db
def test_an_officer_who_entered_a_paper_reads_what_it_waits_for(world):
    call = world.published_call()
    Call.objects.filter(pk=call.pk).update(published_at=clock.real_now() - timedelta(hours=2))
    proposal = enter_paper_proposal(
        call=world.again(call),
        organisation=world.cast.organisations["partner"],
        title="โครงการที่ยื่นเป็นเอกสาร",
        received_at=clock.real_now() - timedelta(hours=1),
        scan=evidence("สแกน.png"),
        by=world.act("officer"),
    )
    page = client_of(world.cast.officer.user).get(reverse("agreements:proposal_detail", args=[proposal.reference]))
    assert "ยื่นเป็นเอกสาร รอการยืนยัน" in page.content.decode()
