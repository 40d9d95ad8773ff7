"""A page with one form about an agreement."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.models import Agreement


def form_page(request: HttpRequest, form: Any, agreement: Agreement, cancel: str, **words: Any) -> HttpResponse:
    """`words`: heading, submit; and if wanted lead, tone, formsets, show_pdf."""
    context = {"form": form, "agreement": agreement, "cancel": cancel, **words}
    return render(request, "agreements/agreement_form.html", context)
