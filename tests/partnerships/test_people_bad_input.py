"""Whatever is sent to the forms about people: no 500, a message at the field, what was typed is still there."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.actions.invitations import invite
from partnerships.enums import Role
from partnerships.models import Invitation, Membership, Organisation, User
from tests.cast import Cast
from tests.partnerships.people_tools import BASE, browser, invited, stamped
from tests.rights.people_records import make_appointment

pytestmark = pytest.mark.django_db
SLOW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)

nasty = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "", " ", "\x00", "ก" * 5000, "<script>alert(1)</script>", "' OR 1=1 --", "-1", "9" * 40, "٣", "๑", "None",
            "executive", "administrator", "a@b", "a@" + "x" * 300 + ".th", "อีเมล@ตัวอย่าง.ไทย", "31/2/2570", "29 ก.พ. 2568",
            "1/1/9999999", "0/0/0", "\u202eคำ\u200b", "😀", "true", "[]", "{}", "th", "xx",
        ]
    ),
)  # fmt: skip


def sent(names: tuple[str, ...]) -> Any:
    """Posts with these fields: any of them missing, nasty, or several times; the stamp sometimes too."""
    fields = {name: st.lists(nasty, max_size=2) for name in names}
    stamps = {"version": st.lists(nasty, max_size=1), "key": st.lists(nasty, max_size=1)}
    return st.fixed_dictionaries({}, optional={**fields, **stamps})


def post(client: Client, address: str, values: dict[str, list[str]], root: Any, *, fresh: bool) -> Any:
    query = QueryDict(mutable=True)
    for name, several in values.items():
        query.setlist(name, [text.encode("utf-8", "replace").decode() for text in several])
    if fresh:
        query["version"] = str(stamped(root)["version"])
        query["key"] = ""
    return client.post(address, query.urlencode(), content_type="application/x-www-form-urlencoded")


PAGES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "partnerships:invitation_create": ("partner", ("email", "full_name", "title", "roles", "ends_on"), "partner_admin"),
    "partnerships:appointment_create": ("partner", ("user", "role", "note"), "partner_admin"),
    "partnerships:member_change": ("membership", ("roles", "title", "ends_on"), "partner_admin"),
    "partnerships:member_end": ("membership", ("reason",), "partner_admin"),
    "partnerships:member_leave": ("membership", ("reason",), "partner_staff"),
    "partnerships:appointment_confirm": ("appointment", ("note",), "partner_rep"),
    "partnerships:appointment_decline": ("appointment", ("note",), "partner_rep"),
    "partnerships:profile": (
        "",
        ("full_name_th", "full_name_en", "position_title", "phone", "language", "signature_name", "signature_title"),
        "partner_staff",
    ),
    "partnerships:account_close": ("", ("understood", "password"), "partner_finance"),
    "partnerships:privacy_accept": ("", ("next", "notice"), "partner_staff"),
    "partnerships:acting_switch": ("", ("membership", "next"), "partner_staff"),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_input_breaks_a_form(cast: Cast, name: str) -> None:
    about, fields, who = PAGES[name]
    partner = cast.organisations["partner"]
    ids = {
        "": [],
        "partner": [partner.pk],
        "membership": [Membership.objects.get(user=cast.partner_staff.user).pk],
        "appointment": [make_appointment(cast).pk],
    }
    address = reverse(name, args=ids[about])
    user = cast.people[who].user
    client = browser(user)

    @SLOW
    @given(values=sent(fields), fresh=st.booleans())
    def attempt(values: dict[str, list[str]], fresh: bool) -> None:
        root: Organisation | User = partner if about else user
        answer = post(client, address, values, root, fresh=fresh)
        assert answer.status_code in (200, 302, 403)
        if answer.status_code == 200 and "field-error" in (html := answer.content.decode()):
            assert "error-summary" in html

    attempt()


@SLOW
@given(values=sent(("accept", "decline")))
def test_no_input_breaks_the_answer_to_an_invitation(
    cast: Cast, django_capture_on_commit_callbacks: Any, values: dict[str, list[str]]
) -> None:
    Invitation.objects.all().delete()
    _invitation, link = invited(cast, django_capture_on_commit_callbacks)
    answer = post(browser(cast.stranger), link, values, cast.organisations["partner"], fresh=False)
    assert answer.status_code in (200, 302)
    post(browser(cast.rival_staff), link, values, cast.organisations["partner"], fresh=True)
    assert not Membership.objects.filter(
        user=cast.rival_staff.user, organisation=cast.organisations["partner"]
    ).exists()
    Membership.objects.filter(user=cast.stranger.user).delete()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "ไม่ใช่อีเมล"}, "email"),
        ({"email": ""}, "email"),
        ({"roles": []}, "roles"),
        ({"roles": ["executive"]}, "roles"),
        ({"ends_on": "29 ก.พ. 2568"}, "ends_on"),
        ({"ends_on": "1/1/2560"}, "ends_on"),
        ({"full_name": "ย" * 201}, "full_name"),
    ],
)
def test_the_message_stands_at_the_field_and_nothing_is_lost(cast: Cast, typed: dict[str, Any], field: str) -> None:
    partner = cast.organisations["partner"]
    good = {"email": "a@example.org", "full_name": "นางสาวใหม่", "title": "อาสา", "roles": ["staff"], "ends_on": ""}
    values = good | typed
    address = reverse("partnerships:invitation_create", args=[partner.pk])
    answer = browser(cast.partner_admin, "th").post(address, stamped(partner, **values))

    assert list(answer.context["form"].errors) == [field]
    html = answer.content.decode()
    for name in ("email", "full_name", "title", "ends_on"):
        assert str(answer.context["form"][name].value() or "") == str(values[name])
    assert "field-error" in html and not Invitation.objects.exists()


def test_a_page_overtaken_by_a_colleague_keeps_the_input(cast: Cast) -> None:
    partner = cast.organisations["partner"]
    address = reverse("partnerships:invitation_create", args=[partner.pk])
    old = stamped(partner, email="a@example.org", full_name="นางสาวใหม่", roles=["staff"])
    invite(organisation=partner, email="b@example.org", roles=[Role.STAFF], by=cast.partner_admin.actor, base=BASE)
    client = browser(cast.partner_admin)
    first = client.post(address, old)
    assert "Someone else changed this meanwhile" in first.content.decode()
    assert "นางสาวใหม่" in first.content.decode()
    again = old | {"version": first.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
