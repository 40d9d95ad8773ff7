"""What an export has made so far, kept as files under `exports/<its number>/` until the whole is put together."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


class Parts:
    """The parts of one export; names are its maker's own, without a slash."""

    def __init__(self, export_id: int) -> None:
        self._folder = f"exports/{export_id}"

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}"

    def has(self, name: str) -> bool:
        return default_storage.exists(self._path(name))

    def save(self, name: str, content: bytes) -> None:
        default_storage.save(self._path(name), ContentFile(content))

    def read(self, name: str) -> bytes:
        """Raises FileNotFoundError."""
        with default_storage.open(self._path(name)) as part:
            return part.read()

    def names(self) -> list[str]:
        """All of them, in order; none where nothing was made."""
        try:
            return sorted(default_storage.listdir(self._folder)[1])
        except FileNotFoundError:
            return []

    def each(self, names: list[str]) -> Iterator[bytes]:
        """Their contents, one after the other in memory."""
        return (self.read(name) for name in names)

    def drop(self) -> None:
        """Delete them all; nothing where there is none."""
        names = self.names()
        for name in names:
            default_storage.delete(self._path(name))
        if default_storage.exists(self._folder):
            default_storage.delete(self._folder)
