"""Which pages are measured, as whom, and the addresses they have in the loaded data."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from agreements.models import Agreement, Call, Proposal
from bench.submissions_data import complete_draft
from core import clock
from demo.factors import give_second_factors
from partnerships.enums import AGENCY_KINDS, OrganisationKind, Role
from partnerships.identity.policy import has_second_factor, needs_second_factor
from partnerships.models import FieldOfWork, MembershipRole, Mission, Organisation, PrivacyAcceptance, User
from partnerships.queries.people import notice_to_accept

FLOOR = "floor"
BARE = "bare Django view"


@dataclass(frozen=True)
class Page:
    """One page: its URL's name, who asks for it, what stands in the path and in the query."""

    name: str
    url_name: str
    who: str = "officer"
    args: Callable[[], list[Any]] = list
    query: Callable[[], dict[str, Any]] = dict


@dataclass(frozen=True)
class Address:
    """A page with its path in the loaded data and the cookies of who asks."""

    name: str
    path: str
    cookies: dict[str, str] = field(default_factory=dict)


ORGANISATIONS = "partnerships:organisation_list"


class NotThere(LookupError):
    """What a page is narrowed by has no control on that page (yet)."""


def _query(**values: Any) -> Callable[[], dict[str, Any]]:
    return lambda: values


def _filtered(word: str, value: Callable[[], Any]) -> Callable[[], dict[str, Any]]:
    """The list narrowed by the control whose name contains the word, as the page itself offers it."""

    def query() -> dict[str, Any]:
        client = client_with(cookies_of(_member(Role.OFFICER).user))
        names = re.findall(rf'<(?:select|input)[^>]* name="([^"]*{word}[^"]*)"', _text(client, reverse(ORGANISATIONS)))
        if not names:
            raise NotThere(word)
        return {names[0]: value()}

    return query


def _text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def _partner() -> list[Any]:
    return [_middle(Organisation.objects.partners().order_by("sort_key", "pk")).pk]


def _partner_name() -> dict[str, Any]:
    """A name that one organisation alone has, as it stands on its own letterhead."""
    return {"q": _middle(Organisation.objects.partners().order_by("pk")).name_th}


def _deep() -> dict[str, Any]:
    row = _middle(Organisation.objects.partners().order_by("sort_key", "pk"))
    return {"after": urlsafe_b64encode(json.dumps([row.sort_key, row.pk]).encode()).decode()}


def _reference(rows: Any) -> Callable[[], list[Any]]:
    return lambda: [_middle(rows()).reference]


