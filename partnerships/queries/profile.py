"""What the pages of a profile show: its parts with their states, and only what the reader may know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core import clock
from core.audit import history_of
from partnerships import geography
from partnerships.enums import OrganisationStanding
from partnerships.models import Organisation, OrganisationDocument, ServiceArea, Sponsorship
from partnerships.permissions.organisations import (
    may_ask_sponsor,
    may_edit_bank_account,
    may_edit_identity,
    may_edit_profile,
)
from partnerships.permissions.profile import (
    may_read_bank_account,
    may_read_document,
    may_read_private_papers,
    may_read_professional_part,
)
from partnerships.reference.regions import REGIONS
from partnerships.requirements.organisation import BY_NAME, ProfileFacts

Text = str | Promise
ALL_PROVINCES = sum(len(codes) for _label, codes in REGIONS.values())


@dataclass(frozen=True)
class Part:
    """One page of the profile. `needs`: what is mended there; `begun`: is anything there; `kept_by`: who edits it."""

    code: str
    title: Text
    hint: Text
    url_name: str
    needs: tuple[str, ...]
    begun: Callable[[ProfileFacts], Any] = lambda facts: False
    kept_by: Callable[[Organisation, Any], bool] = may_edit_profile


PARTS = (
    Part(
        "identity",
        _("Name and kind"),
        _("As on the certificate"),
        "identity",
        ("identity",),
        lambda f: f.organisation.name_th,
        kept_by=may_edit_identity,
    ),
    Part(
        "numbers",
        _("Numbers"),
        _("Tax number, number on the certificate"),
        "numbers",
        ("tax_number", "registration_number"),
        lambda f: f.organisation.tax_number or f.organisation.registration_number,
        kept_by=may_edit_identity,
    ),
    Part(
        "address",
        _("Address"),
        _("Down to the subdistrict; telephone and e-mail of the organisation"),
        "address",
        ("address",),
        lambda f: f.organisation.address or f.organisation.province_code,
    ),
    Part(
        "work",
        _("Work and areas"),
        _("Fields of work, target groups, provinces served"),
        "work",
        ("work",),
        lambda f: f.has_field or f.has_target_group,
    ),
    Part(
        "size",
        _("Size"),
        _("Year founded, staff, volunteers, yearly income"),
        "size",
        ("size",),
        lambda f: f.organisation.founded_year or f.organisation.staff_count is not None,
    ),
    Part("contacts", _("Contacts"), _("People to talk to"), "contacts", ("contact",)),
    Part(
        "representatives",
        _("Authorised representatives"),
        _("Who may bind the organisation, with the delegation document"),
        "representatives",
        ("representative",),
        kept_by=may_edit_identity,
    ),
    Part(
        "bank",
        _("Bank account"),
        _("Seen only by those who answer for it and those who pay"),
        "bank",
        ("bank_account",),
        kept_by=may_edit_bank_account,
    ),
    Part(
        "track-record", _("Past projects"), _("For whom, how much, with what result"), "track_record", ("track_record",)
    ),
    Part(
        "documents",
        _("Documents"),
        _("Certificates and resolutions, with their expiry"),
        "documents",
        tuple(name for name in BY_NAME if name.startswith("document_")),
        lambda f: f.papers,
    ),
    Part(
        "sponsor",
        _("Sponsor"),
        _("The registered organisation that stands in for the group"),
        "sponsor",
        ("sponsor",),
        kept_by=may_ask_sponsor,
    ),
)


def tasks_of(facts: ProfileFacts, actor: Any) -> list[dict[str, Any]]:
    """The parts as a task list, each with its state and, for whoever may edit it, its page ("" for others).

    The sponsor only where one is needed.
    """
    rows = []
    for part in PARTS:
        if part.code == "sponsor" and not facts.needs_sponsor:
            continue
        state = "done" if all(BY_NAME[name].met(facts) for name in part.needs) else "todo"
        if state == "todo" and (part.begun(facts) or (part.code == "sponsor" and facts.sponsor_state == "asked")):
            state = "doing"
        url = part_url(facts.organisation, part, actor)
        rows.append({"title": part.title, "hint": part.hint, "state": state, "url": url})
    return rows


def part_url(organisation: Organisation, part: Part, actor: Any) -> str:
    """The page on which this person edits the part; "" where it is somebody else's."""
    if not part.kept_by(organisation, actor):
        return ""
    return reverse(f"partnerships:profile_{part.url_name}", args=[organisation.pk])


URL_OF_PART = {part.code: part for part in PARTS}


