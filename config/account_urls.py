"""allauth's addresses, only those in use, under its own names (its redirects ask for them); and ours beside them."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import path, re_path
from django.views.generic import RedirectView

from partnerships.identity import views

to_security = RedirectView.as_view(pattern_name="account_security")

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("login/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("login/second-factor/", mfa.authenticate, name="mfa_authenticate"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    # --- sign-up and the address
    path("signup/", account.signup, name="account_signup"),
    path("welcome/", views.welcome, name="account_welcome"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("email/", account.email, name="account_email"),
    # --- passwords
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # --- confirming again
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("confirm/log-in/", views.log_in_again, name="account_log_in_again"),
    # --- security: one page of ours stands for allauth's three lists
    path("security/", views.account_security, name="account_security"),
    path("security/required/", views.second_factor, name="account_second_factor"),
    path("security/factors/", to_security, name="mfa_index"),
    path("security/totp/", totp.activate_totp, name="mfa_activate_totp"),
    path("security/totp/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/passkeys/", to_security, name="mfa_list_webauthn"),
    path("security/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/", views.passkey_rename, name="mfa_edit_webauthn"),
    path("security/passkeys/<int:pk>/remove/", views.passkey_remove, name="mfa_remove_webauthn"),
    path("security/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("security/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("security/recovery-codes/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("security/sessions/", views.session_list, name="usersessions_list"),
    path("security/sessions/<int:pk>/end/", views.session_end, name="account_session_end"),
    # --- log-in by a provider
    path("provider/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("provider/error/", social.login_error, name="socialaccount_login_error"),
    path("provider/connections/", to_security, name="socialaccount_connections"),
    # The name of the provider is no part of the address: there is one, and allauth asks for it by name.
    path("provider/", views.provider_login, {"provider_id": settings.OIDC_PROVIDER_ID}, name="openid_connect_login"),
    path(
        "provider/callback/",
        views.provider_callback,
        {"provider_id": settings.OIDC_PROVIDER_ID},
        name="openid_connect_callback",
    ),
]
