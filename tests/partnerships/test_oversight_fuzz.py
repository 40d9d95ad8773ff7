"""Whatever is typed into the forms of OPDC's oversight: an answer with the form or a redirect, never an error page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.actions.flags import raise_flag
from partnerships.models import Organisation, ProvincialDuty

pytestmark = pytest.mark.django_db

# Address → (whose id stands in it, fields of its form with a value that is sound).
FORMS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "organisation_verify": (
        ("partner",),
        {"check_identity": "yes", "comment_identity": "", "passed": "no", "valid_until": "1/10/2570", "note": "แก้ไข"},
    ),
    "flag_raise": (
        ("partner",),
        {"kind": "blocked", "reason": "เหตุ", "legal_ground": "ข้อ", "heard_on": "1/10/2568", "hearing": "ชี้แจง"},
    ),
    "flag_lift": (("flag",), {"reason": "แก้ไขแล้ว"}),
    "duplicate_compare": (("partner", "rival"), {"kept": "0", "reason": "องค์กรเดียวกัน"}),
    "duplicate_dismiss": (("partner", "rival"), {"reason": "คนละองค์กร"}),
    "agency_create": (
        (),
        {
            "kind": "ministry", "name_th": "กระทรวง", "name_en": "", "short_name": "", "code": "", "parent": "",
            "province_code": "", "valid_from": "",
        },
    ),
    "agency_rename": (("agency",), {"name_th": "ใหม่", "name_en": "", "short_name": "", "valid_from": "1/10/2568"}),
    "agency_move": (("agency",), {"parent": "1", "valid_from": "1/10/2568"}),
    "agency_retire": (("other_agency",), {"valid_until": "1/10/2580", "reason": "ยุบ"}),
    "duty_create": (
        (),
        {"office": "1", "kind": "verifier", "province_code": "55", "starts_on": "1/10/2569", "ends_on": ""},
    ),
    "duty_end": (("duty",), {"ends_on": "1/10/2570"}),
    "organisation_enter": (
        (),
        {
            "kind": "foundation", "local_type": "", "name_th": "มูลนิธิ", "name_en": "", "tax_number": "",
            "registration_number": "", "province_code": "55", "phone": "", "email": "",
        },
    ),
}  # fmt: skip
NASTY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "0", "-1", "1e9", "99999999999999999999", "31/2/2569", "1/1/9999", "<script>", "\x00", "๑/๑/๒๕๖๙"]
    ),
    st.text(alphabet="กขคงเแโใไำะาีึืุู่้๊๋์ฯๆ๐๑๒๓", max_size=400),
)


@pytest.fixture
def opdc(cast: Any) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(cast.opdc.user)
    return client


@pytest.mark.parametrize("name", FORMS)
def test_nothing_typed_breaks_a_form(cast: Any, opdc: Client, name: str) -> None:
    ids, fields = FORMS[name]
    flag = raise_flag(organisation=cast.organisations["rival"], kind="warning", reason="เหตุ", by=cast.opdc.actor)
    things = {**cast.organisations, "flag": flag, "duty": ProvincialDuty.objects.first()}
    address = reverse(f"partnerships:{name}", args=[things[one].pk for one in ids])

    @settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(wrong=st.dictionaries(st.sampled_from(sorted(fields)), NASTY, min_size=1), key=st.uuids())
    def send(wrong: dict[str, str], key: Any) -> None:
        root = Organisation.objects.get(pk=things[ids[0]].pk) if ids and ids[0] in cast.organisations else None
        sent = {**fields, **wrong, "key": str(key), "version": str(root.version if root else 0)}
        answer = opdc.post(address, sent)
        assert answer.status_code in (200, 302, 404), answer.status_code  # 404: merged by an example before

    send()


@pytest.mark.parametrize("name", ["organisation_list", "verification_list", "duplicate_list"])
def test_nothing_in_the_address_breaks_a_list(cast: Any, opdc: Client, name: str) -> None:
    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        asked=st.dictionaries(
            st.sampled_from(["q", "province", "kind", "field", "group", "standing", "waiting", "after", "before"]),
            NASTY,
        )
    )
    def ask(asked: dict[str, str]) -> None:
        assert opdc.get(reverse(f"partnerships:{name}"), asked).status_code == 200

    ask()
