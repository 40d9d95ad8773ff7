from django.urls import path

from partnerships.views import missions

urlpatterns = [
    path("missions/", missions.mission_list, name="mission_list"),
    path("missions/new/", missions.mission_create, name="mission_create"),
    path("missions/<slug:reference>/", missions.mission_detail, name="mission_detail"),
    path("missions/<slug:reference>/edit/", missions.mission_edit, name="mission_edit"),
    path("missions/<slug:reference>/form/", missions.mission_choose_form, name="mission_choose_form"),
]
