"""Official numbers: given out once, without gaps, to each issuer, kind and fiscal year for itself."""

import threading

import pytest
from django.db import connection, transaction

from core.counters import next_number
from core.models import Counter
from core.transactions import NoTransactionError


def take(issuer: str = "org-1", kind: str = "mou", fiscal_year: int = 2569) -> int:
    with transaction.atomic():
        return next_number(issuer=issuer, kind=kind, fiscal_year=fiscal_year)


@pytest.mark.django_db
def test_numbers_run_from_one_for_each_issuer_kind_and_year() -> None:
    assert [take(), take(), take()] == [1, 2, 3]
    assert take(issuer="org-2") == 1
    assert take(kind="order") == 1
    assert take(fiscal_year=2570) == 1
    assert take() == 4


@pytest.mark.django_db(transaction=True)
def test_a_number_of_a_rolled_back_transaction_was_never_given_out() -> None:
    take()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert next_number(issuer="org-1", kind="mou", fiscal_year=2569) == 2
        raise ZeroDivisionError
    assert take() == 2


@pytest.mark.django_db(transaction=True)
def test_a_number_cannot_be_taken_outside_a_transaction() -> None:
    with pytest.raises(NoTransactionError):
        next_number(issuer="org-1", kind="mou", fiscal_year=2569)
    assert not Counter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_those_who_ask_at_once_get_different_numbers() -> None:
    """The row does not exist yet: making it is raced for as well."""
    taken: list[int] = []
    errors: list[BaseException] = []
    start = threading.Barrier(4)

    def take_many() -> None:
        try:
            start.wait()
            taken.extend(take() for _ in range(10))
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=take_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert sorted(taken) == list(range(1, 41))
