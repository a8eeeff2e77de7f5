"""A passphrase that is easy to guess is refused wherever one is chosen: at a desk, a record, for an opener, a file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.bootstrap.desk import create_desk, open_desk_with_recovery_code, open_desk_with_reset_code
from app.bootstrap.record import create_record
from app.crypto.passphrase import PassphraseMissingError, PassphraseTooWeakError
from app.services.record_creation import Opener, RecoveryFile
from tests.support.desks import PASSPHRASE, DeskStory
from tests.support.record_world import RecordWorld

Stories = Callable[..., DeskStory]
GOOD = "另外 四个 好记 词语"


@pytest.mark.parametrize("weak", ["12345678", "password", "专家评审", "示例专家2026"])
def test_no_desk_opens_with_a_weak_passphrase(stories: Stories, weak: str) -> None:
    story = stories("nothing")
    with pytest.raises(PassphraseTooWeakError):
        create_desk(story.path, name="示例专家", passphrase=weak)
    assert list(story.folder.iterdir()) == []


def test_an_empty_passphrase_is_asked_for(stories: Stories) -> None:
    with pytest.raises(PassphraseMissingError):
        create_desk(stories("nothing").path, name="示例专家", passphrase="")


def test_a_desk_is_not_changed_to_a_weak_passphrase(stories: Stories) -> None:
    story = stories("created")
    with pytest.raises(PassphraseTooWeakError):
        story.desk.change_passphrase(PASSPHRASE, "abcdef")
    story.reopen()


def test_a_code_sets_no_weak_passphrase(stories: Stories) -> None:
    story = stories("enrolled")
    story.close()
    with pytest.raises(PassphraseTooWeakError):
        open_desk_with_recovery_code(story.path, story.recovery_code, new_passphrase="abcdef")
    with pytest.raises(PassphraseTooWeakError):
        open_desk_with_reset_code(story.path, story.secretariat.office_half().text(), new_passphrase="abcdef")
    assert story.desk.enrolment.status().profile.name == "示例专家"


@pytest.mark.parametrize(
    ("openers", "recovery"),
    [(("abcdef",), GOOD), ((GOOD, "qwertz"), GOOD), ((GOOD, GOOD), "2026"), (("示例评审",), GOOD)],
)
def test_no_record_is_founded_with_a_weak_passphrase(tmp_path: Path, openers: tuple[str, ...], recovery: str) -> None:
    named = [Opener(f"示例{number}", passphrase) for number, passphrase in enumerate(openers)]
    with pytest.raises(PassphraseTooWeakError):
        create_record(
            tmp_path / "a.record", "2026", name="示例评审", openers=named,
            recovery=RecoveryFile(tmp_path / "recovery.age", recovery),
        )  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_nobody_joins_with_a_weak_passphrase(world: RecordWorld) -> None:
    from tests.support.record_world import PASSPHRASE as OWN

    with pytest.raises(PassphraseTooWeakError) as refused:
        world.record.openers.add("赵示例", "赵示例123", own_passphrase=OWN)
    assert refused.value.sentence().endswith("。")
    assert "赵示例" not in world.record.openers.names()
