"""Fixtures of these tests."""

from tests.support.desks import stories

__all__ = ["stories"]
