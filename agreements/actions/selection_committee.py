"""The selection committee (คณะกรรมการพิจารณาคัดเลือก) and its appointment order (§3.2 step 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from agreements.actions.calls import is_under_consideration
from agreements.actions.reviewers import OFFICER_JUDGES_NOT, tell_ended
from agreements.enums import RECEIVED_PROPOSALS, CallState, CapacityKind, MemberRole
from agreements.models import Call, Capacity, SelectionCommittee, SelectionMember
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import why_judge_runs_not
from core import clock
from core.files import store_file
from core.settings_catalogue import value_of
from core.workflow import Passage, Rule, Stamp, pass_door
from partnerships.actions.notices import tell
from partnerships.actors import Actor
from partnerships.models import Membership, User

APPOINTABLE = (CallState.PUBLISHED, CallState.SCREENING, CallState.SELECTION)
ORDER_KIND = "appointment_order"


@dataclass(frozen=True)
class Member:
    """A member as the order names him or her; `user` where the person has an account."""

    name: str
    title: str = ""
    role: str = MemberRole.MEMBER
    user: User | None = None


APPOINT = Rule(
    "appoint_committee",
    _("Record the selection committee"),
    call_officer,
    when=lambda call: call.state in APPOINTABLE and not is_under_consideration(call),
    unless=why_judge_runs_not,
)


def appoint_committee(
    *,
    call: Call,
    order_number: str,
    order_on: date,
    members: Sequence[Member],
    by: Actor,
    order_file: File | None = None,
    stamp: Stamp | None = None,
) -> SelectionCommittee:
    """Record the committee as its order names it; recording again replaces it (a file that is not given stays).

    With another order, name or role a resolution recorded before holds no longer: `recorded_at` moves on
    (`agreements.resolved`). The file and the positions of the members can be mended without.
    Members with an account are invited to the call as committee members and told; who is no longer named has that
    invitation ended, and is told. Raises ValidationError without exactly one chair, with fewer members than the setting
    asks for, for a person named twice, for the account of the responsible officer, and, once submissions are closed,
    for one who belongs to an applicant: until then a refusal would tell who has submitted.
    """
    with pass_door(call, APPOINT, by=by, stamp=stamp) as door:
        _refuse_wrong(door.root, members)
        facts: dict[str, Any] = {"order_number": order_number, "order_on": order_on, "recorded_by": by.user}
        if order_file is not None:
            facts["order_file"] = store_file(
                order_file, name=order_file.name or "", root=door.root, kind=ORDER_KIND, by=by
            )
        before = SelectionCommittee.objects.filter(call=door.root).first()
        if before is None or not _is_same(before, order_number, order_on, members):
            facts["recorded_at"] = clock.now()
        committee, _created = SelectionCommittee.objects.update_or_create(call=door.root, defaults=facts)
        _name(committee, members)
        _invite(door, [member.user for member in members if member.user])
        door.payload.update(order=order_number, members=[member.name for member in members])
    return committee


def _refuse_wrong(call: Call, members: Sequence[Member]) -> None:
    if any(member.user and member.user.pk == call.officer_id for member in members):
        raise ValidationError(OFFICER_JUDGES_NOT)
    if sum(member.role == MemberRole.CHAIR for member in members) != 1:
        raise ValidationError(_("The committee has exactly one chair."))
    least = value_of("agreements.committee_min_members")
    if len(members) < least:
        raise ValidationError(_("The committee has at least %(least)s members."), params={"least": least})
    names = [" ".join(member.name.split()) for member in members]
    accounts = [member.user.pk for member in members if member.user]
    if len(set(names)) < len(names) or len(set(accounts)) < len(accounts):
        raise ValidationError(_("Each person is named once."))
    if call.state == CallState.PUBLISHED:  # sealed: whoever turns out to belong to an applicant is shut out at closing
        return
    applicants = call.proposals.filter(state__in=RECEIVED_PROPOSALS).values("organisation_id")
    belonging = Membership.objects.current(clock.today()).filter(user__in=accounts, organisation_id__in=applicants)
    for membership in belonging.select_related("user"):
        raise ValidationError(
            _("%(name)s belongs to an applicant and cannot sit on this committee."),
            params={"name": membership.user.get_full_name()},
        )


def _is_same(committee: SelectionCommittee, order_number: str, order_on: date, members: Sequence[Member]) -> bool:
    """Whether it is by the same order, of the same people under the same names, in the same roles."""
    named = {(member.user.pk if member.user else None, member.name, str(member.role)) for member in members}
    sitting = set(committee.members.values_list("user_id", "name", "role"))
    return (committee.order_number, committee.order_on, sitting) == (order_number, order_on, named)


def _name(committee: SelectionCommittee, members: Sequence[Member]) -> None:
    """Who is named again keeps his or her row: a resolution recorded before still knows who attended."""
    there = {row.user_id or row.name: row for row in committee.members.all()}
    kept = []
    for ordinal, member in enumerate(members, start=1):
        row = there.get(member.user.pk if member.user else member.name) or SelectionMember(committee=committee)
        row.ordinal, row.user, row.name = ordinal, member.user, member.name
        row.title, row.role = member.title, member.role
        row.save()
        kept.append(row.pk)
    committee.members.exclude(pk__in=kept).delete()


def _invite(door: Passage, users: list[User]) -> None:
    """The invitations of the call are those of the members named now; from this moment the others open nothing."""
    sitting = door.root.capacities.filter(kind=CapacityKind.COMMITTEE_MEMBER)
    leaving = sitting.current().exclude(user__in=users)
    tell_ended(door, list(leaving.values_list("user_id", flat=True)))
    leaving.update(ends_on=clock.today() - timedelta(days=1))
    before = set(sitting.current().values_list("user_id", flat=True))
    for user in users:
        Capacity.objects.update_or_create(
            call=door.root,
            user=user,
            kind=CapacityKind.COMMITTEE_MEMBER,
            defaults={"ends_on": None},
            create_defaults={"starts_on": clock.today()},
        )
    new = sorted({user.pk for user in users} - before)
    tell(door, new, kind="call.committee")
