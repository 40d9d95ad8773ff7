"""WeasyPrint needs shared libraries that pip cannot bring: one plain sentence when they are missing."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
SONAMES = ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
SENTENCE = (
    "PDF documents cannot be made: system libraries are missing. "
    f"On Debian or Ubuntu run: apt-get install {' '.join(PACKAGES)}"
)


@contextmanager
def explain_missing_libraries() -> Iterator[None]:
    """Turn WeasyPrint's OSError about a library into SENTENCE and an exit; other errors pass through."""
    try:
        yield
    except OSError as error:
        if "cannot load library" not in str(error):
            raise
        raise SystemExit(SENTENCE) from error


def missing_libraries() -> list[str]:
    """The shared libraries of SONAMES that this machine does not have."""
    missing = []
    for soname in SONAMES:
        try:
            ctypes.CDLL(soname)
        except OSError:
            missing.append(soname)
    return missing
