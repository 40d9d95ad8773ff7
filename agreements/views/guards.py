"""Before a form is shown: is it the moment, and is it this person's?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.workflow import Missing, NotNow, NotYou, Rule, judge


def not_yet(
    request: HttpRequest,
    subject: models.Model,
    rule: Rule | str,
    back: Any,
    *,
    look_at_missing: bool = True,
    unless_is_done: bool = False,
) -> HttpResponse | None:
    """None when the form may be shown; else the way back, with the reason as a message.

    Raises PermissionDenied for an insider without the right. The door judges again when the form is sent.
    `unless_is_done`: the rule's `unless` says that this person has done it already, which is a step that has passed.
    """
    judgement = judge(subject, rule, request.actor)
    if not judgement.now:
        messages.error(request, str(judgement.why_not_now or NotNow.message))
        return redirect(back)
    if unless_is_done and judgement.why_not_you:
        messages.info(request, str(judgement.why_not_you))
        return redirect(back)
    if not judgement.you:
        raise PermissionDenied(str(judgement.why_not_you or NotYou.message))
    if judgement.missing and look_at_missing:
        messages.error(request, str(Missing(list(judgement.missing)).message))
        return redirect(back)
    return None
