"""Any input to any form of registering: an answer in words or a redirect, never an error of ours, nothing half done."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from partnerships.enums import OrganisationKind
from partnerships.models import Organisation
from partnerships.views.profile import FORM_PARTS
from tests.partnerships.profiles import registered

pytestmark = pytest.mark.django_db

ODD = ["", " ", "0", "-1", "²", "๑๒", "9" * 400, "\x00", "\u202e", "ก" * 400, "<b>", "1e9", "NaN", "None", "on", "12", "1201",
       "120101", "11000", "0993000000013", "foundation", "local_government", "city", "2549", "1/10/2569", "99999999999999999999",
       "a@b", "a@example.org", "http://", "javascript:alert(1)", "กท 1234", "../x", "[]", "';--"]  # fmt: skip
VALUES = st.one_of(st.sampled_from(ODD), st.text(max_size=40))
BUTTONS = st.sampled_from(["", "keep", "choose"])
PAGES = (*FORM_PARTS, "contacts", "track_record", "documents", "representatives", "bank", "sponsor")
ROW_NAMES = ("pk", "name", "position", "phone", "email", "is_public", "DELETE", "title", "giver", "amount", "year_from",
             "year_until", "result")  # fmt: skip


class FormsStandAnything(TestCase):
    def setUp(self) -> None:
        self.organisation, actor = registered(OrganisationKind.COMMUNITY, is_unregistered=True)
        self.client = Client()
        self.client.force_login(actor.user)

    def send(self, url: str, data: dict[str, Any]) -> None:
        self.organisation.refresh_from_db()
        answer = self.client.post(url, {"version": self.organisation.version, **data})
        assert answer.status_code in (200, 302, 404), (url, data, answer.status_code)

    def names_of(self, url: str) -> list[str]:
        answer = self.client.get(url)
        form = answer.context["form"] if answer.status_code == 200 and "form" in answer.context else None
        return sorted(form.fields) if form else []

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_every_part_of_the_profile(self, data: Any) -> None:
        page = data.draw(st.sampled_from(PAGES))
        url = reverse(f"partnerships:profile_{page}", args=[self.organisation.pk])
        names = [name for name in self.names_of(url) if name not in ("version", "key")]
        given_ = {name: data.draw(VALUES) for name in names if data.draw(st.booleans())}
        if page in ("contacts", "track_record"):
            given_ |= {"rows-TOTAL_FORMS": data.draw(st.sampled_from(["0", "1", "2", "", "x", "9999"]))}
            given_ |= {"rows-INITIAL_FORMS": data.draw(st.sampled_from(["0", "1", "", "-1"]))}
            given_ |= {f"rows-{n}-{name}": data.draw(VALUES) for n in (0, 1) for name in ROW_NAMES}
        if button := data.draw(BUTTONS):
            given_[button] = "1"
        self.send(url, given_)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(st.sampled_from(["kind", "local_type", "is_unregistered", "name_th", "key"]), VALUES))
    def test_the_beginning(self, given_: dict[str, str]) -> None:
        answer = self.client.post(reverse("partnerships:registration_create"), given_)
        assert answer.status_code in (200, 302, 403)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.dictionaries(st.sampled_from(["province_code", "district_code", "subdistrict_code", "postal_code"]), VALUES)
    )
    def test_the_lists_of_places(self, given_: dict[str, str]) -> None:
        assert self.client.get(reverse("partnerships:place_fields"), given_).status_code == 200
        assert Organisation.objects.get(pk=self.organisation.pk).province_code == ""
