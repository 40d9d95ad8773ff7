"""Addresses of agreements and their parties."""

from django.urls import path

from agreements.views import agreements

urlpatterns = [
    path("agreements/", agreements.agreement_list, name="agreement_list"),
    path("missions/<str:reference>/agreements/new/", agreements.agreement_create, name="agreement_create"),
    path("agreements/<str:reference>/", agreements.agreement_detail, name="agreement_detail"),
    path("agreements/<str:reference>/edit/", agreements.agreement_edit, name="agreement_edit"),
    path("agreements/<str:reference>/parties/", agreements.agreement_parties, name="agreement_parties"),
    path("agreements/<str:reference>/move/<slug:move>/", agreements.agreement_move, name="agreement_move"),
    path("agreements/<str:reference>/cancel/", agreements.agreement_cancel, name="agreement_cancel"),
    path("agreements/<str:reference>/terminate/", agreements.agreement_terminate, name="agreement_terminate"),
    path("agreements/<str:reference>/close/", agreements.agreement_close, name="agreement_close"),
    path("parties/<int:pk>/edit/", agreements.party_edit, name="party_edit"),
    path("parties/<int:pk>/remove/", agreements.party_remove, name="party_remove"),
]
