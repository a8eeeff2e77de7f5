"""Stages of the one small campaign, each built once a process, each copied for the test that asks for it."""

from tests.support.journey_fixtures import (
    faketime,
    forked_once,
    issued,
    issued_once,
    ready,
    ready_once,
    revised,
    revised_once,
    signed,
    signed_once,
    stranger_once,
    twofold_once,
)

__all__ = [
    "faketime",
    "forked_once",
    "issued",
    "issued_once",
    "ready",
    "ready_once",
    "revised",
    "revised_once",
    "signed",
    "signed_once",
    "stranger_once",
    "twofold_once",
]
