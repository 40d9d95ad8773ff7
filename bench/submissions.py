"""python -m bench.submissions: a deadline day. Thousands of representatives send their proposals in, most of them late.

Each opens the check page and sends the form that stands on it, as a browser does; some press twice. Run by hand; the
figures stand in docs/benchmarks.md. Ends with 1 when one proposal was lost or doubled, or an answer was a 5xx.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from bench.__main__ import VAR, _environment, _manage
from bench.database import database_of_its_own
from bench.server import serving

STEEPNESS = 2.0  # the last tenth of the time brings more than twice what the first brings
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass
class Seen:
    """What the senders saw: milliseconds by request, statuses, and how many pressed twice."""

    check_ms: list[float] = field(default_factory=list)
    submit_ms: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    doubles: int = 0
    late_by: float = 0.0  # seconds by which the busiest sender lagged behind its time


def main() -> int:
    """0 when every proposal was received exactly once."""
    parser = argparse.ArgumentParser(prog="bench.submissions", description=__doc__)
    parser.add_argument("--proposals", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--double-percent", type=float, default=5, help="percent of the senders that press twice")
    wanted = parser.parse_args()
    folder = VAR / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    with database_of_its_own(wanted.proposals, folder) as url:
        env = _environment(url, folder)
        _manage(env, "collectstatic", "--no-input", "-v0")
        _manage(env, "migrate", "--no-input", "-v0")
        people = _inside(env, "seed", wanted.proposals)
        with serving(env) as port:
            seen, took = send_all(port, people, wanted.seconds, wanted.double_percent)
        found = _inside(env, "verify", wanted.proposals)
        _manage(env, "verify_audit")
    return report(wanted.proposals, seen, took, found)


def _inside(env: dict[str, str], task: str, number: int) -> Any:
    command = [sys.executable, "-m", "bench.submissions_data", task, str(number)]
    answer = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(answer.stdout)


def moments(number: int, seconds: float) -> list[float]:
    """When each sender comes: the rate grows exponentially towards the deadline."""
    rise = math.exp(STEEPNESS) - 1
    return [seconds * math.log1p(rise * (place + 0.5) / number) / STEEPNESS for place in range(number)]


def send_all(port: int, people: list[dict[str, str]], seconds: float, doubles: float) -> tuple[Seen, float]:
    """Let each come at its moment; returns what they saw and how long it took (seconds)."""
    seen, every = Seen(), round(100 / doubles) if doubles else len(people) + 1
    begun = time.monotonic()
    with ThreadPoolExecutor(48) as pool:
        for place, (moment, person) in enumerate(zip(moments(len(people), seconds), people, strict=True), 1):
            time.sleep(max(0.0, begun + moment - time.monotonic()))
            seen.late_by = max(seen.late_by, time.monotonic() - begun - moment)
            pool.submit(_send_one, port, person, place % every == 0, seen)
    return seen, time.monotonic() - begun


def _send_one(port: int, person: dict[str, str], twice: bool, seen: Seen) -> None:
    status, page, milliseconds = _ask(port, "GET", person["check"], person["cookie"])
    seen.check_ms.append(milliseconds)
    seen.statuses[status] = seen.statuses.get(status, 0) + 1
    form = page[page.find(person["submit"]) :]
    body = urlencode(dict(HIDDEN.findall(form[: form.find("</form>")])))
    for _press in range(2 if twice else 1):
        status, _page, milliseconds = _ask(port, "POST", person["submit"], person["cookie"], body)
        seen.submit_ms.append(milliseconds)
        seen.statuses[status] = seen.statuses.get(status, 0) + 1
    seen.doubles += twice


def _ask(port: int, method: str, path: str, cookie: str, body: str = "") -> tuple[int, str, float]:
    headers = {"Host": "localhost", "X-Forwarded-Proto": "https", "Connection": "close", "Cookie": cookie}
    if body:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": "https://localhost/"}
    begun = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(method, path, body=body or None, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
    except OSError:
        return 0, "", (time.perf_counter() - begun) * 1000
    finally:
        connection.close()
    return answer.status, text, (time.perf_counter() - begun) * 1000


def report(number: int, seen: Seen, took: float, found: dict[str, int]) -> int:
    """Print the figures; 1 where something was lost, doubled or broken."""
    broken = sum(count for status, count in seen.statuses.items() if status == 0 or status >= 500)
    print(f"{number:,} proposals in {took:.0f} s; {seen.doubles} pressed twice; answers by status {seen.statuses}")
    for name, values in (("check page", seen.check_ms), ("submitting", seen.submit_ms)):
        print(
            f"{name}: median {median(values):.0f} ms, p95 {quantiles(values, n=20)[-1]:.0f} ms, {max(values):.0f} most"
        )
    print(f"received {found['submitted']:,}, versions {found['versions']:,}, doubled {found['doubled']}, ", end="")
    print(f"receipts to mail {found['receipts']:,}; senders lagged {seen.late_by:.1f} s at most")
    lost = number - found["submitted"]
    print(f"lost {lost}, broken answers {broken}")
    Path(VAR / "submissions.json").write_text(json.dumps({"seen": seen.statuses, "found": found, "seconds": took}))
    return int(bool(lost or broken or found["doubled"]))


if __name__ == "__main__":
    sys.exit(main())
