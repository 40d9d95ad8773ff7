"""People: how they sign up, log in and prove who they are (docs/decisions/0009-identity.md)."""

from typing import Any
from urllib.parse import urlsplit

import environ

env = environ.Env()

AUTH_USER_MODEL = "partnerships.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# NIST SP 800-63B-4 for a password alone: 15 characters, lists of known bad ones, no rules of composition.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "partnerships.identity.passwords.GuessableValidator"},
]

# --- sign-up and the address
SIGNUP_OPEN = env.bool("SIGNUP_OPEN", default=True)
ACCOUNT_ADAPTER = "partnerships.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "partnerships.identity.forms.SignupForm",
    "add_email": "partnerships.identity.forms.NewAddressForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up, and only once
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one counts when it has been verified
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses that nobody here asked for
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True

# --- sessions
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# --- confirming again who one is, before the account's security is changed (for signing OPDC sets the time)
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60

# --- limits: an office is many people behind one address; a single account is what a guesser aims at
LOCKOUT_MINUTES = 5
ACCOUNT_RATE_LIMITS: Any = {
    "login": "300/m/ip",
    "login_failed": f"100/m/ip,5/{LOCKOUT_MINUTES}m/key",
    "signup": "60/m/ip",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
    "request_login_code": "100/m/ip,3/m/key",
}
MFA_RATE_LIMITS: Any = {"webauthn_login": "300/m/ip"}

# --- second factors
MFA_ADAPTER = "partnerships.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "partnerships.identity.forms.AuthenticateForm",
    "reauthenticate": "partnerships.identity.forms.ReauthenticateForm",
    "add_webauthn": "partnerships.identity.forms.PasskeyForm",
    "edit_webauthn": "partnerships.identity.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Phakhi"
MFA_TOTP_TOLERANCE = 1  # telephones whose clock is half a minute off
# Seals the secrets of authenticator apps in the database; SECRET_KEY (and its fallbacks) where none is named.
MFA_KEY = env.str("MFA_KEY", default="")
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": False}

# --- log-in by an OpenID Connect provider (an agency's own, ThaID): offered when one is named
OIDC_PROVIDER_ID = "oidc"
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
OIDC_NAME = env.str("OIDC_NAME", default="OpenID Connect")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
SOCIALACCOUNT_ADAPTER = "partnerships.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}


def oidc_provider(server_url: str, name: str, client_id: str, secret: str) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS for one provider, which is trusted to have verified the addresses it calls verified."""
    app = {"provider_id": OIDC_PROVIDER_ID, "name": name, "client_id": client_id, "secret": secret}
    app["settings"] = {"server_url": server_url, "email_authentication": True, "oauth_pkce_enabled": True}
    return {"openid_connect": {"APPS": [app]}}


def origin_of(url: str) -> str:
    """https://host:port of an address: what the content security policy names."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS = oidc_provider(OIDC_SERVER_URL, OIDC_NAME, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)
# Where the provider's log-in page is, if not at the server's own origin: forms may be sent there, and nowhere else.
OIDC_LOGIN_ORIGINS = env.list("OIDC_LOGIN_ORIGINS", default=[origin_of(OIDC_SERVER_URL)] if OIDC_SERVER_URL else [])
