"""The terms of an agreement while it is being prepared: what is agreed, by whom, with which duties (§4 steps 4-5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.enums import DecisionKind, DecisionState, Side, Standing
from agreements.models import Agreement, Party
from agreements.permissions.agreements import giver_officer
from core.workflow import Rule, Stamp, pass_door
from partnerships.enums import Form, Role
from partnerships.models import Organisation
from partnerships.permissions import works_for
from partnerships.queries.standing import why_not_selectable

DETAIL_FIELDS = (
    "title", "rationale", "objectives", "scope", "target_group", "area", "service_volume", "expected_results",
    "made_at", "starts_on", "ends_on", "total", "notice_days", "legal_basis", "procurement_screening", "egp_reference",
    "contact_phone",
)  # fmt: skip
PARTY_FIELDS = ("duties", "signatory_name", "signatory_title", "authority", "witness_1", "witness_2")


# --- who and when ---------------------------------------------------------------------------------------------------


def text_is_proposed(agreement: Agreement) -> bool:
    """Whether the text lies with the executive for approval: what is being judged is not changed meanwhile."""
    return agreement.decisions.filter(kind=DecisionKind.SIGN_AGREEMENT, state=DecisionState.PENDING).exists()


def terms_are_open(agreement: Agreement) -> bool:
    """Being prepared, with no text frozen or on its way to the executive."""
    return (
        agreement.standing == Standing.PREPARING and agreement.text_ready_at is None and not text_is_proposed(agreement)
    )


def writes_for_party(party: Party, actor: Any) -> bool:
    """The giver's officer writes up every party; each party's own people write up their own side."""
    own = works_for(party.organisation_id, actor, Role.OFFICER, Role.STAFF, Role.REPRESENTATIVE)
    return own or giver_officer(party.agreement, actor)


EDIT_DETAILS = Rule("edit_details", _("Edit the terms"), role=giver_officer, when=terms_are_open)
ADD_PARTY = Rule("add_party", _("Add a party"), role=giver_officer, when=terms_are_open)
REMOVE_PARTY = Rule("remove_party", _("Remove a party"), role=giver_officer, when=terms_are_open)
EDIT_PARTY = Rule(
    "edit_party",
    _("Edit duties and signatory"),
    role=writes_for_party,
    when=lambda party: terms_are_open(party.agreement),
)


# --- actions --------------------------------------------------------------------------------------------------------


def edit_details(*, agreement: Agreement, by: Any, stamp: Stamp | None = None, **facts: Any) -> Agreement:
    """Write the terms (names of DETAIL_FIELDS; dates CE, total in baht). Raises ValidationError at the field."""
    _check_period(facts.get("starts_on", agreement.starts_on), facts.get("ends_on", agreement.ends_on))
    with pass_door(agreement, EDIT_DETAILS, by=by, stamp=stamp) as door:
        changed = [name for name in DETAIL_FIELDS if name in facts and getattr(door.root, name) != facts[name]]
        for name in changed:
            setattr(door.root, name, facts[name])
        door.payload["changed"] = changed
    return door.root


def _check_period(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on <= starts_on:
        raise ValidationError({"ends_on": _("The end must be later than the start.")})


def add_party(
    *, agreement: Agreement, organisation: Organisation, side: str, by: Any, stamp: Stamp | None = None
) -> Party:
    """Take in a supporter; in Commissioning also a further receiver (§3.3). Raises ValidationError at the field."""
    if side not in addable_sides(agreement):
        raise ValidationError({"side": _("This form of partnership has one receiver: add a supporter instead.")})
    if agreement.parties.filter(organisation=organisation).exists():
        raise ValidationError({"organisation": _("This organisation is already a party.")})
    if side == Side.RECEIVER and (reason := why_not_selectable(organisation)):
        raise ValidationError({"organisation": reason})
    with pass_door(agreement, ADD_PARTY, by=by, stamp=stamp) as door:
        party = Party.objects.create(agreement=door.root, organisation=organisation, side=side)
        door.payload.update(organisation=organisation.pk, side=side)
    return party


def addable_sides(agreement: Agreement) -> tuple[str, ...]:
    """Sides that further parties may take."""
    return (Side.RECEIVER, Side.SUPPORTER) if agreement.form == Form.COMMISSIONING else (Side.SUPPORTER,)


def remove_party(*, agreement: Agreement, party: Party, by: Any, stamp: Stamp | None = None) -> None:
    """Take a party out again; the lead of a side stays. Raises ValidationError."""
    if party.is_lead or party.agreement_id != agreement.pk:
        raise ValidationError(_("The lead party of a side cannot be removed."))
    with pass_door(agreement, REMOVE_PARTY, by=by, stamp=stamp) as door:
        door.payload.update(organisation=party.organisation_id, side=party.side)
        party.delete()


def edit_party(*, party: Party, by: Any, stamp: Stamp | None = None, **facts: str) -> Party:
    """Write a party's duties, signatory and witnesses (names of PARTY_FIELDS)."""
    with pass_door(party, EDIT_PARTY, by=by, stamp=stamp, root=party.agreement) as door:
        changed = [name for name in PARTY_FIELDS if name in facts and getattr(door.subject, name) != facts[name]]
        for name in changed:
            setattr(door.subject, name, facts[name])
        door.payload.update(organisation=door.subject.organisation_id, changed=changed)
    return door.subject
