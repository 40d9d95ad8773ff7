"""The request's name and address."""

import logging

import pytest
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from core import request_context
from core.middleware import RequestIdMiddleware, client_address
from core.models import SecurityEvent


def test_each_request_has_an_id_of_our_own_known_below_the_view_and_told_to_the_client(rf: RequestFactory) -> None:
    seen: list[request_context.RequestContext] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request_context.current())
        return HttpResponse()

    answer = RequestIdMiddleware(view)
    responses = [answer(rf.get("/", headers={"X-Request-ID": "invented"})) for _ in range(2)]

    assert [context.id for context in seen] == [response["X-Request-ID"] for response in responses]
    assert len({context.id for context in seen} - {"invented"}) == 2
    assert seen[0].ip == "127.0.0.1"
    assert request_context.current() == request_context.RequestContext()


def test_the_context_ends_with_the_request_even_when_the_view_fails(rf: RequestFactory) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        RequestIdMiddleware(view)(rf.get("/"))
    assert request_context.current().id == ""


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.7", "10.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        (2, "1.1.1.1, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "no address", ""),
    ],
)
def test_only_our_own_proxies_are_believed(rf: RequestFactory, proxies: int, forwarded: str, expected: str) -> None:
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    with override_settings(TRUSTED_PROXY_COUNT=proxies):
        assert client_address(request) == expected


@pytest.mark.django_db
def test_a_failed_login_is_noted_without_what_was_typed(rf: RequestFactory, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        assert authenticate(rf.post("/"), username="a@example.org", email="a@example.org", password="s3cret") is None
    note = SecurityEvent.objects.get()
    assert note.kind == "login_failed"
    assert "s3cret" not in caplog.text
    assert "example.org" not in f"{note.detail}{note.action}{caplog.text}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "accepts", "language"),
    [(None, "en-US,en;q=0.9", "th"), ("en", "th", "en"), ("th", "en", "th"), ("xx", "en", "th")],
)
def test_thai_comes_first_whatever_the_browser_prefers(client, cookie, accepts, language):
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get("/accounts/login/", headers={"accept-language": accepts})
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.content.decode()
