from django.urls import path

from partnerships.views import settings, system

urlpatterns = [
    path("system/", system.system, name="system"),
    path("system/settings/", settings.setting_list, name="setting_list"),
    path("system/settings/<str:key>/", settings.setting_change, name="setting_change"),
    path("system/settings/<str:key>/history/", settings.setting_history, name="setting_history"),
]
