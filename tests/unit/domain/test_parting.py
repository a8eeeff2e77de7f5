import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import ApplicationCode
from app.domain.parting import Item, ItemTooLargeError, Medium, divide, medium_for


def dossier(code: str, *sizes: int) -> list[Item]:
    return [Item(ApplicationCode(code), number, size) for number, size in enumerate(sizes, start=1)]


def test_what_fits_goes_into_one_part() -> None:
    items = dossier("2026-0001", 10, 20) + dossier("2026-0002", 30)
    assert divide(items, base=40, limit=100) == (tuple(items),)


def test_part_one_has_no_documents_once_there_are_several() -> None:
    parts = divide(dossier("2026-0001", 60) + dossier("2026-0002", 60), base=10, limit=100)
    assert [len(part) for part in parts] == [0, 1, 1]


def test_an_application_begins_a_new_part_rather_than_straddling_two() -> None:
    parts = divide(dossier("A", 50) + dossier("B", 30, 30) + dossier("C", 30), base=10, limit=100)
    assert [[item.application for item in part] for part in parts] == [[], ["A"], ["B", "B", "C"]]


def test_an_application_larger_than_a_part_straddles_as_few_as_possible() -> None:
    parts = divide(dossier("A", 60, 60, 60), base=10, limit=130)
    assert [[item.number for item in part] for part in parts] == [[], [1, 2], [3]]


def test_a_document_larger_than_a_part_is_named() -> None:
    with pytest.raises(ItemTooLargeError) as problem:
        divide(dossier("A", 10, 200), base=10, limit=100)
    assert problem.value.item.number == 2


@given(st.lists(st.lists(st.integers(1, 50), min_size=1, max_size=5), min_size=1, max_size=8), st.integers(50, 120))
def test_every_document_is_in_exactly_one_part_and_no_part_is_too_large(sizes: list[list[int]], limit: int) -> None:
    items = [item for n, own in enumerate(sizes) for item in dossier(f"2026-{n:04d}", *own)]
    parts = divide(items, base=20, limit=limit)
    assert [item for part in parts for item in part] == items
    assert all(sum(item.size for item in part) <= limit for part in parts)
    assert all(parts[1:])


@pytest.mark.parametrize(
    ("size", "medium"),
    [(45_000_000, Medium.MAIL), (45_000_001, Medium.CHAT), (95_000_001, Medium.CD), (650_000_001, Medium.STICK)],
)
def test_medium_is_the_smallest_that_takes_it(size: int, medium: Medium) -> None:
    assert medium_for(size) is medium
