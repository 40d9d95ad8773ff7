"""Addresses of the officer's desk."""

from django.urls import path

from agreements.views import desk, exports

urlpatterns = [
    path("desk/proposals/", desk.desk_list, name="desk_list"),
    path("desk/proposals/proposals.csv", exports.desk_csv, name="desk_csv"),
    path("desk/proposals/proposals.xlsx", exports.desk_xlsx, name="desk_xlsx"),
    path("desk/exports/<int:pk>/", exports.export_detail, name="export_detail"),
    path("desk/exports/<int:pk>/progress/", exports.export_progress, name="export_progress"),
    path("desk/exports/<int:pk>/again/", exports.export_again, name="export_again"),
    path("calls/<str:reference>/archive/", exports.call_archive, name="call_archive"),
]
