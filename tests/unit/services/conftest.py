"""Fixtures of these tests."""

from tests.support.desks import stories
from tests.support.onsite_team import visiting
from tests.support.onsite_world import onsite
from tests.support.record_fixtures import any_world, panel, server_world, world

__all__ = ["any_world", "onsite", "panel", "server_world", "stories", "visiting", "world"]
