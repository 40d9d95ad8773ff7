"""Subscribing to calls without an account: the form, confirming by a mailed link, ending in one click."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions.subscriptions import confirm_subscription, end_subscription, subscribe, subscription_of
from agreements.forms.subscriptions import SubscriptionForm
from agreements.models import CallSubscription


@require_http_methods(["GET", "POST"])
def subscription_create(request: HttpRequest) -> HttpResponse:
    """The form; the answer is the same whether or not the address is subscribed already."""
    form = SubscriptionForm(request.POST or None, initial=_first_answers(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        limit = {"app": "agreements", "action": "subscribe", "config": settings.SUBSCRIPTION_RATE_LIMITS}
        if not ratelimit.consume(request, key=email.strip().lower(), **limit):
            return respond_429(request)
        made = subscribe(
            email=email,
            fields=form.cleaned_data["fields_of_work"],
            provinces=form.cleaned_data["provinces"],
            by=request.actor,
        )
        if request.actor.user_id and CallSubscription.objects.filter(pk=made.pk).exclude(confirmed_at=None).exists():
            messages.success(request, _("You hear of new calls by e-mail from now on."))
            return redirect("agreements:public_calls")
        return redirect("agreements:subscription_sent")
    return render(request, "agreements/subscription_form.html", {"form": form})


def _first_answers(request: HttpRequest) -> dict[str, Any]:
    """One's own address, and what the list was narrowed by."""
    user = request.actor.user
    field, province = request.GET.get("field", ""), request.GET.get("province", "")
    return {
        "email": user.email if user else "",
        "fields_of_work": [field] if field.isdecimal() else [],
        "provinces": [province] if province else [],
    }


@require_safe
def subscription_sent(request: HttpRequest) -> HttpResponse:
    """What to do next; the same words for everybody."""
    return render(request, "agreements/subscription_sent.html")


@require_http_methods(["GET", "POST"])
def subscription_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link shows a button: programs that open links in mail to look at them confirm nothing."""
    subscription = _find(token)
    confirmed = subscription.confirmed_at is not None and subscription.ended_at is None
    if request.method == "POST":
        confirmed = confirm_subscription(subscription)
    context = {"subscription": subscription, "confirmed": confirmed, "tried": request.method == "POST"}
    return _private(render(request, "agreements/subscription_confirm.html", context))


@csrf_exempt  # RFC 8058: the mail provider's server posts, without a cookie; the signed token is what it may end
@require_http_methods(["GET", "POST"])
def subscription_end(request: HttpRequest, token: str) -> HttpResponse:
    """One button, or the mail program's own. Reading the page ends nothing: mail scanners open every link."""
    subscription = _find(token)
    if request.method == "POST":
        end_subscription(subscription)
    ended = request.method == "POST" or subscription.ended_at is not None
    return _private(render(request, "agreements/subscription_end.html", {"ended": ended}))


def _find(token: str) -> CallSubscription:
    subscription = subscription_of(token)
    if subscription is None:
        raise Http404
    return subscription


def _private(response: HttpResponse) -> HttpResponse:
    """The address of these pages is a secret: it is neither kept by caches nor told to other sites.

    Not "no-referrer": browsers then send forms with the origin "null", which the guard against forged requests refuses.
    """
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
