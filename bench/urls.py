"""The product's addresses, and the two that only measuring knows."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from partnerships.models import User


def bare(request: HttpRequest) -> HttpResponse:
    """Nothing but Django: served past all middleware (bench.wsgi)."""
    return HttpResponse("ok", content_type="text/plain")


def floor(request: HttpRequest) -> HttpResponse:
    """The least a page behind the log-in can cost: all middleware, the session, one query, a few bytes."""
    found = User.objects.filter(pk=request.user.pk).values_list("pk", flat=True).first()
    return HttpResponse(f"ok {found}", content_type="text/plain")


urlpatterns = [
    path("bench/bare/", bare, name="bench_bare"),
    path("bench/floor/", floor, name="bench_floor"),
    path("", include("config.urls")),
]
