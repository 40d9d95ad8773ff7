"""Filling in a registration as the browser does, for its tests."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from partnerships.models import Organisation
from tests.partnerships.profiles import PDF


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"partnerships:{name}", args=args)


def send(client: Client, organisation: Organisation, part: str, button: str = "", **data: Any) -> Any:
    """Send a part of the profile as the browser would; `button`: another than the first."""
    organisation.refresh_from_db()
    data |= {"version": organisation.version, "key": f"{part}-{organisation.version}-{button}"}
    return client.post(url(f"profile_{part}", organisation.pk), {**data, **({button: "1"} if button else {})})


def paper(**data: Any) -> dict[str, Any]:
    return {"kind": "registration", "file": SimpleUploadedFile("ใบสำคัญ.pdf", PDF, "application/pdf"), **data}
