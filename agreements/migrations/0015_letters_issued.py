"""When the result letters of a call were issued, on the call: a list of calls asks no proposal for it."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

RECEIVED = ("submitted", "curing", "eligible", "ineligible", "selected", "reserve", "not_selected")


def fill(apps, schema_editor):
    """Of decided calls that nobody waits on for a letter: when the first was issued (decided, where there is none)."""
    Call, Proposal, ResultLetter = (apps.get_model("agreements", name) for name in ("Call", "Proposal", "ResultLetter"))
    received = Proposal._base_manager.filter(call=OuterRef("pk"), state__in=RECEIVED)
    lettered = ResultLetter._base_manager.filter(proposal=OuterRef("pk"))
    letters = ResultLetter._base_manager.filter(proposal__call=OuterRef("pk")).order_by("issued_at")
    told = Call._base_manager.filter(~Exists(received.filter(~Exists(lettered))), state="decided")
    told.update(letters_issued_at=Coalesce(Subquery(letters.values("issued_at")[:1]), "decided_at"))


class Migration(migrations.Migration):
    dependencies = [("agreements", "0014_meeting_times")]
    operations = [
        migrations.AddField(
            model_name="call",
            name="letters_issued_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
