"""The floor's addresses, one module per part."""

from importlib import import_module

from django.urls import URLPattern

app_name = "partnerships"
urlpatterns: list[URLPattern] = [
    pattern
    for name in (
        "acting",
        "endorsement",
        "missions",
        "organisations",
        "oversight",
        "showing",
        "registration",
        "people",
        "system",
    )
    for pattern in import_module(f"partnerships.urls.{name}").urlpatterns
]
