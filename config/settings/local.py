"""`make run`: one machine, nothing to set up. Like production but for HTTPS; all data under var/."""

import secrets
from pathlib import Path

from .base import *
from .base import VAR_DIR, database, env

VAR_DIR.mkdir(exist_ok=True)


def kept_key(path: Path) -> str:
    """The secret in `path`, made on first use and readable by its owner only."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = env.str("SECRET_KEY", default="") or kept_key(VAR_DIR / "secret_key")
AUDIT_KEY = env.str("AUDIT_KEY", default="") or kept_key(VAR_DIR / "audit_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DATABASES = {"default": database(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'phakhi.sqlite3'}"))}
DEMO = env.bool("DEMO", default=True)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}")
