from django.db import models


class Counter(models.Model):
    """The last number given out for an issuer, a kind of document and a fiscal year (Buddhist Era)."""

    issuer = models.CharField(max_length=100)
    kind = models.CharField(max_length=50)
    fiscal_year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "kind", "fiscal_year"], name="counter_unique")]

    def __str__(self) -> str:
        return f"{self.issuer} {self.kind} {self.fiscal_year}: {self.last}"
