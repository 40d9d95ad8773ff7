"""System checks of the ground floor."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from core import audit_triggers


@register(Tags.security)
def check_audit_key(**kwargs: Any) -> list[CheckMessage]:
    """The chain of events is worth nothing without a key."""
    if str(getattr(settings, "AUDIT_KEY", "")):
        return []
    return [Error("AUDIT_KEY is not set: events could not be sealed.", id="core.E001")]


@register(Tags.security)
def check_scanner_address(**kwargs: Any) -> list[CheckMessage]:
    """A scanner that is configured must have an address that can be read: else every upload would be refused."""
    from core.file_scan import client_for, is_configured

    try:
        if is_configured():
            client_for(settings.CLAMAV_ADDRESS)
    except ValueError:
        hint = "tcp://host:3310 or unix:///run/clamav/clamd.ctl"
        return [Error("CLAMAV_ADDRESS is not the address of a scanner.", hint=hint, id="core.E003")]
    return []


@register(Tags.database)
def check_audit_triggers(databases: list[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The triggers that keep audit events as they are have to be there (`manage.py check --database default`)."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if not audit_triggers.table_exists(connection):
            continue
        names = audit_triggers.missing(connection)
        if names:
            messages.append(
                Error(
                    f"Database {alias!r} lets audit events be changed: {', '.join(names)} missing.",
                    hint="Find out who dropped them, run verify_audit, then: manage.py migrate --skip-checks",
                    id="core.E002",
                )
            )
    return messages
