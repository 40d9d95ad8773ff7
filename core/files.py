"""Private files: taken in, kept once per content, handed out by the rule of the record they belong to."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from core import clock, file_scan
from core.audit import log_security, type_label
from core.file_content import TYPES, FileRefused, judge_content
from core.file_names import clean_name, extension_of
from core.models import ScanState, StoredFile
from core.transactions import require_transaction

__all__ = [
    "TYPES",
    "FileRefused",
    "can_read",
    "check_file",
    "files_of",
    "forget_made",
    "is_intact",
    "name_for",
    "open_file",
    "register_access",
    "register_download_name",
    "scan_stored",
    "store_file",
]

DEFAULT_MAX_BYTES = 20 * 1024 * 1024
BLOCK = 64 * 1024

AccessRule = Callable[[StoredFile, Any], bool]
NameRule = Callable[[StoredFile, Any], str]
_rules: dict[str, AccessRule] = {}
_names: dict[str, NameRule] = {}


# --- taking in ------------------------------------------------------------------------------------------------------


def max_bytes() -> int:
    """The largest file taken in, in bytes (setting FILE_MAX_BYTES)."""
    return getattr(settings, "FILE_MAX_BYTES", DEFAULT_MAX_BYTES)


def check_file(content: File | bytes, *, name: str, content_type: str = "") -> str:
    """The media type of an upload that may be stored; for forms, which check before anything is stored.

    Raises FileRefused with one of the codes in `core.file_refusals.MESSAGES`.
    """
    file = _as_file(content)
    found = _judge(file, name, content_type)
    file_scan.verdict_on(file)
    file.seek(0)
    return found


def _judge(file: File, name: str, content_type: str) -> str:
    """The media type; found once for the same upload, as the form looks at it first and the action stores it later."""
    asked = (name, content_type, file.size)
    if getattr(file, "judged_as", (None, ""))[0] != asked:
        file.judged_as = (asked, _judge_anew(file, name, content_type))
    return file.judged_as[1]


def _judge_anew(file: File, name: str, content_type: str) -> str:
    if not file.size:
        raise FileRefused("empty")
    if file.size > max_bytes():
        limit = max_bytes() // (1024 * 1024)
        raise FileRefused("too_large", _("This file is larger than %(limit)s MB.") % {"limit": limit})
    return judge_content(file, extension=extension_of(clean_name(name)), claimed=content_type)  # type: ignore[arg-type]


def store_file(
    content: File | bytes,
    *,
    name: str,
    root: models.Model,
    kind: str,
    by: Any,
    content_type: str = "",
    public: bool = False,
) -> StoredFile:
    """Keep an upload (or bytes) as a file of `root`: the bytes first, the row second, so that no row is without bytes.

    Call it before the root is locked where it can be: nothing should be written to disk under a lock. name: as the
    person called it (cleaned here). content_type: what the browser claimed. kind: a code for what the file is to the
    record. by: the actor, or None for the system, whose own files are not scanned.
    Raises FileRefused (see `check_file`).
    """
    file = _as_file(content)
    found = _judge(file, name, content_type)
    verdict = file_scan.MADE_HERE if by is None else file_scan.verdict_on(file)
    sha256 = _hash_of(file)
    return StoredFile.objects.create(
        sha256=sha256,
        size=file.size,
        content_type=found,
        name=clean_name(name),
        path=_keep(file, sha256),
        root_type=type_label(root),
        root_id=root.pk,
        kind=kind,
        uploaded_by_id=getattr(by, "user_id", None),
        uploaded_at=clock.real_now(),
        public=public,
        scan_state=verdict.state,
        scanner=verdict.scanner,
        scanned_at=verdict.at,
    )


def store_made(content: File, *, name: str, root: models.Model, kind: str, content_type: str) -> StoredFile:
    """Keep a file that this system made itself (an archive, a table): not judged, not scanned, never public."""
    sha256 = _hash_of(content)
    return StoredFile.objects.create(
        sha256=sha256,
        size=content.size,
        content_type=content_type,
        name=clean_name(name),
        path=_keep(content, sha256),
        root_type=type_label(root),
        root_id=root.pk,
        kind=kind,
        uploaded_at=clock.real_now(),
        public=False,
        scan_state=file_scan.MADE_HERE.state,
        scanner=file_scan.MADE_HERE.scanner,
        scanned_at=file_scan.MADE_HERE.at,
    )


def forget_made(file: StoredFile) -> None:
    """Delete a file that this system made (`store_made`) and can make again: the row, and after commit the bytes.

    Bytes that another row names stay. Raises ValueError for what somebody uploaded, which is kept; NoTransactionError.
    """
    if file.scan_state != ScanState.MADE_HERE:
        raise ValueError("an upload is not forgotten")
    require_transaction("forget_made")
    path = file.path
    file.delete()
    transaction.on_commit(lambda: _drop_unnamed(path), robust=True)


def _drop_unnamed(path: str) -> None:
    if not StoredFile.objects.filter(path=path).exists():
        default_storage.delete(path)


def _as_file(content: File | bytes) -> File:
    return ContentFile(content) if isinstance(content, bytes) else content


def _hash_of(file: File) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _keep(file: File, sha256: str) -> str:
    """Write the bytes under their hash unless they are there; returns where they are."""
    wanted = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    if default_storage.exists(wanted) and default_storage.size(wanted) == file.size:
        return wanted
    file.seek(0)
    # Somebody may write the same content just now: the storage then gives ours another name, which serves as well.
    return default_storage.save(wanted, file)


def scan_stored(states: Iterable[str]) -> dict[str, int]:
    """Ask the scanner about the stored files in these states, each content once; an infected one is not handed out.

    Returns how many rows came out clean, infected, and missing on disk. Raises ScannerUnreachable.
    """
    counts = {"clean": 0, "infected": 0, "missing": 0}
    waiting = StoredFile.objects.filter(scan_state__in=list(states)).order_by("sha256", "path")
    for path, sha256 in waiting.values_list("path", "sha256").distinct().iterator():
        rows = StoredFile.objects.filter(sha256=sha256, path=path, scan_state__in=list(states))
        if not default_storage.exists(path):
            counts["missing"] += rows.count()
            continue
        with default_storage.open(path) as content:
            verdict = file_scan.ask_scanner(content)
        if verdict.state == ScanState.INFECTED:
            log_security(kind="file_infected", action="scan_files", detail=f"{verdict.found} {sha256}")
        counts[verdict.state] += rows.update(scan_state=verdict.state, scanner=verdict.scanner, scanned_at=verdict.at)
    return counts


# --- handing out ----------------------------------------------------------------------------------------------------


def register_access(root_type: str, rule: AccessRule) -> None:
    """Say who may read the files of a type of record ("app.model"): rule(file, actor) -> bool (in AppConfig.ready)."""
    _rules[root_type.lower()] = rule


def can_read(file: StoredFile, actor: Any) -> bool:
    """Whether `actor` may read a file: everybody if it is public, else by its record's rule; without a rule nobody."""
    if file.public:
        return True
    rule = _rules.get(file.root_type)
    return rule is not None and rule(file, actor) is True


def register_download_name(root_type: str, rule: NameRule) -> None:
    """Say what a record's file is called for whom: rule(file, actor) -> str (in AppConfig.ready). Default: its name."""
    _names[root_type.lower()] = rule


def name_for(file: StoredFile, actor: Any) -> str:
    """The name under which `actor` saves a file that he or she may read."""
    rule = _names.get(file.root_type)
    return rule(file, actor) if rule and not file.public else file.name


def files_of(root: models.Model, kind: str | None = None) -> models.QuerySet[StoredFile]:
    """The files of a record (of one kind), oldest first. It does not judge access."""
    files = StoredFile.objects.filter(root_type=type_label(root), root_id=root.pk)
    return files if kind is None else files.filter(kind=kind)


def open_file(file: StoredFile) -> BinaryIO:
    """The bytes, open for reading. Raises FileNotFoundError."""
    return default_storage.open(file.path)


def is_intact(file: StoredFile) -> bool:
    """Whether the bytes on disk still have the hash they were stored under."""
    with open_file(file) as content:
        return _hash_of(File(content)) == file.sha256
