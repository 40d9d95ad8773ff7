"""The floors' own URL lists, and the account's (`config.account_urls`)."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("config.account_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("files/", include("core.urls")),
    path("", include("reporting.urls")),
    path("", include("partnerships.urls")),
    path("", include("agreements.urls")),
    path("", include("evaluations.urls")),
]

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler429 = "core.views.too_many_requests"  # asked for by allauth's limits
handler500 = "core.views.server_error"
