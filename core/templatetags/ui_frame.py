"""The frame of every page: navigation, the person's corner, what other apps hang in. `{% load ui %}` brings them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core import registry

register = template.Library()


@register.simple_tag(takes_context=True)
def nav(context: Mapping[str, Any]) -> SafeString:
    """The main navigation for the actor: the registry's entries, or the page's own `nav_items`."""
    request = context.get("request")
    entries = context.get("nav_items") or registry.nav_for(getattr(request, "actor", None))
    path = getattr(request, "path", "")
    items = [item for item in (_nav_item(entry, path) for entry in entries) if item]
    longest = max((item["url"] for item in items if item["inside"]), key=len, default=None)
    return _nav_drawn(tuple((item["url"], item["icon"], str(item["label"]), item["url"] == longest) for item in items))


@lru_cache(maxsize=512)
def _nav_drawn(items: tuple[tuple[str, str, str, bool], ...]) -> SafeString:
    """The navigation of (address, icon, label, current): drawn once for all who have the same."""
    rows = [dict(zip(("url", "icon", "label", "current"), item, strict=True)) for item in items]
    return mark_safe(render_to_string("components/nav.html", {"items": rows}))


def _nav_item(entry: Any, path: str) -> dict[str, Any] | None:
    url = _address(entry.url_name, get_urlconf())
    if url is None:
        return None
    inside = path == url or (url != "/" and path.startswith(url))
    return {"label": entry.label, "icon": entry.icon, "url": url, "inside": inside}


@lru_cache(maxsize=64)
def _address(url_name: str, _urlconf: str | None) -> str | None:
    """The address of an entry, which is the same on every page; None where the page is not there."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


@register.simple_tag(takes_context=True)
def acting(context: Mapping[str, Any]) -> SafeString:
    """Who I am and for which organisation I act, with the switch where there are several."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if not (user and user.is_authenticated):
        return mark_safe(render_to_string("components/acting.html", {"request": request, "user": user}))
    choices = tuple((c.value, str(c.label), str(c.detail), c.current) for c in registry.acting_choices(request))
    organisation = getattr(getattr(request, "actor", None), "organisation", None)
    name = str(organisation.name) if organisation else ""
    drawn = _acting_drawn(user.pk, user.get_full_name() or str(user), name, choices, get_language() or "")
    values = {_TOKEN: context.get("csrf_token", ""), _HERE: request.get_full_path()}
    return mark_safe(_OF_THE_REQUEST.sub(lambda found: escape(values[found.group()]), drawn))


_TOKEN, _HERE = "[token-of-this-request]", "[address-of-this-page]"
_OF_THE_REQUEST = re.compile(f"{re.escape(_TOKEN)}|{re.escape(_HERE)}")


@lru_cache(maxsize=512)
def _acting_drawn(user_id: int, name: str, organisation: str, choices: tuple[tuple[Any, ...], ...], _: str) -> str:
    """The person's corner of the header, on every page: drawn once, but for what each request has of its own."""
    rows = [dict(zip(("value", "label", "detail", "current"), choice, strict=True)) for choice in choices]
    context = {
        "user_id": user_id,
        "name": name,
        "organisation": organisation,
        "choices": rows,
        "csrf_token": _TOKEN,
        "here": _HERE,
    }
    return render_to_string("components/acting.html", context)


@register.simple_tag
def house_setting(name: str) -> Any:
    """One of the settings a page may show: DEMO, HELP_CONTACT, SIGNUP_OPEN."""
    return getattr(settings, name, None) if name in {"DEMO", "HELP_CONTACT", "SIGNUP_OPEN"} else None


@register.simple_tag(takes_context=True)
def panels(context: Mapping[str, Any], slot: str, subject: Any) -> SafeString:
    """Draw what other apps hung into this slot of the page."""
    request = context.get("request")
    drawn = []
    for panel in registry.panels_in(slot):
        extra = panel.context(request, subject)
        if extra is not None:
            drawn.append(render_to_string(panel.template, {**extra, "subject": subject}, request=request))
    return mark_safe("".join(drawn))
