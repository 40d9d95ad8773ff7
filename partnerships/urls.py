from django.urls import path

from partnerships import views

app_name = "partnerships"

urlpatterns = [
    path("missions/", views.mission_list, name="mission_list"),
    path("missions/new/", views.mission_create, name="mission_create"),
    path("missions/<slug:reference>/", views.mission_detail, name="mission_detail"),
    path("missions/<slug:reference>/edit/", views.mission_edit, name="mission_edit"),
    path("missions/<slug:reference>/form/", views.mission_choose_form, name="mission_choose_form"),
    path("organisations/", views.organisation_list, name="organisation_list"),
    path("organisations/<int:pk>/", views.organisation_detail, name="organisation_detail"),
    path("acting/", views.acting_switch, name="acting_switch"),
]
