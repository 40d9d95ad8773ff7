"""Agreements that are running already: entered with their past dates, confirmed by the agency's executive.

An officer of the agency enters what the signed document says and where the matter stands. When the executive, who may
not be the one who entered it, has confirmed it, the agreement is born in force at that step, with its account and what
was paid; it is marked as entered later, and goes on in the ordinary way. Until then it counts nowhere.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from agreements.actions.account import book as book_sum
from agreements.actions.account import lock_account, open_account
from agreements.actions.agreements import PREFIX
from agreements.actions.instalments import next_due_on
from agreements.enums import ClearanceKind, EntryKind, InstalmentState, PriorState, Procedure, Side, Standing, Verdict
from agreements.models import (
    AccountEntry,
    Agreement,
    Clearance,
    Instalment,
    Party,
    Plan,
    PriorAgreement,
    PriorInstalment,
)
from agreements.models.agreement import BEFORE_SIGNING, NEEDS_PLAN
from agreements.permissions.agreements import may_open_agreement, prior_executive
from agreements.sequences import STEP_BY_CODE
from core import clock
from core.audit import type_label
from core.files import store_file
from core.models import StoredFile
from core.workflow import Passage, Rule, Stamp, birth, pass_door, set_first_state, together
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actions.references import next_reference
from partnerships.actors import Actor
from partnerships.enums import Form, Role
from partnerships.models import Mission

PAPER = "signed_paper"
ENTER = Rule("enter", _("Enter an agreement that is running already"), may_open_agreement)
COUNT = Rule(
    "enter_running",
    _("Let an agreement entered later count"),
    prior_executive,
    when=lambda prior: prior.state == PriorState.PROPOSED,
)
FACTS = ("form", "step", "title", "number", "receiver", "signed_on", "starts_on", "ends_on", "total", "officer")

Row = dict[str, Any]  # amount (baht), due_on, paid_on


def enter_prior(
    *, mission: Mission, instalments: list[Row], paper: File, by: Actor, stamp: Stamp | None = None, **facts: Any
) -> PriorAgreement:
    """Enter a running agreement of the mission's agency; `facts` are those in FACTS. Raises ValidationError."""
    refuse_contradictions(facts, instalments)
    with birth(ENTER, by=by, about=mission, stamp=stamp) as door:
        door.root = PriorAgreement.objects.create(
            mission=mission, agency_id=mission.agency_id, entered_by=by.user, **{name: facts[name] for name in FACTS}
        )
        _keep_parts(door, instalments, paper)
    return door.root


def correct_prior(
    *,
    prior: PriorAgreement,
    instalments: list[Row],
    by: Actor,
    paper: File | None = None,
    stamp: Stamp | None = None,
    **facts: Any,
) -> PriorAgreement:
    """Correct what was entered, until it is confirmed; it waits for confirmation again. Raises ValidationError."""
    refuse_contradictions(facts, instalments)
    with pass_door(prior, "correct", by=by, stamp=stamp) as door:
        for name in FACTS:
            setattr(door.root, name, facts[name])
        door.root.entered_by, door.root.entered_at, door.root.comment = by.user, clock.now(), ""
        door.root.decided_by = door.root.decided_at = None
        _keep_parts(door, instalments, paper)
    return door.root


def return_prior(*, prior: PriorAgreement, reason: str, by: Actor, stamp: Stamp | None = None) -> PriorAgreement:
    """Back to the officer with the reason."""
    with pass_door(prior, "send_back", by=by, stamp=stamp) as door:
        door.root.comment, door.root.decided_by, door.root.decided_at = reason, by.user, clock.now()
        door.payload["reason"] = reason
        tell(door, {prior.entered_by_id, prior.officer_id}, kind="prior.returned", reason=reason)
    return door.root


