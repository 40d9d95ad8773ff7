"""An invitation to judge, as the invited person answers it; taking it back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.actions import judge_invitations as actions
from agreements.models import JudgeInvitation
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.forms import HouseForm
from core.views import run_action, run_move


def judge_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """To whom the address belongs: accept or decline."""
    invitation = get_object_or_404(JudgeInvitation.objects.select_related("call__agency", "call__officer"), pk=pk)
    if not actions.is_addressed_to(invitation, request.actor):
        raise Http404
    form = HouseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accept = "accept" in request.POST
        action = actions.accept_judge_invitation if accept else actions.decline_judge_invitation
        done = _("Thank you. Please declare your conflicts of interest next.") if accept else _("You have declined.")
        if run_action(request, form, action, invitation=invitation, done=done).ok:
            if accept:
                return redirect(reverse("agreements:call_conflicts", args=[invitation.call.reference]))
            return redirect("reporting:home")
    context = {
        "form": form,
        "invitation": invitation,
        "call": invitation.call,
        "open": actions.can_be_answered(invitation),
    }
    return render(request, "agreements/judge_invitation.html", context)


@require_POST
def judge_invitation_cancel(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    call = find_call(request, reference)
    invitation = get_object_or_404(call.judge_invitations, pk=pk)
    if answer := not_yet(request, invitation, actions.CANCEL, call_url(call)):
        return answer
    back = reverse("agreements:call_reviewers", args=[call.reference])
    done = _("The invitation has been taken back.")
    return run_move(request, actions.cancel_judge_invitation, back=back, done=done, invitation=invitation)
