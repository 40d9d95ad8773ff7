"""A browser by the words people use for it: enough to know one's own telephone in the list of log-ins."""

from __future__ import annotations

from django.utils.translation import gettext as _

# What is looked for in the User-Agent, first match wins; names are brands and the same in every language.
BROWSERS = (
    ("Line/", "LINE"),
    ("FBAN", "Facebook"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """ "Chrome · Android", or that it is not known."""
    parts = [_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)]
    return " · ".join(part for part in parts if part) or _("Unknown browser")


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in known if sign in user_agent), "")
