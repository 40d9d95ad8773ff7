"""Numbers of the dashboard: who sees which, sums that agree, what is late, and a constant number of queries."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from agreements.models import Account, Instalment
from core import clock
from evaluations.actions.rounds import open_round
from evaluations.models import Round
from partnerships.queries.actors import actor_for
from reporting.queries.dashboard import Filters, dashboard_of
from tests.evaluations.helpers import agreement_in_force

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _with_account(agreement, paid="400000.00", spent="250000.00"):
    Account.objects.create(agreement=agreement, agreed=agreement.total, paid=Decimal(paid), spent=Decimal(spent))
    return agreement


def test_sums_agree_whichever_way_they_are_cut(cast):
    for number, step in enumerate(("pbc_6_midterm_evaluation", "pbc_8_final_evaluation", "grant_4_delivery"), start=1):
        _with_account(agreement_in_force(cast, step, number=number))
    numbers = dashboard_of(cast.opdc.actor, Filters())
    assert (numbers.total.count, numbers.total.agreed, numbers.total.paid) == (
        3,
        Decimal(3_000_000),
        Decimal(1_200_000),
    )
    for lines in (numbers.by_form, numbers.by_step, numbers.by_ministry, numbers.by_fiscal_year):
        assert sum(line.count for line in lines) == 3
        assert sum(line.spent for line in lines) == Decimal(750_000)
    assert [(line.code, line.count) for line in numbers.by_form] == [("grant", 1), ("pbc", 2), ("commissioning", 0)]
    assert [line.label for line in numbers.by_ministry] == [cast.organisations["ministry"].name]


@pytest.mark.parametrize(
    ("starts_on", "fiscal_year"),
    [("2026-09-30", 2569), ("2026-10-01", 2570), ("2026-12-31", 2570), ("2027-01-01", 2570), ("2027-05-15", 2570)],
)
def test_the_fiscal_year_begins_in_october(cast, starts_on, fiscal_year):
    agreement = agreement_in_force(cast, "grant_4_delivery")
    agreement.starts_on, agreement.ends_on = starts_on, "2028-01-01"
    agreement.save()
    assert [line.code for line in dashboard_of(cast.opdc.actor, Filters()).by_fiscal_year] == [fiscal_year]
    assert dashboard_of(cast.opdc.actor, Filters(fiscal_year=fiscal_year)).total.count == 1
    assert dashboard_of(cast.opdc.actor, Filters(fiscal_year=fiscal_year - 1)).total.count == 0


def test_late_is_shown_with_its_days(cast):
    agreement = agreement_in_force(cast, "pbc_6_midterm_evaluation")
    Instalment.objects.create(agreement=agreement, ordinal=1, amount=1, due_on=clock.today() - 3 * DAY)
    Instalment.objects.create(agreement=agreement, ordinal=2, amount=1, due_on=clock.today())
    open_round(agreement=agreement, by=cast.officer.actor)
    Round.objects.update(due_on=clock.today() - DAY)
    past = agreement_in_force(cast, "grant_4_delivery", number=2)
    past.ends_on = clock.today() - 10 * DAY
    past.save()
    late = dashboard_of(cast.opdc.actor, Filters()).late
    assert [(item.number, item.due.late_by) for item in late.instalments] == [(1, 3)]
    assert [(item.agreement, item.due.late_by) for item in late.agreements] == [(past, 10)]
    assert [item.due.late_by for item in late.rounds] == [1]


def test_an_agency_sees_its_ministry_and_others_nothing(cast, client):
    agreement_in_force(cast, "grant_4_delivery")
    assert dashboard_of(cast.executive.actor, Filters()).total.count == 1
    assert dashboard_of(cast.other_officer.actor, Filters()).total.count == 1  # the same ministry
    stranger_ministry = cast.organisations["other_agency"]
    stranger_ministry.parent = None
    stranger_ministry.save()
    assert dashboard_of(actor_for(cast.other_officer.user), Filters()).total.count == 0
    for name, status in {"opdc": 200, "officer": 200, "partner_rep": 403, "evaluator": 403, "stranger": 403}.items():
        client.force_login(getattr(cast, name).user)
        assert client.get(reverse("reporting:dashboard")).status_code == status, name
    client.logout()
    assert client.get(reverse("reporting:dashboard")).status_code == 302


def test_links_lead_only_where_one_may_go(cast, client):
    agreement = agreement_in_force(cast, "grant_4_delivery")
    agreement.ends_on = clock.today() - DAY
    agreement.save()
    url = f'href="{reverse("agreements:agreement_detail", args=[agreement.reference])}"'
    for name, linked in {"opdc": True, "officer": True, "other_officer": False}.items():
        client.force_login(getattr(cast, name).user)
        page = client.get(reverse("reporting:dashboard")).content.decode()
        assert agreement.title in page
        assert (url in page) is linked, name


def test_filters_that_make_no_sense_are_left_out(cast, client):
    agreement_in_force(cast, "grant_4_delivery")
    client.force_login(cast.opdc.user)
    for query in ("form=nonsense", "ministry=abc", "fiscal_year=-1", "ministry=999999999999999999999"):
        assert client.get(f"{reverse('reporting:dashboard')}?{query}").status_code == 200, query


def test_the_dashboard_asks_the_same_queries_at_1_and_at_30(cast, client, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(cast.opdc.user)
    counts = []
    for upto in (1, 30):
        for number in range(1 if upto == 1 else 2, upto + 1):
            one = _with_account(agreement_in_force(cast, "pbc_6_midterm_evaluation", number=number))
            Instalment.objects.create(agreement=one, ordinal=1, amount=1, due_on=clock.today() - DAY)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("reporting:dashboard")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
