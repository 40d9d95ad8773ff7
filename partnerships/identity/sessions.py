"""Where a person is logged in, and ending it."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.timezone import now

from partnerships.identity.devices import device_name
from partnerships.identity.proof import in_words, proof_of
from partnerships.identity.receivers import note
from partnerships.models import User


def sessions_of(user: User, current_key: str | None) -> list[dict[str, Any]]:
    """The person's log-ins that still hold, this one first, then the latest; how each was proven (two queries)."""
    known = list(UserSession.objects.filter(user=user).order_by("-created_at", "-pk"))
    holding = Session.objects.filter(session_key__in=[each.session_key for each in known], expire_date__gt=now())
    data = {each.session_key: each.get_decoded() for each in holding}
    rows = [
        {
            "pk": session.pk,
            "device": device_name(session.user_agent),
            "ip": session.ip,
            "began": session.created_at,
            "proof": in_words(proof_of(data[session.session_key])),
            "current": session.session_key == current_key,
        }
        for session in known
        if data.get(session.session_key, {}).get(SESSION_KEY) == str(user.pk)
    ]
    return sorted(rows, key=lambda row: not row["current"])


def end_session(request: HttpRequest, session: UserSession) -> None:
    """End one log-in of the person who asks (this one too: that is logging out)."""
    note(request.user, "session_ended", device_name(session.user_agent))
    end_sessions(request, [session])


def end_others(request: HttpRequest) -> int:
    """End all log-ins of the person but this one; how many there were."""
    others = list(UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key))
    if others:
        note(request.user, "session_ended", "others", str(len(others)))
        end_sessions(request, others)
    return len(others)
