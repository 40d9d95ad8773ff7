"""Members of an organisation: taking in, changing roles and term, ending. Somebody always looks after its people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Book, Passage, Requirement, Rule, Stamp, pass_door, register_book
from partnerships.actions.appointments import decline_for_leaver, propose_at_admission
from partnerships.actions.notices import tell
from partnerships.enums import APPOINTED_ROLES, Role, roles_of_kind
from partnerships.models import Membership, MembershipRole, User
from partnerships.permissions.people import is_own_membership, manages_people
from partnerships.queries.people import held_roles, other_administrators

LAST_ADMINISTRATOR = _("Another administrator whose membership has no earlier end: name one first")


def is_current(membership: Membership) -> bool:
    today = clock.today()
    return membership.starts_on <= today and (membership.ends_on is None or membership.ends_on >= today)


def keeps_an_administrator(membership: Membership) -> bool:
    """Whether the organisation has an administrator left, as lasting as this member, when this one is gone."""
    if Role.ADMINISTRATOR not in held_roles(membership):
        return True
    return other_administrators(membership).exists()


def _manages(membership: Membership, actor: Any) -> bool:
    return manages_people(membership.organisation, actor)


# The facts are asked from the database under the organisation's lock: of two who leave at once, one stays.
register_book(
    Membership,
    Book(
        load=lambda membership: membership,
        requirements={
            "another_administrator": Requirement(
                "another_administrator", LAST_ADMINISTRATOR, keeps_an_administrator, "people"
            )
        },
    ),
)

NEEDS = ("another_administrator",)
CHANGE = Rule("change", _("Change roles and term"), role=_manages, when=is_current)
END = Rule("end", _("End the membership"), role=_manages, when=is_current, requires=NEEDS)
LEAVE = Rule("leave", _("Leave the organisation"), role=is_own_membership, when=is_current, requires=NEEDS)


def change_member(
    *,
    membership: Membership,
    roles: Iterable[str],
    by: Any,
    title: str = "",
    ends_on: date | None = None,
    stamp: Stamp | None = None,
) -> Membership:
    """Let a member hold exactly these roles, with this position and last day.

    Roles that bind the organisation can be taken away here, never given: two people appoint to them.
    Raises ValidationError at the field.
    """
    wanted = set(roles)
    with pass_door(membership, CHANGE, by=by, stamp=stamp, root=membership.organisation) as door:
        member = door.subject
        held = held_roles(member)
        _refuse_wrong(member, held, wanted, ends_on)
        member.roles.filter(role__in=held - wanted).delete()
        MembershipRole.objects.bulk_create(MembershipRole(membership=member, role=r) for r in sorted(wanted - held))
        member.title, member.ends_on = title, ends_on
        door.payload.update(
            member=member.user_id, given=sorted(wanted - held), taken=sorted(held - wanted), ends_on=ends_on
        )
        tell(door, [member.user_id], kind="membership.change", subject=_("Your roles were changed"), body=door.root)
    return door.subject


def end_membership(*, membership: Membership, reason: str, by: Any, stamp: Stamp | None = None) -> Membership:
    """End someone's membership today, with the reason; what the person did keeps his or her name."""
    with pass_door(membership, END, by=by, stamp=stamp, root=membership.organisation) as door:
        _end(door, reason)
        tell(door, [door.subject.user_id], kind="membership.end", subject=_("Your membership ended"), body=door.root)
    return door.subject


def leave_organisation(*, membership: Membership, reason: str = "", by: Any, stamp: Stamp | None = None) -> Membership:
    """Leave of one's own accord."""
    with pass_door(membership, LEAVE, by=by, stamp=stamp, root=membership.organisation) as door:
        _end(door, reason)
    return door.subject


def admit(
    door: Passage, *, user: User, roles: Iterable[str], title: str, ends_on: date | None, proposed_by: User
) -> Membership:
    """Inside the organisation's door: take someone in, or back in; roles of an earlier time do not come back."""
    membership = Membership.objects.filter(user=user, organisation=door.root).first()
    if membership is None:
        membership = Membership(user=user, organisation=door.root, starts_on=clock.today())
    elif not is_current(membership):
        door.payload.update(earlier={"starts_on": membership.starts_on, "ends_on": membership.ends_on})
        membership.roles.all().delete()
        membership.starts_on, membership.end_reason = clock.today(), ""
    membership.title, membership.ends_on = title or membership.title, ends_on
    membership.save()
    wanted = set(roles) & roles_of_kind(door.root.kind)
    ordinary = wanted - APPOINTED_ROLES - held_roles(membership)
    MembershipRole.objects.bulk_create(MembershipRole(membership=membership, role=role) for role in sorted(ordinary))
    for role in sorted(wanted & APPOINTED_ROLES - held_roles(membership)):
        propose_at_admission(door, user=user, role=role, proposed_by=proposed_by)
    door.payload.update(member=user.pk, given=sorted(ordinary), proposed=sorted(wanted & APPOINTED_ROLES))
    return membership


def _refuse_wrong(member: Membership, held: set[str], wanted: set[str], ends_on: date | None) -> None:
    wrong: dict[str, Any] = {}
    if not wanted:
        wrong["roles"] = _("Choose at least one role, or end the membership.")
    elif wanted - held - roles_of_kind(member.organisation.kind):
        wrong["roles"] = _("This role does not fit this kind of organisation.")
    elif (wanted - held) & APPOINTED_ROLES:
        wrong["roles"] = _("Two people appoint to this role: propose the appointment.")
    elif Role.ADMINISTRATOR in held - wanted and not keeps_an_administrator(member):
        wrong["roles"] = _("This is the last administrator: name another one first.")
    if ends_on and ends_on < clock.today():
        wrong["ends_on"] = _("The last day cannot be in the past. To end it at once, end the membership.")
    elif ends_on and Role.ADMINISTRATOR in wanted and not _may_end_on(member, ends_on):
        wrong["ends_on"] = _("This is the last administrator: name another one first.")
    if wrong:
        raise ValidationError(wrong)


def _may_end_on(member: Membership, ends_on: date) -> bool:
    """An administrator's term may be cut short when another one stays at least as long as this one did."""
    if member.ends_on is not None and member.ends_on <= ends_on:
        return True
    return keeps_an_administrator(member)


def _end(door: Passage, reason: str) -> None:
    """The last day was yesterday: from this moment on the person acts for the organisation no more."""
    member = door.subject
    door.payload.update(member=member.user_id, starts_on=member.starts_on, roles=sorted(held_roles(member)))
    yesterday = clock.today() - timedelta(days=1)
    member.starts_on, member.ends_on = min(member.starts_on, yesterday), yesterday
    member.end_reason = reason
    decline_for_leaver(door, member.user)
