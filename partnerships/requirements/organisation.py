"""What an organisation's profile still lacks, and what that stops (§2, §4 steps 3 and 5).

One list feeds the completeness list on the page, the button, and the guard at the door.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Book, Requirement
from partnerships.enums import (
    PARTNER_KINDS,
    DocumentKind,
    OrganisationKind,
    OrganisationStanding,
    SponsorshipState,
)
from partnerships.lifecycles.organisation import TO_SUBMIT
from partnerships.models import (
    AuthorisedRepresentative,
    BankAccount,
    Contact,
    Organisation,
    OrganisationDocument,
    Sponsorship,
    TrackRecord,
)
from partnerships.reference.kinds import REQUIRED_DOCUMENTS, UNREGISTERED, KindRules, Need, rules_of


@dataclass(frozen=True)
class ProfileFacts:
    """What is on record of one organisation. `papers`: kinds of documents that hold today."""

    organisation: Organisation
    rules: KindRules
    papers: frozenset[str]
    has_field: bool
    has_target_group: bool
    has_contact: bool
    has_representative: bool
    has_bank_account: bool
    has_track_record: bool
    sponsor_state: str | None

    @property
    def needs_sponsor(self) -> bool:
        return self.rules is UNREGISTERED


def load(organisation: Organisation) -> ProfileFacts:
    """The facts of an organisation, in two queries beside the record itself."""
    today = clock.today()
    papers = OrganisationDocument.objects.filter(organisation=organisation, void_at=None)
    held = papers.filter(Q(expires_on=None) | Q(expires_on__gte=today)).values_list("kind", flat=True)
    row = Organisation.objects.filter(pk=organisation.pk).values(**_flags(today)).get()
    return ProfileFacts(organisation=organisation, rules=rules_for(organisation), papers=frozenset(held), **row)


def rules_for(organisation: Organisation) -> KindRules:
    """The kind's row; agencies, which do not register themselves, are asked for nothing."""
    if organisation.kind not in PARTNER_KINDS:
        return KindRules(Need.OPTIONAL, Need.OPTIONAL, ())
    return rules_of(organisation.kind, organisation.is_unregistered)


def _flags(today: date) -> dict[str, Exists | Subquery]:
    own = Q(organisation=OuterRef("pk"))
    reachable = Contact.objects.filter(own).exclude(phone="", email="")
    asked = Sponsorship.objects.filter(group=OuterRef("pk"))
    return {
        "has_field": Exists(Organisation.fields_of_work.through.objects.filter(own)),
        "has_target_group": Exists(Organisation.target_groups.through.objects.filter(own)),
        "has_contact": Exists(reachable),
        "has_representative": Exists(AuthorisedRepresentative.objects.current(today).filter(own)),
        "has_bank_account": Exists(BankAccount.objects.current().filter(own)),
        "has_track_record": Exists(TrackRecord.objects.filter(own)),
        "sponsor_state": Subquery(asked.order_by("-asked_at", "-pk").values("state")[:1]),
    }


def _has_identity(facts: ProfileFacts) -> bool:
    one = facts.organisation
    return bool(one.name_th) and bool(one.local_type or one.kind != OrganisationKind.LOCAL_GOVERNMENT)


def _has_address(facts: ProfileFacts) -> bool:
    one = facts.organisation
    return all((one.address, one.province_code, one.district_code, one.subdistrict_code, one.postal_code))


def _has_size(facts: ProfileFacts) -> bool:
    one = facts.organisation
    return None not in (one.founded_year, one.staff_count, one.volunteer_count, one.yearly_income)


def _given(need: str, field: str) -> Callable[[ProfileFacts], bool]:
    return lambda facts: getattr(facts.rules, need) is not Need.REQUIRED or bool(getattr(facts.organisation, field))


def _paper(kind: str) -> Callable[[ProfileFacts], bool]:
    return lambda facts: kind not in facts.rules.documents or kind in facts.papers


# `where` is the part of the profile (views/profile.py) in which it is mended.
REQUIREMENTS = (
    Requirement("identity", _("Name and kind of the organisation"), _has_identity, "identity"),
    Requirement("tax_number", _("13-digit tax number"), _given("tax_number", "tax_number"), "numbers"),
    Requirement(
        "registration_number",
        _("Number on the registration certificate"),
        _given("registration_number", "registration_number"),
        "numbers",
    ),
    Requirement("address", _("Address down to the subdistrict, with postal code"), _has_address, "address"),
    Requirement(
        "work",
        _("At least one field of work and one target group"),
        lambda facts: facts.has_field and facts.has_target_group,
        "work",
    ),
    Requirement("contact", _("A person to contact, by telephone or e-mail"), lambda f: f.has_contact, "contacts"),
    *(
        Requirement(f"document_{kind}", DocumentKind(kind).label, _paper(kind), "documents")
        for kind in REQUIRED_DOCUMENTS
    ),
    Requirement(
        "sponsor",
        _("A sponsoring organisation that has agreed"),
        lambda facts: not facts.needs_sponsor or facts.sponsor_state == SponsorshipState.AGREED,
        "sponsor",
    ),
    Requirement("size", _("Year founded, staff, volunteers and yearly income"), _has_size, "size"),
    Requirement("track_record", _("Past projects"), lambda facts: facts.has_track_record, "track-record"),
    Requirement(
        "representative",
        _("An authorised representative whose authority holds today"),
        lambda facts: facts.has_representative,
        "representatives",
    ),
    Requirement("bank_account", _("Bank account"), lambda facts: facts.has_bank_account, "bank"),
)
BY_NAME = {requirement.name: requirement for requirement in REQUIREMENTS}

BOOK = Book(load=load, requirements=BY_NAME)

# What waits while something is missing: (code, title, names of requirements), in the order in which it matters. The
# doors keep to it: sending in asks these requirements, signing and asking for money ask `queries/standing.py`.
GATES = (
    ("submit", _("Sending the registration in, and with it proposing on calls"), TO_SUBMIT),
    ("sign", _("Signing agreements"), ("representative",)),
    ("pay", _("Asking for an instalment"), ("bank_account",)),
    ("weigh", _("Nothing, but agencies look at it before they choose a partner"), ("size", "track_record")),
)


@dataclass(frozen=True)
class Gate:
    """One thing that the profile opens; `missing` is empty when it is open."""

    code: str
    title: Any
    missing: tuple[Requirement, ...]


def gates_of(facts: ProfileFacts) -> list[Gate]:
    """Every gate with what is missing for it; the registration's only until it has been sent in."""
    draft = facts.organisation.standing == OrganisationStanding.DRAFT
    return [
        Gate(code, title, tuple(item for name in names if not (item := BY_NAME[name]).met(facts)))
        for code, title, names in GATES
        if draft or code != "submit"
    ]