def confirm_prior(*, prior: PriorAgreement, by: Actor, stamp: Stamp | None = None) -> Agreement:
    """The executive confirms: the agreement is born in force where it stands, with what was paid."""
    stamp = stamp or Stamp()
    with together():
        with birth(COUNT, by=by, about=prior, stamp=Stamp(key=stamp.key)) as door:
            agreement = _give_birth(prior)
            door.root, door.effective_on = agreement, prior.signed_on
            door.payload.update(form=prior.form, step=prior.step, signed_on=prior.signed_on, total=prior.total)
            door.payload.update(entered_later=True, prior=prior.pk)
            _pay_what_was_paid(agreement, prior)
            _clear_what_was_passed(agreement, prior, by)
            users = people_in_roles([prior.receiver_id], Role.REPRESENTATIVE, Role.STAFF)
            tell(door, {prior.officer_id, *users}, kind="prior.confirmed")
        with pass_door(prior, "confirm", by=by, stamp=Stamp(version=stamp.version)) as passage:
            passage.root.agreement, passage.root.decided_by = agreement, by.user
            passage.root.decided_at = clock.now()
            passage.payload["agreement"] = agreement.reference
        StoredFile.objects.filter(pk=prior.paper_id).update(root_type=type_label(agreement), root_id=agreement.pk)
    return agreement


# --- what cannot be together ----------------------------------------------------------------------------------------


def refuse_contradictions(facts: Row, rows: list[Row]) -> None:
    """Raises ValidationError at the field (instalments: "instalments") for what the signed document cannot say."""
    wrong: dict[str, Any] = {}
    today = clock.today()
    if facts["signed_on"] > today:
        wrong["signed_on"] = _("An agreement that is running was signed today at the latest.")
    if facts["ends_on"] <= facts["starts_on"]:
        wrong["ends_on"] = _("The end must be later than the start.")
    if facts["step"] in BEFORE_SIGNING or STEP_BY_CODE[facts["step"]].carrier != "agreement":
        wrong["step"] = _("An agreement that is running stands at a step after signing.")
    elif not facts["step"].startswith(f"{facts['form']}_"):
        wrong["step"] = _("This step belongs to another form of partnership.")
    elif "signed_on" not in wrong and (told := _wrong_money(facts, rows)):
        wrong["instalments"] = told
    if wrong:
        raise ValidationError(wrong)


def _wrong_money(facts: Row, rows: list[Row]) -> Any:
    paid = [row for row in rows if row["paid_on"]]
    if facts["form"] != Form.COMMISSIONING and sum(row["amount"] for row in rows) != facts["total"]:
        return _("The instalments must add up to the total sum.")
    if facts["form"] == Form.COMMISSIONING and sum(row["amount"] for row in rows) > facts["total"]:
        return _("The instalments are more than the total sum.")
    if paid != rows[: len(paid)]:
        return _("Instalments are paid one after the other: an earlier one has no day of payment.")
    if any(not facts["signed_on"] <= row["paid_on"] <= clock.today() for row in paid):
        return _("Money was paid after signing, and today at the latest.")
    return _wrong_at_step(facts["step"], len(paid), len(rows))


def _wrong_at_step(step: str, paid: int, number: int) -> Any:
    """Which instalments must have been paid where the matter stands (§3.1, §3.2)."""
    if step.startswith("pbc_5") and paid > 1:
        return _("At this step no more than the first instalment has been paid.")
    if (step == "grant_4_delivery" or step[:5] in ("pbc_6", "pbc_7")) and paid < 1:
        return _("At this step the first instalment has been paid: give the day.")
    if step.startswith("pbc_7") and paid >= number:
        return _("At this step another instalment is still to be paid.")
    if step[:5] in ("pbc_8", "pbc_9") and paid < number:
        return _("At this step every instalment has been paid: give the days.")
    return None


# --- writing --------------------------------------------------------------------------------------------------------


