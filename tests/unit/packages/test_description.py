"""``package.json``: one byte form, and a newer one is told from a damaged one."""

import json
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest

from app.domain.outcome import Outcome
from app.packages.description import (
    Addressee,
    Description,
    PackageKind,
    Part,
    PartyRole,
    read_description,
    write_description,
)
from app.packages.refusal import PackageRefusedError
from tests.support import pki


def good(**change: Any) -> Description:
    world = pki.shared_world()
    to = (Addressee(role=PartyRole.SECRETARIAT, recipient=world.importing.recipient),)
    return pki.describe(PackageKind.REVIEW, world.expert.signer.certificate, to, **change)


def outcome(data: bytes) -> Outcome:
    with pytest.raises(PackageRefusedError) as caught:
        read_description(data)
    return caught.value.outcome


def changed(**change: Any) -> bytes:
    value = json.loads(write_description(good()))
    value.update(change)
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def test_description_reads_back() -> None:
    description = good(deadline=pki.ISSUED_AT + timedelta(days=30), part=Part(number=2, of=3), crl_number=4)
    assert read_description(write_description(description)) == description


def test_changing_nothing_with_another_library_gives_the_same_bytes() -> None:
    description = good()
    value = json.loads(write_description(description))
    again = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    assert read_description(again) == description


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2}, {"suite": 2}, {"min_app": "99.0"}, {"schema": 2, "unheard_of": {"a": [1]}},
        {"schema": 9, "kind": "telepathy"},
    ],
)  # fmt: skip
def test_newer_package_is_told_from_a_damaged_one(change: dict[str, Any]) -> None:
    assert outcome(changed(**change)) is Outcome.FORMAT_TOO_NEW


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 0}, {"suite": 0}, {"suite": -1}, {"schema": True}, {"schema": 1.0}, {"schema": "1"},
        {"unheard_of": 1}, {"kind": "telepathy"}, {"package_id": "AB" * 16}, {"package_id": "ab" * 15},
        {"package_id": "ab" * 16 + "\n"}, {"nonce": ""}, {"seq": -1}, {"seq": 2**53}, {"seq": 1.5}, {"seq": None},
        {"issued_at": "2026-11-02"}, {"issued_at": "2026-11-02T08:00:00"}, {"issued_at": "2026-11-02T16:00:00+08:00"},
        {"issued_at": "2026-11-02T08:00:00.000000Z"}, {"issued_at": "2026-11-02T08:00:00.5Z"},
        {"issued_at": "2026-11-02t08:00:00z"}, {"issued_at": 1}, {"part": {"number": 2, "of": 1}},
        {"part": {"number": 0, "of": 1}}, {"to": []}, {"to": [{}]}, {"campaign_id": ""}, {"campaign_id": "x" * 65},
        {"files": [{"path": "a", "media": "X/y", "application": None, "display_name": ""}]},
        {"files": [{"path": "a" * 121, "media": "x/y", "application": None, "display_name": ""}]},
        {"prev_sha256": "0" * 63}, {"supersedes": [["x"]]}, {"from": None},
    ],
)  # fmt: skip
def test_anything_but_the_one_form_is_damaged(change: dict[str, Any]) -> None:
    assert outcome(changed(**change)) is Outcome.DAMAGED


def test_a_version_that_cannot_be_compared_stops_nobody() -> None:
    assert read_description(changed(min_app="new")).min_app == "new"


def test_an_addressee_that_is_no_recipient_is_damaged() -> None:
    to = [{"role": "secretariat", "recipient": "age1qqqq", "expert_id": None, "cert_sha256": None}]
    assert outcome(changed(to=to)) is Outcome.DAMAGED


def test_invitation_addresses_nobody_and_everything_else_somebody() -> None:
    assert outcome(changed(kind="invitation")) is Outcome.DAMAGED
    with pytest.raises(ValueError, match="sealed for nobody"):
        pki.describe(PackageKind.REVIEW, b"")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + b"\n",
        lambda text: b" " + text,
        lambda text: text.replace(b'"seq":1', b'"seq":1,"seq":1'),
        lambda text: text.replace(b'"seq":1', b'"seq":01'),
        lambda text: text.replace(b'"seq":1', b'"seq":1e0'),
        lambda text: text.replace(b'"seq":1', b'"seq":' + b"1" * 1_000_000),
        lambda text: text.replace(b'"seq":1', b'"seq":' + b"[" * 17 + b"]" * 17),
        lambda text: text.replace(b'"seq":1', b'"seq":' + b"[" * 100_000 + b"]" * 100_000),
        lambda text: text[:-1] + b',"deep":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}",
        lambda text: text.replace(b'"2026"', b'"\\u0032026"'),
        lambda text: text.replace(b'"2026"', b'"\xff"'),
        lambda _text: b"",
        lambda _text: b"null",
        lambda _text: b"[]",
        lambda _text: b"\xef\xbb\xbf{}",
    ],
)
def test_odd_spellings_and_json_bombs_are_damaged_and_quick(spoil) -> None:  # type: ignore[no-untyped-def]
    started = time.process_time()
    assert outcome(spoil(write_description(good()))) is Outcome.DAMAGED
    assert time.process_time() - started < 2


def test_moments_are_whole_seconds_in_utc() -> None:
    for moment in (
        datetime(2026, 1, 1, microsecond=1, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=8))),
    ):
        with pytest.raises(ValueError, match="whole second"):
            good(issued_at=moment)


def test_each_kind_says_who_signs_it_and_whether_it_is_sealed() -> None:
    assert {kind: (kind.signer_role.value, kind.is_sealed) for kind in PackageKind} == {
        PackageKind.INVITATION: ("dispatch", False),
        PackageKind.ENROLMENT: ("applicant", True),
        PackageKind.CREDENTIAL: ("dispatch", True),
        PackageKind.ASSIGNMENT: ("dispatch", True),
        PackageKind.REVIEW: ("expert", True),
        PackageKind.EXCHANGE: ("expert", True),
        PackageKind.RECEIPT: ("dispatch", True),
    }


def test_description_is_frozen() -> None:
    with pytest.raises(AttributeError):
        good().seq = 2  # type: ignore[misc]
    assert msgspec.structs.replace(good(), seq=2).seq == 2
