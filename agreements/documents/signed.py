"""The frozen text in print: from its own JSON, with the signatures on record."""

from __future__ import annotations

from dataclasses import replace

from django.utils.timezone import localdate

from agreements.documents.build import build_agreement
from agreements.documents.payload import AgreementDocument, SignatureRecord, from_json
from agreements.documents.render import render_agreement
from agreements.enums import SignatureMethod
from agreements.models import Agreement, AgreementText, Signature
from core.files import open_file

METHODS = {SignatureMethod.SCREEN: "ลงนามบนระบบ", SignatureMethod.PAPER: "ลงนามบนเอกสาร"}


def signed_document(text: AgreementText) -> AgreementDocument:
    """The frozen text with who has signed it, and when. Its hash is still the text's own."""
    document = from_json(AgreementDocument, text.content)
    counting = {str(each.party_id): each for each in text.signatures.all() if each.counts}
    blocks = tuple(
        replace(block, signed=_record(counting[block.key])) if block.key in counting else block
        for block in document.signatures
    )
    signed_at = text.agreement.signed_at
    return replace(document, signatures=blocks, signed_on=localdate(signed_at) if signed_at else None)


def _record(signature: Signature) -> SignatureRecord:
    return SignatureRecord(
        method=METHODS[SignatureMethod(signature.method)],
        signed_on=signature.signed_on,
        name=signature.signatory_name,
        position=signature.signatory_title,
    )


def print_signed(text: AgreementText) -> bytes:
    """Print a text all parties have signed. Who calls this stores it: it is never made again."""
    return render_agreement(signed_document(text), draft=False)


def agreement_pdf(agreement: Agreement) -> bytes:
    """The agreement as it is now: the stored file where it is signed, else a draft (of the frozen text, if any)."""
    text = agreement.texts.filter(superseded_at__isnull=True).select_related("signed_pdf", "agreement").first()
    if text is None:
        return render_agreement(build_agreement(agreement), draft=True)
    if text.signed_pdf is not None:
        with open_file(text.signed_pdf) as stored:
            return stored.read()
    return render_agreement(signed_document(text), draft=agreement.signed_at is None)
