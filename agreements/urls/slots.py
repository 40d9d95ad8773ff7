"""Addresses of presentations and their calendar."""

from django.urls import path

from agreements.views import presentations, slots

urlpatterns = [
    path("calls/<str:reference>/slots/", slots.call_slots, name="call_slots"),
    path("calls/<str:reference>/slots/new/", slots.call_slots_add, name="call_slots_add"),
    path("calls/<str:reference>/slots/calendar/", slots.call_slots_file, name="call_slots_file"),
    path("calls/<str:reference>/slots/invite/", presentations.call_invite_all, name="call_invite_all"),
    path("slots/<int:pk>/edit/", slots.slot_edit, name="slot_edit"),
    path("slots/<int:pk>/remove/", slots.slot_remove, name="slot_remove"),
    path("proposals/<str:reference>/slots/", slots.proposal_slots, name="proposal_slots"),
    path("proposals/<str:reference>/slots/<int:pk>/book/", slots.slot_book, name="slot_book"),
    path("proposals/<str:reference>/slots/release/", slots.slot_release, name="slot_release"),
    path("proposals/<str:reference>/slots/calendar/", slots.presentation_file, name="presentation_file"),
    path("proposals/<str:reference>/invite/", presentations.proposal_invite, name="proposal_invite"),
    path(
        "proposals/<str:reference>/presentation/points/", presentations.presentation_points, name="presentation_points"
    ),
]
