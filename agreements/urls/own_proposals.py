"""The address of an organisation's own proposals."""

from django.urls import path

from agreements.views import own_proposals

urlpatterns = [path("proposals/", own_proposals.own_proposals, name="own_proposals")]
