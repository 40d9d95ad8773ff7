"""Whatever is typed into a form of missions is answered by the form or kept: never an error page, never a lost input."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from partnerships.models import Mission
from tests.cast import Cast
from tests.partnerships.mission_world import MissionWorld, browser, stamped, url

pytestmark = pytest.mark.django_db

# What people and programs type: nothing, blanks, other scripts, digits, dates, markup, and the very long.
TYPED = st.one_of(
    st.just(""),
    st.sampled_from(
        [
            "  ",
            "0",
            "-1",
            "9" * 40,
            "31/2/2569",
            "1/10/2569",
            "1/10/2026",
            "<script>alert(1)</script>",
            "%s %(x)s",
            "ก" * 5000,
        ]
    ),
    st.text(max_size=30),
    st.text(alphabet="กขคงเแโใไำะาิีุู่้๊๋์ๆฯ๑๒๓ ", max_size=30),
)
# Field → values that a browser could send for it besides.
CHOICES: dict[str, list[str]] = {
    "form": ["grant", "pbc", "commissioning", "none"],
    "origin": ["inside", "outside", "not_needed"],
    "outcome": ["ongoing", "agreed"],
    "interested": ["yes", "no"],
    "policy_kind": ["yearly_plan"],
    "third_party": ["opdc"],
    "procurement_screening": ["subsidy"],
    **{f"score_{code}": ["1", "5", "0", "6"] for code in ("trust", "staff", "money")},
}
PAGES = (
    ("officer", "mission_create"),
    ("officer", "mission_edit_part:about"),
    ("officer", "mission_edit_part:people"),
    ("officer", "mission_edit_part:means"),
    ("officer", "mission_edit_part:law"),
    ("officer", "mission_choose_form"),
    ("officer", "approach_edit"),
    ("officer", "meeting_create"),
    ("officer", "candidate_assess"),
    ("officer", "shortlist_add"),
    ("officer", "shortlist_invite"),
    ("officer", "policy_create"),
    ("officer", "policy_add"),
    ("officer", "suggestion_adopt"),
    ("officer", "suggestion_decline"),
    ("opdc", "suggestion_assign"),
    ("opdc", "talk_create"),
    ("opdc", "talk_edit"),
    ("partner_rep", "suggestion_create"),
    ("partner_rep", "mission_invitation"),
    ("partner_rep", "self_assessment"),
)


class Things:
    """One of each thing that a form is about."""

    def __init__(self, cast: Cast) -> None:
        world = MissionWorld(cast)
        self.mission = world.mission()
        self.entry, self.asked = world.invited(self.mission), world.asked(self.mission)
        world.listed(self.mission, "rival")
        self.suggestion, self.talk = world.suggestion(), world.talk()
        self.policy = world.policy(self.mission)
        self.partner = cast.organisations["partner"]

    def address(self, page: str) -> tuple[str, Any]:
        """The page's address and the root of its stamp."""
        name, _colon, part = page.partition(":")
        if name in ("mission_create", "policy_create", "talk_create", "suggestion_create"):
            return url(name), None
        if name == "mission_invitation":
            return url(name, self.entry.pk), None
        if name == "self_assessment":
            return url(name, self.asked.pk), None
        if name in ("candidate_assess", "shortlist_add"):
            return url(name, self.mission.reference, self.partner.pk), self.mission
        for start, root in (("suggestion", self.suggestion), ("talk", self.talk), ("policy", self.policy)):
            if name.startswith(start):
                return url(name, root.reference if start == "suggestion" else root.pk), root
        return url(name, *[self.mission.reference, part][: 2 if part else 1]), self.mission


@pytest.fixture
def things(cast: Cast) -> Things:
    return Things(cast)


def answered(client: Client, address: str, sent: dict[str, Any], text: str) -> None:
    response = client.post(address, sent)
    assert response.status_code in (200, 302), (address, sent, response.status_code)
    if response.status_code == 200 and text.strip() and text in sent.values():
        shown = [field.value() for field in response.context["form"]]
        assert text in shown, f"{address}: {text!r} is lost"


@pytest.mark.parametrize(("person", "page"), PAGES, ids=[page for _person, page in PAGES])
def test_a_form_answers_whatever_is_typed(cast: Cast, things: Things, person: str, page: str) -> None:
    client = browser(cast.people[person], "th")
    address, root = things.address(page)
    form = client.get(address).context["form"]
    names = [name for name in form.fields if name not in ("version", "key", "file")]

    @settings(
        max_examples=8,
        phases=[Phase.generate],
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def typed(data: st.DataObject) -> None:
        sent = {}
        for name in names:
            extra = [st.sampled_from(CHOICES[name])] if name in CHOICES else []
            sent[name] = data.draw(st.one_of(TYPED, *extra), label=name)
        for prefix in ("funding", "provinces"):
            sent |= {
                f"{prefix}-TOTAL_FORMS": "1",
                f"{prefix}-INITIAL_FORMS": data.draw(st.sampled_from(["0", "x", ""])),
            }
            sent |= {f"{prefix}-0-{name}": data.draw(TYPED) for name in ("source", "amount", "note", "province_code")}
        answered(client, address, stamped(root, **sent), "")

    typed()


@pytest.mark.parametrize(
    "page", ["mission_list", "suggestion_list", "talk_list", "mission_advisor", "mission_candidates"]
)
def test_a_list_answers_whatever_its_filter_is_given(cast: Cast, things: Things, page: str) -> None:
    client = browser(cast.opdc if page == "talk_list" else cast.officer, "th")
    about = [things.mission.reference] if page in ("mission_advisor", "mission_candidates") else []
    names = ("q", "agency", "field", "form", "state", "outcome", "due", "after", "before", "work", "money", "show")

    @settings(
        max_examples=12,
        phases=[Phase.generate],
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.dictionaries(st.sampled_from(names), TYPED))
    def asked(query: dict[str, str]) -> None:
        sent = {name: value.replace("\x00", "") for name, value in query.items()}
        status = client.get(url(page, *about), sent).status_code
        assert status in (200, 302), (page, sent, status)

    Mission.objects.filter(pk=things.mission.pk).exists()
    asked()


def test_a_number_that_no_database_holds_is_no_choice(cast: Cast, things: Things) -> None:
    client, huge = browser(cast.officer, "th"), "9" * 40
    address = url("mission_edit_part", things.mission.reference, "about")
    response = client.post(address, stamped(things.mission, title="ชื่อ", objectives="ก", fields_of_work=huge))
    assert "fields_of_work" in response.context["form"].errors
    response = client.post(url("shortlist_invite", things.mission.reference), stamped(things.mission, entries=huge))
    assert "entries" in response.context["form"].errors


def test_a_long_text_is_refused_at_its_field_and_kept(cast: Cast, things: Things) -> None:
    client, long = browser(cast.partner_rep, "th"), "ยาว" * 3000
    sent = stamped(title="ชื่อ", problem=long, idea="แนวคิด")
    response = client.post(url("suggestion_create"), sent)

    assert "problem" in response.context["form"].errors
    assert response.context["form"]["problem"].value() == long
