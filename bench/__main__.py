"""python -m bench --sizes 1000,38000: load, serve, measure, print, keep in var/bench.json."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.database import database_of_its_own
from bench.report import keep, table
from bench.server import WORKERS, serving

VAR = Path(os.environ.get("VAR_DIR") or "var")


def main() -> int:
    """0 when every page that exists answered; 1 when one did not."""
    wanted = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that server and database go with it
    folder = VAR / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    _manage(_environment("sqlite://:memory:", folder), "collectstatic", "--no-input", "-v0")
    run: dict[str, Any] = {
        "rounds": wanted.rounds,
        "requests_per_round": wanted.requests,
        "workers": WORKERS,
        "cores": os.cpu_count(),
        "rows": [],
    }
    failed = False
    for size in wanted.sizes:
        found, seconds = _measure(size, wanted, folder)
        print(f"\n{size:,} partners on {found['database']}, loaded in {seconds:.0f} s\n{table(found)}", flush=True)
        run["database"] = found["database"]
        run["rows"] += found["rows"]
        run.setdefault("export", {})[str(size)] = found["export"]
        run.setdefault("seed_seconds", {})[str(size)] = round(seconds, 1)
        failed = failed or bool(found["failed"])
        keep(VAR / "bench.json", run)
    print(f"\nKept in {VAR / 'bench.json'}")
    return int(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=[1000], help="numbers of partners, separated by commas")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=8, help="requests to each page in a round")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    sizes = [int(part) for part in text.split(",")]
    if min(sizes) < 1:
        raise argparse.ArgumentTypeError("a size is 1 or more")
    return sizes


def _measure(size: int, wanted: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], float]:
    """What one size gave, and the seconds that loading it took."""
    with database_of_its_own(size, folder) as url:
        env = _environment(url, folder)
        _manage(env, "migrate", "--no-input", "-v0")
        begun = time.monotonic()
        _manage(env, "seed_scale", "--size", str(size))
        seconds = time.monotonic() - begun
        with serving(env) as port:
            numbers = [str(one) for one in (port, size, wanted.rounds, wanted.requests)]
            inside = [sys.executable, "-m", "bench.one", *numbers]
            answer = subprocess.run(inside, env=env, stdout=subprocess.PIPE, text=True, check=True)
        export = subprocess.run(
            [sys.executable, "-m", "bench.export"], env=env, stdout=subprocess.PIPE, text=True, check=True
        )
    return json.loads(answer.stdout) | {"export": json.loads(export.stdout)}, seconds


def _environment(url: str, folder: Path) -> dict[str, str]:
    """What production wants to know, with keys for this run only."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": url,
        "SECRET_KEY": KEY,
        "AUDIT_KEY": KEY,
        "ALLOWED_HOSTS": "localhost",
        "EMAIL_URL": "dummymail://",
        "VAR_DIR": str(folder.resolve()),
        "STATIC_ROOT": str((folder / "static").resolve()),
        "FILES_ROOT": str((folder / "files").resolve()),
    }


KEY = secrets.token_urlsafe(48)


def _manage(env: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], env=env, stdout=sys.stderr, check=True)


if __name__ == "__main__":
    sys.exit(main())
