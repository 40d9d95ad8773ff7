"""gunicorn's settings for `make run` and for production; HOST, PORT, WEB_CONCURRENCY and WEB_THREADS change them."""

import os
from typing import Any

wsgi_app = "config.wsgi:application"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "gthread"
timeout = 60
loglevel = "warning"
# It would be placed under the home directory, and nothing here is steered through it.
control_socket_disable = True


def when_ready(server: Any) -> None:
    port = os.environ.get("PORT", "8000")
    print(f"\nPhakhi answers at http://localhost:{port}  (Ctrl+C ends it)\n", flush=True)  # noqa: T201
