"""Official numbers: one row per issuer, kind and fiscal year, under lock; a number is given out once."""

from core.models import Counter
from core.transactions import lock_or_create, require_transaction


def next_number(*, issuer: str, kind: str, fiscal_year: int) -> int:
    """The next number (1, 2, 3 …) of an issuer and kind in a fiscal year (Buddhist Era, e.g. 2569).

    Inside the caller's transaction, after the root's lock and before the audit head's: whoever else wants a number of
    the same row waits until it ends. If it is rolled back the number was never given out, so there are no gaps.
    Raises NoTransactionError.
    """
    require_transaction("next_number")
    counter = lock_or_create(Counter, issuer=str(issuer), kind=kind, fiscal_year=fiscal_year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
