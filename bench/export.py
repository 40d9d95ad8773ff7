"""python -m bench.export: the desk's whole list as CSV, read to its end in a process of its own. Prints JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import django

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
EARLY_ROWS = 2000  # by then everything that a short list takes stands in memory


def main() -> None:
    """Print {"rows", "seconds", "ms_a_row", "early_mb", "most_mb"}; memory is this process's, resident.

    ms_a_row is for the whole answer, the query included. The same bytes go through the server as they are made.
    """
    django.setup()
    from django.urls import reverse

    from bench.pages import client_with, cookies_of, people

    client = client_with(cookies_of(people()["opdc"]))
    begun = time.perf_counter()
    rows, early, most = -1, 0.0, 0.0  # the head is no row
    for block in client.get(reverse("agreements:desk_csv")).streaming_content:
        rows += block.count(b"\r\n")
        most = max(most, resident_mb())
        if rows <= EARLY_ROWS:
            early = most
    seconds = time.perf_counter() - begun
    found = {
        "rows": rows,
        "seconds": round(seconds, 2),
        "ms_a_row": round(seconds * 1000 / max(rows, 1), 3),
        "early_mb": round(early, 1),
        "most_mb": round(most, 1),
    }
    json.dump(found, sys.stdout)


def resident_mb() -> float:
    """What this process holds in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES / 2**20


if __name__ == "__main__":
    main()
