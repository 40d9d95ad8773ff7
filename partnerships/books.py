"""Tells the door how this floor's facts are loaded and which requirements there are (imported in AppConfig.ready)."""

from core.workflow import register_book
from partnerships.models import Agency, Organisation, Partner
from partnerships.requirements import organisation

for model in (Organisation, Agency, Partner):
    register_book(model, organisation.BOOK)
