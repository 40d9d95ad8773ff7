"""Addresses of step notes."""

from django.urls import path

from agreements.views import notes

urlpatterns = [
    path("agreements/<str:reference>/notes/new/", notes.note_create, name="note_create"),
    path("notes/<int:pk>/confirm/", notes.note_confirm, name="note_confirm"),
]
