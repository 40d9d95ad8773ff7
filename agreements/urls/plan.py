"""Addresses of the action plan and the indicators."""

from django.urls import path

from agreements.views import plan

urlpatterns = [
    path("agreements/<str:reference>/plan/", plan.plan_edit, name="plan_edit"),
    path("agreements/<str:reference>/indicators/", plan.indicator_edit, name="indicator_edit"),
    path("plans/<int:pk>/propose/", plan.plan_propose, name="plan_propose"),
    path("plans/<int:pk>/approve/", plan.plan_approve, name="plan_approve"),
]
