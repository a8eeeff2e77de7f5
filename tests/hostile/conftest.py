from collections.abc import Iterator

import pytest

from app.decoding.pool import DecodingPool


@pytest.fixture(scope="session")
def pool() -> Iterator[DecodingPool]:
    """One child for all tests that do not mean to harm it."""
    with DecodingPool() as pool:
        yield pool
