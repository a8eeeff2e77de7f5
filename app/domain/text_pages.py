"""Runs of pages, such as those of a document that were scanned without text."""

from collections.abc import Iterable, Sequence


def joined(runs: Sequence[tuple[int, int]], pages: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """*runs* (first and last page of each, in order) with *pages* that follow them, in order, added."""
    found = list(runs)
    for page in pages:
        if found and found[-1][1] >= page - 1:
            found[-1] = found[-1][0], max(page, found[-1][1])
        else:
            found.append((page, page))
    return tuple(found)
