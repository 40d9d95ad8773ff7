"""What is the same everywhere. Secrets and addresses come from the environment (local, production, test)."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from django.utils.translation import gettext_lazy as _

from .identity import *
from .identity import OIDC_LOGIN_ORIGINS

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

DEBUG = False
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "config",
    "core",
    "partnerships",
    "agreements",
    "evaluations",
    "reporting",
    "demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_fsm",
    "django_htmx",
    "django_tasks",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Early, so that redirects and refusals of the middleware below carry the policy too.
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.RequestIdMiddleware",
    "partnerships.middleware.ActorMiddleware",
    "partnerships.middleware.LoginWallMiddleware",
    "partnerships.identity.middleware.SecondFactorWallMiddleware",
    "partnerships.middleware_people.PersonMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.MethodPageMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "core.form_renderer.HouseRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- language and time: Thai first, English complete; Buddhist Era is a matter of display only
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

# How many proxies of our own stand in front: their entries of X-Forwarded-For are believed, for the security log.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# --- what a page may load: nothing from elsewhere, nothing inline
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *OIDC_LOGIN_ORIGINS],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

# --- files: static ones are public and hashed, uploads and documents are private and served by views
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
FILES_ROOT = env.str("FILES_ROOT", default=str(VAR_DIR / "files"))
MEDIA_ROOT = FILES_ROOT
MEDIA_URL = ""
STORAGES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_MAX_BYTES = env.int("FILE_MAX_BYTES", default=20 * 1024 * 1024)
# Virus scanner: tcp://host:3310 or unix:///run/clamav/clamd.ctl; "" when there is none. Seconds to wait for its answer.
CLAMAV_ADDRESS = env.str("CLAMAV_ADDRESS", default="")
CLAMAV_TIMEOUT = env.int("CLAMAV_TIMEOUT", default=20)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- work after the request: TASKS_BACKEND=immediate (default), database or rq (with REDIS_URL)
TASKS_BACKEND = env.str("TASKS_BACKEND", default="immediate")
TASKS = {
    "default": {
        "BACKEND": {
            "immediate": "django_tasks.backends.immediate.ImmediateBackend",
            "database": "django_tasks_db.DatabaseBackend",
            "rq": "django_tasks_rq.RQBackend",
        }[TASKS_BACKEND],
        "QUEUES": ["default"],
    }
}
if TASKS_BACKEND == "database":
    INSTALLED_APPS += ["django_tasks_db"]
if TASKS_BACKEND == "rq":
    INSTALLED_APPS += ["django_rq"]
    RQ_QUEUES = {"default": {"URL": env.str("REDIS_URL")}}

# --- what every page tells: that the data are fictitious, and whom to ask
DEMO = env.bool("DEMO", default=False)
HELP_CONTACT = env.str("HELP_CONTACT", default="")

# --- shared by all processes, so that limits on log-in hold whichever of them answers; the table comes with `migrate`
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # Entries are short-lived; far more than an attacker can make before theirs run out.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# --- mail
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="phakhi@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# In letters that no request is at hand for; empty: the first of ALLOWED_HOSTS, by HTTPS.
SITE_URL = env.str("SITE_URL", default="")

# --- subscribing to calls needs no account: limits as for signing up, and for each address
SUBSCRIPTION_RATE_LIMITS = {"subscribe": "60/m/ip,5/h/key"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"security": {"level": "INFO"}},
}


def database(url: str) -> dict[str, Any]:
    """DATABASES["default"] for a DATABASE_URL, with what either database needs under a web server."""
    config: dict[str, Any] = environ.Env.db_url_config(url)
    if config["ENGINE"].endswith("sqlite3"):
        # Writers queue at BEGIN instead of failing half-way; readers are not blocked (WAL).
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        config["HOST"] = unquote(config["HOST"])  # a socket's folder, written as %2Fvar%2Frun%2Fpostgresql
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    config["ATOMIC_REQUESTS"] = False
    return config
