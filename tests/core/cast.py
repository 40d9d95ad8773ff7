"""People and records for tests of the ground floor, which knows neither users nor matters."""

from dataclasses import dataclass

from django.db import transaction

from core.audit import append_event
from core.models import AuditEvent, Counter


@dataclass(frozen=True)
class Somebody:
    user_id: int | None = 7
    organisation_id: int | None = 3
    organisation_name: str | None = "กรมตัวอย่าง"


NOBODY = Somebody(None, None, None)


def some_record(name: str = "record") -> Counter:
    """Any stored record will do as the subject or root of an event or the owner of a file."""
    return Counter.objects.get_or_create(issuer=name, kind="test", fiscal_year=2569)[0]


def write_events(count: int, root: Counter | None = None) -> list[AuditEvent]:
    """A chain of `count` events of kind test.event, each saying its number."""
    root = root or some_record()
    with transaction.atomic():
        return [
            append_event(kind="test.event", subject=root, root=root, actor=Somebody(), payload={"n": number})
            for number in range(1, count + 1)
        ]
