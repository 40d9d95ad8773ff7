"""Everything that matters comes from the environment; the product refuses to start without it."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import CACHES, database, env

REQUIRED = {
    "SECRET_KEY": "a long random text that signs sessions",
    "AUDIT_KEY": "a long random text that seals the audit chain; losing it makes the chain unverifiable",
    "DATABASE_URL": "for example postgres://user:password@host:5432/name",
    "ALLOWED_HOSTS": "the host names this site answers to, separated by commas",
}
SHORTEST_KEY = 32


def refuse_unless_complete() -> None:
    """Raise ImproperlyConfigured naming every required variable that is missing or too short."""
    problems = [f"{name} is not set: {why}" for name, why in REQUIRED.items() if not env.str(name, default="")]
    problems += [
        f"{name} is shorter than {SHORTEST_KEY} characters"
        for name in ("SECRET_KEY", "AUDIT_KEY")
        if 0 < len(env.str(name, default="")) < SHORTEST_KEY
    ]
    if problems:
        raise ImproperlyConfigured("The product cannot start.\n- " + "\n- ".join(problems))


refuse_unless_complete()

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
AUDIT_KEY = env.str("AUDIT_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASES = {"default": database(env.str("DATABASE_URL"))}
if env.str("CACHE_URL", default=""):
    CACHES["default"] = env.cache("CACHE_URL")
vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))

# The proxy in front ends TLS and must set (and overwrite) X-Forwarded-Proto.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
