"""The site's own address, for links in letters that are written without a request."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings


def site_url() -> str:
    """Scheme and host without a slash at the end: `SITE_URL`, else the first of `ALLOWED_HOSTS` by HTTPS."""
    if settings.SITE_URL:
        return settings.SITE_URL.rstrip("/")
    host = next((host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"), "localhost")
    return f"https://{host}"


def site_host() -> str:
    """The host's name without a port."""
    return urlsplit(site_url()).hostname or "localhost"
