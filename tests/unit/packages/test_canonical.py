"""One value, one sequence of bytes, also where a field was added after something had been signed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, PackageId, ReviewId, Sha256
from app.domain.review import Assessment, ReviewKind, SealedReview
from app.packages import canonical
from app.packages.canonical import NotCanonicalError

SEALED = SealedReview(
    review=ReviewId("0123456789abcdef0123456789abcdef"),
    application=ApplicationCode("2026-0001"),
    expert=ExpertCode("E0001"),
    device=DeviceCode("E0001-D1"),
    kind=ReviewKind.QUALIFICATION,
    revision=1,
    base=None,
    rubric=Sha256("1" * 64),
    assignment=PackageId("2" * 32),
    assignment_sha256=Sha256("3" * 64),
    dossier=Sha256("4" * 64),
    assessment=Assessment(),
    reason='示例 ,"joint_opinion":null}',
    sealed_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
    events_head=Sha256("5" * 64),
)
BEFORE_VISITS = (
    '{"review":"0123456789abcdef0123456789abcdef","application":"2026-0001","expert":"E0001","device":"E0001-D1",'
    '"kind":"qualification","revision":1,"base":null,"rubric":"' + "1" * 64 + '","assignment":"' + "2" * 32 + '",'
    '"assignment_sha256":"' + "3" * 64 + '","dossier":"' + "4" * 64 + '",'
    '"assessment":' + canonical.encode(Assessment()).decode() + ","
    '"reason":"示例 ,\\"joint_opinion\\":null}","sealed_at":"2026-11-20T08:00:00Z",'
    '"events_head":"' + "5" * 64 + '","clock_suspect":false}'
).encode()


def test_review_that_was_signed_before_there_were_visits_reads_and_has_the_same_bytes_today() -> None:
    assert canonical.decode(BEFORE_VISITS, SealedReview) == SEALED
    assert canonical.encode(SEALED) == BEFORE_VISITS


def test_joint_opinion_of_a_visit_stands_in_the_bytes() -> None:
    visit = replace(SEALED, joint_opinion=Sha256("6" * 64))
    data = canonical.encode(visit)
    assert data.endswith(b',"joint_opinion":"' + b"6" * 64 + b'"}')
    assert canonical.decode(data, SealedReview) == visit


@pytest.mark.parametrize("member", [b'"joint_opinion":null', b'"another":1', b'"clock_suspect":false'])
def test_reading_stays_strict(member: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        canonical.decode(BEFORE_VISITS[:-1] + b"," + member + b"}", SealedReview)
