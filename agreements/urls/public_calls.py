"""Addresses of calls that need no log-in: the list, the feed, subscriptions, the call on paper."""

from django.urls import path

from agreements.views import feeds, public_calls, subscriptions

urlpatterns = [
    path("public/calls/", public_calls.public_call_list, name="public_calls"),
    path("public/calls/feed.atom", feeds.OpenCallsFeed(), name="call_feed"),
    path("public/calls/subscribe/", subscriptions.subscription_create, name="subscription_create"),
    path("public/calls/subscribe/sent/", subscriptions.subscription_sent, name="subscription_sent"),
    path("public/calls/subscribe/<str:token>/", subscriptions.subscription_confirm, name="subscription_confirm"),
    path("public/calls/unsubscribe/<str:token>/", subscriptions.subscription_end, name="subscription_end"),
    path("public/calls/<str:reference>/", public_calls.public_call_moved, name="public_call"),
    path("calls/<str:reference>/call.pdf", public_calls.call_pdf, name="call_pdf"),
]
