from django.urls import path

from partnerships.views import acting

urlpatterns = [path("acting/", acting.acting_switch, name="acting_switch")]
