from django.urls import path

from partnerships.views import notices, settings, system

urlpatterns = [
    path("system/", system.system, name="system"),
    path("system/settings/", settings.setting_list, name="setting_list"),
    path("system/settings/<str:key>/", settings.setting_change, name="setting_change"),
    path("system/settings/<str:key>/history/", settings.setting_history, name="setting_history"),
    path("system/notices/", notices.notice_list, name="notice_list"),
    path("system/notices/<str:kind>/", notices.notice_change, name="notice_change"),
    path("system/notices/<str:kind>/reset/", notices.notice_reset, name="notice_reset"),
    path("system/notices/<str:kind>/history/", notices.notice_history, name="notice_history"),
]
