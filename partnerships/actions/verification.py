"""Verifying a partner: dated records of which the latest counts (§2, §4 step 3)."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import clock
from core.settings_catalogue import value_of
from core.ui import show_day
from core.workflow import Passage, Rule, Stamp, pass_door, together
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import OrganisationStanding, Role
from partnerships.models import Organisation, Verification, VerificationCheck
from partnerships.permissions.organisations import may_verify
from partnerships.permissions.oversight import is_partner_in_use, works_there
from partnerships.reference.checks import checks_for

Answers = Mapping[str, tuple[bool, str]]

VERIFY = Rule("verify", _("Verify"), may_verify, when=is_partner_in_use, unless=works_there)


show_day_later = lazy(show_day, str)  # a day in words, in the language of whoever is told


def default_valid_until() -> date:
    """The day until which a verification of today holds, by the setting `verification.months`."""
    return months_after(clock.today(), value_of("verification.months"))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def verify_organisation(
    *,
    organisation: Organisation,
    answers: Answers,
    passed: bool,
    note: str = "",
    valid_until: date | None = None,
    by: Actor,
    stamp: Stamp | None = None,
) -> Verification:
    """Record one look at a partner: check code → (met, comment) for every check of its kind, and the result.

    Passed: verified until that day (default: by the setting); one that was sent in comes into the register. Not passed:
    no longer verified; one that was sent in goes back with the note. Raises ValidationError for answers that do not go
    together, NotYou, NotNow, Stale, AlreadyDone.
    """
    valid_until = (valid_until or default_valid_until()) if passed else None
    _refuse_unfounded(organisation, answers, passed, note, valid_until)
    with together():
        with pass_door(organisation, VERIFY, by=by, stamp=stamp) as door:
            was_waiting = door.root.standing == OrganisationStanding.SUBMITTED
            made = _record(door.root, passed, note, valid_until, by)
            VerificationCheck.objects.bulk_create(
                VerificationCheck(verification=made, code=check.code, met=answers[check.code][0],
                                  comment=answers[check.code][1])
                for check in checks_for(door.root.kind)
            )  # fmt: skip
            door.root.verified_until = valid_until
            unmet = [code for code, (met, _comment) in answers.items() if not met]
            door.payload.update(passed=passed, valid_until=valid_until, unmet=unmet)
            _tell_result(door, made)
        if was_waiting:
            with pass_door(organisation, "accept_registration" if passed else "return_registration", by=by) as door:
                if not passed:
                    door.payload["comment"] = note
    return made


def _record(organisation: Organisation, passed: bool, note: str, valid_until: date | None, by: Actor) -> Verification:
    return Verification.objects.create(
        organisation=organisation,
        passed=passed,
        note=note,
        valid_until=valid_until,
        verified_by=by.user,
        verified_by_name=by.user.full_name_th,
        verifier=by.organisation,
        verified_on=clock.today(),
        recorded_at=clock.now(),
    )


def _refuse_unfounded(
    organisation: Organisation, answers: Answers, passed: bool, note: str, valid_until: date | None
) -> None:
    """The answers must be complete, reasoned, and carry the result."""
    asked = checks_for(organisation.kind)
    if set(answers) != {check.code for check in asked}:
        raise ValidationError(_("Answer every check."))
    errors: dict[str, Any] = {
        f"comment_{code}": _("Say what is wrong.")
        for code, (met, comment) in answers.items()
        if not met and not comment.strip()
    }
    if passed and any(check.essential and not answers[check.code][0] for check in asked):
        errors["passed"] = _("A check that cannot be passed over is answered no: this cannot be passed.")
    if not passed and not note.strip():
        errors["note"] = _("Say what the organisation has to mend.")
    if valid_until is not None and valid_until <= clock.today():
        errors["valid_until"] = _("The day must lie ahead.")
    if errors:
        raise ValidationError(errors)


def _tell_result(door: Passage, made: Verification) -> None:
    """To those who answer for the organisation."""
    people = people_in_roles([made.organisation_id], Role.ADMINISTRATOR, Role.REPRESENTATIVE)
    name = made.organisation.name_th
    if made.passed:
        subject = _("Your organisation has been verified")
        body = format_lazy(_("{name} counts as verified until {day}."), name=name, day=show_day_later(made.valid_until))
        tell(door, people, kind="organisation.verified", subject=subject, body=body)
    else:
        subject = _("Your organisation could not be verified")
        tell(door, people, kind="organisation.not_verified", subject=subject, body=f"{name}: {made.note}")
