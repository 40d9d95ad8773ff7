"""Addresses of questions on calls."""

from django.urls import path

from agreements.views import questions

urlpatterns = [
    path("calls/<str:reference>/questions/", questions.question_list, name="question_list"),
    path("calls/<str:reference>/questions/ask/", questions.question_create, name="question_create"),
    path("call-questions/<int:pk>/answer/", questions.question_answer, name="question_answer"),
]
