"""Downloads. Included at `files/`."""

from django.urls import path

from core import files_views

app_name = "core"

urlpatterns = [
    path("<int:pk>/", files_views.file_download, name="file_download"),
    path("public/<int:pk>/", files_views.public_file_download, name="public_file_download"),
]
