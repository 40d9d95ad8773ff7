from django.urls import path

from partnerships.views import notices, privacy_notices, settings, system, vocabularies

urlpatterns = [
    path("system/", system.system, name="system"),
    path("system/settings/", settings.setting_list, name="setting_list"),
    path("system/settings/<str:key>/", settings.setting_change, name="setting_change"),
    path("system/settings/<str:key>/history/", settings.setting_history, name="setting_history"),
    path("system/notices/", notices.notice_list, name="notice_list"),
    path("system/notices/<str:kind>/", notices.notice_change, name="notice_change"),
    path("system/notices/<str:kind>/reset/", notices.notice_reset, name="notice_reset"),
    path("system/notices/<str:kind>/history/", notices.notice_history, name="notice_history"),
    path("system/words/<slug:vocabulary>/", vocabularies.word_list, name="word_list"),
    path("system/words/<slug:vocabulary>/new/", vocabularies.word_create, name="word_create"),
    path("system/words/<slug:vocabulary>/<int:pk>/", vocabularies.word_edit, name="word_edit"),
    path("system/words/<slug:vocabulary>/<int:pk>/<slug:move>/", vocabularies.word_move, name="word_move"),
    path("system/privacy/", privacy_notices.privacy_notice_list, name="privacy_notice_list"),
    path("system/privacy/new/", privacy_notices.privacy_notice_create, name="privacy_notice_create"),
    path("system/privacy/<int:version>/", privacy_notices.privacy_notice_detail, name="privacy_notice_detail"),
]
