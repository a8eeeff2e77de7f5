"""Fixtures of these tests."""

from tests.support.desks import stories
from tests.support.record_fixtures import world

__all__ = ["stories", "world"]
