"""Addresses of the templates of calls."""

from django.urls import path

from agreements.views import call_templates as views

urlpatterns = [
    path("call-templates/", views.call_template_list, name="call_template_list"),
    path("call-templates/new/", views.call_template_create, name="call_template_create"),
    path("call-templates/<int:pk>/", views.call_template_detail, name="call_template_detail"),
    path("call-templates/<int:pk>/edit/", views.call_template_edit, name="call_template_edit"),
    path("call-templates/<int:pk>/criteria/", views.call_template_criteria, name="call_template_criteria"),
    path("call-templates/<int:pk>/documents/", views.call_template_documents, name="call_template_documents"),
    path("call-templates/<int:pk>/<str:move>/", views.call_template_move, name="call_template_move"),
]
