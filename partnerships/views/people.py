"""The people of an organisation: who is a member in which roles, who is invited, whose appointment waits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.paging import keyset_page
from core.views import run_action
from core.workflow import Judgement, NotNow, judge
from partnerships.actions import members
from partnerships.forms.people import EndMembershipForm, LeaveForm, MemberForm
from partnerships.models import Membership, Organisation
from partnerships.permissions.people import manages_people, may_invite, may_see_appointment, may_see_people
from partnerships.queries.people import current_members, former_members, open_invitations, waiting_appointments


def find_organisation(request: HttpRequest, pk: int) -> Organisation:
    """An organisation whose people this person may see; 404 for everybody else."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
    if not may_see_people(organisation, request.actor):
        raise Http404
    return organisation


def page_of(organisation: Organisation) -> str:
    return reverse("partnerships:people", args=[organisation.pk])


def refuse_unless(request: HttpRequest, answer: Judgement, back: str) -> HttpResponse | None:
    """Before a form is shown: 403 to whom it is not for, back when it is not the time or something is missing."""
    if not answer.you:
        raise PermissionDenied(str(answer.why_not_you or ""))
    if answer.open:
        return None
    missing = ", ".join(str(item.title) for item in answer.missing)
    messages.error(request, _("Still missing: ") + missing if missing else str(answer.why_not_now or NotNow.message))
    return redirect(back)


@require_safe
def my_people(request: HttpRequest) -> HttpResponse:
    """The people of the organisation acted for: where the menu leads."""
    if request.actor.organisation is None:
        raise Http404
    return redirect(page_of(request.actor.organisation))


@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Members with roles and period; for those who look after them also invitations, appointments and the former."""
    organisation = find_organisation(request, pk)
    inside = may_invite(organisation, request.actor)
    page = keyset_page(current_members(organisation), request, order=("pk",))
    appointments = waiting_appointments().filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "page": page,
        "manages": manages_people(organisation, request.actor),
        "may_invite": inside,
        "invitations": list(open_invitations(organisation)) if inside else [],
        "appointments": [(one, may_see_appointment(one, request.actor)) for one in appointments[:100]],
        "former": list(former_members(organisation)) if inside else [],
    }
    return render(request, "partnerships/people.html", context)


def _member(request: HttpRequest, pk: int) -> Membership:
    found = Membership.objects.select_related("organisation", "user").prefetch_related("roles")
    membership = get_object_or_404(found, pk=pk)
    if not may_see_people(membership.organisation, request.actor):
        raise Http404
    return membership


@require_http_methods(["GET", "POST"])
def member_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Roles, position and last day of a member."""
    membership = _member(request, pk)
    form = MemberForm(request.POST or None, membership=membership)
    words = {"heading": _("Roles and term"), "lead": membership.user.full_name_th, "submit": _("Save")}
    return _act(request, membership, members.CHANGE, form, members.change_member, _("The change was saved."), words)


@require_http_methods(["GET", "POST"])
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership at once, with the reason."""
    membership = _member(request, pk)
    form = EndMembershipForm(request.POST or None, root=membership.organisation)
    words = {
        "heading": _("End the membership"),
        "lead": _("%(name)s acts for the organisation no more, at once. What was done before keeps the name.")
        % {"name": membership.user.full_name_th},
        "submit": _("End the membership"),
        "tone": "danger",
    }
    return _act(request, membership, members.END, form, members.end_membership, _("The membership ended."), words)


@require_http_methods(["GET", "POST"])
def member_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave an organisation oneself."""
    membership = get_object_or_404(
        Membership.objects.select_related("organisation", "user"), pk=pk, user_id=request.actor.user_id
    )
    form = LeaveForm(request.POST or None, root=membership.organisation)
    words = {
        "heading": _("Leave the organisation"),
        "lead": _("You act for %(organisation)s no more, at once. What you did keeps your name.")
        % {"organisation": membership.organisation.name},
        "submit": _("Leave the organisation"),
        "tone": "danger",
    }
    done = _("You have left the organisation.")
    back = reverse("partnerships:profile")
    return _act(request, membership, members.LEAVE, form, members.leave_organisation, done, words, back)


def _act(
    request: HttpRequest,
    membership: Membership,
    rule: Any,
    form: Any,
    action: Any,
    done: str,
    words: dict[str, Any],
    back: str = "",
) -> HttpResponse:
    organisation = membership.organisation
    back = back or page_of(organisation)
    if request.method == "GET":
        if answer := refuse_unless(request, judge(membership, rule, request.actor), back):
            return answer
    elif form.is_valid() and run_action(request, form, action, done=done, membership=membership, **form.facts).ok:
        return redirect(back)
    context = {"form": form, "organisation": organisation, "cancel": back, **words}
    return render(request, "partnerships/people_form.html", context)
