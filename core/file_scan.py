"""Asking ClamAV about a file, where one is configured (CLAMAV_ADDRESS); without one, files count as not scanned."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings
from django.core.files import File

from core import clock
from core.audit import log_security
from core.file_refusals import FileRefused
from core.models import ScanState
from core.settings_catalogue import value_of

WHEN_UNREACHABLE = "files.scanner_unreachable"
REFUSE, ACCEPT = "refuse", "accept"
DEFAULT_PORT = 3310
MAX_SCANNER = 100  # characters kept of what the scanner says of itself

log = logging.getLogger(__name__)


class ScannerUnreachable(RuntimeError):
    """The scanner is configured but gave no verdict: not running, too slow, or the file is too long for it."""


@dataclass(frozen=True)
class Verdict:
    """What is known about a file: the state, which scanner said so (with its signatures), and when."""

    state: str = ScanState.NOT_SCANNED
    scanner: str = ""
    at: datetime | None = None
    found: str = ""


NOT_SCANNED = Verdict()
MADE_HERE = Verdict(ScanState.MADE_HERE)


def is_configured() -> bool:
    return bool(settings.CLAMAV_ADDRESS)


def client_for(address: str) -> ClamdNetworkSocket:
    """A client for `tcp://host:port` or `unix:///path/to/socket`. Raises ValueError for anything else."""
    parts = urlsplit(address)
    if parts.scheme == "tcp" and parts.hostname:
        return ClamdNetworkSocket(parts.hostname, parts.port or DEFAULT_PORT, timeout=settings.CLAMAV_TIMEOUT)
    if parts.scheme == "unix" and parts.path and not parts.netloc:
        return ClamdUnixSocket(parts.path, timeout=settings.CLAMAV_TIMEOUT)
    raise ValueError(f"not the address of a scanner: {address}")


def ask_scanner(stream: Any) -> Verdict:
    """The scanner's verdict on bytes, clean or infected. Raises ScannerUnreachable."""
    client = client_for(settings.CLAMAV_ADDRESS)
    stream.seek(0)
    try:
        version = client.version()
        answer = client.instream(stream)
    except (ClamdError, OSError) as error:
        raise ScannerUnreachable(f"{type(error).__name__}: {error}") from error
    status, found = next(iter(answer.values()), ("ERROR", None))
    if status not in ("OK", "FOUND"):
        raise ScannerUnreachable(f"no verdict: {status} {found}")
    state = ScanState.CLEAN if status == "OK" else ScanState.INFECTED
    return Verdict(state, version.strip()[:MAX_SCANNER], clock.real_now(), found or "")


def verdict_on(file: File) -> Verdict:
    """The verdict on an upload that may be stored; asked once, however often the same upload is looked at.

    So a form asks before the action locks anything. Raises FileRefused: infected, or scanner_unreachable where the
    setting wants that.
    """
    known = getattr(file, "scan_verdict", None)
    if known is None:
        known = file.scan_verdict = _judge(file)
    return known


def _judge(file: File) -> Verdict:
    if not is_configured():
        return NOT_SCANNED
    try:
        verdict = ask_scanner(file)
    except ScannerUnreachable as error:
        log.error("the virus scanner at %s gave no verdict: %s", settings.CLAMAV_ADDRESS, error)
        if value_of(WHEN_UNREACHABLE) == ACCEPT:
            return NOT_SCANNED
        raise FileRefused("scanner_unreachable") from error
    if verdict.state == ScanState.INFECTED:
        # A form asks outside every transaction, so this is kept although nothing else is.
        log_security(kind="file_infected", action="upload", detail=verdict.found)
        raise FileRefused("infected")
    return verdict
