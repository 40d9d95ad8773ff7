"""Addresses of agreements that are entered later."""

from django.urls import path

from agreements.views import prior

urlpatterns = [
    path("missions/<slug:reference>/running/", prior.prior_create, name="prior_create"),
    path("entered-later/", prior.prior_list, name="prior_list"),
    path("entered-later/<int:pk>/", prior.prior_detail, name="prior_detail"),
    path("entered-later/<int:pk>/edit/", prior.prior_edit, name="prior_edit"),
    path("entered-later/<int:pk>/confirm/", prior.prior_confirm, name="prior_confirm"),
    path("entered-later/<int:pk>/return/", prior.prior_return, name="prior_return"),
]
