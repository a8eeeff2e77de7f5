"""求助 of a record: codes and counts, and nobody in it."""

from app.services.help_text import MOST_LINES, help_text
from tests.support.record_fixtures import world
from tests.support.record_world import RecordWorld

__all__ = ["world"]


def test_it_tells_counts_and_no_names(world: RecordWorld) -> None:
    desks, codes = world.enrol(2), world.apply(2)
    world.record.assigning.assign([(desk.expert, code) for desk in desks for code in codes])
    world.record.issuing.issue(world.folder / "out")
    review = world.record.returns.overview()[0].review
    assert world.take(desks[0].hand_in(desks[0].sealed(review))) == ["new"]
    assert world.take(b"nothing of ours") == ["not_a_package"]
    world.record.roster.revoke(desks[1].device, reason="金丝雀原因")
    found = help_text(world.record, screen="R01").text
    assert len(found.splitlines()) <= MOST_LINES
    for told in ("未交回 3 · 已签名 1", "4/4", "not_a_package", "专家：2，没有可用电脑：1"):
        assert told in found, told
    names = [expert.name for expert in world.record.roster.experts()]
    for secret in ("示例", "金丝雀", "E0001", "E0002", *codes, *names):
        assert secret not in found, secret


def test_an_empty_record_has_its_lines_too(world: RecordWorld) -> None:
    assert len(world.record.help_lines()) == 6