def _middle(rows: Any) -> Any:
    return rows[rows.count() // 2]


def _field() -> int:
    return FieldOfWork.objects.order_by("pk")[0].pk


def _own_mission() -> Any:
    return Mission.objects.filter(agency=_member(Role.OFFICER).organisation).order_by("pk")


DESK = "agreements:desk_list"


def _decided_call() -> Call:
    return _middle(
        Call.objects.filter(agency=_member(Role.OFFICER).organisation, closed_at__isnull=False).order_by("pk")
    )


def _own_proposal() -> Proposal:
    return _decided_call().proposals.select_related("organisation").order_by("pk")[0]


def _proposal() -> Proposal:
    received = Proposal.objects.exclude(state="draft")  # or who is the partner would change with each draft begun
    return _middle(received.select_related("organisation").order_by("pk"))


def _draft_section(code: str) -> Callable[[], list[Any]]:
    """A section of a draft that the partner who asks has begun, and filled in, on an open call."""

    def args() -> list[Any]:
        user = _applicant()
        organisation = user.memberships.order_by("pk")[0].organisation
        draft = Proposal.objects.filter(organisation=organisation, state="draft").first()
        if draft is None:
            call = Call.objects.public().open().exclude(proposals__organisation=organisation).order_by("pk")[0]
            draft = complete_draft(call, organisation, user)
        return [draft.reference, code]

    return args


PAGES = (
    Page(BARE, "bench_bare", who="nobody"),
    Page(FLOOR, "bench_floor"),
    Page("organisations, first page", ORGANISATIONS),
    Page("organisations, a page in the middle", ORGANISATIONS, query=_deep),
    Page("organisations of a province", ORGANISATIONS, query=_filtered("province", lambda: "50")),
    Page("organisations of a field of work", ORGANISATIONS, query=_filtered("field", _field)),
    Page("organisations of a common kind", ORGANISATIONS, query=_query(kind=OrganisationKind.COMMUNITY)),
    Page("organisations of a rare kind", ORGANISATIONS, query=_query(kind=OrganisationKind.ACADEMIC)),
    Page("organisations found by a common word", ORGANISATIONS, query=_query(q="ผู้สูงอายุ")),
    Page("organisations found by a rare word", ORGANISATIONS, query=_query(q="เด็กปฐมวัยแม่แฝก")),
    Page("organisations found by a whole name", ORGANISATIONS, query=_partner_name),
    Page("organisations found by two letters", ORGANISATIONS, query=_query(q="แม")),
    Page("organisations found by two rare letters", ORGANISATIONS, query=_query(q="ฌ์")),
    Page("organisations, nothing found", ORGANISATIONS, query=_query(q="ไม่มีชื่อเช่นนี้")),
    Page("one organisation", "partnerships:organisation_detail", args=_partner),
    Page("missions", "partnerships:mission_list"),
    Page("one mission", "partnerships:mission_detail", args=_reference(_own_mission)),
    Page("matching for one mission", "reporting:mission_matching", args=_reference(_own_mission)),
    Page("work list", "reporting:home"),
    Page("work list of OPDC", "reporting:home", who="opdc"),
    Page("dashboard of OPDC", "reporting:dashboard", who="opdc"),
    Page("agreements", "agreements:agreement_list"),
    Page("agreements, all", "agreements:agreement_list", who="opdc"),
    Page("calls", "agreements:call_list"),
    Page("proposals on the desk", DESK),
    Page("proposals on the desk, OPDC", DESK, who="opdc"),
    Page("proposals of one call, on the desk", DESK, query=lambda: {"call": _decided_call().reference}),
    Page("proposals in a state", DESK, who="opdc", query=_query(state="reserve")),
    Page("proposals by budget", DESK, who="opdc", query=_query(sort="budget_down", budget_from="500,000")),
    Page("proposals found by a common word", DESK, who="opdc", query=_query(q="ผู้สูงอายุ")),
    Page("proposals found by a whole name", DESK, who="opdc", query=lambda: {"q": _proposal().organisation.name_th}),
    Page("proposals, nothing found", DESK, who="opdc", query=_query(q="ไม่มีชื่อเช่นนี้")),
    Page("one call with its proposals", "agreements:call_detail", args=lambda: [_decided_call().reference]),
    Page("one proposal", "agreements:proposal_detail", args=lambda: [_own_proposal().reference]),
    Page("proposal form, the work", "agreements:proposal_edit", who="partner", args=_draft_section("work")),
    Page(
        "proposal form, a budget of ten lines", "agreements:proposal_edit", who="partner", args=_draft_section("budget")
    ),
    Page("our proposals, of a partner", "agreements:own_proposals", who="partner"),
    Page("open calls, public", "agreements:public_calls", who="nobody"),
    Page(
        "one call, public",
        "agreements:call_detail",
        who="nobody",
        args=_reference(lambda: Call.objects.public().order_by("pk")),
    ),
    Page("agreements, public", "reporting:public_agreements", who="nobody"),
    Page(
        "one agreement, public",
        "reporting:public_agreement",
        who="nobody",
        args=_reference(lambda: Agreement.objects.public().order_by("pk")),
    ),
    Page("log-in", "account_login", who="nobody"),
)


def _member(role: str) -> Any:
    """Of an agency; an officer of one that has received proposals."""
    roles = MembershipRole.objects.filter(role=role, membership__organisation__kind__in=AGENCY_KINDS)
    if role == Role.OFFICER:
        roles = roles.filter(membership__organisation__in=Call.objects.exclude(closed_at=None).values("agency"))
    return roles.select_related("membership__user", "membership__organisation").order_by("pk")[0].membership


def _applicant() -> User:
    roles = MembershipRole.objects.filter(role=Role.STAFF, membership__organisation=_proposal().organisation_id)
    return roles.select_related("membership__user")[0].membership.user


def people() -> dict[str, User | None]:
    """Who asks: an agency's officer, OPDC, someone of a partner that made a proposal, nobody."""
    return {
        "officer": _member(Role.OFFICER).user,
        "opdc": _member(Role.OPDC_STAFF).user,
        "partner": _applicant(),
        "nobody": None,
    }


def addresses() -> tuple[list[Address], list[str]]:
    """The pages that exist, ready to be asked for; and the names of those that do not exist (yet)."""
    cookies = {name: cookies_of(user) for name, user in people().items()}
    ready, absent = [], []
    for page in PAGES:
        try:
            path = reverse(page.url_name, args=page.args())
            query = urlencode(page.query())
        except (NoReverseMatch, NotThere):
            absent.append(page.name)
            continue
        ready.append(Address(page.name, f"{path}?{query}" if query else path, cookies[page.who]))
    return ready, absent


def client_with(cookies: dict[str, str]) -> Client:
    """A browser with these cookies behind the proxy that ends TLS."""
    client = Client(headers={"host": "localhost", "x-forwarded-proto": "https"})
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


def cookies_of(user: User | None) -> dict[str, str]:
    """The cookies of a browser that has just logged in."""
    if user is None:
        return {}
    if needs_second_factor(user) and not has_second_factor(user):
        give_second_factors([user])  # or the wall would be measured
    if notice := notice_to_accept(user):
        PrivacyAcceptance.objects.create(user=user, notice=notice, accepted_at=clock.real_now())  # likewise
    client = Client()
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
