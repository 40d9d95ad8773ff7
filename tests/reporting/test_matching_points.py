"""The table of points: each criterion alone, by numbers worked out by hand."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from partnerships.enums import Form, OrganisationKind
from reporting.matching.points import CRITERIA, Offered, Wanted, parts_of, total

FOUNDATION = OrganisationKind.FOUNDATION
WANTED = Wanted(
    fields={1: "การดูแลผู้สูงอายุ", 2: "สวัสดิการสังคม"},
    groups={7: "ผู้สูงอายุ"},
    areas=frozenset({"12", "13"}),
    form=Form.PBC,
)

# What a partner offers → points by criterion, by hand from the table (25, 25, 10, 5, 10, 15, 10).
CASES = {
    "nothing fits": (Offered(kind=FOUNDATION), [0, 0, 0, 5, 0, 0, 0]),
    "everything fits": (
        Offered(
            kind=FOUNDATION,
            fields=frozenset({1, 2, 9}),
            groups=frozenset({7}),
            provinces=frozenset({"12", "13", "50"}),
            projects=3,
            readiness=5.0,
            readiness_coverage=8,
            verified=True,
        ),
        [25, 25, 10, 5, 10, 15, 10],
    ),
    "half the area": (Offered(kind=FOUNDATION, provinces=frozenset({"12"})), [12, 0, 0, 5, 0, 0, 0]),
    "one field of two": (Offered(kind=FOUNDATION, fields=frozenset({2})), [0, 12, 0, 5, 0, 0, 0]),
    "a company": (Offered(kind=OrganisationKind.PRIVATE), [0, 0, 0, 2, 0, 0, 0]),
    "readiness in the middle": (Offered(kind=FOUNDATION, readiness=3.0, readiness_coverage=4), [0, 0, 0, 5, 0, 8, 0]),
    "readiness at its lowest": (Offered(kind=FOUNDATION, readiness=1.0, readiness_coverage=8), [0, 0, 0, 5, 0, 0, 0]),
    "one project and one agreement": (Offered(kind=FOUNDATION, projects=1, agreements=1), [0, 0, 0, 5, 7, 0, 0]),
    "more projects than count": (Offered(kind=FOUNDATION, projects=40), [0, 0, 0, 5, 10, 0, 0]),
    "only verified": (Offered(kind=FOUNDATION, verified=True), [0, 0, 0, 5, 0, 0, 10]),
}


@pytest.mark.parametrize(("offered", "points"), CASES.values(), ids=CASES)
def test_points_are_those_of_the_table(offered, points):
    parts = parts_of(WANTED, offered)
    assert [part.points for part in parts] == points
    assert total(parts) == sum(points)


def test_the_most_points_come_to_a_hundred():
    assert sum(most for _code, _label, most, _judge in CRITERIA) == 100


def test_a_mission_for_the_whole_country_shuts_nobody_out_by_area():
    parts = parts_of(Wanted(fields={1: "สาขา"}), Offered(kind=FOUNDATION, provinces=frozenset({"50"})))
    assert parts[0].points == 25


def test_reasons_name_what_was_found_and_what_was_not():
    with override("th"):
        offered = Offered(kind=FOUNDATION, fields=frozenset({1}), provinces=frozenset({"12"}))
        area, field, *_rest = parts_of(WANTED, offered)
        assert "นนทบุรี" in area.reason
        assert "1" in area.reason
        assert field.reason == "การดูแลผู้สูงอายุ"
        readiness = parts_of(WANTED, offered)[5]
        assert readiness.reason == "ยังไม่ได้ประเมินความพร้อมสำหรับภารกิจนี้"


@given(
    st.frozensets(st.integers(1, 3)),
    st.frozensets(st.sampled_from(["10", "12", "13", "50"])),
    st.integers(0, 9),
    st.one_of(st.none(), st.floats(1, 5)),
    st.booleans(),
)
def test_no_part_gives_less_than_nothing_or_more_than_its_most(fields, provinces, projects, readiness, verified):
    offered = Offered(
        kind=FOUNDATION, fields=fields, provinces=provinces, projects=projects, readiness=readiness, verified=verified
    )
    parts = parts_of(WANTED, offered)
    assert all(0 <= part.points <= part.most for part in parts)
    assert all(part.reason for part in parts)