def where_to_mend(organisation: Organisation, requirement: Any, actor: Any) -> str:
    """The page on which something missing is told; "" where this person may not."""
    return part_url(organisation, URL_OF_PART[requirement.where], actor)


def return_comment(organisation: Organisation) -> str:
    """Why the registration was returned, while it has not been sent in again."""
    if organisation.standing != OrganisationStanding.DRAFT:
        return ""
    kinds = ("organisation.return_registration", "organisation.submit_registration")
    event = history_of(organisation).filter(kind__in=kinds).order_by("-sequence").first()
    returned = event is not None and event.kind == kinds[0]
    return str(event.facts.get("comment", "")) if returned else ""


# --- papers -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paper:
    """A document as the page shows it. `url` is "" for a reader who may know of it but not read it."""

    document: OrganisationDocument
    url: str

    @property
    def days_left(self) -> int | None:
        """Days until it expires (negative: expired), None where it does not."""
        expires = self.document.expires_on
        return None if expires is None else (expires - clock.today()).days

    @property
    def tone(self) -> str:
        left = self.days_left
        if left is None:
            return "plain"
        return "stop" if left < 0 else "warn" if left <= 60 else "good"

    @property
    def word(self) -> Text:
        left = self.days_left
        if left is None:
            return _("Does not expire")
        if left < 0:
            return _("Expired")
        return ngettext("%(left)s day left", "%(left)s days left", left) % {"left": left}


def papers_of(organisation: Organisation, actor: Any) -> list[Paper]:
    """Documents in use, those that the reader may read."""
    held = organisation.documents.filter(void_at=None).select_related("file")
    return [
        Paper(document, document.file.get_absolute_url())
        for document in held
        if may_read_document(organisation, document.kind, actor)
    ]


# --- the organisation's page ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Profile:
    """Only what this reader may know: a part that is not for him or her is not in it, whatever the template does."""

    organisation: Organisation
    public: dict[str, Any]
    professional: dict[str, Any] | None = None
    representatives: list[Any] | None = None
    delegations_open: bool = False
    bank_account: Any = None
    bank_open: bool = False
    papers: list[Paper] = field(default_factory=list)
    contacts: list[Any] = field(default_factory=list)


def profile_for(organisation: Organisation, actor: Any) -> Profile:
    """The organisation as this reader may see it (permissions/profile.py says who reads what)."""
    professional = may_read_professional_part(organisation, actor)
    bank = may_read_bank_account(organisation, actor)
    contacts = organisation.contacts.all() if professional else organisation.contacts.filter(is_public=True)
    return Profile(
        organisation=organisation,
        public=_public_part(organisation),
        professional=_professional_part(organisation) if professional else None,
        representatives=_representatives(organisation) if professional else None,
        delegations_open=may_read_private_papers(organisation, actor),
        bank_account=organisation.bank_accounts.filter(replaced_at=None).first() if bank else None,
        bank_open=bank,
        papers=papers_of(organisation, actor) if professional else [],
        contacts=list(contacts),
    )


def _public_part(organisation: Organisation) -> dict[str, Any]:
    return {
        "fields": [word.name for word in organisation.fields_of_work.all()],
        "groups": [word.name for word in organisation.target_groups.all()],
        "areas": areas_served(organisation),
    }


def _professional_part(organisation: Organisation) -> dict[str, Any]:
    sponsors = Sponsorship.objects.filter(group=organisation, state="agreed").select_related("sponsor")
    return {
        "address": geography.full_address(organisation),
        "track_record": list(organisation.track_records.all()),
        "sponsor": sponsors.first() if organisation.is_unregistered else None,
        "sponsored": [row.group for row in organisation.sponsored.filter(state="agreed").select_related("group")],
        "former_names": list(organisation.former_names.all()),
    }


def _representatives(organisation: Organisation) -> list[Any]:
    """Those whose authority holds today; the document of a delegation only where the reader may open it."""
    holding = organisation.representatives.filter(void_at=None).select_related("delegation")
    return [one for one in holding if one.valid_until is None or one.valid_until >= clock.today()]


def areas_served(organisation: Organisation) -> str:
    """The provinces served as words: all of them, their names, or the province of the address."""
    codes = list(ServiceArea.objects.filter(organisation=organisation).values_list("province_code", flat=True))
    if len(codes) >= ALL_PROVINCES:
        return str(_("The whole country"))
    wanted = set(codes or [organisation.province_code])
    return ", ".join(name for code, name in geography.province_choices() if code in wanted)
