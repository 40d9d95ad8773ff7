"""Two applications in one process: the product with its middleware, and for one address Django without any."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

django.setup(set_prefix=False)
product = WSGIHandler()
with override_settings(MIDDLEWARE=[]):
    bare = WSGIHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    chosen = bare if environ["PATH_INFO"] == "/bench/bare/" else product
    return chosen(environ, start_response)
