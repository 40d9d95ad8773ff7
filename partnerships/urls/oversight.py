from django.urls import path

from partnerships.views import agencies, duplicates, verification

urlpatterns = [
    path("verifications/", verification.verification_list, name="verification_list"),
    path("organisations/<int:pk>/verify/", verification.organisation_verify, name="organisation_verify"),
    path("organisations/<int:pk>/flags/new/", verification.flag_raise, name="flag_raise"),
    path("flags/<int:pk>/lift/", verification.flag_lift, name="flag_lift"),
    path("organisations/enter/", agencies.organisation_enter, name="organisation_enter"),
    path("duplicates/", duplicates.duplicate_list, name="duplicate_list"),
    path("duplicates/<int:first>/<int:second>/", duplicates.duplicate_compare, name="duplicate_compare"),
    path("duplicates/<int:first>/<int:second>/two/", duplicates.duplicate_dismiss, name="duplicate_dismiss"),
    path("agencies/", agencies.agency_list, name="agency_list"),
    path("agencies/new/", agencies.agency_create, name="agency_create"),
    path("agencies/<int:pk>/rename/", agencies.agency_rename, name="agency_rename"),
    path("agencies/<int:pk>/move/", agencies.agency_move, name="agency_move"),
    path("agencies/<int:pk>/retire/", agencies.agency_retire, name="agency_retire"),
    path("provincial-duties/", agencies.duty_list, name="duty_list"),
    path("provincial-duties/new/", agencies.duty_create, name="duty_create"),
    path("provincial-duties/<int:pk>/end/", agencies.duty_end, name="duty_end"),
]
