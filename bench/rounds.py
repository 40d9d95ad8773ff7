"""Timing over loopback: in every round all pages take turns, so that what else the machine does hits all alike."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from statistics import median, quantiles
from typing import Any

from bench.pages import FLOOR, Address
from bench.server import WORKERS

WARMING = 4


def warm(port: int, pages: list[Address]) -> None:
    """Fill the caches of both workers: templates, connections, translations."""
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda page: ask(port, page), pages * WARMING))


def ask(port: int, page: Address) -> float:
    """Milliseconds from the connection to the last byte, as the proxy in front would see them."""
    headers = {"Host": "localhost", "X-Forwarded-Proto": "https", "Connection": "close"}
    if page.cookies:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
    begun = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", page.path, headers=headers)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{page.name}: {page.path} answered {answer.status}")
    return (time.perf_counter() - begun) * 1000


def measure(port: int, pages: list[Address], rounds: int, requests: int) -> dict[str, list[list[float]]]:
    """Milliseconds by page, round and request."""
    samples: dict[str, list[list[float]]] = {page.name: [] for page in pages}
    warm(port, pages)
    for _round in range(rounds):
        for page in pages:
            samples[page.name].append([])
        for _request in range(requests):
            for page in pages:
                samples[page.name][-1].append(ask(port, page))
    return samples


def summary(samples: dict[str, list[list[float]]]) -> dict[str, dict[str, Any]]:
    """Of each page: median of the rounds' medians, their spread, p95 of all requests, and the ratio to the floor.

    The ratio is taken within each round, and of these the median.
    """
    medians = {name: [median(one) for one in rounds] for name, rounds in samples.items()}
    return {
        name: {
            "median_ms": round(median(medians[name]), 2),
            "lowest_ms": round(min(medians[name]), 2),
            "highest_ms": round(max(medians[name]), 2),
            "p95_ms": round(_p95([value for one in rounds for value in one]), 2),
            "ratio": round(median(a / b for a, b in zip(medians[name], medians[FLOOR], strict=True)), 2),
        }
        for name, rounds in samples.items()
    }


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
