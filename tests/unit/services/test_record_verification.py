import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.conflict import Declared
from app.services.record_errors import OutputExistsError
from app.storage.engine import writing
from tests.support.record_world import RecordWorld


@pytest.fixture
def busy(world: RecordWorld) -> RecordWorld:
    """Three experts, two applications, reviews, a revision, declarations and a recall."""
    from app.packages import canonical

    desks, applications = world.enrol(3), world.apply(2)
    reviews = {(desk.expert, code): world.assign(desk, code) for code in applications for desk in desks}
    world.record.issuing.issue(world.folder / "out")
    for desk in desks:
        first = desk.sealed(reviews[desk.expert, applications[0]], percent=60)
        world.take(desk.hand_in(first))
        second = desk.sealed(first.review, percent=70, revision=2, base=canonical.digest_of(first))
        world.take(desk.hand_in(second))
    said = [
        (reviews[desks[0].expert, applications[1]], desks[0].declaration(applications[1], Declared.ABSTAIN, note="无"))
    ]
    world.take(desks[0].hand_in(declarations=said))
    world.record.assigning.recall(desks[1].expert, applications[1], reason="示例")
    return world


def run(world: RecordWorld, statement: str, **values: Any) -> int:
    with writing(world.record._context.store.engine).begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        return connection.execute(text(statement), values).rowcount


def test_honest_record_agrees_with_its_originals(busy: RecordWorld) -> None:
    verified = busy.record.verification.verify()
    assert verified.differences == ()
    assert verified.packages == 3 + 7
    assert verified.digest == busy.record.verification.digest()


EDITS: dict[str, Callable[[RecordWorld], int]] = {
    "score": lambda w: run(w, "UPDATE revision SET scores = replace(scores, '70', '95') WHERE is_current"),
    "total": lambda w: run(w, "UPDATE revision SET total = '950/1' WHERE is_current"),
    "dimension": lambda w: run(w, "UPDATE revision SET dimensions = replace(dimensions, '112/1', '160/1')"),
    "recommendation": lambda w: run(w, "UPDATE revision SET recommend = 'no'"),
    "current revision": lambda w: run(w, "UPDATE revision SET is_current = NOT is_current WHERE revision = 2"),
    "review row": lambda w: run(
        w, "UPDATE review SET expert = 'E0002' WHERE expert = 'E0003' AND application LIKE '%2'"
    ),
    "recall undone": lambda w: run(w, "UPDATE review SET recalled_at = NULL, recall_reason = NULL"),
    "declaration": lambda w: run(w, "UPDATE declaration SET declared = 'none' WHERE declared = 'abstain'"),
    "declaration deleted": lambda w: run(w, "DELETE FROM declaration WHERE declared = 'abstain'"),
    "outcome": lambda w: run(w, "UPDATE package_review SET revision = 9"),
    "package sequence": lambda w: run(w, "UPDATE package SET seq = seq + 10 WHERE kind = 'review'"),
    "receipt": lambda w: run(w, "UPDATE package SET receipt_number = '00000000' WHERE kind = 'review'"),
    "log line deleted": lambda w: run(w, "DELETE FROM log WHERE number = 5"),
    "log shortened": lambda w: run(w, "DELETE FROM log WHERE number = (SELECT max(number) FROM log)"),
    "log head": lambda w: run(w, "UPDATE log SET head = (SELECT head FROM log WHERE number = 2) WHERE number = 4"),
    "device": lambda w: run(w, "UPDATE device SET expert = 'E0001', number = 7 WHERE device = 'E0002-D1'"),
    "operator": lambda w: run(w, "UPDATE application SET operator = '另一家' WHERE number = 1"),
    "document list": lambda w: run(w, "DELETE FROM document WHERE application LIKE '%2'"),
    "document bytes": lambda w: run(w, "UPDATE document_chunk SET data = zeroblob(length(data))"),
    "original": lambda w: run(w, "DELETE FROM original WHERE package = (SELECT min(package) FROM original)"),
    "sent package": lambda w: run(w, "DELETE FROM sent_package WHERE device = 'E0001-D1'"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_change_by_somebody_with_the_key_is_found(busy: RecordWorld, edit: str) -> None:
    assert EDITS[edit](busy) > 0
    assert not busy.record.verification.verify().is_ok


def test_random_edits_of_scores_are_all_found(busy: RecordWorld) -> None:
    chance = random.Random(20261123)
    with busy.record._context.store.reading() as work:
        revisions = list(work.revisions.all())
    for _ in range(25):
        victim = chance.choice(revisions)
        values = victim.score_values()
        indicator = chance.choice(list(values))
        changed = {**values, indicator: chance.choice([v for v in range(0, 105, 5) if v != values[indicator]])}
        from app.packages import canonical

        run(
            busy,
            "UPDATE revision SET scores = :scores WHERE sha256 = :sha",
            scores=canonical.encode(changed).decode(),
            sha=victim.sha256,
        )
        found = busy.record.verification.verify().differences
        assert [(one.table, one.item) for one in found] == [("revision", victim.review)]
        run(busy, "UPDATE revision SET scores = :scores WHERE sha256 = :sha", scores=victim.scores, sha=victim.sha256)
    assert busy.record.verification.verify().is_ok


def test_what_was_destroyed_by_order_is_no_difference(busy: RecordWorld) -> None:
    application = busy.record.applications.list()[0].application
    with busy.record._context.store.writing() as work:
        work.files.destroy_key(application, at=busy.clock(), order_number="销毁〔2036〕1号")
        work.commit()
    verified = busy.record.verification.verify()
    assert verified.differences == ()
    assert verified.destroyed == 6


def test_export_holds_originals_and_trust_in_open_formats(busy: RecordWorld) -> None:
    out = busy.folder / "导出"
    exported = busy.record.exporting.export(out)
    assert (out / "trust" / "ca+crls.pem").read_text().count("BEGIN CERTIFICATE") == 2
    assert (out / "trust" / "ca+crls.pem").read_text().count("BEGIN X509 CRL") == 2
    originals = [name for name in exported.files if name.endswith(".asice")]
    assert len(originals) == 10
    assert (out / originals[0]).read_bytes().startswith(b"PK\x03\x04")
    assert "示例企业1有限公司" in (out / "results.csv").read_text(encoding="utf-8-sig")
    with pytest.raises(OutputExistsError):
        busy.record.exporting.export(out)
