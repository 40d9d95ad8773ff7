"""Several acts at the same moment, each on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act in a thread, all released together; gives what each returned or raised, in their order."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=30)
            answers[index] = act()
        except Exception as error:  # the answer is what the test looks at
            answers[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def refusals(answers: list[Any]) -> list[type]:
    """The kinds of errors among the answers."""
    return [type(answer) for answer in answers if isinstance(answer, Exception)]
