"""Inviting people, and what the invited person sees."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.views import run_action, run_move
from core.workflow import judge
from partnerships.actions import invitations
from partnerships.enums import Role
from partnerships.forms.own_account import ReadForm
from partnerships.forms.people import InvitationForm, role_choices
from partnerships.middleware import SESSION_KEY
from partnerships.models import Invitation
from partnerships.permissions.people import may_see_people
from partnerships.views.people import find_organisation, page_of, refuse_unless

HOME = "reporting:home"


@require_http_methods(["GET", "POST"])
def invitation_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite someone by e-mail, with roles and term."""
    organisation = find_organisation(request, pk)
    back = page_of(organisation)
    form = InvitationForm(request.POST or None, organisation=organisation, actor=request.actor)
    if request.method == "GET":
        if answer := refuse_unless(request, judge(organisation, invitations.INVITE, request.actor), back):
            return answer
    elif form.is_valid():
        done = _("The invitation was sent to %(email)s.") % {"email": form.facts["email"]}
        facts = {"organisation": organisation, "base": request.build_absolute_uri("/"), **form.facts}
        if run_action(request, form, invitations.invite, done=done, **facts).ok:
            return redirect(back)
    context = {
        "form": form,
        "organisation": organisation,
        "cancel": back,
        "heading": _("Invite a person"),
        "lead": _(
            "A letter with a link goes to the address. The person logs in or signs up, then accepts or declines."
        ),
        "submit": _("Send the invitation"),
    }
    return render(request, "partnerships/people_form.html", context)


def _own(request: HttpRequest, pk: int) -> Invitation:
    invitation = get_object_or_404(Invitation.objects.select_related("organisation"), pk=pk)
    if not may_see_people(invitation.organisation, request.actor):
        raise Http404
    return invitation


@require_POST
def invitation_again(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _own(request, pk)
    return run_move(
        request,
        invitations.send_invitation_again,
        back=page_of(invitation.organisation),
        done=_("The invitation was sent again. The link of the earlier letter is void."),
        invitation=invitation,
        base=request.build_absolute_uri("/"),
    )


@require_POST
def invitation_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _own(request, pk)
    done = _("The invitation was cancelled.")
    back = page_of(invitation.organisation)
    return run_move(request, invitations.cancel_invitation, back=back, done=done, invitation=invitation)


@never_cache
@require_http_methods(["GET", "POST"])
def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the link leads to, for anyone who has it; the same page whether the address has an account or not."""
    found = Invitation.objects.select_related("organisation", "invited_by")
    invitation = get_object_or_404(found, token_hash=invitations.hash_of(token))
    form = ReadForm(request.POST or None, root=invitation.organisation)
    addressed = invitations.is_addressed_to(invitation, request.actor)
    if request.method == "POST":
        if not addressed:
            raise PermissionDenied(str(invitations.NOT_ADDRESSED))
        if form.is_valid() and (answer := _answer(request, invitation, form)):
            return answer
    context = {
        "invitation": invitation,
        "organisation": invitation.organisation,
        "form": form,
        "roles": [words for _role, words in role_choices(invitation.roles)],
        "open": invitations.can_be_answered(invitation),
        "addressed": addressed,
    }
    return render(request, "partnerships/invitation_answer.html", context)


def _answer(request: HttpRequest, invitation: Invitation, form: ReadForm) -> HttpResponse | None:
    """Carry out the answer; None where it was refused, with the reason in the form."""
    if "decline" in request.POST:
        done = _("You have declined the invitation.")
        outcome = run_action(request, form, invitations.decline_invitation, done=done, invitation=invitation)
        return redirect(HOME) if outcome.ok else None
    done = _("You now act for %(organisation)s.") % {"organisation": invitation.organisation.name}
    if {Role.EXECUTIVE, Role.REPRESENTATIVE} & set(invitation.roles):
        done += " " + _("The role that binds the organisation waits for a second person.")
    if not run_action(request, form, invitations.accept_invitation, done=done, invitation=invitation).ok:
        return None
    request.session[SESSION_KEY] = invitation.organisation_id
    return redirect(HOME)
