"""Fixtures of these tests."""

from tests.support.record_fixtures import any_world, server_world, world

__all__ = ["any_world", "server_world", "world"]
