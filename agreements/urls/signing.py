"""Addresses of the text for signature and of signatures."""

from django.urls import path

from agreements.views import signing

urlpatterns = [
    path("agreements/<str:reference>/agreement.pdf", signing.agreement_pdf, name="agreement_pdf"),
    path("agreements/<str:reference>/text/propose/", signing.text_propose, name="text_propose"),
    path("agreements/<str:reference>/text/withdraw/", signing.text_withdraw, name="text_withdraw"),
    path("agreements/<str:reference>/text/publish/", signing.text_publish, name="text_publish"),
    path("parties/<int:pk>/sign/", signing.signature_sign, name="signature_sign"),
    path("parties/<int:pk>/paper/", signing.signature_paper, name="signature_paper"),
    path("signatures/<int:pk>/confirm/", signing.signature_confirm, name="signature_confirm"),
    path("signatures/<int:pk>/reject/", signing.signature_reject, name="signature_reject"),
]
