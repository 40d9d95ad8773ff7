from django.urls import path

from partnerships.views import showing

urlpatterns = [
    path("missions/<slug:reference>/show/", showing.mission_show, name="mission_show"),
    path("missions/<slug:reference>/hide/", showing.mission_hide, name="mission_hide"),
]