def _keep_parts(door: Passage, rows: list[Row], paper: File | None) -> None:
    prior = door.root
    if paper is not None:
        prior.paper = store_file(paper, name=paper.name or "", root=prior, kind=PAPER, by=door.by)
        prior.save(update_fields=["paper"])
    prior.instalments.all().delete()
    PriorInstalment.objects.bulk_create(
        PriorInstalment(prior=prior, ordinal=ordinal, **row) for ordinal, row in enumerate(rows, start=1)
    )
    door.payload.update(form=prior.form, step=prior.step, signed_on=prior.signed_on, total=prior.total)
    door.payload.update(paper=prior.paper.sha256 if prior.paper else None)
    tell(door, people_in_roles([prior.agency_id], Role.EXECUTIVE), kind="prior.proposed")


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=clock.BANGKOK)


def _give_birth(prior: PriorAgreement) -> Agreement:
    mission = prior.mission
    agreement = Agreement(
        reference=next_reference(PREFIX[Form(prior.form)]),
        form=prior.form,
        mission=mission,
        agency_id=prior.agency_id,
        procedure=Procedure.DIRECT,
        title=prior.title,
        number=prior.number,
        objectives=mission.objectives,
        target_group=mission.target_group[:300],
        area=mission.area[:300],
        legal_basis=mission.legal_basis,
        total=prior.total,
        starts_on=prior.starts_on,
        ends_on=prior.ends_on,
        officer=prior.officer,
        contact_phone=prior.officer.phone,
        signed_at=_moment(prior.signed_on),
        public_at=clock.now(),
        entered_later_at=clock.now(),
    )
    if prior.step in NEEDS_PLAN:
        agreement.plan_approved_at = agreement.signed_at
    set_first_state(agreement, step=prior.step, standing=Standing.IN_FORCE)
    agreement.save()
    Party.objects.create(agreement=agreement, organisation_id=prior.agency_id, side=Side.GIVER, is_lead=True)
    Party.objects.create(agreement=agreement, organisation_id=prior.receiver_id, side=Side.RECEIVER, is_lead=True)
    return agreement


def _pay_what_was_paid(agreement: Agreement, prior: PriorAgreement) -> None:
    open_account(agreement)
    account = lock_account(agreement)
    for row in prior.instalments.all():
        instalment = Instalment(agreement=agreement, ordinal=row.ordinal, amount=row.amount, due_on=row.due_on)
        if row.paid_on:
            instalment.entered_later, instalment.paid_on, instalment.received_on = True, row.paid_on, row.paid_on
            set_first_state(instalment, state=InstalmentState.RECEIVED)
        instalment.save()
        if row.paid_on:
            _enter(instalment, row.paid_on, prior)
            book_sum(account, EntryKind.PAYMENT, Decimal(row.amount))
    agreement.next_due_on = next_due_on(agreement)
    agreement.save()


def _enter(instalment: Instalment, paid_on: date, prior: PriorAgreement) -> None:
    AccountEntry.objects.create(
        agreement=instalment.agreement,
        kind=EntryKind.PAYMENT,
        amount=instalment.amount,
        booked_on=paid_on,
        description=str(_("Instalment %(ordinal)s, entered later") % {"ordinal": instalment.ordinal}),
        source=instalment.source,
        instalment=instalment,
        recorded_by=prior.entered_by,
    )


def _clear_what_was_passed(agreement: Agreement, prior: PriorAgreement, by: Actor) -> None:
    """Where the matter stands tells what went before: a plan, and a mid-term passed for each later instalment."""
    at = agreement.signed_at
    if prior.step in NEEDS_PLAN:
        Plan.objects.create(
            agreement=agreement,
            side=Side.RECEIVER,
            participation=str(_("The plan is part of the signed document.")),
            recorded_by=prior.entered_by,
            proposed_at=at,
            approved_by=by.user,
            approved_at=at,
        )
    if prior.form != Form.PBC:
        return
    paid = agreement.instalments.filter(state=InstalmentState.RECEIVED).count()
    passed = paid + 1 if prior.step.startswith("pbc_7") else paid
    Clearance.objects.bulk_create(
        Clearance(agreement=agreement, kind=ClearanceKind.MIDTERM, ordinal=n, verdict=Verdict.PASS, by=by.user)
        for n in range(2, passed + 1)
    )
