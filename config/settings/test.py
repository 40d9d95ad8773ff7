"""Tests: SQLite in a file of this process unless DATABASE_URL says otherwise; nothing outlives the run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from .base import *
from .base import STORAGES, database, env

SCRATCH = Path(tempfile.gettempdir()) / f"phakhi-test-{os.getpid()}"
SCRATCH.mkdir(exist_ok=True)
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

SECRET_KEY = "only for tests"  # noqa: S105
AUDIT_KEY = "only for tests, too"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
DATABASES = {"default": database(env.str("DATABASE_URL", default="") or f"sqlite:///{SCRATCH / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: connections of several threads have to meet as they do under the web server.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    # Runs that go on beside each other want a database each.
    DATABASES["default"]["TEST"] = {
        "NAME": f"test_{DATABASES['default']['NAME']}_{env.str('TEST_DATABASE_SUFFIX', default='alone').lower()}",
        "TEMPLATE": env.str("TEST_DATABASE_TEMPLATE", default="template0"),
        "CHARSET": "UTF8",
    }

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
FILES_ROOT = MEDIA_ROOT = str(SCRATCH / "files")
STORAGES["default"]["OPTIONS"]["location"] = FILES_ROOT
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
SITE_URL = "http://testserver"
