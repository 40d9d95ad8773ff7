"""One size, from inside the product's settings: addresses, queries, rounds. Prints JSON."""

from __future__ import annotations

import json
import sys

import django


def main(port: int, size: int, rounds: int, requests: int) -> None:
    """Print {"rows": …, "absent": …, "failed": …} for the data that are loaded."""
    django.setup()
    from django.db import connection

    from bench.pages import addresses
    from bench.queries import cost_of
    from bench.rounds import measure, summary

    pages, absent = addresses()
    costs = {page.name: cost_of(page) for page in pages}
    failed = {name: cost.status for name, cost in costs.items() if cost.status != 200}
    sound = [page for page in pages if page.name not in failed]
    times = summary(measure(port, sound, rounds, requests))
    rows = [
        {
            "page": page.name,
            "size": size,
            **times[page.name],
            "queries": costs[page.name].queries,
            "rows_examined": costs[page.name].rows_examined,
        }
        for page in sound
    ]
    database = f"{connection.vendor} {'.'.join(map(str, connection.get_database_version()))}"
    json.dump({"database": database, "rows": rows, "absent": absent, "failed": failed}, sys.stdout)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]))
