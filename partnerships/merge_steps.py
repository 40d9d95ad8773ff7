"""What this floor moves at a merge (imported in AppConfig.ready)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import state_writable
from partnerships.enums import AppointmentState, InvitationState, SponsorshipState
from partnerships.merging import Text, register_merge_step
from partnerships.models import (
    Appointment,
    AuthorisedRepresentative,
    BankAccount,
    Contact,
    Invitation,
    Membership,
    MembershipRole,
    MissionSuggestion,
    Organisation,
    OrganisationDocument,
    ReadinessAssessment,
    ReadinessRequest,
    ServiceArea,
    ShortlistEntry,
    Sponsorship,
    Talk,
    TrackRecord,
)


def move_memberships(kept: Organisation, merged: Organisation) -> int:
    """People come along. Who belongs to both holds the roles of both; the place in the merged one ends, on record."""
    already = {membership.user_id: membership for membership in kept.memberships.all()}
    moved = 0
    for membership in merged.memberships.prefetch_related("roles").order_by("pk"):
        if (here := already.get(membership.user_id)) is None:
            membership.organisation = kept
            membership.save(update_fields=["organisation"])
        else:
            _unite(here, membership)
        moved += 1
    return moved


def _unite(here: Membership, there: Membership) -> None:
    today = clock.today()
    if there.ends_on is None or there.ends_on >= today:  # only what is held today is held here from now on
        if here.ends_on is not None:
            here.ends_on = max(here.ends_on, there.ends_on) if there.ends_on else None
        here.starts_on = min(here.starts_on, there.starts_on)
        here.save(update_fields=["starts_on", "ends_on"])
        held = set(here.roles.values_list("role", flat=True))
        MembershipRole.objects.bulk_create(
            MembershipRole(membership=here, role=role.role) for role in there.roles.all() if role.role not in held
        )
    there.ends_on, there.end_reason = today - timedelta(days=1), gettext("Merged into another record")
    there.save(update_fields=["ends_on", "end_reason"])


def move_open(rows: QuerySet, kept: Organisation, open_state: str, ended: str, same: tuple[str, ...]) -> int:
    """Rows of which only one may be open: where `kept` has the same open already, the one that comes is ended."""
    moved = 0
    for row in rows.order_by("pk"):
        twin = {name: getattr(row, name) for name in same}
        if row.state == open_state and type(row).objects.filter(organisation=kept, state=open_state, **twin).exists():
            with state_writable(row):
                row.state = ended
        row.organisation = kept
        row.save()
        moved += 1
    return moved


def move_invitations(kept: Organisation, merged: Organisation) -> int:
    rows = Invitation.objects.filter(organisation=merged)
    return move_open(rows, kept, InvitationState.OPEN, InvitationState.CANCELLED, ("email",))


def move_appointments(kept: Organisation, merged: Organisation) -> int:
    rows = Appointment.objects.filter(organisation=merged)
    return move_open(rows, kept, AppointmentState.PROPOSED, AppointmentState.DECLINED, ("user", "role"))


def move_bank_accounts(kept: Organisation, merged: Organisation) -> int:
    """The account of the one kept stays the one that is paid to; where it has none, the other's becomes it."""
    rows = BankAccount.objects.filter(organisation=merged)
    if BankAccount.objects.filter(organisation=kept, replaced_at=None).exists():
        rows.filter(replaced_at=None).update(replaced_at=clock.now())
    return rows.update(organisation=kept)


def unite_areas_and_words(kept: Organisation, merged: Organisation) -> int:
    """Provinces served, fields of work and target groups of both."""
    served = set(kept.service_areas.values_list("province_code", flat=True))
    theirs = [area.province_code for area in merged.service_areas.all() if area.province_code not in served]
    ServiceArea.objects.bulk_create(ServiceArea(organisation=kept, province_code=code) for code in theirs)
    kept.fields_of_work.add(*merged.fields_of_work.all())
    kept.target_groups.add(*merged.target_groups.all())
    return len(theirs)


def move_sponsorships(kept: Organisation, merged: Organisation) -> int:
    return Sponsorship.objects.filter(group=merged).update(group=kept) + Sponsorship.objects.filter(
        sponsor=merged
    ).update(sponsor=kept)


def sponsorship_obstacle(kept: Organisation, merged: Organisation) -> Text | None:
    both = (kept, merged)
    if Sponsorship.objects.filter(group__in=both, sponsor__in=both).exists():
        return _("One of the two sponsors the other: they are two organisations.")
    current = [SponsorshipState.ASKED, SponsorshipState.AGREED]
    if Sponsorship.objects.filter(group__in=both, state__in=current).values("group").distinct().count() > 1:
        return _("Both have asked a sponsor or have one: one of the two sponsorships has to end first.")
    return None


def move_shortlist(kept: Organisation, merged: Organisation) -> int:
    return ShortlistEntry.objects.filter(organisation=merged).update(organisation=kept)


def shortlist_obstacle(kept: Organisation, merged: Organisation) -> Text | None:
    missions = ShortlistEntry.objects.filter(organisation=kept).values("mission")
    if ShortlistEntry.objects.filter(organisation=merged, mission__in=missions).exists():
        return _("Both are on the shortlist of the same mission: one of them has to be taken off first.")
    return None


def move_requests(kept: Organisation, merged: Organisation) -> int:
    """Where both were asked for the same mission, the request to the one kept is enough."""
    asked = ReadinessRequest.objects.filter(organisation=kept).values_list("mission", flat=True)
    return (
        ReadinessRequest.objects.filter(organisation=merged).exclude(mission__in=list(asked)).update(organisation=kept)
    )


def lead_on(kept: Organisation, merged: Organisation) -> int:
    """What was merged into `merged` before leads to `kept` from now on."""
    return Organisation.objects.filter(merged_into=merged).update(merged_into=kept)


def _simply(model: type[Model], *fields: str) -> Any:
    """A step that lets rows of a model belong to the one kept."""

    def move(kept: Organisation, merged: Organisation) -> int:
        return sum(model._default_manager.filter(Q(**{name: merged})).update(**{name: kept}) for name in fields)

    return move


for order, (name, label, move, *obstacle) in enumerate(
    (
        ("memberships", _("People and their roles"), move_memberships),
        ("invitations", _("Invitations"), move_invitations),
        ("appointments", _("Appointments"), move_appointments),
        ("contacts", _("Contacts"), _simply(Contact, "organisation")),
        ("representatives", _("Authorised representatives"), _simply(AuthorisedRepresentative, "organisation")),
        ("documents", _("Documents"), _simply(OrganisationDocument, "organisation")),
        ("bank_accounts", _("Bank accounts"), move_bank_accounts),
        ("track_records", _("Past projects"), _simply(TrackRecord, "organisation")),
        ("areas", _("Service areas"), unite_areas_and_words),
        ("sponsorships", _("Sponsorships"), move_sponsorships, sponsorship_obstacle),
        ("suggestions", _("Missions proposed unasked"), _simply(MissionSuggestion, "suggested_by")),
        ("talks", _("Talks"), _simply(Talk, "partner")),
        ("assessments", _("Assessments of readiness"), _simply(ReadinessAssessment, "organisation", "assessed_for")),
        ("shortlists", _("Shortlists"), move_shortlist, shortlist_obstacle),
        ("readiness_requests", _("Requests for self-assessments"), move_requests),
        ("merged_before", _("Records merged before"), lead_on),
    ),
    start=1,
):
    if obstacle:
        register_merge_step(name, move, label=label, obstacle=obstacle[0], order=order)
    else:
        register_merge_step(name, move, label=label, order=order)
