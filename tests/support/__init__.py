"""Builders, fakes and guards for tests."""
