"""Addresses of the joint committee."""

from django.urls import path

from agreements.views import committee

urlpatterns = [
    path("agreements/<str:reference>/committee/", committee.committee_edit, name="committee_edit"),
    path("agreements/<str:reference>/committee/waive/", committee.committee_waive, name="committee_waive"),
]
