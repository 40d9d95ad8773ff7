"""The floors' own URL lists, lower floors first: the names live in each app."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("reporting.urls")),
    path("", include("partnerships.urls")),
    path("", include("agreements.urls")),
    path("", include("evaluations.urls")),
]
