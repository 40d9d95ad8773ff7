"""Addresses of what follows the decision: result letters and appeals."""

from django.urls import path

from agreements.views import appeals, result_letters

urlpatterns = [
    path("calls/<str:reference>/letters/", result_letters.call_letters, name="call_letters"),
    path("calls/<str:reference>/letters/issue/", result_letters.call_letters_issue, name="call_letters_issue"),
    path("letters/<int:pk>/", result_letters.letter_file, name="letter_file"),
    path("proposals/<str:reference>/appeal/", appeals.appeal_create, name="appeal_create"),
    path("appeals/<int:pk>/", appeals.appeal_detail, name="appeal_detail"),
    path("appeals/<int:pk>/withdraw/", appeals.appeal_withdraw, name="appeal_withdraw"),
    path("appeals/<int:pk>/answer/", appeals.appeal_answer, name="appeal_answer"),
]
