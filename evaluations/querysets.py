"""What each actor may read on the evaluations floor."""

from __future__ import annotations

from typing import Any

from agreements.models import Agreement
from core.fields import StatefulQuerySet


class RoundQuerySet(StatefulQuerySet):
    def visible_to(self, actor: Any) -> RoundQuerySet:
        """Whoever may read the agreement may read its evaluations."""
        return self.filter(agreement__in=Agreement.objects.visible_to(actor))
